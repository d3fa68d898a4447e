"""Computations for a worker: asked for as a row, done once for each state of the answers.

A row is claimed by an UPDATE with the expected state in its WHERE, for the
time of a lease; what was abandoned is taken up again when the lease is over.
The worker looks from time to time whether the answers have changed since, and
computes anew where they have; reading a page never writes.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from reports.dataset import Selection
from reports.models import StoredResult
from reports.scopes import data_state, digest_of, scope_of, selection_of
from scoring.results import to_plain
from surveys.enums import JobState
from surveys.models import Survey

LEASE = timedelta(minutes=15)
CHECK_EVERY = timedelta(minutes=5)
MOST_ATTEMPTS = 3
COMPUTATIONS = {}

logger = logging.getLogger(__name__)


def stored_result(selection, kind):
    """The row of a selection, or None when nobody has asked for it."""
    rows = StoredResult.objects.filter(survey=selection.survey, kind=kind)
    return rows.filter(scope_digest=digest_of(scope_of(selection))).first()


def is_up_to_date(stored, selection):
    """Whether the stored result is of the answers that there are now."""
    return stored.data_state == data_state(selection)


def request_result(selection, kind):
    """Ask for a computation; the row is the truth, the task only wakes a worker."""
    from reports.tasks import compute_result_task

    scope = scope_of(selection)
    with transaction.atomic():
        stored, is_new = StoredResult.objects.get_or_create(
            survey=selection.survey,
            kind=kind,
            scope_digest=digest_of(scope),
            defaults={"scope": scope},
        )
        if not is_new:
            _ask_again(stored.pk)
        transaction.on_commit(lambda: compute_result_task.enqueue(stored.pk))
    return stored


def compute_result(pk):
    """Compute one row if it is due and nobody else has it; safe to run twice.

    The state of the answers is read before they are counted: one that arrives
    meanwhile makes the result old, never wrongly new.
    """
    stored = _claim(pk)
    if stored is None:
        return False
    try:
        selection = selection_of(stored.survey, stored.scope)
        state = data_state(selection)
        found = to_plain(COMPUTATIONS[stored.kind](selection, seed=int(state[:8], 16)))
    except Exception as problem:
        _give_back(stored, problem)
    else:
        _keep(stored, found, state)
    return True


def compute_next_result():
    """One piece of work for the worker: a computation that is due, or a look for changes."""
    due = StoredResult.objects.filter(_is_due()).order_by("requested_at", "pk")
    pk = due.values_list("pk", flat=True).first()
    return compute_result(pk) if pk is not None else _look_for_changes()


def _look_for_changes():
    unchecked = _unchecked().order_by(F("checked_at").asc(nulls_first=True), "pk")
    stored = unchecked.select_related("survey").first()
    if stored is None:
        return _ask_for_new_surveys()
    if not _unchecked().filter(pk=stored.pk).update(checked_at=timezone.now()):
        return True
    if stored.data_state != data_state(selection_of(stored.survey, stored.scope)):
        _ask_again(stored.pk)
    return True


def _ask_for_new_surveys():
    """The whole of every survey is computed unasked, so that it is there when somebody looks."""
    whole = digest_of({})
    for kind in COMPUTATIONS:
        known = StoredResult.objects.filter(kind=kind, scope_digest=whole).values("survey")
        published = Survey.objects.filter(versions__published_at__isnull=False)
        survey = published.exclude(pk__in=known).order_by("pk").first()
        if survey:
            request_result(Selection(survey), kind)
            return True
    return False


def _unchecked():
    long_ago = Q(checked_at__isnull=True) | Q(checked_at__lt=timezone.now() - CHECK_EVERY)
    return StoredResult.objects.filter(long_ago, state=JobState.DONE)


def _is_due():
    waiting = Q(state=JobState.QUEUED)
    abandoned = Q(state=JobState.RUNNING, lease_until__lt=timezone.now())
    return waiting | abandoned


def _ask_again(pk):
    ended = StoredResult.objects.filter(pk=pk, state__in=[JobState.DONE, JobState.FAILED])
    ended.update(state=JobState.QUEUED, attempts=0, last_error="", requested_at=timezone.now())


def _claim(pk):
    claimed = StoredResult.objects.filter(_is_due(), pk=pk).update(
        state=JobState.RUNNING, lease_until=timezone.now() + LEASE, attempts=F("attempts") + 1
    )
    return StoredResult.objects.select_related("survey").get(pk=pk) if claimed else None


def _mine(stored):
    return StoredResult.objects.filter(
        pk=stored.pk, state=JobState.RUNNING, attempts=stored.attempts
    )


def _keep(stored, found, state):
    now = timezone.now()
    _mine(stored).update(
        state=JobState.DONE,
        result=found,
        data_state=state,
        computed_at=now,
        checked_at=now,
        lease_until=None,
        last_error="",
    )


def _give_back(stored, problem):
    """A failure is seen; it is tried again until the attempts are used up."""
    logger.warning("Stored result %s was not computed.", stored.pk, exc_info=problem)
    ended = stored.attempts >= MOST_ATTEMPTS
    _mine(stored).update(
        state=JobState.FAILED if ended else JobState.QUEUED,
        lease_until=None,
        last_error=type(problem).__name__,
    )
