"""Addresses of the staff pages for imports."""

from django.urls import path

from surveys.views import manage_imports

IMPORTS = "manage/imports/"

urlpatterns = [
    path(IMPORTS, manage_imports.import_list, name="import_list"),
    path(IMPORTS + "new/", manage_imports.import_start, name="import_start"),
    path(
        IMPORTS + "templates/<slug:kind>.csv",
        manage_imports.import_template,
        name="import_template",
    ),
    path(IMPORTS + "<int:pk>/", manage_imports.import_detail, name="import_detail"),
    path(IMPORTS + "<int:pk>/encoding/", manage_imports.import_encoding, name="import_encoding"),
    path(IMPORTS + "<int:pk>/columns/", manage_imports.import_columns, name="import_columns"),
    path(IMPORTS + "<int:pk>/begin/", manage_imports.import_begin, name="import_begin"),
    path(IMPORTS + "<int:pk>/cancel/", manage_imports.import_cancel, name="import_cancel"),
    path(IMPORTS + "<int:pk>/refused.csv", manage_imports.import_refused, name="import_refused"),
]
