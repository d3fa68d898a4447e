"""Addresses of the staff pages for customers."""

from django.urls import path

from surveys.views import manage_customers

urlpatterns = [
    path("manage/customers/", manage_customers.customer_list, name="customer_list"),
    path("manage/customers/<int:pk>/", manage_customers.customer_detail, name="customer_detail"),
]
