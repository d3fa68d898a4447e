"""The worker as a real process: killed, doubled, stopped."""

import os
import signal
from collections import Counter
from datetime import timedelta

from django.utils import timezone

from surveys.enums import JobState
from surveys.models import OutboxMessage
from surveys.services.heartbeat import is_worker_alive
from tests import factories

ANSWERS = {"overall": "5", "again": "5", "recommend": "10"}
PATIENCE_SECONDS = 60
MARK_AT_THE_END = """
import django
django.setup()
from surveys.emails import thank_you_mail
from surveys.models import OutboxMessage
for message in OutboxMessage.objects.filter(state="queued").order_by("pk"):
    thank_you_mail(message).send()
    OutboxMessage.objects.filter(pk=message.pk).update(state="done")
"""


def owe_mails(number):
    """So many thank-you mails, each to another customer."""
    survey = factories.make_published_survey(sends_thanks=True)
    for place in range(number):
        customer = factories.make_customer(email=f"customer{place}@example.org")
        factories.make_response(survey, ANSWERS, customer=customer)


def kill_when_taken(inbox, victim):
    """The mail server takes the third message and the worker dies before it hears so."""

    def answer(server):
        if len(inbox.messages) == 2:
            os.kill(victim[0].pid, signal.SIGKILL)
        return "250 taken"

    inbox.on_message = answer


def ended(child):
    """Wait for a process to end; its return code."""
    child.communicate(timeout=PATIENCE_SECONDS)
    return child.returncode


def test_killed_worker_sends_nothing_twice_and_hides_nothing(start_process, mail_server):
    owe_mails(6)
    victim = []
    kill_when_taken(mail_server, victim)

    victim.append(start_process("manage.py", "run_jobs"))
    assert ended(victim[0]) == -signal.SIGKILL
    assert ended(start_process("manage.py", "run_jobs", "--once")) == 0
    OutboxMessage.objects.filter(state=JobState.RUNNING).update(
        lease_until=timezone.now() - timedelta(seconds=1)
    )
    assert ended(start_process("manage.py", "run_jobs", "--once")) == 0

    states = Counter(OutboxMessage.objects.values_list("state", flat=True))
    assert states == {JobState.DONE: 5, JobState.UNCERTAIN: 1}
    assert len(set(mail_server.message_ids)) == len(mail_server.message_ids) == 6


def test_marking_at_the_end_would_send_twice(start_process, mail_server):
    """Control: without the committed claim the same kill doubles a mail."""
    owe_mails(6)
    victim = []
    kill_when_taken(mail_server, victim)

    victim.append(start_process("-c", MARK_AT_THE_END))
    assert ended(victim[0]) == -signal.SIGKILL
    mail_server.on_message = lambda server: "250 taken"
    assert ended(start_process("-c", MARK_AT_THE_END)) == 0

    assert max(Counter(mail_server.message_ids).values()) == 2


def test_two_workers_share_the_messages(start_process, mail_server):
    owe_mails(30)

    workers = [start_process("manage.py", "run_jobs", "--once") for _worker in range(2)]

    assert [ended(worker) for worker in workers] == [0, 0]
    assert set(OutboxMessage.objects.values_list("state", flat=True)) == {JobState.DONE}
    assert len(set(mail_server.message_ids)) == len(mail_server.message_ids) == 30


def test_worker_shows_that_it_lives_and_ends_when_told(start_process):
    worker = start_process("manage.py", "run_jobs", "--interval=0.2")
    lines = iter(worker.stdout.readline, "")
    assert any("The worker is ready" in line for line in lines)

    worker.send_signal(signal.SIGTERM)

    assert "The worker has ended" in worker.communicate(timeout=PATIENCE_SECONDS)[0]
    assert worker.returncode == 0
    assert is_worker_alive()
