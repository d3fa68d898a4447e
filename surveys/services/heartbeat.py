"""The worker's sign of life, read by the page that says whether we are ready."""

from datetime import timedelta

from django.utils import timezone

from surveys.models import WorkerHeartbeat

THE_ROW = 1
ALIVE_FOR = timedelta(seconds=60)


def beat():
    """Note that a worker is alive now."""
    WorkerHeartbeat.objects.update_or_create(pk=THE_ROW, defaults={"beat_at": timezone.now()})


def is_worker_alive():
    """Whether a worker was heard of within the last minute.

    A sign from the future is from before the clock was set back, and says nothing.
    """
    now = timezone.now()
    return WorkerHeartbeat.objects.filter(
        beat_at__range=(now - ALIVE_FOR, now + ALIVE_FOR)
    ).exists()
