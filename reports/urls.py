"""Addresses of the results."""

from django.urls import path

from reports.views import comments, editions, questions, results

app_name = "reports"

urlpatterns = [
    path("", results.home, name="home"),
    path("editions/<int:pk>/", editions.edition_detail, name="edition_detail"),
    path("editions/<int:pk>/file", editions.edition_download, name="edition_download"),
    path("<slug:slug>/", results.results, name="results"),
    path("<slug:slug>/curve/", results.curve, name="curve"),
    path("<slug:slug>/questions/", questions.questions, name="questions"),
    path("<slug:slug>/comments/", comments.comments, name="comments"),
    path("<slug:slug>/comments/undo/", comments.comments_undo, name="comments_undo"),
    path("<slug:slug>/comments/file.<slug:kind>", comments.comments_file, name="comments_file"),
    path("<slug:slug>/editions/", editions.edition_list, name="edition_list"),
    path("<slug:slug>/editions/new/", editions.edition_create, name="edition_create"),
]
