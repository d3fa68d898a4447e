"""Addresses of the staff pages, of the respondent's pages and of the health pages."""

from django.urls import include, path

app_name = "surveys"

urlpatterns = [
    path("", include("surveys.urls.respond")),
    path("", include("surveys.urls.manage")),
    path("", include("surveys.urls.asking")),
    path("", include("surveys.urls.messages")),
    path("", include("surveys.urls.interviews")),
    path("", include("surveys.urls.quality")),
    path("", include("surveys.urls.people")),
    path("", include("surveys.urls.customers")),
    path("", include("surveys.urls.imports")),
    path("", include("surveys.urls.events")),
    path("", include("surveys.urls.complaints")),
    path("", include("surveys.urls.health")),
]
