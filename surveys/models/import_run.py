"""A file that staff bring in through the pages: how far it is, and what became of its rows."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import ImportKind, ImportState

from .survey import Survey


class ImportRun(models.Model):
    """One file, from the upload to its last row.

    A worker checks it, somebody looks at what would become of it, and a worker
    imports it. The file is removed as soon as it is imported, the row with the
    refused rows some days after the upload.
    """

    kind = models.CharField(_("kind"), max_length=20, choices=ImportKind.choices)
    survey = models.ForeignKey(
        Survey,
        verbose_name=_("survey"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="import_runs",
    )
    name = models.CharField(_("file"), max_length=255)
    folder = models.CharField(max_length=40, unique=True)
    encoding = models.CharField(_("encoding"), max_length=40, blank=True)
    columns = models.JSONField(default=list, blank=True, help_text="The column names of the file.")
    places = models.JSONField(
        default=dict, blank=True, help_text="Where our columns stand in the file."
    )
    constants = models.JSONField(
        default=dict, blank=True, help_text="What every row has, by column of ours."
    )
    state = models.CharField(
        _("state"), max_length=20, choices=ImportState.choices, default=ImportState.MATCHING
    )
    is_confirmed = models.BooleanField(
        default=False, help_text="Somebody has seen the check, and the rows are to be written."
    )
    good_rows_only = models.BooleanField(_("only the good rows"), default=False)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    rows_total = models.PositiveIntegerField(default=0, help_text="As many as there may be.")
    rows_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(
        default=dict, blank=True, help_text="Rows that are new, changed, unchanged and refused."
    )
    findings = models.JSONField(
        default=dict,
        blank=True,
        help_text="The first refusals, and the first rows as they are to be stored.",
    )
    language = models.CharField(max_length=10)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["state", "lease_until"], name="import_run_due_idx")]
        constraints = [
            models.CheckConstraint(
                name="import_kind_is_known", condition=Q(kind__in=ImportKind.values)
            ),
            models.CheckConstraint(
                name="import_state_is_known", condition=Q(state__in=ImportState.values)
            ),
            models.CheckConstraint(
                name="only_responses_are_of_a_survey",
                condition=Q(kind=ImportKind.RESPONSES, survey__isnull=False)
                | (~Q(kind=ImportKind.RESPONSES) & Q(survey__isnull=True)),
            ),
            models.CheckConstraint(
                name="an_import_that_is_done_was_confirmed",
                condition=~Q(state=ImportState.DONE)
                | Q(is_confirmed=True, finished_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def is_waiting(self):
        """Whether a worker has still to do something for it."""
        return self.state in (ImportState.QUEUED, ImportState.RUNNING)

    @property
    def is_open(self):
        """Whether somebody can still import it."""
        return self.is_waiting or self.state in (ImportState.MATCHING, ImportState.CHECKED)


class ColumnMatching(models.Model):
    """How somebody matched the columns of a file, for the next file with the same ones."""

    digest = models.CharField(max_length=64, unique=True, help_text="Of the kind and the columns.")
    places = models.JSONField(
        default=dict, blank=True, help_text="Name in the file, by column of ours."
    )
    constants = models.JSONField(default=dict, blank=True)
    used_at = models.DateTimeField(auto_now=True)

    def __str__(self):
        return self.digest[:12]
