"""Reminders: only to those who have not answered, and each once."""

import uuid

import pytest

from surveys.enums import DeliveryState, InvitationState, MessageKind, WaveState
from surveys.models import Customer, Delivery
from surveys.questionnaire import questionnaire_of
from surveys.services.event_rules import ask_about_next_events
from surveys.services.recruiting import pause_wave
from surveys.services.reminders import make_next_reminders
from surveys.services.submit_response import submit_response
from tests import factories
from tests.deliveries import set_policy

from .builders import (
    DAY,
    MINUTE,
    NOON,
    make_customers,
    make_rule,
    make_text,
    make_wave,
    mark_sent,
    recruit,
)


@pytest.fixture
def wave(survey):
    """A wave that asked two customers at noon and reminds after 3 and 7 days."""
    make_customers(2)
    text = make_text(survey, MessageKind.REMINDER)
    wave = recruit(make_wave(survey, reminder_text=text, reminder_days=[3, 7]))
    mark_sent(wave, NOON)
    return wave


def reminders():
    """Customers and numbers of the reminders that were made."""
    rows = Delivery.objects.filter(number__gt=0).order_by("invitation", "number")
    return list(rows.values_list("invitation__customer", "number"))


def look(clock, moment):
    clock.move_to(moment)
    while make_next_reminders():
        pass


def test_reminders_go_out_after_their_days_and_once(wave, noon):
    first, second = Customer.objects.order_by("pk")
    look(noon, NOON + 3 * DAY - MINUTE)
    assert reminders() == []

    for minute in range(3):
        look(noon, NOON + 3 * DAY + minute * MINUTE)
    assert reminders() == [(first.pk, 1), (second.pk, 1)]

    look(noon, NOON + 7 * DAY)
    assert len(reminders()) == 4


def test_reminder_has_its_own_words_and_the_same_link(wave, noon):
    look(noon, NOON + 3 * DAY)

    made = Delivery.objects.filter(number=1).first()
    assert (made.text, made.state) == (wave.reminder_text, DeliveryState.QUEUED)
    assert made.due_at == NOON + 3 * DAY


def test_who_answered_a_second_ago_gets_none(survey, wave, noon):
    invitation = wave.invitations.first()
    noon.move_to(NOON + 3 * DAY - MINUTE / 60)
    submit_response(
        questionnaire=questionnaire_of(survey.versions.get()),
        submission_id=uuid.uuid4(),
        answers={"overall": "5"},
        language="en",
        invitation=invitation,
    )

    look(noon, NOON + 3 * DAY)

    assert [customer for customer, _number in reminders()] == [wave.invitations.last().customer_id]


@pytest.mark.parametrize(
    "change",
    [
        {"state": InvitationState.REVOKED},
        {"declined_at": NOON},
        {"expires_at": NOON + DAY},
    ],
)
def test_who_cannot_or_will_not_answer_gets_none(wave, noon, change):
    wave.invitations.update(**change)

    look(noon, NOON + 3 * DAY)

    assert reminders() == []


@pytest.mark.parametrize("change", [{"opted_out_at": NOON}, {"email_bounced_at": NOON}])
def test_who_opted_out_or_cannot_be_reached_gets_none(wave, noon, change):
    Customer.objects.update(**change)

    look(noon, NOON + 3 * DAY)

    assert reminders() == []


@pytest.mark.parametrize(
    "state", [DeliveryState.FAILED, DeliveryState.BOUNCED, DeliveryState.QUEUED]
)
def test_who_was_never_reached_is_not_reminded(wave, noon, state):
    Delivery.objects.update(state=state)

    look(noon, NOON + 3 * DAY)

    assert reminders() == []


def test_days_count_from_when_it_went_out(wave, noon):
    mark_sent(wave, NOON + 2 * DAY)

    look(noon, NOON + 4 * DAY)
    assert reminders() == []
    look(noon, NOON + 5 * DAY)
    assert len(reminders()) == 2


def test_after_an_outage_nobody_gets_two_at_once(wave, noon):
    look(noon, NOON + 8 * DAY)

    assert {number for _customer, number in reminders()} == {2}


def test_more_than_one_piece_is_made_and_still_one_each(wave, noon, monkeypatch):
    monkeypatch.setattr("surveys.services.reminders.PIECE", 1)

    look(noon, NOON + 8 * DAY)

    assert [number for _customer, number in reminders()] == [2, 2]


def test_paused_and_stopped_waves_remind_nobody(wave, noon):
    pause_wave(wave=wave)
    look(noon, NOON + 3 * DAY)
    type(wave).objects.update(state=WaveState.STOPPED)
    look(noon, NOON + 4 * DAY)

    assert reminders() == []


def test_reminder_does_not_come_at_night(wave, noon):
    set_policy(quiet_from="10:00", quiet_until="15:00")

    look(noon, NOON + 3 * DAY)

    assert Delivery.objects.filter(number=1).first().due_at.hour == 15


def test_rules_remind_too(survey, noon):
    (customer,) = make_customers(1)
    factories.make_event(customer, kind="repair_done", occurred_at=NOON - 7 * DAY)
    rule = make_rule(
        survey, reminder_text=make_text(survey, MessageKind.REMINDER), reminder_days=[2]
    )
    assert ask_about_next_events()
    mark_sent(rule, NOON)

    look(noon, NOON + 2 * DAY)

    assert reminders() == [(customer.pk, 1)]
