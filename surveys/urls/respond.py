"""Addresses of the respondent's pages.

Every part is taken as text and judged by the view, so that a mistyped or
hostile address gets a page in plain words like any other unknown link.
"""

from django.urls import path

from surveys.views.respond import answering, complaints, theme, unsubscribe, visits

urlpatterns = [
    path("s/<str:slug>/", answering.respond_public, name="respond_public"),
    path(
        "s/<str:slug>/complaint/",
        complaints.begin_public_complaint,
        name="begin_public_complaint",
    ),
    path(
        "s/<str:slug>/<str:submission_id>/thanks/",
        answering.thanks_public,
        name="respond_public_thanks",
    ),
    path(
        "s/<str:slug>/visits/<str:visit_id>/",
        visits.shown_public,
        name="respond_public_visit",
    ),
    path(
        "s/<str:slug>/<str:submission_id>/<str:page>/",
        answering.respond_public,
        name="respond_public_page",
    ),
    path("r/<str:token>/", answering.respond_personal, name="respond_personal"),
    path("r/<str:token>/thanks/", answering.thanks_personal, name="respond_personal_thanks"),
    path(
        "r/<str:token>/complaint/",
        complaints.begin_personal_complaint,
        name="begin_personal_complaint",
    ),
    path(
        "r/<str:token>/visits/<str:visit_id>/",
        visits.shown_personal,
        name="respond_personal_visit",
    ),
    path("r/<str:token>/<str:page>/", answering.respond_personal, name="respond_personal_page"),
    path("theme/<str:colour>-<str:digest>.css", theme.theme, name="respond_theme"),
    path("u/<str:token>/", unsubscribe.unsubscribe, name="unsubscribe"),
    path("c/<str:token>/", complaints.complaint_page, name="complaint"),
]
