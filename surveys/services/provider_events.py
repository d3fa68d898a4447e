"""What mail providers tell of single mails, in the words of django-anymail."""

from surveys.models import Delivery

from .bounces import note_bounce, note_complaint
from .saying_no import say_no_to_all

NO_ADDRESS_LEFT = "5.1.1"
SOFT = "4.0.0"
BAD_ADDRESS = ("invalid", "bounced")


def note_provider_event(sender, event, esp_name, **kwargs):
    """Act on an event about a mail of ours; all others change nothing."""
    delivery = _delivery(event)
    if delivery is None:
        return
    if event.event_type in ("bounced", "rejected", "failed"):
        is_bad = event.reject_reason in BAD_ADDRESS
        note_bounce(delivery, NO_ADDRESS_LEFT if is_bad else SOFT)
    elif event.event_type == "complained":
        note_complaint(delivery)
    elif event.event_type == "unsubscribed":
        say_no_to_all(customer=delivery.invitation.customer)


def _delivery(event):
    if not event.message_id:
        return None
    found = Delivery.objects.select_related("invitation__customer")
    return found.filter(provider_id=str(event.message_id)[:200]).first()
