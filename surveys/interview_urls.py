"""Addresses of the staff pages for asking in person."""

from django.urls import path

from surveys.views import manage_interviews

INTERVIEWS = "manage/surveys/<slug:slug>/asking/interviews/"

urlpatterns = [
    path(INTERVIEWS, manage_interviews.interview_list, name="interview_list"),
    path(
        INTERVIEWS + "with/<int:customer>/",
        manage_interviews.interview_begin,
        name="interview_begin",
    ),
    path(INTERVIEWS + "<int:pk>/", manage_interviews.interview, name="interview"),
    path(INTERVIEWS + "<int:pk>/saved/", manage_interviews.interview_saved, name="interview_saved"),
    path(
        INTERVIEWS + "<int:pk>/decline/",
        manage_interviews.interview_decline,
        name="interview_decline",
    ),
    path(INTERVIEWS + "<int:pk>/<str:page>/", manage_interviews.interview, name="interview_page"),
]
