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


class Paper(models.TextChoices):
    """The size of the paper."""

    A4 = "A4", _("A4")
    LETTER = "letter", _("US Letter")


class Edition(models.Model):
    """One issued bulletin: its scope, its data cut-off, its file and digest."""

    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="editions")
    unit = models.ForeignKey(
        "surveys.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="editions"
    )
    language = models.CharField(_("language"), max_length=10)
    level = models.CharField(_("level"), max_length=20, choices=ReportLevel.choices)
    paper = models.CharField(_("paper"), max_length=10, choices=Paper.choices, default=Paper.A4)
    run = models.ForeignKey(
        "reports.ReportRun",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="editions",
        help_text="The issue of a report that it belongs to; None when asked for singly.",
    )
    scope = models.JSONField(
        default=dict, blank=True, help_text="Segment, wave, first and last day, as issued."
    )
    with_comments = models.BooleanField(
        _("with comments"),
        default=False,
        help_text="Then only who may read single answers may open it.",
    )
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
            models.UniqueConstraint(
                name="a_run_has_one_edition_for_a_unit",
                fields=["run", "unit"],
            ),
            models.UniqueConstraint(
                name="a_run_has_one_edition_for_all_units",
                fields=["run"],
                condition=Q(unit__isnull=True),
            ),
            models.CheckConstraint(
                name="an_edition_that_is_done_has_its_file",
                condition=~Q(state=JobState.DONE)
                | (~Q(file="") & ~Q(digest="") & Q(data_cutoff__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.survey} {self.level} {self.language}"
