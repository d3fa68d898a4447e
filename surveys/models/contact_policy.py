"""How often, and when in the day, customers may be written to."""

from datetime import time

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ContactPolicy(models.Model):
    """The one row of rules over all surveys and channels."""

    person_days = models.PositiveSmallIntegerField(
        _("days between two surveys to one person"),
        default=30,
        validators=[MaxValueValidator(3660)],
        help_text=_("0 means no limit."),
    )
    account_days = models.PositiveSmallIntegerField(
        _("days between two surveys to one account"),
        default=0,
        validators=[MaxValueValidator(3660)],
        help_text=_("0 means no limit."),
    )
    quiet_from = models.TimeField(_("quiet from"), default=time(21))
    quiet_until = models.TimeField(_("quiet until"), default=time(8))
    sends_per_minute = models.PositiveIntegerField(
        _("messages a minute at most"), default=300, validators=[MinValueValidator(1)]
    )

    class Meta:
        constraints = [models.CheckConstraint(name="one_contact_policy", condition=Q(pk=1))]

    def __str__(self):
        return f"{self.person_days} days"

    @classmethod
    def current(cls):
        """The policy in force: the one row, or what is in force without it."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)

    @property
    def quiet(self):
        """From when until when nobody is written to, on the clock of who is written to."""
        return self.quiet_from, self.quiet_until
