"""A customer says no: to one survey, or to all of them. Saying it again changes nothing."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from surveys.enums import DeliveryState
from surveys.models import Customer, Delivery, Invitation

SAID_NO = gettext_noop("The customer asked not to be surveyed")
REFUSED = gettext_noop("The customer refused this survey")


def say_no_to_all(*, customer):
    """Never ask this customer again; what waits for them is not sent."""
    with transaction.atomic():
        Customer.objects.filter(pk=customer.pk, opted_out_at__isnull=True).update(
            opted_out_at=timezone.now()
        )
        _cancel(Delivery.objects.filter(invitation__customer=customer), SAID_NO)


def say_no_to_survey(*, invitation):
    """Remind of this one survey no more; the link stays good for who changes their mind."""
    with transaction.atomic():
        Invitation.objects.filter(pk=invitation.pk, declined_at__isnull=True).update(
            declined_at=timezone.now()
        )
        _cancel(Delivery.objects.filter(invitation=invitation), REFUSED)


def _cancel(deliveries, reason):
    keys = list(deliveries.filter(state=DeliveryState.QUEUED).values_list("pk", flat=True))
    Delivery.objects.filter(pk__in=keys, state=DeliveryState.QUEUED).update(
        state=DeliveryState.CANCELLED,
        lease_until=None,
        last_error=reason,
        finished_at=timezone.now(),
    )
