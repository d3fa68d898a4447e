"""Addresses of the results."""

from django.urls import path

from reports.views import breakdown, editions, results

app_name = "reports"

urlpatterns = [
    path("", results.home, name="home"),
    path("editions/<int:pk>/", editions.edition_detail, name="edition_detail"),
    path("editions/<int:pk>/file", editions.edition_download, name="edition_download"),
    path("<slug:slug>/", results.results, name="results"),
    path("<slug:slug>/curve/", results.curve, name="curve"),
    path("<slug:slug>/breakdown/", breakdown.breakdown_page, name="breakdown"),
    path("<slug:slug>/breakdown/views/new/", breakdown.view_save, name="view_save"),
    path("breakdown/views/<int:pk>/remove/", breakdown.view_remove, name="view_remove"),
    path("<slug:slug>/editions/", editions.edition_list, name="edition_list"),
    path("<slug:slug>/editions/new/", editions.edition_create, name="edition_create"),
]
