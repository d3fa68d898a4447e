"""Satisfaction, stated loyalty and recommendation, counted together."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
from django.db.models import Count, Max, Min

from reports.enums import Loyalty
from scoring.counts import MISSING, CountTable
from scoring.scales import RECOMMENDATION, Scale

from .lists import known_segments
from .questionnaires import (
    BLANKS,
    OUTSIDE,
    asking_on_one_scale,
    blank_codes,
    loyal_from,
    scale_of,
    score_level,
)
from .reading import reading_of
from .selection import Span

PROMOTER_FROM = 9
BY = {"segment__code": "segment"}
SLACK = timedelta(days=2)  # the zone of the survey may have been changed meanwhile
COUNTED = ("version", "satisfaction", "repurchase", "recommendation", *BLANKS)


@dataclass(frozen=True, slots=True, eq=False)
class MeasureCounts:
    """Satisfaction × stated loyalty × recommendation of one selection.

    `table` has the axes "score", "stated" and "recommendation", and in front
    "group" when groups were asked for. Versions whose satisfaction scale
    differs from the newest one's are not pooled: `other_versions` counts
    their responses.
    """

    table: CountTable
    scale: Scale
    span: Span
    has_stated: bool
    has_recommendation: bool
    other_versions: int = 0

    def curve_table(self, loyalty):
        """The table "score" × "loyal" (with "group" in front, if any) for one kind of loyalty."""
        if loyalty == Loyalty.STATED:
            return _renamed(self.table.sum_to(*self._front, "score", "stated"), "stated")
        if loyalty == Loyalty.RECOMMENDATION:
            table = self.table.sum_to(*self._front, "score", "recommendation")
            return _renamed(table, "recommendation", _is_promoter)
        raise ValueError("Observed loyalty is counted from events, by observed_counts.")

    @property
    def _front(self):
        return ("group",) if self.table.axes[0].name == "group" else ()


def measure_counts(selection, *, questionnaires=None, by=None):
    """Count satisfaction, stated loyalty and recommendation together.

    `by` is a field of the response to group by, such as ``"segment__code"``.
    Returns None when the survey does not ask for overall satisfaction.
    """
    asked = asking_on_one_scale(selection.survey, questionnaires)
    if not asked:
        return None
    scale = scale_of(next(iter(asked.values())).overall)
    reading = reading_of(selection.survey, questionnaires)
    if reading is None or by not in (None, *BY):
        counted, span = _rows_counted(selection, asked, by)
    else:
        counted, span = _cells_counted(reading, selection, asked, by)
    cells, others, start = Counter(), 0, 1 if by else 0
    for key, n in counted:
        version = asked.get(key[start])
        if version is None:
            others += n
        else:
            cells[(*key[:start], *_levels(version, key[start + 1 :]))] += n
    axes = [
        ("score", (*scale.points, *OUTSIDE)),
        ("stated", (False, True, *OUTSIDE)),
        ("recommendation", (*RECOMMENDATION.points, *OUTSIDE)),
    ]
    if by:
        axes.insert(0, ("group", sorted({cell[0] for cell in cells}, key=str)))
    return MeasureCounts(
        table=CountTable.from_cells(axes, [(*cell, n) for cell, n in cells.items()]),
        scale=scale,
        span=span,
        has_stated=any(loyal_from(version) is not None for version in asked.values()),
        has_recommendation=any(version.recommendation for version in asked.values()),
        other_versions=others,
    )


def _cells_counted(reading, selection, asked, by):
    """Counts by version, measures and blanks, and their span, of days counted before."""
    group = [BY[by]] if by else []
    sums = reading.sums(selection, [*group, *COUNTED])
    if by:
        names = {segment.pk: segment.code for segment in known_segments()}
        sums = Counter({(names.get(key[0]), *key[1:]): n for key, n in sums.items()})
    return sums.items(), _span(reading, selection, asked)


def _span(reading, selection, asked):
    days = Counter()
    for (version_id, day), n in reading.sums(selection, ["version", "day"]).items():
        if version_id in asked:
            days[day] += n
    return Span(days.total(), min(days), max(days)) if days else Span()


def with_last_moment(selection, span):
    """The span with the time of the last answer, which counted days do not hold."""
    if span.last_moment or not span.last_day:
        return span
    asked = asking_on_one_scale(selection.survey, None)
    newest = selection.rows().filter(version__in=asked, submitted_on__gte=span.last_day - SLACK)
    return replace(span, last_moment=newest.aggregate(last=Max("submitted_at"))["last"])


def _rows_counted(selection, asked, by):
    """The same by one grouped query over the rows."""
    group = [by] if by else []
    rows = (
        selection.rows()
        .annotate(**blank_codes(asked))
        .order_by()
        .values_list(*group, "version_id", "satisfaction", "repurchase", "recommendation", *BLANKS)
        .annotate(
            n=Count("pk"),
            first=Min("submitted_on"),
            last=Max("submitted_on"),
            moment=Max("submitted_at"),
        )
    )
    counted, span = [], Span()
    for *key, n, first, last, moment in rows:
        counted.append((key, n))
        if key[len(group)] in asked:
            span += Span(n, first, last, moment)
    return counted, span


def _levels(version, key):
    score, repurchase, recommendation, *blanks = key
    cut = loyal_from(version)
    stated = score_level(repurchase, blanks[1], version.repurchase)
    if stated not in OUTSIDE:
        stated = MISSING if cut is None else stated >= cut
    return (
        score_level(score, blanks[0], version.overall),
        stated,
        score_level(recommendation, blanks[2], version.recommendation),
    )


def _is_promoter(level):
    return level if level in OUTSIDE else level >= PROMOTER_FROM


def _renamed(table, name, change=lambda level: level):
    """The table with its last axis called "loyal" and its levels changed."""
    axes = [(axis.name, axis.levels) for axis in table.axes[:-1]]
    axes.append(("loyal", (False, True, *OUTSIDE)))
    cells = []
    for index, n in _cells(table):
        cells.append((*index[:-1], change(index[-1]), n))
    return CountTable.from_cells(axes, cells)


def _cells(table):
    for index in np.argwhere(table.n):
        levels = tuple(axis.levels[i] for axis, i in zip(table.axes, index, strict=True))
        yield levels, int(table.n[tuple(index)])
