"""Addresses of the progress of a survey's fieldwork."""

from django.urls import path

from reports.views import fieldwork

app_name = "fieldwork"

urlpatterns = [
    path("", fieldwork.progress, name="progress"),
    path("fieldwork.csv", fieldwork.progress_csv, name="progress_csv"),
]
