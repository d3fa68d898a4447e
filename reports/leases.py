"""Rows that a worker takes for the time of a lease; what was abandoned is taken up again.

A row is claimed by an UPDATE with the expected state in its WHERE: of several
workers the database lets one through.
"""

from django.db.models import F, Q
from django.utils import timezone

from surveys.enums import JobState


def is_due(*, most_attempts=None):
    """The condition of rows that wait for a worker, or were left by one not too often."""
    left = is_abandoned()
    if most_attempts is not None:
        left &= Q(attempts__lt=most_attempts)
    return Q(state=JobState.QUEUED) | left


def is_abandoned():
    """The condition of rows whose worker has not come back."""
    return Q(state=JobState.RUNNING, lease_until__lt=timezone.now())


def claim(rows, *, lease, most_attempts=None):
    """Take the rows that are due; how many were taken."""
    return rows.filter(is_due(most_attempts=most_attempts)).update(
        state=JobState.RUNNING,
        lease_until=timezone.now() + lease,
        attempts=F("attempts") + 1,
    )
