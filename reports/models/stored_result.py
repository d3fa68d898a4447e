"""Figures that take a worker longer than a page may take, kept with the data they rest on."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import JobState


class ResultKind(models.TextChoices):
    """What was computed."""

    DRIVERS = "drivers", _("Drivers")


class StoredResult(models.Model):
    """One computation over one selection of answers.

    `data_state` says of which answers the `result` is; while newer ones are
    being reckoned in, the row is queued or running and still holds the old one.
    """

    survey = models.ForeignKey(
        "surveys.Survey", on_delete=models.CASCADE, related_name="stored_results"
    )
    kind = models.CharField(max_length=20)
    scope = models.JSONField(help_text="Which answers, as `reports.scopes` writes it down.")
    scope_digest = models.CharField(max_length=64)
    state = models.CharField(max_length=20, choices=JobState.choices, default=JobState.QUEUED)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    result = models.JSONField(null=True, blank=True)
    data_state = models.CharField(max_length=64, blank=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    computed_at = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField(
        null=True, blank=True, help_text="When it was last compared with the answers."
    )

    class Meta:
        indexes = [
            models.Index(fields=["state", "lease_until"]),
            models.Index(fields=["checked_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                name="a_selection_is_computed_once", fields=["survey", "kind", "scope_digest"]
            ),
            models.CheckConstraint(
                name="a_stored_result_says_of_which_answers",
                condition=Q(result__isnull=True)
                | (~Q(data_state="") & Q(computed_at__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.survey}"
