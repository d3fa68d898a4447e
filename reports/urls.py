"""Addresses of the results."""

from django.urls import path

from reports.views import editions, results, who_answered

app_name = "reports"

urlpatterns = [
    path("", results.home, name="home"),
    path("editions/<int:pk>/", editions.edition_detail, name="edition_detail"),
    path("editions/<int:pk>/file", editions.edition_download, name="edition_download"),
    path("<slug:slug>/", results.results, name="results"),
    path("<slug:slug>/curve/", results.curve, name="curve"),
    path("<slug:slug>/who/", who_answered.who, name="who_answered"),
    path("<slug:slug>/who.csv", who_answered.who_csv, name="who_answered_csv"),
    path("<slug:slug>/editions/", editions.edition_list, name="edition_list"),
    path("<slug:slug>/editions/new/", editions.edition_create, name="edition_create"),
]
