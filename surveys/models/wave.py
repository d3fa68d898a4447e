"""One fieldwork period of a repeated survey."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .survey import Survey


class Wave(models.Model):
    """A period in which customers are asked; trends compare waves."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="waves")
    name = models.CharField(_("name"), max_length=100)
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))

    class Meta:
        ordering = ["starts_on", "id"]
        constraints = [
            models.UniqueConstraint(name="wave_names_are_unique", fields=["survey", "name"]),
            models.CheckConstraint(
                name="a_wave_ends_after_it_starts", condition=Q(ends_on__gte=F("starts_on"))
            ),
        ]

    def __str__(self):
        return self.name
