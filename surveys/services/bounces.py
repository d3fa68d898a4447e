"""What follows when a mail comes back, or its reader calls it unwanted. Twice is as once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from surveys.enums import DeliveryState
from surveys.messages.bounce_reports import is_hard
from surveys.models import Customer, Delivery
from surveys.recipients import recipient_key

from .saying_no import say_no_to_all

CAME_BACK = gettext_noop("The mail came back")
SOFT_BOUNCES = 3
MAY_COME_BACK = (DeliveryState.SENT, DeliveryState.UNCERTAIN, DeliveryState.SENDING)


def note_report(report):
    """Act on a report of a mail system."""
    if report.is_complaint:
        note_complaint(report.delivery)
    else:
        note_bounce(report.delivery, report.status)


def note_bounce(delivery, status):
    """A message came back: mark it, and its address when it is bad or has failed often."""
    with transaction.atomic():
        Delivery.objects.filter(pk=delivery.pk, state__in=MAY_COME_BACK).update(
            state=DeliveryState.BOUNCED,
            lease_until=None,
            bounce_status=status,
            last_error=f"{CAME_BACK}: {status}",
            finished_at=timezone.now(),
        )
        mark_bad_address(delivery, status)


def mark_bad_address(delivery, status):
    """Write no more to an address that does not exist, or that came back three times."""
    customer, sent_to = delivery.invitation.customer, delivery.invitation.recipient_key
    if sent_to and sent_to != recipient_key(customer.email):
        return  # the customer has another address by now
    if is_hard(status) or _soft_bounces(sent_to, customer) >= SOFT_BOUNCES:
        Customer.objects.filter(
            pk=customer.pk, email=customer.email, email_bounced_at__isnull=True
        ).update(email_bounced_at=timezone.now())


def note_complaint(delivery):
    """The reader called the mail unwanted: they are never asked again."""
    say_no_to_all(customer=delivery.invitation.customer)


def _soft_bounces(sent_to, customer):
    return Delivery.objects.filter(
        invitation__customer=customer,
        invitation__recipient_key=sent_to,
        state=DeliveryState.BOUNCED,
    ).count()
