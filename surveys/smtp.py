"""Handing mail to a server over one connection, and knowing what certainly did not go out.

A message is out of our hands once DATA has begun: when the connection breaks
before that, it was certainly not sent; when it breaks after, nobody knows.
"""

import re
import smtplib
from contextlib import suppress

from django.core.mail import get_connection
from django.core.mail.backends.smtp import EmailBackend as DjangoBackend
from django.utils.translation import gettext_noop

from .errors import NotAccepted

SAID_ABOUT_THE_MAIL = (400, 406, 422)  # the other codes are about us: a key, the pace
BROKEN = (OSError, smtplib.SMTPException)
# What django-anymail raises when nobody has taken the mail, and whether another try is vain.
NOT_TAKEN_BY_PROVIDER = {
    "AnymailRecipientsRefused": True,
    "AnymailInvalidAddress": True,
    "AnymailUnsupportedFeature": False,
    "AnymailSerializationError": False,
}
STATUS = re.compile(rb"\s*([245]\.\d{1,3}\.\d{1,3})\b")
UNREACHABLE = gettext_noop("The mail server cannot be reached")
BROKE_BEFORE = gettext_noop("The connection broke before the message was handed over")
REFUSED = gettext_noop("The mail server refused the message")


class _Noting:
    """Notes when a message begins to leave the house."""

    has_begun_handing_over = False

    def mail(self, *args, **kwargs):
        """Name the sender: a new message, of which nothing has gone out yet."""
        self.has_begun_handing_over = False
        return super().mail(*args, **kwargs)

    def data(self, *args, **kwargs):
        """Hand the message over."""
        self.has_begun_handing_over = True
        return super().data(*args, **kwargs)


class NotingSMTP(_Noting, smtplib.SMTP):
    """SMTP in the clear, or with STARTTLS."""


class NotingSMTPS(_Noting, smtplib.SMTP_SSL):
    """SMTP over TLS."""


class EmailBackend(DjangoBackend):
    """Django's SMTP back end, which can also say whether a message had begun to go out."""

    @property
    def connection_class(self):
        """The protocol, with a note of how far a message came."""
        return NotingSMTPS if self.use_ssl else NotingSMTP

    @property
    def has_begun_handing_over(self):
        """Whether something of the last message may have left the house."""
        return self.connection is None or self.connection.has_begun_handing_over


class MailConnection:
    """The mail server for a run of messages; opened when first needed, anew after each fault."""

    def __init__(self):
        self._backend = None

    def open(self):
        """Reach the server; raises `NotAccepted` when it is away."""
        if self._backend is not None:
            return
        backend = get_connection()
        try:
            backend.open()
        except BROKEN as error:
            raise NotAccepted(f"{UNREACHABLE}: {type(error).__name__}") from error
        self._backend = backend

    def send(self, mail):
        """Hand one mail over.

        Raises `NotAccepted` when it certainly did not go out; any other error
        means that nobody knows.
        """
        self.open()
        try:
            self._backend.send_messages([mail])
        except BROKEN as error:
            self._give_up(error)
        except Exception as error:
            name = type(error).__name__
            if name not in NOT_TAKEN_BY_PROVIDER:
                raise
            is_final = NOT_TAKEN_BY_PROVIDER[name]
            raise NotAccepted(f"{REFUSED}: {name}", is_final=is_final) from error

    def _give_up(self, error):
        has_begun = getattr(self._backend, "has_begun_handing_over", True)
        self.close()
        if isinstance(error, smtplib.SMTPRecipientsRefused):
            raise refusal(*max(error.recipients.values())) from error
        if isinstance(error, smtplib.SMTPResponseException):
            raise refusal(error.smtp_code, error.smtp_error) from error
        if 400 <= (code := getattr(error, "status_code", 0) or 0) < 500:  # a provider's web API
            raise NotAccepted(f"{REFUSED}: {code}", is_final=code in SAID_ABOUT_THE_MAIL) from error
        if not has_begun:
            raise NotAccepted(f"{BROKE_BEFORE}: {type(error).__name__}") from error
        raise error

    def close(self):
        """Say goodbye, if the server still listens."""
        backend, self._backend = self._backend, None
        if backend is not None:
            with suppress(*BROKEN):
                backend.close()


def refusal(code, words=b""):
    """What an answer of the server means; from 500 on it is its last word.

    Of its words only the status code is kept: they may hold the address.
    """
    found = STATUS.match(words if isinstance(words, bytes) else str(words).encode())
    status = found[1].decode() if found else ""
    return NotAccepted(f"{REFUSED}: {code}", is_final=code >= 500, status=status)
