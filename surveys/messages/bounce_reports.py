"""Reading what comes back: delivery reports (RFC 3464), abuse reports (RFC 5965), and plain ones.

Anybody can write to the mailbox. A report counts only when it carries the key
of one of our messages, which only those know through whose hands it went; what
cannot be read is left alone.
"""

import email
import re
from dataclasses import dataclass
from email.errors import MessageError

from surveys.delivery_keys import delivery_of
from surveys.models import Delivery

MOST_BYTES = 1024 * 1024
MOST_PARTS = 50
STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")
OUR_ADDRESSES = ("to", "delivered-to", "x-original-to", "envelope-to")
NAMES_OF_MAILS = ("message-id", "in-reply-to", "references", "x-original-message-id")
COMPLAINTS = ("abuse", "fraud", "opt-out", "opt-out-list")
ADDRESS_IS_BAD = re.compile(r"5\.(0\.0|1\.([0-6]|10)|2\.[01])")
NO_STATUS = "5.0.0"


@dataclass(frozen=True, slots=True)
class Report:
    """What became of one message of ours."""

    delivery: Delivery
    is_complaint: bool = False
    status: str = ""


def is_hard(status):
    """Whether a status says that the address itself is bad, and not the server, room or policy."""
    return ADDRESS_IS_BAD.fullmatch(status) is not None


def read_report(source):
    """What a mail, given as bytes, reports; None when it reports nothing about us."""
    try:
        return _read(email.message_from_bytes(source[:MOST_BYTES]))
    except (MessageError, RecursionError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _read(mail):
    parts = [part for part, _number in zip(mail.walk(), range(MOST_PARTS), strict=False)]
    kind = _report_kind(mail, parts)
    if kind is None or (delivery := _delivery(mail, parts)) is None:
        return None
    is_complaint, status = kind
    return Report(delivery, is_complaint, status)


def _report_kind(mail, parts):
    """Whether it is a complaint, and the status of a failure; None for neither."""
    for part in parts:
        if part.get_content_type() == "message/feedback-report":
            words = _text(part) + "".join(map(str, _blocks(part)))
            found = re.search(r"^Feedback-Type:\s*(\S+)", words, re.IGNORECASE | re.MULTILINE)
            return (True, "") if found and found[1].lower() in COMPLAINTS else None
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            return _failure(part)
    return _plain_failure(mail, parts)


def _failure(part):
    """The status of the recipient whom a delivery report says it failed for."""
    for block in _blocks(part):
        if str(block.get("Action", "")).strip().lower() == "failed":
            found = STATUS.search(str(block.get("Status", "")))
            return False, found[1] if found else NO_STATUS
    return None


def _plain_failure(mail, parts):
    """A report in words, from a mail system itself."""
    is_from_system = str(mail.get("Return-Path", "")).strip() == "<>" or re.match(
        r".*(mailer-daemon|postmaster)@", str(mail.get("From", "")).lower()
    )
    if not is_from_system or str(mail.get("Auto-Submitted", "")).lower() == "auto-replied":
        return None
    for part in parts:
        if part.get_content_type() == "text/plain":
            found = STATUS.search(_text(part))
            if found and found[1].startswith("5"):
                return False, found[1]
    return None


def _delivery(mail, parts):
    """The message of ours that the report is about: by its own return address, or its name."""
    for name in OUR_ADDRESSES:
        for value in mail.get_all(name, []):
            if found := delivery_of(str(value)):
                return found
    for part in parts:
        for name in NAMES_OF_MAILS:
            for value in part.get_all(name, []):
                if found := delivery_of(str(value)):
                    return found
        if part.get_content_type() == "text/rfc822-headers":
            headers = email.message_from_string(_text(part))
            if found := delivery_of(str(headers.get("Message-ID", ""))):
                return found
    return None


def _blocks(part):
    payload = part.get_payload()
    return payload if isinstance(payload, list) else []


def _text(part):
    payload = part.get_payload(decode=True)
    return payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
