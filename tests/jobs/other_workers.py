"""Workers that are not quite the real one: ``python -m tests.jobs.other_workers KIND``.

jumping   its leases last a second, and SIGUSR1 sets its clock two hours forward
requeuing the same, and what looks abandoned is sent again: the control of R11
careless  claims without looking whether the customer may still be asked: the control of R13
"""

import signal
import sys
from datetime import UTC, datetime, timedelta

JUMP = timedelta(hours=2)


def main(kind):
    """Work as `run_jobs` does, but for this one thing."""
    import django

    django.setup()
    from django.core.management import call_command

    from surveys.selectors import sendable
    from surveys.services import sending

    if kind in ("jumping", "requeuing"):
        sending.LEASE = timedelta(seconds=1)
        signal.signal(signal.SIGUSR1, _jump)
    if kind == "requeuing":
        sending.give_up_abandoned = _send_again
    if kind == "careless":
        sending.sendable = sendable.due
    call_command("run_jobs", interval=0.2)


def _jump(number, frame):
    import time_machine

    time_machine.travel(datetime.now(UTC) + JUMP, tick=True).start()


def _send_again():
    from django.utils import timezone

    from surveys.models import Delivery

    Delivery.objects.filter(state="sending", lease_until__lt=timezone.now()).update(
        state="queued", lease_until=None
    )


if __name__ == "__main__":
    main(sys.argv[1])
