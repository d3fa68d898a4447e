"""Addresses of the results."""

from django.urls import path

from reports.views import curve, drivers, editions, results, trend

app_name = "reports"

urlpatterns = [
    path("", results.home, name="home"),
    path("editions/<int:pk>/", editions.edition_detail, name="edition_detail"),
    path("editions/<int:pk>/file", editions.edition_download, name="edition_download"),
    path("<slug:slug>/", results.results, name="results"),
    path("<slug:slug>/curve/", curve.curve, name="curve"),
    path("<slug:slug>/trend/", trend.trend, name="trend"),
    path("<slug:slug>/trend/changes/new/", trend.note_add, name="note_add"),
    path("<slug:slug>/trend/changes/<int:pk>/", trend.note_edit, name="note_edit"),
    path("<slug:slug>/trend/changes/<int:pk>/remove/", trend.note_remove, name="note_remove"),
    path("<slug:slug>/trend/limits/new/", trend.limits_freeze, name="limits_freeze"),
    path(
        "<slug:slug>/trend/limits/<int:pk>/withdraw/",
        trend.limits_withdraw,
        name="limits_withdraw",
    ),
    path("<slug:slug>/drivers/", drivers.drivers, name="drivers"),
    path("<slug:slug>/drivers/compute/", drivers.drivers_compute, name="drivers_compute"),
    path("<slug:slug>/editions/", editions.edition_list, name="edition_list"),
    path("<slug:slug>/editions/new/", editions.edition_create, name="edition_create"),
]
