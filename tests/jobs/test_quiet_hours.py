"""What was held up does not leave at night, on the clock of who it goes to."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend

from surveys.enums import DeliveryState, WaveState
from surveys.models import Customer, Delivery
from surveys.services import sending
from surveys.services.recruiting import resume_wave
from tests import factories
from tests.deliveries import make_delivery, make_mailing, set_policy

NIGHT = {"quiet_from": "21:00", "quiet_until": "08:00"}
AFTERNOON_IN_TAIPEI = datetime(2026, 3, 2, 7, tzinfo=UTC)
EVENING_IN_TAIPEI = datetime(2026, 3, 2, 15, tzinfo=UTC)  # 23:00 there, 15:00 in UTC
MORNING_IN_TAIPEI = datetime(2026, 3, 3, 0, tzinfo=UTC)


class SlowBackend(EmailBackend):
    """Takes a second by the clock of the test for each mail."""

    clock = None

    def send_messages(self, messages):
        """Take them."""
        self.clock.shift(1)
        return super().send_messages(messages)


@pytest.fixture
def clock(db):
    """It is the afternoon in Taipei; gives the clock."""
    with time_machine.travel(AFTERNOON_IN_TAIPEI, tick=False) as clock:
        SlowBackend.clock = clock
        yield clock


@pytest.fixture
def backlog(clock):
    """A message to Taipei and one without a zone, due in the afternoon, still there at night."""
    survey = factories.make_published_survey()
    for number, zone in enumerate(("Asia/Taipei", "")):
        customer = factories.make_customer(email=f"c{number}@example.org", time_zone=zone)
        make_delivery(survey, customer)
    clock.move_to(EVENING_IN_TAIPEI)


def recipients():
    return [message.to for message in mail.outbox]


@pytest.mark.usefixtures("backlog")
def test_backlog_waits_for_the_morning_of_its_recipients(clock):
    set_policy(**NIGHT)

    while sending.send_next_delivery():
        pass

    waiting = Delivery.objects.get(state=DeliveryState.QUEUED)
    assert recipients() == [["c1@example.org"]]
    assert (waiting.attempts, waiting.due_at) == (0, MORNING_IN_TAIPEI)

    clock.move_to(MORNING_IN_TAIPEI)
    sending.send_next_delivery()
    assert recipients() == [["c1@example.org"], ["c0@example.org"]]


@pytest.mark.usefixtures("backlog")
def test_control_without_quiet_hours_the_backlog_leaves():
    sending.send_next_delivery()

    assert len(mail.outbox) == 2


def test_quiet_hours_that_begin_while_a_run_sends_end_it(clock, settings):
    settings.EMAIL_BACKEND = f"{__name__}.SlowBackend"
    make_mailing(3)
    set_policy(**NIGHT)
    Customer.objects.update(time_zone="Asia/Taipei")
    clock.move_to(datetime(2026, 3, 2, 12, 59, 59, tzinfo=UTC))

    while sending.send_next_delivery():
        pass

    assert len(mail.outbox) == 1
    waiting = Delivery.objects.filter(state=DeliveryState.QUEUED)
    assert set(waiting.values_list("due_at", "attempts")) == {(MORNING_IN_TAIPEI, 0)}


def test_more_than_a_look_takes_in_is_put_off_and_hides_nobody_who_is_awake(clock, monkeypatch):
    monkeypatch.setattr(sending, "CANDIDATES", 2)
    wave = make_mailing(6)
    set_policy(**NIGHT)
    awake = Customer.objects.last()
    Customer.objects.exclude(pk=awake.pk).update(time_zone="Asia/Taipei")
    clock.move_to(EVENING_IN_TAIPEI)

    sending.send_next_delivery()

    assert len(mail.outbox) == 1
    assert wave.invitations.filter(deliveries__due_at=MORNING_IN_TAIPEI).count() == 5


def test_what_waited_in_a_pause_does_not_go_out_at_night(clock):
    wave = make_mailing(1)
    set_policy(**NIGHT)
    Customer.objects.update(time_zone="Asia/Taipei")
    type(wave).objects.update(state=WaveState.PAUSED)
    clock.move_to(EVENING_IN_TAIPEI)

    resume_wave(wave=wave)
    sending.send_next_delivery()

    assert Delivery.objects.get().due_at == MORNING_IN_TAIPEI
