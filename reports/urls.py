"""Addresses of the results."""

from django.urls import path

from reports.views import curve, drivers, editions, results

app_name = "reports"

urlpatterns = [
    path("", results.home, name="home"),
    path("editions/<int:pk>/", editions.edition_detail, name="edition_detail"),
    path("editions/<int:pk>/file", editions.edition_download, name="edition_download"),
    path("<slug:slug>/", results.results, name="results"),
    path("<slug:slug>/curve/", curve.curve, name="curve"),
    path("<slug:slug>/drivers/", drivers.drivers, name="drivers"),
    path("<slug:slug>/drivers/compute/", drivers.drivers_compute, name="drivers_compute"),
    path("<slug:slug>/editions/", editions.edition_list, name="edition_list"),
    path("<slug:slug>/editions/new/", editions.edition_create, name="edition_create"),
]
