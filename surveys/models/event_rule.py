"""Asking because something happened."""

from datetime import time

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .asking_plan import AskingPlan
from .survey import Survey


class EventRule(AskingPlan):
    """So many days after an event of this kind its customer is asked, once per event."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="event_rules")
    name = models.CharField(_("name"), max_length=100)
    kind = models.ForeignKey(
        "surveys.EventKind", on_delete=models.PROTECT, related_name="event_rules"
    )
    unit = models.ForeignKey(
        "surveys.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="event_rules",
        help_text=_("Only events of this unit and those below."),
    )
    days_after = models.PositiveSmallIntegerField(
        _("days after the event"), default=7, validators=[MaxValueValidator(366)]
    )
    sends_at = models.TimeField(_("time of day"), default=time(10))
    latest_days = models.PositiveSmallIntegerField(
        _("at most so many days late"),
        default=7,
        help_text=_("Events that became known later than this are not asked about."),
    )
    events_from = models.DateField(
        _("events from"), help_text=_("What happened before this day is not asked about.")
    )
    is_active = models.BooleanField(_("active"), default=True)
    looked_at = models.DateTimeField(
        null=True, blank=True, help_text="When the worker last looked for events."
    )
    reminded_at = models.DateTimeField(
        null=True, blank=True, help_text="When the worker last looked for reminders."
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name
