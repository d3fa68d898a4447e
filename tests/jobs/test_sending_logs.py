"""S17: the worker's log holds no name, address, number or link of a customer."""

import pytest

from surveys.models import Delivery
from surveys.tokens import token_of
from surveys.unsubscribe_links import unsubscribe_token
from tests import factories
from tests.deliveries import make_delivery, make_text

NAME, HOST, NUMBER = "Canaria Zwitscher", "canary-host.example", "+493012345678"


@pytest.fixture
def canaries(own_database):
    """Messages that go well, are refused, break off, and cannot be put together; gives secrets."""
    survey = factories.make_published_survey()
    secrets = {NAME, NAME.split(maxsplit=1)[0], HOST, NUMBER}
    for number, fate in enumerate(("well", "refused", "dropped", "broken", "linkless", "sms")):
        customer = factories.make_customer(
            name=f"{NAME} {fate}", email=f"{fate}@{HOST}", phone=NUMBER
        )
        body = {"en": number} if fate == "broken" else {"en": "{{greeting}}\n\n{{link}}"}
        text = make_text(survey, name=fate, body=body)
        channel = "sms" if fate == "sms" else "email"
        delivery = make_delivery(survey, customer, text=text, channel=channel)
        if fate == "linkless":
            type(delivery.invitation).objects.filter(pk=delivery.invitation_id).update(
                token_hash="0" * 64
            )
        secrets |= {
            token_of(delivery.invitation.token_seed),
            unsubscribe_token(delivery.invitation),
        }
    return secrets


def misbehave(inbox):
    """The server repeats the address in its refusal, and hangs up on one."""

    async def answer(server, envelope):
        [recipient] = envelope.rcpt_tos
        if recipient.startswith("refused"):
            return f"550 5.1.1 {recipient} {NAME} is unknown"
        if recipient.startswith("dropped"):
            server.transport.abort()
        return "250 taken"

    inbox.on_envelope = answer


def log_of(start_process, **environment):
    worker = start_process("manage.py", "run_jobs", "--once", LOG_LEVEL="DEBUG", **environment)
    return worker.communicate(timeout=60)[0]


def test_log_of_a_mailing_names_nobody(start_process, mail_server, canaries, tmp_path):
    misbehave(mail_server)

    log = log_of(start_process, SMS_BACKEND="surveys.sms.FileBackend")

    states = dict(Delivery.objects.values_list("text__name", "state"))
    assert states == {
        "well": "sent",
        "refused": "failed",
        "dropped": "uncertain",
        "broken": "queued",
        "linkless": "failed",
        "sms": "sent",
    }
    assert "cannot be put together" in log
    assert not [secret for secret in canaries if secret in log]
    kept = " ".join(Delivery.objects.values_list("last_error", flat=True))
    assert not [secret for secret in canaries if secret in kept]


def test_control_the_same_search_finds_them_where_mails_are_printed(start_process, canaries):
    log = log_of(start_process, EMAIL_URL="console://")

    assert [secret for secret in canaries if secret in log]
