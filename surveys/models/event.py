"""What happened between a customer and us; purchases are the observed loyalty."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .customer import ReadyList


class EventKind(ReadyList):
    """A kind of event, such as a purchase or a repair."""

    shows_loyalty = models.BooleanField(
        _("shows loyalty"),
        default=False,
        help_text=_("Purchases and renewals do: they count as coming back."),
    )


class Event(models.Model):
    """One thing that happened, once."""

    external_id = models.CharField(_("event number"), max_length=100, unique=True)
    customer = models.ForeignKey(
        "surveys.Customer", on_delete=models.CASCADE, related_name="events"
    )
    kind = models.ForeignKey(EventKind, on_delete=models.PROTECT, related_name="events")
    occurred_at = models.DateTimeField(_("time"))
    unit = models.ForeignKey(
        "surveys.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="events"
    )
    amount = models.DecimalField(
        _("amount"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    staff = models.CharField(_("staff"), max_length=100, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["customer", "kind", "occurred_at"]),
            models.Index(fields=["kind", "occurred_at"]),
        ]
        constraints = [
            models.CheckConstraint(name="event_has_an_external_id", condition=~Q(external_id=""))
        ]

    def __str__(self):
        return f"{self.kind} {self.external_id}"
