"""Counts of whole days, kept so that a page need not count a million rows again."""

import uuid

from django.db import models
from django.db.models import Q


class Rollup(models.Model):
    """How far the days of a survey are counted.

    Of a day before `complete_before`, every answer is in the count of its
    `RollupDay`, or that one says that it is not counted.
    """

    survey = models.OneToOneField(
        "surveys.Survey", on_delete=models.CASCADE, primary_key=True, related_name="rollup"
    )
    complete_before = models.DateField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self):
        return f"{self.survey} before {self.complete_before}"


class RollupDay(models.Model):
    """The answers of one day, counted by everything that figures are asked by.

    Whoever changes an answer of the day gives it a new `token` in the same
    transaction; a count is kept only under the token that was there before it.
    """

    survey = models.ForeignKey(
        "surveys.Survey", on_delete=models.CASCADE, related_name="rollup_days"
    )
    day = models.DateField()
    token = models.UUIDField(default=uuid.uuid4)
    is_counted = models.BooleanField(default=False)
    responses = models.PositiveIntegerField(default=0)
    cells = models.BinaryField(default=bytes, help_text="As `reports.dataset.cells` packs them.")

    class Meta:
        indexes = [
            models.Index(
                fields=["survey", "day"],
                name="rollup_day_uncounted_idx",
                condition=Q(is_counted=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(name="a_day_is_rolled_up_once", fields=["survey", "day"]),
            models.CheckConstraint(
                name="a_counted_day_has_cells", condition=Q(is_counted=False) | ~Q(cells=b"")
            ),
        ]

    def __str__(self):
        return f"{self.survey_id} {self.day}"
