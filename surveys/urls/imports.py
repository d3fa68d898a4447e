"""Addresses of the staff pages for imports."""

from django.urls import path

from surveys.views.manage import imports

IMPORTS = "manage/imports/"

urlpatterns = [
    path(IMPORTS, imports.import_list, name="import_list"),
    path(IMPORTS + "new/", imports.import_start, name="import_start"),
    path(
        IMPORTS + "templates/<slug:kind>.csv",
        imports.import_template,
        name="import_template",
    ),
    path(IMPORTS + "<int:pk>/", imports.import_detail, name="import_detail"),
    path(IMPORTS + "<int:pk>/encoding/", imports.import_encoding, name="import_encoding"),
    path(IMPORTS + "<int:pk>/columns/", imports.import_columns, name="import_columns"),
    path(IMPORTS + "<int:pk>/begin/", imports.import_begin, name="import_begin"),
    path(IMPORTS + "<int:pk>/cancel/", imports.import_cancel, name="import_cancel"),
    path(IMPORTS + "<int:pk>/refused.csv", imports.import_refused, name="import_refused"),
]
