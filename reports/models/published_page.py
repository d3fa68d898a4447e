"""A page of results that the staff of a unit read without an account."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.tokens import new_token


class PublishedPage(models.Model):
    """The link to the figures of one survey in one unit and below; whoever holds it may read.

    The token is kept readable, so that the link can be shown again: it opens
    figures on at least the minimum base, and nothing about a person.
    """

    survey = models.ForeignKey("surveys.Survey", on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey("surveys.Unit", on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64, unique=True, default=new_token)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="a_unit_has_one_published_page",
                fields=["survey", "unit"],
                condition=Q(withdrawn_at__isnull=True),
            )
        ]

    def __str__(self):
        return f"{self.survey} {self.unit}"
