"""Addresses that ask how we are."""

from django.urls import path

from surveys.views import health

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
