"""R11, R13: the clock jumps, or customers answer and say no, while a mailing is being sent."""

import asyncio
import os
import random
import signal
import sys
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.enums import DeliveryState, InvitationState
from surveys.models import Customer, Delivery, Invitation
from tests.deliveries import make_mailing

from .mailing import (
    OPEN,
    PATIENCE_SECONDS,
    THINKING_SECONDS,
    let_leases_end,
    message_id,
)

SIZE = 200
CHANGED = 60
SEED = 7


class SlowServer:
    """Takes everything; every twentieth mail only after the lease of its worker is over."""

    def __init__(self, inbox, *, stalls=0.0, thinking=THINKING_SECONDS):
        self.names, self.stalls, self.thinking = [], stalls, thinking
        inbox.on_envelope = self.answer

    async def answer(self, server, envelope):
        """Take it, sooner or later."""
        self.names.append(message_id(envelope.content))
        is_slow = self.stalls and len(self.names) % 20 == 0
        await asyncio.sleep(self.stalls if is_slow else self.thinking)
        return "250 taken"

    @property
    def twice(self):
        """How many mails came more than once."""
        return len(self.names) - len(set(self.names))


def wait_for(is_true):
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not is_true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def send_while_the_clock_jumps(start_process, mail_server, kind):
    """Three workers; at a third of the mailing their clocks jump, one after the other."""
    make_mailing(SIZE)
    server = SlowServer(mail_server, stalls=2.5)
    workers = [start_process("-m", "tests.jobs.other_workers", kind) for _worker in range(3)]
    for number, worker in enumerate(workers, start=1):
        wait_for(lambda number=number: len(server.names) >= SIZE * number // 6)
        os.kill(worker.pid, signal.SIGUSR1)
    wait_for(lambda: not Delivery.objects.filter(state__in=OPEN).exists())
    for worker in workers:
        worker.terminate()
        worker.communicate(timeout=60)
    return server


def test_clock_that_jumps_forward_sends_nothing_twice(start_process, mail_server):
    server = send_while_the_clock_jumps(start_process, mail_server, "jumping")

    states = set(Delivery.objects.values_list("state", flat=True))
    print(f"R11: {len(server.names)} taken, {server.twice} twice, {states}", file=sys.stderr)
    assert server.twice == 0
    assert len(server.names) == SIZE
    assert states <= {DeliveryState.SENT, DeliveryState.UNCERTAIN}
    assert Delivery.objects.filter(state=DeliveryState.SENT).count() >= SIZE * 9 // 10


def test_control_sending_again_what_looks_abandoned_doubles(start_process, mail_server):
    server = send_while_the_clock_jumps(start_process, mail_server, "requeuing")

    assert server.twice > 0


def answer(keys):
    Invitation.objects.filter(deliveries__in=keys).update(
        state=InvitationState.ANSWERED, answered_at=timezone.now()
    )


def say_no(keys):
    Customer.objects.filter(invitations__deliveries__in=keys).update(opted_out_at=timezone.now())


def come_back(keys):
    Customer.objects.filter(invitations__deliveries__in=keys).update(
        email_bounced_at=timezone.now()
    )


def remind_while_customers_act(start_process, mail_server, *program):
    """Reminders by two workers; midway some customers answer, say no, or bounce.

    Gives how many of these were claimed more than a second after that.
    """
    make_mailing(SIZE)
    Delivery.objects.update(number=1)
    server = SlowServer(mail_server, thinking=0.03)
    workers = [start_process(*program) for _worker in range(2)]
    wait_for(lambda: len(server.names) >= SIZE // 10)
    waiting = list(Delivery.objects.filter(state=DeliveryState.QUEUED).values_list("pk", flat=True))
    chosen = random.Random(SEED).sample(waiting, CHANGED)
    for act, part in ((answer, 0), (say_no, 1), (come_back, 2)):
        act(chosen[part::3])
    done_at = timezone.now()
    wait_for(lambda: not Delivery.objects.filter(state__in=OPEN).exists())
    for worker in workers:
        worker.terminate()
        worker.communicate(timeout=60)
    let_leases_end()
    too_late = Delivery.objects.filter(
        pk__in=chosen, claimed_at__gt=done_at + timedelta(seconds=1)
    ).count()
    cancelled = Delivery.objects.filter(pk__in=chosen, state=DeliveryState.CANCELLED).count()
    print(f"R13: {too_late} reminded too late, {cancelled} cancelled", file=sys.stderr)
    return too_late, cancelled


def test_nobody_is_reminded_who_answered_said_no_or_bounced(start_process, mail_server):
    program = ("manage.py", "run_jobs", "--interval=0.2")

    too_late, cancelled = remind_while_customers_act(start_process, mail_server, *program)

    assert too_late == 0
    assert cancelled >= CHANGED // 2


@pytest.mark.usefixtures("own_database")
def test_control_a_careless_claim_reminds_them(start_process, mail_server):
    program = ("-m", "tests.jobs.other_workers", "careless")

    too_late, _cancelled = remind_while_customers_act(start_process, mail_server, *program)

    assert too_late > 0
