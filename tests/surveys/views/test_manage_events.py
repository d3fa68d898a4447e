"""Noting one event of a customer, and asking about it."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from surveys.enums import DeliveryState, MessageKind, Role, SurveyMode
from surveys.models import ContactPolicy, Delivery, Event, Invitation, MessageText
from surveys.services.sending import send_next_delivery
from surveys.tokens import hash_token, token_of
from tests import factories


@pytest.fixture
def customer(db):
    """Somebody with an address."""
    return factories.make_customer(email="ann@example.org", unit=factories.make_unit())


def note(client, customer, **fields):
    """Fill the form for an event in."""
    filled = {"kind": "purchase", "occurred_at": "2026-01-31T14:05", **fields}
    return client.post(reverse("surveys:event_add", args=[customer.pk]), filled)


def test_event_is_noted(staff_client, customer):
    note(
        staff_client,
        customer,
        external_id="ORDER-1",
        unit=customer.unit.code,
        amount="12.50",
        staff="Lee",
    )

    event = Event.objects.get()
    assert (event.customer, event.kind.code, event.external_id) == (customer, "purchase", "ORDER-1")
    assert (event.unit, str(event.amount), event.staff) == (customer.unit, "12.50", "Lee")
    assert event.occurred_at == datetime(2026, 1, 31, 14, 5, tzinfo=UTC)


def test_event_without_number_gets_one(staff_client, customer):
    note(staff_client, customer)
    note(staff_client, customer)

    assert len(set(Event.objects.values_list("external_id", flat=True))) == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"occurred_at": "2999-01-01T00:00"}, "lies in the future"),
        ({"occurred_at": "yesterday"}, "Enter a valid date/time"),
        ({"kind": "nonsense"}, "Select a valid choice"),
        ({"external_id": "TAKEN"}, "event with this number already"),
    ],
)
def test_bad_event_is_said_and_nothing_typed_is_lost(staff_client, customer, fields, words):
    factories.make_event(customer)
    Event.objects.update(external_id="TAKEN")

    page = note(staff_client, customer, staff="Somebody typed this", **fields)

    assert words in page.content.decode()
    assert "Somebody typed this" in page.content.decode()
    assert Event.objects.count() == 1


@pytest.fixture
def event(customer):
    """Something that can be asked about."""
    return factories.make_event(customer)


@pytest.fixture
def text(survey):
    """The invitation of the survey."""
    return MessageText.objects.create(
        survey=survey,
        name="Invitation",
        kind=MessageKind.INVITATION,
        subject={"en": "How was it?"},
        body={"en": "Please say."},
    )


def ask(client, survey, event):
    """Ask about an event by e-mail."""
    address = reverse("surveys:event_ask", args=[event.pk])
    return client.post(address, {"survey": survey.slug, "channel": "email"})


def test_customer_is_asked_about_the_event_at_once(staff_client, survey, event, text):
    ask(staff_client, survey, event)

    invitation = Invitation.objects.get()
    delivery = Delivery.objects.get()
    assert (invitation.event, invitation.survey) == (event, survey)
    assert invitation.token_hash == hash_token(token_of(invitation.token_seed))
    assert (delivery.number, delivery.state, delivery.text) == (0, DeliveryState.QUEUED, text)
    assert delivery.due_at <= timezone.now()
    event.customer.refresh_from_db()
    assert event.customer.asked_at is not None


def test_event_is_asked_about_once(staff_client, survey, event, text):
    ContactPolicy.objects.update_or_create(pk=1, defaults={"person_days": 0})
    ask(staff_client, survey, event)

    page = ask(staff_client, survey, event)

    assert "asked about this event by this survey already" in page.content.decode()
    assert Delivery.objects.count() == 1


def state_of(customer, **fields):
    """Change a customer."""
    type(customer).objects.filter(pk=customer.pk).update(**fields)


@pytest.mark.usefixtures("text")
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"opted_out_at": datetime(2026, 1, 1, tzinfo=UTC)}, "Asked not to be surveyed"),
        ({"email_bounced_at": datetime(2026, 1, 1, tzinfo=UTC)}, "Mail to the address comes back"),
        ({"email": ""}, "No address for this channel"),
        ({"asked_at": "yesterday"}, "Was asked not long ago"),
    ],
)
def test_rules_of_contact_hold_here_too(staff_client, survey, event, fields, words):
    if "asked_at" in fields:
        fields = {"asked_at": timezone.now() - timedelta(days=1)}
    state_of(event.customer, **fields)

    page = ask(staff_client, survey, event)

    assert words in page.content.decode().replace("&#x27;", "'")
    assert Invitation.objects.count() == 0


def test_survey_without_an_invitation_gets_the_ready_one(staff_client, survey, event):
    ask(staff_client, survey, event)

    assert Delivery.objects.get().text.survey == survey


def test_sent_at_once_means_that_a_message_goes_out(staff_client, survey, event, mailoutbox):
    ask(staff_client, survey, event)

    assert send_next_delivery()

    (mail,) = mailoutbox
    assert mail.to == ["ann@example.org"]


def test_anonymous_survey_is_not_offered(staff_client, event, db):
    anonymous = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)

    page = ask(staff_client, anonymous, event)

    assert "Select a valid choice" in page.content.decode()


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.ANALYST, Role.VIEWER])
def test_only_administrators_note_and_ask(client, event, survey, role):
    client.force_login(factories.make_user(role))

    assert note(client, event.customer).status_code == 404
    assert ask(client, survey, event).status_code == 404
    assert Event.objects.count() == 1
