"""A file of single answers that a worker writes, and that is kept for some days."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import JobState


class ExportFormat(models.TextChoices):
    """Which program the file is for."""

    XLSX = "xlsx", _("Spreadsheet (XLSX)")
    CSV = "csv", _("CSV files in a ZIP")
    SAV = "sav", _("SPSS (.sav)")
    DTA = "dta", _("Stata (.dta)")


class CellContent(models.TextChoices):
    """What a spreadsheet says for a choice."""

    WORDS = "words", _("Words")
    CODES = "codes", _("Codes and points")


class AnswerExport(models.Model):
    """One file of answers row by row: who asked for which, how far it is, and where it stands.

    `unit` is empty for the whole organisation. The file is removed some days
    after it was made, and the row with it.
    """

    survey = models.ForeignKey(
        "surveys.Survey", on_delete=models.PROTECT, related_name="answer_exports"
    )
    unit = models.ForeignKey(
        "surveys.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answer_exports",
    )
    format = models.CharField(_("format"), max_length=10, choices=ExportFormat.choices)
    cells = models.CharField(
        _("cells hold"), max_length=10, choices=CellContent.choices, default=CellContent.WORDS
    )
    language = models.CharField(_("language"), max_length=10)
    first_day = models.DateField(_("from"), null=True, blank=True)
    last_day = models.DateField(_("to"), null=True, blank=True)
    with_excluded = models.BooleanField(_("with the answers that staff left out"), default=False)
    state = models.CharField(max_length=20, choices=JobState.choices, default=JobState.QUEUED)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    rows_total = models.PositiveIntegerField(null=True, blank=True)
    rows_written = models.PositiveIntegerField(default=0)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    file = models.FileField(blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-requested_at", "-id"]
        indexes = [models.Index(fields=["state", "lease_until"])]
        constraints = [
            models.CheckConstraint(
                name="an_export_that_is_done_has_its_file",
                condition=~Q(state=JobState.DONE)
                | (~Q(file="") & ~Q(digest="") & Q(finished_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="days_of_an_export_are_in_order",
                condition=Q(first_day__isnull=True)
                | Q(last_day__isnull=True)
                | Q(last_day__gte=F("first_day")),
            ),
        ]

    def __str__(self):
        return f"{self.survey} {self.format}"

    @property
    def is_waiting(self):
        """Whether a worker has still to do something for it."""
        return self.state in (JobState.QUEUED, JobState.RUNNING)
