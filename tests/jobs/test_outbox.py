"""What the outbox does with each answer of a mail server."""

import smtplib
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from surveys.enums import JobState
from surveys.models import OutboxMessage
from surveys.services import outbox
from tests import factories

ANSWERS = {"overall": "5", "again": "5", "recommend": "10"}


@pytest.fixture
def message(db):
    """A thank-you mail that is owed to a customer."""
    survey = factories.make_published_survey(sends_thanks=True)
    customer = factories.make_customer(email="ann@example.org", name="Ann")
    return factories.make_response(survey, ANSWERS, customer=customer).outbox_messages.get()


def state_after_sending(message):
    outbox.send_next_message()
    message.refresh_from_db()
    return message.state


def test_mail_is_sent_once_and_marked(message, real_mail):
    assert state_after_sending(message) == JobState.DONE

    assert not outbox.send_next_message()
    assert len(real_mail.messages) == 1
    assert "Auto-Submitted: auto-generated" in real_mail.messages[0]


def test_mail_speaks_the_language_of_the_answer(message):
    message.response.language = "zh-hans"
    message.response.save()

    outbox.send_next_message()

    assert '<html lang="zh-hans">' in mail.outbox[0].alternatives[0][0]


def test_message_id_belongs_to_the_row(message):
    first = outbox.COMPOSERS[message.kind](message).message()["Message-ID"]

    again = outbox.COMPOSERS[message.kind](OutboxMessage.objects.get()).message()["Message-ID"]

    assert first == again


def test_temporary_refusal_is_tried_again_later(message, real_mail):
    real_mail.on_message = lambda server: "451 busy"

    assert state_after_sending(message) == JobState.QUEUED

    assert message.lease_until > timezone.now()
    assert not outbox.send_next_message()
    assert "451" in message.last_error


def test_refusals_end_after_the_last_attempt(message, real_mail):
    real_mail.on_message = lambda server: "451 busy"

    for _attempt in range(outbox.ATTEMPTS):
        OutboxMessage.objects.update(lease_until=None)
        outbox.send_next_message()

    message.refresh_from_db()
    assert (message.state, message.attempts) == (JobState.FAILED, outbox.ATTEMPTS)


def test_final_refusal_is_not_repeated(message, real_mail):
    real_mail.on_message = lambda server: "550 no such user"

    assert state_after_sending(message) == JobState.FAILED
    assert message.attempts == 1


def test_mail_server_that_is_away_is_tried_again(message, real_mail, settings):
    settings.EMAIL_PORT = 9

    assert state_after_sending(message) == JobState.QUEUED


def test_connection_lost_while_sending_is_uncertain(message, real_mail):
    def drop(server):
        server.transport.abort()
        return "250 never heard"

    real_mail.on_message = drop

    assert state_after_sending(message) == JobState.UNCERTAIN


def test_customer_who_opted_out_gets_no_mail(message):
    customer = message.response.customer
    customer.opted_out_at = timezone.now()
    customer.save()

    assert state_after_sending(message) == JobState.FAILED
    assert not mail.outbox


def test_mail_that_cannot_be_composed_is_not_uncertain(message, monkeypatch):
    monkeypatch.setitem(outbox.COMPOSERS, message.kind, lambda row: row.no_such_field)

    assert state_after_sending(message) == JobState.QUEUED
    assert "AttributeError" in message.last_error


def test_abandoned_message_is_uncertain_only_after_its_lease(message):
    OutboxMessage.objects.update(
        state=JobState.RUNNING, lease_until=timezone.now() + timedelta(minutes=1)
    )
    assert state_after_sending(message) == JobState.RUNNING

    OutboxMessage.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert state_after_sending(message) == JobState.UNCERTAIN
    assert not mail.outbox


def test_error_text_holds_no_address(message, real_mail):
    real_mail.on_message = lambda server: "550 ann@example.org is unknown"

    state_after_sending(message)

    assert "ann" not in message.last_error


def test_smtp_errors_are_of_the_kinds_that_are_caught():
    """Control: a lost connection is no answer of the server."""
    assert not issubclass(smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException)
