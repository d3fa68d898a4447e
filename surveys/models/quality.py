"""What looks odd about an answer, and what staff decided about it.

A flag is an observation and changes no figure. Only a decision of staff
leaves an answer out, with its reason; it can be taken back, and every
decision stays in the log.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from surveys.enums import FlagKind

from .response import Response


class ResponseFlag(models.Model):
    """One sign of careless or false answering; its id is random, so that it tells no order."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="flags")
    kind = models.CharField(max_length=20, choices=FlagKind.choices)
    rule_version = models.PositiveSmallIntegerField()
    flagged_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_sign_is_flagged_once", fields=["response", "kind"]),
            models.CheckConstraint(
                name="a_flag_is_of_a_known_kind", condition=Q(kind__in=FlagKind.values)
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.response_id}"


class ExclusionDecision(models.Model):
    """Who left an answer out of the figures or took it in again, why and when."""

    response = models.ForeignKey(
        Response, on_delete=models.CASCADE, related_name="exclusion_decisions"
    )
    excludes = models.BooleanField()
    reason = models.CharField(max_length=300)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-decided_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="an_exclusion_decision_has_a_reason", condition=~Q(reason="")
            )
        ]

    def __str__(self):
        return f"{self.response_id}: {self.reason}"
