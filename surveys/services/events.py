"""Adding one event by hand."""

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from surveys.errors import SurveyError
from surveys.models import Event

from .rows import checked

NUMBER_SIGNS = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def add_event(*, customer, kind, occurred_at, external_id="", unit=None, amount=None, staff=""):
    """Note what happened with a customer; without a number the event gets one."""
    event = Event(
        customer=customer,
        kind=kind,
        occurred_at=occurred_at,
        external_id=external_id or f"BY-HAND-{get_random_string(10, NUMBER_SIGNS)}",
        unit=unit,
        amount=amount,
        staff=staff,
    )
    if Event.objects.filter(external_id=event.external_id).exists():
        raise SurveyError(_("There is an event with this number already."))
    with transaction.atomic():
        checked(event).save()
    return event
