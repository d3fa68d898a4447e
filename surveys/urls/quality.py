"""Addresses of the staff pages for the quality of the answers."""

from django.urls import path

from surveys.views.manage import quality

urlpatterns = [
    path(
        "manage/surveys/<slug:slug>/quality/",
        quality.response_quality,
        name="response_quality",
    ),
    path(
        "manage/surveys/<slug:slug>/quality/again/",
        quality.response_quality_again,
        name="response_quality_again",
    ),
]
