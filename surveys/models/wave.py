"""One fieldwork period of a repeated survey, and whom it asks."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import Interval, WaveState

from .asking_plan import AskingPlan, Recruitment
from .survey import Survey


class WaveSeries(AskingPlan, Recruitment):
    """A wave every so many weeks or months, each with customers chosen anew."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="wave_series")
    name = models.CharField(_("name"), max_length=80)
    every = models.PositiveSmallIntegerField(_("every"), default=1)
    interval = models.CharField(max_length=10, choices=Interval.choices)
    open_days = models.PositiveSmallIntegerField(_("days open"), default=14)
    next_on = models.DateField(_("next wave"))
    counted_from = models.DateField(
        null=True, blank=True, help_text="The day that the steps count from: 31 January stays 31."
    )
    is_active = models.BooleanField(_("active"), default=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="a_series_goes_on", condition=Q(every__gte=1, open_days__gte=1)
            )
        ]

    def __str__(self):
        return self.name


class Wave(AskingPlan, Recruitment):
    """A period in which customers are asked; trends compare waves.

    Without `text` it is only a period: nothing is sent. The worker recruits a
    running wave customer by customer, in the order of their keys, up to
    `recruited_up_to`; `recruited_at` says that all were looked at.
    """

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="waves")
    name = models.CharField(_("name"), max_length=100)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    series = models.ForeignKey(
        WaveSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="waves"
    )
    state = models.CharField(max_length=20, choices=WaveState.choices, default=WaveState.PLANNED)
    starts_sending_at = models.DateTimeField(
        _("begins to send"), null=True, blank=True, help_text="Empty = when somebody says so."
    )
    started_at = models.DateTimeField(null=True, blank=True)
    recruited_at = models.DateTimeField(null=True, blank=True)
    recruited_up_to = models.PositiveBigIntegerField(default=0)
    to_recruit = models.PositiveIntegerField(
        null=True, blank=True, help_text="How many were to be looked at when it began."
    )
    drawn_up_to = models.CharField(
        max_length=64, blank=True, help_text="The last lot that a random selection takes."
    )
    lease_until = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(
        null=True, blank=True, help_text="When the worker last looked for reminders."
    )

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(name="wave_names_are_unique", fields=["survey", "name"]),
            models.UniqueConstraint(
                name="a_series_has_one_wave_a_day",
                fields=["series", "starts_on"],
                condition=Q(series__isnull=False),
            ),
            models.CheckConstraint(
                name="a_wave_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="wave_state_is_known", condition=Q(state__in=WaveState.values)
            ),
        ]

    def __str__(self):
        return self.name
