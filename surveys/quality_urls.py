"""Addresses of the staff pages for the quality of the answers."""

from django.urls import path

from surveys.views import manage_quality

urlpatterns = [
    path(
        "manage/surveys/<slug:slug>/quality/",
        manage_quality.response_quality,
        name="response_quality",
    ),
    path(
        "manage/surveys/<slug:slug>/quality/again/",
        manage_quality.response_quality_again,
        name="response_quality_again",
    ),
]
