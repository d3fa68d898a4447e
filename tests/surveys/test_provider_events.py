"""Events of mail providers: bounced, complained, unsubscribed; the others change nothing."""

from types import SimpleNamespace

import pytest

from surveys.enums import DeliveryState
from surveys.errors import NotAccepted
from surveys.models import Customer
from surveys.services.provider_events import note_provider_event
from surveys.smtp import MailConnection
from tests.deliveries import make_delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery():
    """A mail that a provider took."""
    return make_delivery(state=DeliveryState.SENT, provider_id="p-1")


def happen(kind, *, message_id="p-1", reject_reason=None):
    """An event with the names of django-anymail 15."""
    event = SimpleNamespace(event_type=kind, message_id=message_id, reject_reason=reject_reason)
    note_provider_event(sender=None, event=event, esp_name="Provider")


@pytest.mark.parametrize(
    ("kind", "reason", "is_bad"),
    [("bounced", "bounced", True), ("rejected", "invalid", True), ("rejected", "blocked", False)],
)
def test_bounce_marks_the_mail_and_a_bad_address(delivery, kind, reason, is_bad):
    happen(kind, reject_reason=reason)

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.BOUNCED
    assert bool(Customer.objects.get().email_bounced_at) == is_bad


@pytest.mark.parametrize("kind", ["complained", "unsubscribed"])
def test_complaint_is_a_no_to_all_surveys(delivery, kind):
    happen(kind)

    assert not Customer.objects.get().may_be_asked


@pytest.mark.parametrize(
    ("kind", "message_id"),
    [("opened", "p-1"), ("delivered", "p-1"), ("bounced", "other"), ("bounced", None)],
)
def test_other_events_change_nothing(delivery, kind, message_id):
    happen(kind, message_id=message_id)

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.SENT


class Refusing:
    """A back end of a provider whose web interface answers with a code."""

    def __init__(self, code):
        self.code = code

    def send_messages(self, messages):
        """Refuse."""
        error = OSError("refused")
        error.status_code = self.code
        raise error

    def close(self):
        """Nothing to end."""


@pytest.mark.parametrize(
    ("code", "error", "is_final"),
    [(422, NotAccepted, True), (429, NotAccepted, False), (500, OSError, None)],
)
def test_refusal_by_a_web_interface_is_known(code, error, is_final):
    connection = MailConnection()
    connection._backend = Refusing(code)

    with pytest.raises(error) as refusal:
        connection.send(None)

    assert getattr(refusal.value, "is_final", None) is is_final
