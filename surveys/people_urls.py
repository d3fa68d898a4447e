"""Addresses of the staff pages for customers."""

from django.urls import path

from surveys.views import manage_contact_rule, manage_customers

urlpatterns = [
    path("manage/customers/", manage_customers.customer_list, name="customer_list"),
    path("manage/customers/contact-rule/", manage_contact_rule.contact_rule, name="contact_rule"),
    path("manage/customers/<int:pk>/", manage_customers.customer_detail, name="customer_detail"),
]
