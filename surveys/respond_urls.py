"""Addresses of the respondent's pages.

Every part is taken as text and judged by the view, so that a mistyped or
hostile address gets a page in plain words like any other unknown link.
"""

from django.urls import path

from .views import (
    respond,
    respond_complaints,
    respond_theme,
    respond_unsubscribe,
    respond_visits,
)

urlpatterns = [
    path("s/<str:slug>/", respond.respond_public, name="respond_public"),
    path(
        "s/<str:slug>/complaint/",
        respond_complaints.begin_public_complaint,
        name="begin_public_complaint",
    ),
    path(
        "s/<str:slug>/<str:submission_id>/thanks/",
        respond.thanks_public,
        name="respond_public_thanks",
    ),
    path(
        "s/<str:slug>/visits/<str:visit_id>/",
        respond_visits.shown_public,
        name="respond_public_visit",
    ),
    path(
        "s/<str:slug>/<str:submission_id>/<str:page>/",
        respond.respond_public,
        name="respond_public_page",
    ),
    path("r/<str:token>/", respond.respond_personal, name="respond_personal"),
    path("r/<str:token>/thanks/", respond.thanks_personal, name="respond_personal_thanks"),
    path(
        "r/<str:token>/complaint/",
        respond_complaints.begin_personal_complaint,
        name="begin_personal_complaint",
    ),
    path(
        "r/<str:token>/visits/<str:visit_id>/",
        respond_visits.shown_personal,
        name="respond_personal_visit",
    ),
    path("r/<str:token>/<str:page>/", respond.respond_personal, name="respond_personal_page"),
    path("theme/<str:colour>-<str:digest>.css", respond_theme.theme, name="respond_theme"),
    path("u/<str:token>/", respond_unsubscribe.unsubscribe, name="unsubscribe"),
    path("c/<str:token>/", respond_complaints.complaint_page, name="complaint"),
]
