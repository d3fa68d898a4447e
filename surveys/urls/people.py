"""Addresses of the staff pages for customers."""

from django.urls import path

from surveys.views.manage import contact_rule, customers

urlpatterns = [
    path("manage/customers/", customers.customer_list, name="customer_list"),
    path("manage/customers/contact-rule/", contact_rule.contact_rule, name="contact_rule"),
    path("manage/customers/<int:pk>/", customers.customer_detail, name="customer_detail"),
]
