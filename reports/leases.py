"""Rows that a worker takes for the time of a lease; what was abandoned is taken up again.

A row is claimed by an UPDATE with the expected state in its WHERE: of several
workers the database lets one through.
"""

from django.db.models import F, Q
from django.utils import timezone

from surveys.enums import JobState


def is_due():
    """The condition of rows that wait for a worker, or were left by one."""
    waiting = Q(state=JobState.QUEUED)
    abandoned = Q(state=JobState.RUNNING, lease_until__lt=timezone.now())
    return waiting | abandoned


def claim(rows, *, lease):
    """Take the rows that are due; how many were taken."""
    return rows.filter(is_due()).update(
        state=JobState.RUNNING,
        lease_until=timezone.now() + lease,
        attempts=F("attempts") + 1,
    )
