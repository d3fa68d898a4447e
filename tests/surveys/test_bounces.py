"""Mails that come back, and complaints: what is marked, and that nobody can forge it."""

import mailbox
from email.message import EmailMessage
from io import StringIO

import pytest
from django.core.management import call_command

from surveys.delivery_keys import delivery_key
from surveys.enums import DeliveryState
from surveys.messages.bounce_reports import read_report
from surveys.models import Customer, Delivery
from surveys.services.bounces import note_report
from tests import factories
from tests.deliveries import make_delivery

pytestmark = pytest.mark.django_db

BOUNCE = """\
Return-Path: <>
From: MAILER-DAEMON@mx.example.org
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It did not work.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; ann@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--b
Content-Type: {original}

Message-ID: {name}
From: survey@example.org
Subject: How was it?

--b--
"""
COMPLAINT = """\
From: feedback@provider.example
To: abuse@example.org
Subject: complaint
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="b"

--b
Content-Type: text/plain

This is an abuse report.

--b
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: Provider/1.0
Version: 1

--b
Content-Type: message/rfc822

Message-ID: {name}
From: survey@example.org
Subject: How was it?

Hello
--b--
"""


@pytest.fixture
def delivery():
    """An invitation that was sent."""
    return make_delivery(state=DeliveryState.SENT)


def name_of(delivery):
    return f"<asking.{delivery_key(delivery)}@127.0.0.1>"


def bounce_of(delivery, *, status="5.1.1", action="failed", to="survey@example.org", **more):
    values = {"original": "message/rfc822", "name": name_of(delivery)} | more
    return BOUNCE.format(status=status, action=action, to=to, **values).encode()


def note(source):
    report = read_report(source)
    if report:
        note_report(report)
    return report


@pytest.mark.parametrize("original", ["message/rfc822", "text/rfc822-headers"])
def test_bounce_marks_the_message_and_its_bad_address(delivery, original):
    note(bounce_of(delivery, original=original))

    delivery.refresh_from_db()
    assert (delivery.state, delivery.bounce_status) == (DeliveryState.BOUNCED, "5.1.1")
    assert Customer.objects.get().email_bounced_at


def test_bounce_to_the_message_s_own_return_address_is_enough(delivery):
    to = f"bounces+{delivery_key(delivery).upper()}@example.org"

    note(bounce_of(delivery, to=to, name="<lost@example.org>"))

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.BOUNCED


def test_plain_bounce_of_a_mail_system_counts(delivery):
    source = (
        "Return-Path: <>\nFrom: MAILER-DAEMON@example.net\n"
        f"To: bounces+{delivery_key(delivery)}@example.org\nSubject: failure notice\n\n"
        "Sorry, no mailbox here by that name. (#5.1.1)\n"
    )

    note(source.encode())

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.BOUNCED


def test_uncertain_message_is_resolved_by_a_bounce(delivery):
    Delivery.objects.update(state=DeliveryState.UNCERTAIN)

    note(bounce_of(delivery))

    delivery.refresh_from_db()
    assert delivery.state == DeliveryState.BOUNCED


@pytest.mark.parametrize("status", ["5.2.2", "5.7.1", "4.4.1", "5.3.4"])
def test_full_or_strict_mailbox_is_bad_only_after_three_times(status):
    survey, customer = factories.make_published_survey(), factories.make_customer(email="a@b.org")
    for number in range(3):
        assert not Customer.objects.get().email_bounced_at, number
        delivery = make_delivery(survey, customer, state=DeliveryState.SENT)
        for _time in range(2):  # the same report twice is one bounce
            note(bounce_of(delivery, status=status))

    assert Customer.objects.get().email_bounced_at


def test_bounce_of_a_former_address_does_not_touch_the_new_one(delivery):
    Customer.objects.update(email="new@example.org")

    note(bounce_of(delivery))

    assert not Customer.objects.get().email_bounced_at


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_other_reports_change_nothing(delivery, action):
    assert note(bounce_of(delivery, action=action)) is None


def test_complaint_is_a_no_to_all_surveys(delivery):
    note(COMPLAINT.format(kind="abuse", name=name_of(delivery)).encode())

    assert not Customer.objects.get().may_be_asked


def test_not_spam_is_no_complaint(delivery):
    note(COMPLAINT.format(kind="not-spam", name=name_of(delivery)).encode())

    assert Customer.objects.get().may_be_asked


def test_forged_report_without_the_key_changes_nothing(delivery):
    forged = f"<asking.{delivery.pk}-{'0' * 20}@127.0.0.1>"

    assert note(bounce_of(delivery, name=forged)) is None


def test_answer_of_a_customer_on_holiday_is_no_bounce(delivery):
    source = (
        f"From: ann@example.org\nTo: bounces+{delivery_key(delivery)}@example.org\n"
        "Auto-Submitted: auto-replied\n\nI am away until 5.1.1.\n"
    )

    assert note(source.encode()) is None


NESTED = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2000))


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\x00\xff\xfe" * 1000,
        NESTED.encode(),
        b"Content-Type: multipart/report; boundary=\n\n--\n",
        b"Content-Type: message/delivery-status\n\nStatus",
        b"Content-Type: text/plain; charset=no-such\nReturn-Path: <>\n\n5.1.1",
        b"Message-ID: " + b"1-" * 100_000,
        b"To: " + b"9" * 500 + b"-" + b"a" * 20 + b"@x\nReturn-Path: <>\n\n5.1.1",
        b"Content-Type: multipart/report\n" + b"A: b\n" * 50_000,
    ],
    ids=["empty", "noise", "nested", "edge", "cut", "charset", "long", "number", "headers"],
)
def test_hostile_mail_is_left_alone(source):
    assert read_report(source) is None


def test_command_reads_a_pipe_a_file_an_mbox_and_a_maildir(delivery, tmp_path, monkeypatch):
    (tmp_path / "one.eml").write_bytes(bounce_of(delivery))
    box = mailbox.mbox(tmp_path / "box")
    box.add(bounce_of(delivery))
    box.add(EmailMessage())
    box.close()
    maildir = mailbox.Maildir(tmp_path / "maildir")
    maildir.add(COMPLAINT.format(kind="abuse", name=name_of(delivery)).encode())

    said = []
    for name in ("one.eml", "box", "maildir", "maildir"):
        out = StringIO()
        call_command("read_bounces", str(tmp_path / name), stdout=out)
        said.append(out.getvalue().strip())

    assert said == [
        "1 bounces (1 of them of bad addresses), 0 complaints, 0 other mails.",
        "1 bounces (1 of them of bad addresses), 0 complaints, 1 other mails.",
        "0 bounces (0 of them of bad addresses), 1 complaints, 0 other mails.",
        "0 bounces (0 of them of bad addresses), 0 complaints, 0 other mails.",
    ]
