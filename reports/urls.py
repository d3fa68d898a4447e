"""Addresses of the results."""

from django.urls import path, re_path

from reports.views import editions, exports, results

app_name = "reports"

urlpatterns = [
    path("", results.home, name="home"),
    path("editions/<int:pk>/", editions.edition_detail, name="edition_detail"),
    path("editions/<int:pk>/file", editions.edition_download, name="edition_download"),
    path("exports/<int:pk>/", exports.export_detail, name="export_detail"),
    path("exports/<int:pk>/file", exports.export_download, name="export_download"),
    path("<slug:slug>/", results.results, name="results"),
    path("<slug:slug>/curve/", results.curve, name="curve"),
    path("<slug:slug>/editions/", editions.edition_list, name="edition_list"),
    path("<slug:slug>/editions/new/", editions.edition_create, name="edition_create"),
    path("<slug:slug>/exports/", exports.export_list, name="export_list"),
    path("<slug:slug>/exports/new/", exports.export_create, name="export_create"),
    re_path(
        r"^(?P<slug>[-\w]+)/exports/figures\.(?P<form>csv|xlsx)$",
        exports.figures_file,
        name="figures_file",
    ),
    re_path(
        r"^(?P<slug>[-\w]+)/exports/charts/(?P<key>[\w.]+)\.(?P<form>svg|png)$",
        exports.chart_file,
        name="chart_file",
    ),
]
