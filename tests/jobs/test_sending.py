"""What becomes of a message with each answer of a mail server, and when it is not sent at all."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend as LocmemBackend
from django.utils import timezone

from surveys.enums import DeliveryState, InvitationState, VersionState, WaveState
from surveys.models import ContactPolicy, Delivery
from surveys.services import sending
from surveys.services.sending_routes import MailRoute, Patience
from tests import factories
from tests.deliveries import make_delivery, make_mailing, make_text, make_wave

ENOUGH_ROUNDS = 5


@pytest.fixture(autouse=True)
def _no_server_was_away():
    """Begin without patience with a server of an earlier test."""
    MailRoute.patience = Patience()


@pytest.fixture
def delivery(db):
    """An invitation that is due."""
    return make_delivery()


def state_after_sending(delivery):
    sending.send_next_delivery()
    delivery.refresh_from_db()
    return delivery.state


def test_mail_is_sent_once_and_marked(delivery, real_mail):
    assert state_after_sending(delivery) == DeliveryState.SENT

    assert not sending.send_next_delivery()
    assert len(real_mail.messages) == 1
    assert delivery.finished_at


def test_many_mails_go_over_one_connection(db, real_mail):
    make_mailing(4)
    peers = set()
    real_mail.on_message = lambda server: peers.add(server.session.peer) or "250 taken"

    sending.send_next_delivery()

    assert (len(real_mail.messages), len(peers)) == (4, 1)


def test_mail_waits_for_its_time(delivery):
    Delivery.objects.update(due_at=timezone.now() + timedelta(hours=1))

    assert state_after_sending(delivery) == DeliveryState.QUEUED


@pytest.mark.parametrize(
    ("answer", "state"),
    [("451 busy", DeliveryState.QUEUED), ("550 no such user", DeliveryState.FAILED)],
)
def test_refusal_is_final_only_from_500_on(delivery, real_mail, answer, state):
    real_mail.on_message = lambda server: answer

    assert state_after_sending(delivery) == state

    assert not sending.send_next_delivery()
    assert delivery.last_error.endswith(answer[:3])


class AnymailRecipientsRefused(Exception):
    """Bears the name by which django-anymail, which is optional, says that it refused."""


class RefusingProvider(LocmemBackend):
    """A provider that takes the call and refuses the recipient."""

    def send_messages(self, messages):
        """Refuse, naming the address."""
        raise AnymailRecipientsRefused(f"rejected: {messages[0].to}")


class BrokenProvider(LocmemBackend):
    """A provider of which nobody knows what it did."""

    def send_messages(self, messages):
        """Break off."""
        raise RuntimeError


@pytest.mark.parametrize(
    ("backend", "state"),
    [(RefusingProvider, DeliveryState.FAILED), (BrokenProvider, DeliveryState.UNCERTAIN)],
)
def test_recipient_that_a_provider_refuses_is_failed_and_not_uncertain(
    delivery, settings, backend, state
):
    settings.EMAIL_BACKEND = f"{__name__}.{backend.__name__}"

    assert state_after_sending(delivery) == state
    assert "example.org" not in delivery.last_error


def test_refusals_end_after_the_last_attempt(delivery, real_mail):
    real_mail.on_message = lambda server: "451 busy"

    for _attempt in range(sending.ATTEMPTS):
        Delivery.objects.update(lease_until=None)
        sending.send_next_delivery()

    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts) == (DeliveryState.FAILED, sending.ATTEMPTS)


def test_unreachable_server_costs_no_attempt_and_is_named(delivery, real_mail, settings):
    settings.EMAIL_PORT = 9

    assert state_after_sending(delivery) == DeliveryState.QUEUED

    assert delivery.attempts == 0
    assert "cannot be reached" in delivery.last_error


def test_connection_lost_after_data_is_uncertain_and_the_next_mail_goes_on(db, real_mail):
    make_mailing(3)

    def drop_the_second(server):
        if len(real_mail.messages) == 1:
            server.transport.abort()
        return "250 taken"

    real_mail.on_message = drop_the_second
    sending.send_next_delivery()

    states = list(Delivery.objects.values_list("state", flat=True))
    assert sorted(states) == [DeliveryState.SENT, DeliveryState.SENT, DeliveryState.UNCERTAIN]


def test_connection_lost_before_data_is_tried_again(delivery, real_mail):
    real_mail.on_recipient = lambda server: server.transport.abort()

    assert state_after_sending(delivery) == DeliveryState.QUEUED

    real_mail.on_recipient = lambda server: None
    Delivery.objects.update(lease_until=None)
    assert state_after_sending(delivery) == DeliveryState.SENT


def test_abandoned_mail_is_uncertain_only_after_its_lease(delivery):
    Delivery.objects.update(
        state=DeliveryState.SENDING, lease_until=timezone.now() + timedelta(minutes=1)
    )
    assert state_after_sending(delivery) == DeliveryState.SENDING

    Delivery.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    assert state_after_sending(delivery) == DeliveryState.UNCERTAIN
    assert not mail.outbox


def test_late_answer_of_the_server_is_believed(delivery, real_mail):
    """The lease ran out and another worker gave the message up while the server was thinking."""

    def give_up_meanwhile(server):
        Delivery.objects.update(state=DeliveryState.UNCERTAIN, lease_until=None)
        return "250 taken"

    sending.claim(delivery.pk, timezone.now())
    claimed = Delivery.objects.get()
    give_up_meanwhile(None)
    sending.mark_sent(claimed)

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT


def answered(delivery):
    delivery.invitation.state = InvitationState.ANSWERED
    delivery.invitation.answered_at = timezone.now()
    delivery.invitation.save()


def withdrawn(delivery):
    delivery.invitation.state = InvitationState.REVOKED
    delivery.invitation.save()


def declined(delivery):
    delivery.invitation.declined_at = timezone.now()
    delivery.invitation.save()


def past(delivery):
    delivery.invitation.expires_at = timezone.now()
    delivery.invitation.save()


def opted_out(delivery):
    delivery.invitation.customer.opted_out_at = timezone.now()
    delivery.invitation.customer.save()


def bounced(delivery):
    delivery.invitation.customer.email_bounced_at = timezone.now()
    delivery.invitation.customer.save()


def stopped(delivery):
    delivery.invitation.wave = make_wave(delivery.invitation.survey, state=WaveState.STOPPED)
    delivery.invitation.save()


REASONS = [answered, withdrawn, declined, past, opted_out, bounced, stopped]


@pytest.mark.parametrize("happen", REASONS)
def test_what_is_not_needed_any_more_is_cancelled_with_its_reason(delivery, happen):
    happen(delivery)

    assert state_after_sending(delivery) == DeliveryState.CANCELLED

    assert delivery.last_error
    assert not mail.outbox


@pytest.mark.parametrize("happen", REASONS)
def test_claim_itself_refuses_what_is_not_needed(delivery, happen):
    """What happens between looking for work and taking it counts, too."""
    happen(delivery)

    assert sending.claim(delivery.pk, timezone.now()) == 0


def test_control_the_same_message_is_claimed_when_nothing_happened(delivery):
    assert sending.claim(delivery.pk, timezone.now()) == 1


def test_paused_wave_waits_and_goes_on(db):
    wave = make_mailing(2)
    wave.state = WaveState.PAUSED
    wave.save()
    assert not sending.send_next_delivery()

    wave.state = WaveState.RUNNING
    wave.save()
    sending.send_next_delivery()

    assert len(mail.outbox) == 2


def test_closed_survey_waits(delivery):
    delivery.invitation.survey.versions.update(state=VersionState.CLOSED)

    assert state_after_sending(delivery) == DeliveryState.QUEUED


def test_telephone_and_face_to_face_are_never_sent(db):
    delivery = make_delivery(channel="phone")

    assert state_after_sending(delivery) == DeliveryState.QUEUED


def test_no_more_leave_in_a_minute_than_the_policy_allows(db):
    make_mailing(4)
    ContactPolicy.objects.update(sends_per_minute=3)

    for _round in range(ENOUGH_ROUNDS):
        sending.send_next_delivery()
    assert len(mail.outbox) == 3

    Delivery.objects.exclude(claimed_at=None).update(
        claimed_at=timezone.now() - timedelta(minutes=2)
    )
    sending.send_next_delivery()
    assert len(mail.outbox) == 4


def test_clock_set_back_does_not_stop_the_sending(db):
    make_mailing(2)
    Delivery.objects.update(claimed_at=timezone.now() + timedelta(hours=1))
    ContactPolicy.objects.update(sends_per_minute=2)

    sending.send_next_delivery()

    assert len(mail.outbox) == 2


def test_address_that_is_none_fails_and_adds_no_recipient(db):
    customer = factories.make_customer(email="ann@example.org, bob@example.org")
    delivery = make_delivery(customer=customer)

    assert state_after_sending(delivery) == DeliveryState.FAILED
    assert not mail.outbox


def test_text_that_cannot_be_put_together_is_not_uncertain(delivery):
    delivery.text.body = {"en": None}
    delivery.text.save()

    assert state_after_sending(delivery) == DeliveryState.QUEUED
    assert "put together" in delivery.last_error


def test_reminder_has_the_link_of_the_invitation(delivery):
    reminder = Delivery.objects.create(
        invitation=delivery.invitation,
        number=1,
        channel="email",
        text=make_text(delivery.invitation.survey, kind="reminder"),
        due_at=timezone.now(),
    )

    sending.send_next_delivery()

    reminder.refresh_from_db()
    first, second = (message.body for message in mail.outbox)
    assert reminder.state == DeliveryState.SENT
    links = [{word for word in part.split() if "/r/" in word} for part in (first, second)]
    assert links[0] == links[1] != set()
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 2


def test_error_text_holds_no_address(delivery, real_mail):
    real_mail.on_message = lambda server: "550 ann@example.org is unknown"

    state_after_sending(delivery)

    assert "ann" not in delivery.last_error
