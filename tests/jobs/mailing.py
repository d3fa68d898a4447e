"""A mailing by several workers that are killed, over a mail server that behaves badly."""

import asyncio
import os
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from surveys.delivery_keys import delivery_key
from surveys.enums import DeliveryState
from surveys.models import Delivery

PATIENCE_SECONDS = 900
THINKING_SECONDS = 0.004  # so that kills can fall between taking a mail and saying so
TIMEOUT_SECONDS = 2
SEED = 20261122
OPEN = [DeliveryState.QUEUED, DeliveryState.SENDING]


@dataclass
class Workers:
    """So many programs at once; one that ended is replaced."""

    start: object
    number: int
    running: list = field(default_factory=list)
    killed: int = 0

    def fill_up(self):
        """Start what is missing."""
        self.running = [worker for worker in self.running if worker.poll() is None]
        while len(self.running) < self.number:
            self.running.append(self.start())

    def kill_one(self, chance):
        """Kill one of those that are alive; not asked to end, killed."""
        alive = [worker for worker in self.running if worker.poll() is None]
        if alive:
            os.kill(chance.choice(alive).pid, signal.SIGKILL)
            self.killed += 1

    def end(self):
        """Let all of them end in good order."""
        for worker in self.running:
            if worker.poll() is None:
                worker.terminate()
        for worker in self.running:
            worker.communicate(timeout=60)


class BadServer:
    """Stalls, refuses for a while or for good, hangs up after DATA, and kills workers.

    What it does with a mail depends on its Message-ID and on how often it came,
    so that a refused mail is taken in the end.
    """

    def __init__(self, inbox, workers, *, size, kills):
        self.inbox, self.workers = inbox, workers
        self.chance = random.Random(SEED)
        self.kill_at = sorted(self.chance.sample(range(size // 20, size * 9 // 10), kills))
        self.seen = 0
        self.taken = Counter()
        self.dropped = 0
        self.refused_for_good = set()
        inbox.on_envelope = self.answer

    async def answer(self, server, envelope):
        """What the server says to one mail."""
        name = message_id(envelope.content)
        self.seen += 1
        if self.kill_at and self.seen >= self.kill_at[0]:
            self.kill_at.pop(0)
            self.workers.kill_one(self.chance)
        fate = self.chance.random()
        if fate < 0.03:
            return "451 busy"
        if fate < 0.04:
            self.refused_for_good.add(name)
            return "550 no such user"
        self.taken[name] += 1
        if fate < 0.045:
            self.dropped += 1
            server.transport.abort()
        elif fate < 0.047:
            self.dropped += 1
            await asyncio.sleep(TIMEOUT_SECONDS * 2)
        await asyncio.sleep(THINKING_SECONDS)
        return "250 taken"


def message_id(content):
    """The Message-ID of a mail as it came."""
    for line in content.decode().splitlines():
        if line.startswith("Message-ID:"):
            return line.split(":", 1)[1].strip()
    raise AssertionError("A mail came without a Message-ID.")


def let_time_pass():
    """Mails that wait for their next attempt are due now."""
    Delivery.objects.filter(state=DeliveryState.QUEUED).exclude(lease_until=None).update(
        lease_until=None
    )


def let_leases_end():
    """What a killed worker had in hand is abandoned."""
    Delivery.objects.filter(state=DeliveryState.SENDING).update(
        lease_until=timezone.now() - timedelta(seconds=1)
    )


def send_everything(workers, server):
    """Let the workers work until nothing waits and all kills are done."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while Delivery.objects.filter(state=DeliveryState.QUEUED).exists():
        assert time.monotonic() < deadline, tally(server)
        workers.fill_up()
        let_time_pass()
        time.sleep(0.2)
    workers.end()


def tally(server):
    """What came of the mailing, seen from the database and from the mail server."""
    states = Counter(Delivery.objects.values_list("state", flat=True))
    names = {
        f"<asking.{delivery_key(delivery)}@127.0.0.1>": delivery.state
        for delivery in Delivery.objects.select_related("invitation")
    }
    return {
        "states": dict(states),
        "taken": len(server.taken),
        "twice": sum(number - 1 for number in server.taken.values()),
        "skipped": sum(
            state == DeliveryState.SENT and name not in server.taken
            for name, state in names.items()
        ),
        "untold": sum(
            state in (DeliveryState.FAILED, DeliveryState.QUEUED) and name in server.taken
            for name, state in names.items()
        ),
        "killed": server.workers.killed,
        "dropped": server.dropped,
    }
