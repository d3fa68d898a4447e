"""The two ways by which messages leave: e-mail, and text messages."""

import time

from django.utils.translation import gettext_noop

from surveys.delivery_keys import delivery_key
from surveys.enums import Channel
from surveys.errors import NotAccepted
from surveys.messages.asking import asking_of
from surveys.messages.mails import asking_mail
from surveys.messages.text_messages import words_of_text_message
from surveys.recipients import address_of
from surveys.sms import TextMessage, sms_backend
from surveys.smtp import MailConnection

AWAY_SECONDS = 20
NO_NUMBER = gettext_noop("There is no telephone number that can be written to")


class Patience:
    """Leaves a server alone for a while after it could not be reached."""

    def __init__(self):
        self._until = 0.0

    def is_needed(self):
        """Whether it is too early to try again."""
        return time.monotonic() < self._until

    def begin(self):
        """The server was away just now."""
        self._until = time.monotonic() + AWAY_SECONDS


class MailRoute:
    """E-mail, over one connection."""

    channel = Channel.EMAIL
    patience = Patience()

    def __init__(self):
        self._connection = MailConnection()
        self.open, self.close = self._connection.open, self._connection.close

    def compose(self, delivery):
        """The mail; nothing has left the house when this fails."""
        return asking_mail(delivery)

    def send(self, mail):
        """Hand it over; a provider's own id for it, where there is one."""
        self._connection.send(mail)
        return getattr(getattr(mail, "anymail_status", None), "message_id", None) or ""


class TextMessageRoute:
    """Text messages, through the back end of the settings."""

    channel = Channel.SMS
    patience = Patience()

    def __init__(self):
        self._backend = sms_backend()
        self.open, self.close = self._backend.open, self._backend.close

    def compose(self, delivery):
        """The words and the number."""
        number = address_of(delivery.invitation.customer, Channel.SMS)
        if not number.removeprefix("+").isdecimal():
            raise NotAccepted(NO_NUMBER, is_final=True)
        words = words_of_text_message(delivery.text, asking_of(delivery))
        return TextMessage(number, words, delivery_key(delivery))

    def send(self, message):
        """Hand it over; the provider's id for it."""
        return self._backend.send(message) or ""


ROUTES = (MailRoute, TextMessageRoute)
