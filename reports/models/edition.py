"""What was issued, kept as it was."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import JobState


class ReportLevel(models.TextChoices):
    """How much of the report is printed."""

    MANAGER = "manager", _("Short, for managers")
    FULL = "full", _("Full, for quality teams")


class Edition(models.Model):
    """One issued bulletin: its scope, its data cut-off, its file and digest."""

    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="editions")
    unit = models.ForeignKey(
        "surveys.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="editions"
    )
    language = models.CharField(_("language"), max_length=10)
    level = models.CharField(_("level"), max_length=20, choices=ReportLevel.choices)
    state = models.CharField(max_length=20, choices=JobState.choices, default=JobState.QUEUED)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    data_cutoff = models.DateTimeField(null=True, blank=True)
    responses_counted = models.PositiveIntegerField(null=True, blank=True)
    definitions = models.JSONField(default=dict, help_text="Measure keys and their versions.")
    file = models.FileField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-requested_at", "-id"]
        indexes = [models.Index(fields=["state", "lease_until"])]
        constraints = [
            models.CheckConstraint(
                name="an_edition_that_is_done_has_its_file",
                condition=~Q(state=JobState.DONE)
                | (~Q(file="") & ~Q(digest="") & Q(data_cutoff__isnull=False)),
            )
        ]

    def __str__(self):
        return f"{self.survey} {self.level} {self.language}"
