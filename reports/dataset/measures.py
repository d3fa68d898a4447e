"""Satisfaction, stated loyalty and recommendation, counted together."""

from collections import Counter
from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Max, Min

from reports.enums import Loyalty
from scoring.counts import MISSING, CountTable
from scoring.scales import RECOMMENDATION, Scale

from .questionnaires import (
    BLANKS,
    OUTSIDE,
    asking_on_one_scale,
    blank_codes,
    loyal_from,
    scale_of,
    score_level,
)
from .selection import Span

PROMOTER_FROM = 9


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
    """Count satisfaction, stated loyalty and recommendation by one grouped query.

    `by` is a field of the response to group by, such as ``"segment__code"``.
    Returns None when the survey does not ask for overall satisfaction.
    """
    asked = asking_on_one_scale(selection.survey, questionnaires)
    if not asked:
        return None
    scale = scale_of(next(iter(asked.values())).overall)
    group = [by] if by else []
    rows = (
        selection.rows()
        .annotate(**blank_codes(asked))
        .order_by()
        .values_list(
            *group,
            "version_id",
            "satisfaction",
            "repurchase",
            "recommendation",
            *BLANKS,
        )
        .annotate(
            n=Count("pk"),
            first=Min("submitted_on"),
            last=Max("submitted_on"),
            moment=Max("submitted_at"),
        )
    )
    cells, span, others = Counter(), Span(), 0
    for row in rows:
        *key, count, first, last, moment = row
        version = asked.get(key[len(group)])
        if version is None:
            others += count
            continue
        span += Span(count, first, last, moment)
        cells[(*key[: len(group)], *_levels(version, key[len(group) + 1 :]))] += count
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
