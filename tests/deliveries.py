"""Builders of messages to customers."""

from datetime import timedelta

from django.utils import timezone

from surveys.enums import Channel, MessageKind, WaveState
from surveys.models import ContactPolicy, Customer, Delivery, Invitation, MessageText, Wave
from surveys.recipients import address_of, recipient_key
from surveys.tokens import hash_token, new_seed, token_of
from tests import factories

BODY = "{{greeting}}\n\nHow was it?\n\n{{link}}\n\nThank you\n{{organisation}}"


def set_policy(**fields):
    """The contact rule, without quiet hours unless they are given: tests run at night, too."""
    values = {"quiet_from": "00:00", "quiet_until": "00:00"} | fields
    ContactPolicy.objects.update_or_create(pk=1, defaults=values)
    return ContactPolicy.current()


def make_text(survey, *, kind=MessageKind.INVITATION, **fields):
    """The words of an invitation."""
    values = {
        "name": "Invitation",
        "subject": {"en": "How satisfied are you, {{customer.name|dear customer}}?"},
        "body": {"en": BODY},
        "sms": {"en": "How was it? {{link}}"},
    }
    return MessageText.objects.create(survey=survey, kind=kind, **values | fields)


def make_wave(survey, *, state=WaveState.RUNNING, **fields):
    """A wave that is sending."""
    today = timezone.now().date()
    values = {"name": "Wave", "starts_on": today, "ends_on": today + timedelta(days=30)}
    return Wave.objects.create(survey=survey, state=state, **values | fields)


def asking(survey, customer, *, channel=Channel.EMAIL, **fields):
    """An invitation whose link can be made again, not stored yet."""
    seed = new_seed()
    values = {
        "token_seed": seed,
        "token_hash": hash_token(token_of(seed)),
        "recipient_key": recipient_key(address_of(customer, channel)),
        "expires_at": timezone.now() + timedelta(days=30),
    }
    return Invitation(survey=survey, customer=customer, channel=channel, **values | fields)


def make_delivery(survey=None, customer=None, *, text=None, channel=Channel.EMAIL, **fields):
    """A message that is due; there are no quiet hours."""
    set_policy()
    survey = survey or factories.make_published_survey()
    customer = customer or factories.make_customer(
        email="ann@example.org", phone="+49 30 123", name="Ann"
    )
    asked = {name: fields.pop(name) for name in ("wave", "event", "expires_at") if name in fields}
    values = {"due_at": timezone.now() - timedelta(seconds=1)}
    invitation = asking(survey, customer, channel=channel, **asked)
    invitation.save()
    return Delivery.objects.create(
        invitation=invitation,
        text=text or make_text(survey),
        channel=channel,
        **values | fields,
    )


def make_mailing(number, *, wave=None):
    """So many messages that are due, each to another customer."""
    survey = factories.make_published_survey()
    text, wave = make_text(survey), wave or make_wave(survey)
    set_policy(sends_per_minute=1_000_000)
    customers = Customer.objects.bulk_create(
        Customer(external_id=f"M{place}", email=f"customer{place}@example.org", name="Ann")
        for place in range(number)
    )
    invitations = Invitation.objects.bulk_create(
        asking(survey, customer, wave=wave) for customer in customers
    )
    due_at = timezone.now() - timedelta(seconds=1)
    Delivery.objects.bulk_create(
        Delivery(invitation=invitation, text=text, channel=Channel.EMAIL, due_at=due_at)
        for invitation in invitations
    )
    return wave
