"""Addresses of the staff pages for complaints."""

from django.urls import path

from surveys.views.manage import complaints

urlpatterns = [
    path("manage/complaints/", complaints.complaint_list, name="complaint_list"),
    path("manage/complaints/<uuid:pk>/", complaints.complaint_detail, name="complaint_detail"),
    path(
        "manage/complaints/<uuid:pk>/state/",
        complaints.complaint_state,
        name="complaint_state",
    ),
]
