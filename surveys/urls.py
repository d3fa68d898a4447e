"""Addresses of the staff pages, of the respondent's pages and of the health pages."""

from django.urls import include, path

app_name = "surveys"

urlpatterns = [
    path("", include("surveys.respond_urls")),
    path("", include("surveys.manage_urls")),
    path("", include("surveys.asking_urls")),
    path("", include("surveys.message_urls")),
    path("", include("surveys.interview_urls")),
    path("", include("surveys.quality_urls")),
    path("", include("surveys.people_urls")),
    path("", include("surveys.customer_urls")),
    path("", include("surveys.import_urls")),
    path("", include("surveys.event_urls")),
    path("", include("surveys.complaint_urls")),
    path("", include("surveys.health_urls")),
]
