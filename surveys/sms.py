"""Sending text messages: what a back end must do, and two that need no provider.

`SMS_BACKEND` names a class. One instance is made for a run of messages and
used by one thread; `send` is called once for each message and

* returns the provider's id of the message, or "", once the provider has taken it;
* raises `surveys.errors.NotAccepted` when the message certainly was not taken,
  with `is_final=True` when trying again would not help (no such number);
* raises anything else when nobody knows: the message becomes *uncertain* and is
  not sent again unless somebody says so.

`message.key` is the same each time for the same message: hand it to providers
that can refuse a repetition. A back end must neither log nor store numbers or
words, and must not try again by itself.
"""

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True, slots=True)
class TextMessage:
    """Words for one telephone number; `key` is the message's own name."""

    to: str
    words: str
    key: str


class SmsBackend:
    """What every back end offers; `open` and `close` surround a run of messages."""

    def open(self):
        """Reach the provider; raises `NotAccepted` when it is away."""

    def send(self, message):
        """Hand one `TextMessage` over; gives the provider's id for it."""
        raise NotImplementedError

    def close(self):
        """End the run."""


class ConsoleBackend(SmsBackend):
    """Prints messages, for development."""

    def send(self, message):
        """Print it."""
        sys.stdout.write(f"SMS to {message.to}: {message.words}\n")
        sys.stdout.flush()
        return ""


class FileBackend(SmsBackend):
    """Appends each message as a line of JSON to `SMS_FILE`, for trying out and for gateways."""

    def send(self, message):
        """Write it down."""
        with Path(settings.SMS_FILE).open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(message), ensure_ascii=False) + "\n")
        return message.key


class MemoryBackend(SmsBackend):
    """Keeps messages in a list, for tests."""

    sent = []

    def send(self, message):
        """Remember it."""
        self.sent.append(message)
        return message.key


def sms_backend():
    """A new back end of the class that the settings name."""
    return import_string(settings.SMS_BACKEND)()
