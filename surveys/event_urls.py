"""Addresses of the staff pages for single events of customers."""

from django.urls import path

from surveys.views import manage_events

urlpatterns = [
    path("manage/customers/<int:pk>/events/add/", manage_events.event_add, name="event_add"),
    path("manage/events/<int:pk>/ask/", manage_events.event_ask, name="event_ask"),
]
