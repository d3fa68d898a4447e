"""Addresses of the staff pages for single events of customers."""

from django.urls import path

from surveys.views.manage import events

urlpatterns = [
    path("manage/customers/<int:pk>/events/add/", events.event_add, name="event_add"),
    path("manage/events/<int:pk>/ask/", events.event_ask, name="event_ask"),
]
