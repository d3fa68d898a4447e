"""Addresses of the staff pages for asking in person."""

from django.urls import path

from surveys.views.manage import interviews

INTERVIEWS = "manage/surveys/<slug:slug>/asking/interviews/"

urlpatterns = [
    path(INTERVIEWS, interviews.interview_list, name="interview_list"),
    path(
        INTERVIEWS + "with/<int:customer>/",
        interviews.interview_begin,
        name="interview_begin",
    ),
    path(INTERVIEWS + "<int:pk>/", interviews.interview, name="interview"),
    path(INTERVIEWS + "<int:pk>/saved/", interviews.interview_saved, name="interview_saved"),
    path(
        INTERVIEWS + "<int:pk>/decline/",
        interviews.interview_decline,
        name="interview_decline",
    ),
    path(INTERVIEWS + "<int:pk>/<str:page>/", interviews.interview, name="interview_page"),
]
