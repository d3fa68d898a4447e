"""What staff keep beside a trend: changes that they note, and limits that they freeze."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from reports.enums import LimitsKind, PeriodKind


class NotedChange(models.Model):
    """Something that staff changed on a day, drawn into trends: "new opening hours"."""

    survey = models.ForeignKey(
        "surveys.Survey", on_delete=models.CASCADE, related_name="noted_changes"
    )
    unit = models.ForeignKey(
        "surveys.Unit",
        verbose_name=_("unit"),
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="noted_changes",
    )
    day = models.DateField(_("first day"))
    text = models.CharField(_("what changed"), max_length=200)
    noted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    noted_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["day", "id"]

    def __str__(self):
        return self.text


class FrozenLimits(models.Model):
    """Control limits that were fixed from some periods, with who did it, when and why.

    The numbers are kept, so that a late answer moves no limit. What is withdrawn
    stays on record.
    """

    survey = models.ForeignKey(
        "surveys.Survey", on_delete=models.CASCADE, related_name="frozen_limits"
    )
    unit = models.ForeignKey(
        "surveys.Unit",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="frozen_limits",
    )
    measure = models.CharField(max_length=90)
    period_kind = models.CharField(max_length=10, choices=PeriodKind.choices)
    limits_kind = models.CharField(max_length=10, choices=LimitsKind.choices)
    first_day = models.DateField(help_text="First day of the first period of the baseline.")
    last_day = models.DateField(help_text="Last day of the last period of the baseline.")
    periods = models.PositiveSmallIntegerField(help_text="Periods with a figure in the baseline.")
    centre = models.FloatField()
    spread = models.FloatField(
        help_text="Laney: spread as a multiple of chance; p: 1; XmR: standard deviation."
    )
    reason = models.CharField(_("reason"), max_length=200)
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    frozen_at = models.DateTimeField(auto_now_add=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-frozen_at", "-id"]
        indexes = [models.Index(fields=["survey", "measure"], name="frozen_limits_idx")]
        constraints = [
            models.CheckConstraint(
                name="a_baseline_ends_after_it_starts", condition=Q(last_day__gte=F("first_day"))
            ),
            models.CheckConstraint(name="frozen_limits_have_a_width", condition=Q(spread__gt=0)),
        ]

    def __str__(self):
        return f"{self.survey} {self.measure} {self.first_day}"
