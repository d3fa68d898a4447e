"""What waves, series of waves and event rules have in common: how they ask, and whom."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.enums import Channel, Population


class AskingPlan(models.Model):
    """By which channel and words customers are asked, and reminded."""

    channel = models.CharField(
        _("channel"), max_length=20, choices=Channel.choices, default=Channel.EMAIL
    )
    text = models.ForeignKey(
        "surveys.MessageText", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reminder_text = models.ForeignKey(
        "surveys.MessageText", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reminder_days = models.JSONField(
        _("reminders after days"),
        default=list,
        blank=True,
        help_text="Days after the invitation, ascending; only to those who have not answered.",
    )
    answer_days = models.PositiveSmallIntegerField(
        _("days to answer"), default=30, validators=[MinValueValidator(1), MaxValueValidator(366)]
    )

    class Meta:
        abstract = True


class Recruitment(models.Model):
    """Who is asked: everybody of a population, or so many of them at random."""

    population = models.CharField(
        _("who is asked"), max_length=10, choices=Population.choices, default=Population.ALL
    )
    panel = models.ForeignKey(
        "surveys.Panel", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    filter = models.ForeignKey(
        "surveys.CustomerFilter", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    conditions = models.JSONField(
        default=dict, blank=True, help_text="Those of the filter when the wave began."
    )
    sample_size = models.PositiveIntegerField(
        _("how many at random"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    sample_seed = models.PositiveBigIntegerField(_("seed"), null=True, blank=True)
    spread_hours = models.PositiveSmallIntegerField(
        _("spread over hours"), default=0, validators=[MaxValueValidator(24 * 31)]
    )

    class Meta:
        abstract = True
