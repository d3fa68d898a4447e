"""Sending invitations and reminders: none twice, none skipped in silence.

Each message is a row. One UPDATE claims it, with every condition under which
it may be sent, and is committed before anything leaves the house; the row is
marked as soon as the server has answered. A worker that dies in between leaves
a message of which nobody knows whether it went out: when its lease is over it
becomes *uncertain*, and is never sent again unless somebody says so.

Many messages go over one connection, one after the other, each with its own
claim and its own mark.
"""

import logging
import random
import time
from datetime import timedelta
from functools import cached_property

from django.db import Error
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_noop

from surveys.enums import DeliveryState
from surveys.errors import NotAccepted
from surveys.messages.bounce_reports import is_hard
from surveys.models import ContactPolicy, Delivery
from surveys.selectors.sendable import head_of_queue, reasons_against, sendable, sends_left

from .bounces import mark_bad_address
from .quiet_hours import is_quiet, put_off_what_is_quiet, zones_of
from .sending_routes import ROUTES

# Longer than a mail server can stall us: a handful of steps with EMAIL_TIMEOUT each.
LEASE = timedelta(minutes=5)
ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=1)
RUN_SECONDS = 5
CANDIDATES = 100
MOST_LOOKS = 20
RELATED = (
    "text",
    "invitation__survey",
    "invitation__customer__unit",
    "invitation__event__kind",
    "invitation__event__unit",
)
ABANDONED = gettext_noop(
    "The worker ended while sending; nobody knows whether the message went out"
)
BROKE = gettext_noop("The connection broke while sending")
NOT_COMPOSED = gettext_noop("The message cannot be put together")
TO_BE_MARKED = (DeliveryState.SENDING, DeliveryState.UNCERTAIN)

logger = logging.getLogger(__name__)


def send_next_delivery():
    """Send what is due for some seconds, over one connection; whether anything was."""
    give_up_abandoned()
    worked = [Run(route).work() for route in ROUTES]
    return any(worked)


def give_up_abandoned():
    """Mark what a worker had begun and never finished."""
    now = timezone.now()
    count = Delivery.objects.filter(state=DeliveryState.SENDING, lease_until__lt=now).update(
        state=DeliveryState.UNCERTAIN, lease_until=None, last_error=ABANDONED, finished_at=now
    )
    if count:
        logger.warning("%d invitations are uncertain: their worker ended while sending.", count)


def cancel_what_is_not_needed(keys, now):
    """Say of each of these messages that will never be sent why not."""
    for reason, deliveries in reasons_against(keys, now):
        deliveries.update(
            state=DeliveryState.CANCELLED, lease_until=None, last_error=reason, finished_at=now
        )


class Run:
    """Some seconds of sending by one route."""

    def __init__(self, route):
        self._make_route = route
        self._candidates, self._zones = [], {}

    @cached_property
    def _route(self):
        return self._make_route()

    def work(self):
        """Send one message after the other while time, the limit and the server allow it."""
        self._look(timezone.now())
        if not self._candidates or self._make_route.patience.is_needed():
            return False
        try:
            return self._work()
        finally:
            self._route.close()

    def _work(self):
        number, until = 0, time.monotonic() + RUN_SECONDS
        while number == 0 or time.monotonic() < until:
            if not self._reach() or (delivery := self._claim_next()) is None:
                break
            self._send(delivery)
            number += 1
        return number > 0

    def _reach(self):
        """Whether the server is there; a message is claimed only when it is."""
        try:
            self._route.open()
        except NotAccepted as refusal:
            logger.warning("Nothing can be sent: %s.", refusal)
            self._make_route.patience.begin()
            if self._candidates:
                self._note_why_all_wait(str(refusal))
            return False
        return True

    def _note_why_all_wait(self, reason):
        first = Delivery.objects.filter(pk=self._candidates[-1], state=DeliveryState.QUEUED)
        first.update(last_error=reason)

    def _claim_next(self):
        """Take a message that is due; of several workers the database lets one through."""
        now, policy = timezone.now(), ContactPolicy.current()
        if sends_left(now, policy) <= 0:
            return None
        for _look in range(MOST_LOOKS):
            while self._candidates:
                key = self._candidates.pop()
                if not is_quiet(self._zones[key], now, policy) and claim(key, now):
                    return Delivery.objects.select_related(*RELATED).get(pk=key)
            self._look(now)
        return None

    def _look(self, now):
        """Find what can be sent next; cancel what never will, put off what would come at night.

        Each worker mixes its list.
        """
        for _look in range(MOST_LOOKS):
            head = head_of_queue(now, self._make_route.channel, CANDIDATES)
            keys = list(sendable(now).filter(pk__in=head).values_list("pk", flat=True))
            if len(keys) < len(head):
                cancel_what_is_not_needed(set(head) - set(keys), now)
            self._zones = put_off_what_is_quiet(zones_of(keys), now)
            self._candidates = list(self._zones)
            if self._candidates or not head:
                break
        random.shuffle(self._candidates)

    def _send(self, delivery):
        try:
            message = self._composed(delivery)
            provider_id = self._route.send(message)
            mark_sent(delivery, provider_id)
        except NotAccepted as refusal:
            _try_later(delivery, refusal)
        except Error:
            raise
        except Exception as error:
            reason = f"{BROKE}: {type(error).__name__}"
            _finish(delivery, DeliveryState.UNCERTAIN, reason)

    def _composed(self, delivery):
        try:
            return self._route.compose(delivery)
        except NotAccepted:
            raise
        except Exception as error:
            name = type(error).__name__
            logger.error("The message %s cannot be put together (%s).", delivery.pk, name)
            raise NotAccepted(f"{NOT_COMPOSED}: {name}") from error


def claim(key, now):
    """Take one message for sending, if at this moment it may still be sent."""
    return (
        sendable(now)
        .filter(pk=key)
        .update(
            state=DeliveryState.SENDING,
            lease_until=now + LEASE,
            claimed_at=now,
            attempts=F("attempts") + 1,
        )
    )


def mark_sent(delivery, provider_id=""):
    """Write that the server took it, also when the lease ran out while it was thinking."""
    _set(
        delivery,
        TO_BE_MARKED,
        state=DeliveryState.SENT,
        lease_until=None,
        last_error="",
        provider_id=str(provider_id)[:200],
        finished_at=timezone.now(),
    )


def _try_later(delivery, refusal):
    if refusal.is_final or delivery.attempts >= ATTEMPTS:
        _finish(delivery, DeliveryState.FAILED, str(refusal), bounce_status=refusal.status)
        if is_hard(refusal.status):
            mark_bad_address(delivery, refusal.status)
        return
    pause = FIRST_PAUSE * 4 ** (delivery.attempts - 1)
    _set(
        delivery,
        TO_BE_MARKED,
        state=DeliveryState.QUEUED,
        lease_until=timezone.now() + pause,
        last_error=str(refusal),
    )


def _finish(delivery, state, reason, **more):
    _set(
        delivery,
        TO_BE_MARKED,
        state=state,
        lease_until=None,
        last_error=reason,
        finished_at=timezone.now(),
        **more,
    )


def _set(delivery, states, **values):
    """Write the outcome, unless somebody has decided about the message meanwhile."""
    Delivery.objects.filter(pk=delivery.pk, state__in=states, attempts=delivery.attempts).update(
        **values
    )
