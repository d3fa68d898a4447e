"""Observed loyalty of very many answers: read from what the worker has joined with the events.

One row for each answer, those of a customer beside one another in the order
of time, with the whole days until the next purchase and until the last known
one. Every window and every filter is a sum over these rows.
"""

from bisect import bisect_right
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain, groupby, islice
from threading import Lock

import numpy as np
from django.db.models import Max, Q

from reports.models import FollowUp
from surveys.models import Event

from .cells import Cells, joined, packed, unpacked
from .questionnaires import blank_codes
from .reading import COLUMNS, conditions_of, countable, met

MOST_COUNTED_AT_ONCE = 20_000
MOST_KEPT = 2
PIECE = 20_000
DAY = timedelta(days=1)
NEVER = 65_535
NAMES = ("day", "version", "placement", "segment", "channel", "language", "wave", "is_excluded")
MEASURED = ("satisfaction", "blank_overall")
JOINED = ("is_known", "is_first", "days_until", "days_known")


@dataclass(frozen=True, slots=True)
class Followed:
    """The rows of a survey, and as of when they were joined."""

    cells: Cells
    as_of: datetime
    cutoff: datetime | None

    def ready(self, selection, asked, days):
        """How many answers of a selection are unknown, too early and ready, and who came last."""
        cells = self.cells
        chosen = met(cells, conditions_of(selection) | {"version": asked.__contains__})
        chosen = np.ones(len(cells.n), dtype=bool) if chosen is None else chosen
        known = chosen & cells.is_in("is_known", {True})
        known_for = np.array(cells.values["days_known"], dtype=np.int64)
        followed = known & (known_for >= days)[cells.codes["days_known"]]
        rows = np.flatnonzero(followed)
        customer = np.cumsum(cells.is_in("is_first", {True}))[rows]
        is_last = np.append(customer[1:] != customer[:-1], True) if len(rows) else rows
        last = np.zeros(len(cells.n), dtype=bool)
        last[rows[is_last.astype(bool)]] = True
        unknown, early = int(chosen.sum() - known.sum()), int(known.sum() - len(rows))
        return unknown, early, len(rows), last


def needs_follow_up(rows):
    """Whether there are too many answers to join them with the events while a page waits."""
    return rows.order_by()[: MOST_COUNTED_AT_ONCE + 1].count() > MOST_COUNTED_AT_ONCE


def followed(survey):
    """What the worker has joined, or None where it has not been there yet."""
    kept = FollowUp.objects.filter(survey=survey).exclude(cells=b"")
    found = kept.values_list("as_of", "cutoff").first()
    if found is None:
        return None
    with _lock:
        known = _kept.get(survey.pk)
    if known is None or known.as_of != found[0]:
        content, *times = kept.values_list("cells", "as_of", "cutoff").get()
        known = Followed(unpacked(bytes(content)), *times)
    with _lock:
        _kept[survey.pk] = known
        _kept.move_to_end(survey.pk)
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return known


def joined_with_events(survey, questionnaires):
    """The rows as bytes, and the time of the last known event that shows loyalty."""
    loyal = Event.objects.filter(kind__shows_loyalty=True)
    cutoff = loyal.aggregate(last=Max("occurred_at"))["last"]
    answers = _answers(survey, questionnaires)
    moments = loyal.filter(customer__in=countable(survey).values("customer"))
    moments = moments.order_by("customer", "occurred_at").values_list("customer", "occurred_at")
    rows = _rows(answers, _by_customer(moments.iterator()), cutoff)
    names = [*NAMES, *MEASURED, *JOINED]
    pieces = iter(lambda: list(islice(rows, PIECE)), [])
    return packed(joined([Cells.from_rows(names, piece) for piece in pieces], names)), cutoff


def _answers(survey, questionnaires):
    """All answers: first those without a customer, then customer by customer in order of time."""
    blank = blank_codes({q.version_id: q for q in questionnaires})["blank_overall"]
    columns = [COLUMNS[name] for name in NAMES]
    rows = countable(survey).annotate(blank_overall=blank)
    known = Q(customer__isnull=False, submitted_at__isnull=False)
    listed = ("customer", "submitted_at", *columns, *MEASURED)
    unknown = rows.exclude(known).order_by().values_list(*listed)
    ordered = rows.filter(known).order_by("customer", "submitted_at", "pk").values_list(*listed)
    return chain(
        ((None, None, *row[2:]) for row in unknown.iterator()), ordered.iterator(chunk_size=5000)
    )


def _by_customer(moments):
    """A function that gives the moments of each customer, asked for in order."""
    groups = groupby(moments, key=lambda row: row[0])
    held = [next(groups, None)]

    def moments_of(customer):
        while held[0] and held[0][0] < customer:
            held[0] = next(groups, None)
        if not held[0] or held[0][0] > customer:
            return []
        found = [moment for _customer, moment in held[0][1]]
        held[0] = next(groups, None)
        return found

    return moments_of


def _rows(answers, moments_of, cutoff):
    for customer, rows in groupby(answers, key=lambda row: row[0]):
        moments = moments_of(customer) if customer is not None else []
        for place, (_customer, at, *row) in enumerate(rows):
            if customer is None:
                yield (*row, False, True, NEVER, -1, 1)
                continue
            later = bisect_right(moments, at)
            until = -((at - moments[later]) // DAY) if later < len(moments) else NEVER
            known = (cutoff - at) // DAY if cutoff else -1
            yield (*row, True, place == 0, min(until, NEVER), max(known, -1), 1)


_kept = OrderedDict()
_lock = Lock()


def forget_followed():
    """Let go of what this process has read."""
    with _lock:
        _kept.clear()
