"""Addresses of the staff pages for complaints."""

from django.urls import path

from surveys.views import manage_complaints

urlpatterns = [
    path("manage/complaints/", manage_complaints.complaint_list, name="complaint_list"),
    path(
        "manage/complaints/<uuid:pk>/", manage_complaints.complaint_detail, name="complaint_detail"
    ),
    path(
        "manage/complaints/<uuid:pk>/state/",
        manage_complaints.complaint_state,
        name="complaint_state",
    ),
]
