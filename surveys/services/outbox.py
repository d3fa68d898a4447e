"""Sending what is owed after an answer, and knowing when we cannot know.

A message is claimed by one UPDATE and the claim is committed before anything
leaves the house; afterwards it is marked. A mail server and a database cannot
be changed in one step, so whoever dies in between leaves a mail that may or
may not have gone out. Sending it again could send it twice, dropping it could
lose it: it becomes *uncertain* and a person decides.

Several tables are such outboxes: `Outbox` says which table, and who composes its mails.

While a message waits, `lease_until` is the time before which it is not tried
again; while it is being sent, it is the time until which the worker has it.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q
from django.utils import timezone

from surveys.emails import thank_you_mail
from surveys.enums import JobState, OutboxKind
from surveys.errors import NotAccepted
from surveys.models import OutboxMessage
from surveys.smtp import BROKEN, MailConnection

# Longer than a mail server can stall us: a handful of steps with EMAIL_TIMEOUT each.
LEASE = timedelta(minutes=5)
ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=1)
COMPOSERS = {OutboxKind.THANK_YOU_MAIL: thank_you_mail}

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Outbox:
    """A table of messages that are owed, and how a row becomes a mail.

    The table has the fields `state`, `lease_until`, `attempts`, `last_error`,
    `created_at` and `finished_at`. `compose` gives None when there is nobody to
    write to any more.
    """

    messages: type
    compose: Callable
    related: tuple[str, ...] = ()

    def send_next(self):
        """Send the message that has been due for longest; whether there was one."""
        self.give_up_abandoned()
        message = self._claim_next()
        if message is None:
            return False
        try:
            _deliver(self._composed(message), then=lambda: _finish(message, JobState.DONE))
        except NotAccepted as refusal:
            _try_later(message, refusal)
        except BROKEN as error:
            reason = f"The connection broke while sending ({type(error).__name__})."
            _finish(message, JobState.UNCERTAIN, reason)
        return True

    def give_up_abandoned(self):
        """Mark what a worker had begun and never finished."""
        count = self.messages.objects.filter(
            state=JobState.RUNNING, lease_until__lt=timezone.now()
        ).update(
            state=JobState.UNCERTAIN,
            lease_until=None,
            last_error="The worker ended while sending; nobody knows whether the message went out.",
        )
        if count:
            logger.warning("%d messages are uncertain: their worker ended while sending.", count)

    def _composed(self, message):
        """The mail to send; nothing has left the house when this fails."""
        try:
            mail = self.compose(message)
        except Exception as error:
            logger.exception("The message %s cannot be composed.", message.pk)
            raise NotAccepted(f"It cannot be composed ({type(error).__name__}).") from error
        if mail is None:
            raise NotAccepted("There is no e-mail address to write to any more.", is_final=True)
        return mail

    def _claim_next(self):
        """Take the first due message; of several workers the database lets one through."""
        now = timezone.now()
        is_due = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
        waiting = self.messages.objects.filter(is_due, state=JobState.QUEUED)
        for key in waiting.order_by("created_at", "pk").values_list("pk", flat=True)[:20]:
            if waiting.filter(pk=key).update(
                state=JobState.RUNNING, lease_until=now + LEASE, attempts=F("attempts") + 1
            ):
                return self.messages.objects.select_related(*self.related).get(pk=key)
        return None


RESPONSES = Outbox(
    OutboxMessage,
    compose=lambda message: COMPOSERS[message.kind](message),
    related=("response__customer", "response__survey", "response__version"),
)


def send_next_message():
    """Send what has been owed to a customer for longest; whether there was any."""
    return RESPONSES.send_next()


def _deliver(mail, *, then):
    """Hand the mail over and call `then` at once, before the connection is closed."""
    connection = MailConnection()
    try:
        connection.send(mail)
        then()
    finally:
        connection.close()


def _try_later(message, refusal):
    if refusal.is_final or message.attempts >= ATTEMPTS:
        _finish(message, JobState.FAILED, str(refusal))
        return
    pause = FIRST_PAUSE * 4 ** (message.attempts - 1)
    _set(
        message, state=JobState.QUEUED, lease_until=timezone.now() + pause, last_error=str(refusal)
    )


def _finish(message, state, reason=""):
    _set(message, state=state, lease_until=None, last_error=reason, finished_at=timezone.now())


def _set(message, **values):
    """Write the outcome, unless the lease ran out and the message is not ours any more."""
    type(message).objects.filter(
        pk=message.pk, state=JobState.RUNNING, attempts=message.attempts
    ).update(**values)
