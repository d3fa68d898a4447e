"""R10, R11: a mailing whose workers are killed sends nothing twice and hides nothing."""

import sys

import pytest

from surveys.enums import DeliveryState
from surveys.models import Delivery
from tests.deliveries import make_mailing

from .mailing import (
    OPEN,
    TIMEOUT_SECONDS,
    BadServer,
    Workers,
    let_leases_end,
    send_everything,
    tally,
)

SHORT, LONG = (1000, 6), (20_000, 50)
BATCH_THEN_MARK = """
import django
django.setup()
from surveys.messages.mails import asking_mail
from surveys.models import Delivery
from surveys.smtp import BROKEN, MailConnection
from surveys.errors import NotAccepted
while batch := list(Delivery.objects.filter(state="queued").order_by("pk")[:50]):
    connection, sent = MailConnection(), []
    for delivery in batch:
        try:
            connection.send(asking_mail(delivery))
            sent.append(delivery.pk)
        except NotAccepted as refusal:
            sent += [delivery.pk] if refusal.is_final else []
        except BROKEN:
            sent.append(delivery.pk)
    Delivery.objects.filter(pk__in=sent).update(state="sent")
"""


@pytest.mark.parametrize(
    ("size", "kills"), [SHORT, pytest.param(*LONG, marks=pytest.mark.long)], ids=["short", "long"]
)
def test_killed_workers_send_nothing_twice_and_hide_nothing(
    start_process, mail_server, size, kills
):
    make_mailing(size)
    timeout = {"EMAIL_TIMEOUT": str(TIMEOUT_SECONDS), "LOG_LEVEL": "ERROR"}
    workers = Workers(
        lambda: start_process("manage.py", "run_jobs", "--interval=0.2", **timeout), number=3
    )
    server = BadServer(mail_server, workers, size=size, kills=kills)

    send_everything(workers, server)
    let_leases_end()
    start_process("manage.py", "run_jobs", "--once").communicate(timeout=60)

    found = tally(server)
    print(f"R10: {found}", file=sys.stderr)
    assert not Delivery.objects.filter(state__in=OPEN).exists()
    assert (found["twice"], found["skipped"], found["untold"]) == (0, 0, 0)
    assert found["killed"] == kills
    assert found["states"].get(DeliveryState.UNCERTAIN, 0) <= found["killed"] + found["dropped"]
    assert sum(found["states"].values()) == size


def test_marking_a_batch_at_its_end_sends_twice(start_process, mail_server):
    """Control: the same kills, with the claim left out."""
    make_mailing(300)
    workers = Workers(lambda: start_process("-c", BATCH_THEN_MARK, EMAIL_TIMEOUT="2"), number=1)
    server = BadServer(mail_server, workers, size=300, kills=3)

    send_everything(workers, server)

    assert tally(server)["twice"] > 0
