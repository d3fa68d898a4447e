"""How far people came: one row for each time a questionnaire was shown to somebody.

A visit has days and never times, and nothing that leads to a person, to a
draft that is finished or to the response: it only says that somebody, by this
link, came so far. Completed visits are written by the transaction that stores
the response, so that both are always equally many.
"""

import uuid

from django.db import models
from django.db.models import Q

from surveys.enums import Device

from .public_link import PublicLink
from .survey import SurveyVersion


class Visit(models.Model):
    """One opening of a questionnaire; shown ⊇ started ⊇ completed holds for every set of rows."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    version = models.ForeignKey(
        SurveyVersion, on_delete=models.PROTECT, related_name="visits", db_index=False
    )
    public_link = models.ForeignKey(
        PublicLink,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        db_index=False,
        help_text="Empty for a personal link.",
    )
    placement = models.ForeignKey(
        "surveys.UnitPlacement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        db_index=False,
    )
    device = models.CharField(max_length=10, choices=Device.choices, default=Device.UNKNOWN)
    reached = models.PositiveSmallIntegerField(
        default=1, help_text="The furthest page, counted from 1."
    )
    passed_over = models.JSONField(
        null=True,
        blank=True,
        help_text="Pages before it that the rules did not show; forgotten when it is sent.",
    )
    shown_on = models.DateField(help_text="Day in the survey's time zone, as the two others.")
    started_on = models.DateField(null=True, blank=True)
    completed_on = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["version", "shown_on"], name="visit_day_idx")]
        constraints = [
            models.CheckConstraint(
                name="a_completed_visit_was_started",
                condition=Q(completed_on__isnull=True) | Q(started_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_visit_that_went_on_was_started",
                condition=Q(reached=1) | Q(reached__gt=1, started_on__isnull=False),
            ),
            models.CheckConstraint(
                name="a_completed_visit_tells_nothing_of_its_way",
                condition=Q(completed_on__isnull=True) | Q(passed_over__isnull=True),
            ),
            models.CheckConstraint(
                name="a_visit_is_by_a_known_device", condition=Q(device__in=Device.values)
            ),
        ]

    def __str__(self):
        return str(self.id)
