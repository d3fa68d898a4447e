"""Addresses of the results."""

from django.urls import path, re_path

from reports.views import (
    breakdown,
    comments,
    curve,
    drivers,
    editions,
    exports,
    published,
    questions,
    regular,
    results,
    trend,
)

app_name = "reports"

urlpatterns = [
    path("", results.home, name="home"),
    path("editions/<int:pk>/", editions.edition_detail, name="edition_detail"),
    path("editions/<int:pk>/file", editions.edition_download, name="edition_download"),
    path("regular/<int:pk>/", regular.report_detail, name="report_detail"),
    path("regular/<int:pk>/edit/", regular.report_edit, name="report_edit"),
    path("regular/<int:pk>/pause/", regular.report_pause, name="report_pause"),
    path("regular/<int:pk>/resume/", regular.report_resume, name="report_resume"),
    path("regular/<int:pk>/issue/", regular.report_issue, name="report_issue"),
    path("runs/<int:pk>/", regular.run_detail, name="run_detail"),
    path("runs/<int:pk>/repeat/", regular.run_repeat, name="run_repeat"),
    path("published/<int:pk>/withdraw/", published.page_withdraw, name="page_withdraw"),
    path("exports/<int:pk>/", exports.export_detail, name="export_detail"),
    path("exports/<int:pk>/file", exports.export_download, name="export_download"),
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
    path("<slug:slug>/breakdown/", breakdown.breakdown_page, name="breakdown"),
    path("<slug:slug>/breakdown/views/new/", breakdown.view_save, name="view_save"),
    path("breakdown/views/<int:pk>/remove/", breakdown.view_remove, name="view_remove"),
    path("<slug:slug>/drivers/", drivers.drivers, name="drivers"),
    path("<slug:slug>/drivers/compute/", drivers.drivers_compute, name="drivers_compute"),
    path("<slug:slug>/questions/", questions.questions, name="questions"),
    path("<slug:slug>/comments/", comments.comments, name="comments"),
    path("<slug:slug>/comments/undo/", comments.comments_undo, name="comments_undo"),
    path("<slug:slug>/comments/file.<slug:kind>", comments.comments_file, name="comments_file"),
    path("<slug:slug>/editions/", editions.edition_list, name="edition_list"),
    path("<slug:slug>/editions/new/", editions.edition_create, name="edition_create"),
    path("<slug:slug>/regular/new/", regular.report_add, name="report_add"),
    path("<slug:slug>/published/", published.page_publish, name="page_publish"),
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
