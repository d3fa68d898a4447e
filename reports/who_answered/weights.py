"""Headline figures weighted so that those who answered stand for all who were invited.

Weights are made by raking, cut where they are extreme, and only when somebody
asks for them; the unweighted figures always stand beside them. Levels that too
few answered are weighted together: between a weighted and an unweighted figure,
what a few people said could otherwise be worked out.
"""

from dataclasses import dataclass, replace

import numpy as np
from django.conf import settings

from reports.suppression import hidden_cells
from scoring.counts import MISSING, CountTable
from scoring.errors import ConvergenceError
from scoring.nps import nps
from scoring.results import Estimate
from scoring.satisfaction import csat
from scoring.scales import RECOMMENDATION
from scoring.weighting import CalibratedWeights, trim_and_rake

from .frame import AXES, TOGETHER, answer_cells

MARGINS = ("unit", "segment", "language")
LARGEST_WEIGHT = 5.0  # in medians; what is beyond is cut, and the margins are met again


@dataclass(frozen=True, slots=True)
class Beside:
    """One figure as it was answered, and weighted."""

    key: str
    unweighted: Estimate
    weighted: Estimate


@dataclass(frozen=True, slots=True)
class Weighting:
    """What weighting to these margins does.

    `obstacle` says why there is none: "anonymous", "not_asked", "too_few",
    "withheld", "empty_level" (`axis` and `level` name it) or "not_converged".
    `merged` names the axes on which small levels were weighted together.
    """

    margins: tuple[str, ...]
    base: int = 0
    weights: CalibratedWeights | None = None
    figures: tuple[Beside, ...] = ()
    best: int | None = None
    obstacle: str = ""
    axis: str = ""
    level: object = None
    merged: tuple[str, ...] = ()


def weighting(selection, cells, margins):
    """Weight the answers to invitations to the margins of the frame.

    `cells` are `frame.tallies` of the same selection.
    """
    found = Weighting(tuple(margin for margin in MARGINS if margin in margins))
    if selection.survey.is_anonymous:
        return replace(found, obstacle="anonymous")
    answers, scale = answer_cells(selection, found.margins)
    if answers is None:
        return replace(found, obstacle="not_asked")
    base = sum(n for *_levels, n in answers)
    if base < settings.MINIMUM_BASE:
        return replace(found, obstacle="too_few")
    targets = {axis: _targets(cells, axis) for axis in found.margins}
    answers, targets, merged = _merged(answers, targets)
    table = _table(answers, found.margins, scale)
    found = replace(found, base=base, best=scale.best, merged=merged)
    for axis, totals in targets.items():
        lacking = set(totals) - set(table.axis(axis).levels)
        if lacking:
            return replace(
                found, obstacle="empty_level", axis=axis, level=max(lacking, key=totals.get)
            )
    try:
        weights = trim_and_rake(table, targets, bounds=(0.0, LARGEST_WEIGHT))
    except ConvergenceError:
        return replace(found, obstacle="not_converged")
    return replace(
        found, weights=weights, figures=_figures(table, _weighted(table, weights), scale)
    )


def _targets(cells, axis):
    place, totals = list(AXES).index(axis), {}
    for key, tally in cells.items():
        if tally.invited:
            totals[key[place]] = totals.get(key[place], 0) + tally.invited
    return totals


def _merged(answers, targets):
    """Answers and targets with small levels as one, and the axes on which there were any."""
    changed = []
    for place, axis in enumerate(targets):
        sizes = dict.fromkeys(targets[axis], 0)
        for *levels, n in answers:
            sizes[levels[place]] = sizes.get(levels[place], 0) + n
        hidden = hidden_cells(list(sizes.values()), minimum=settings.MINIMUM_BASE)
        if not hidden:
            continue
        small = {level for at, (level, n) in enumerate(sizes.items()) if at in hidden or not n}
        answers = [_renamed(cell, place, small) for cell in answers]
        targets = targets | {axis: _summed(targets[axis], small)}
        changed.append(axis)
    return answers, targets, tuple(changed)


def _renamed(cell, place, small):
    return (*cell[:place], TOGETHER if cell[place] in small else cell[place], *cell[place + 1 :])


def _summed(totals, small):
    kept = {level: total for level, total in totals.items() if level not in small}
    return kept | {TOGETHER: sum(total for level, total in totals.items() if level in small)}


def _table(answers, margins, scale):
    axes = [
        (axis, sorted({cell[place] for cell in answers}, key=str))
        for place, axis in enumerate(margins)
    ]
    axes.append(("score", (*scale.points, MISSING)))
    axes.append(("recommendation", (*RECOMMENDATION.points, MISSING)))
    return CountTable.from_cells(axes, answers)


def _weighted(table, weights):
    factors = weights.factors[..., np.newaxis, np.newaxis]
    return CountTable(table.axes, table.n, table.w * factors, table.w2 * factors**2)


def _figures(plain, weighted, scale):
    found = []
    both = [csat(table.sum_to("score"), scale=scale) for table in (plain, weighted)]
    for key in ("top_box", "mean"):
        found.append(Beside(key, *(getattr(one, key) for one in both)))
    both = [
        nps(table.sum_to("recommendation").keep("recommendation", range(11))).score
        for table in (plain, weighted)
    ]
    found.append(Beside("nps", *both))
    return tuple(one for one in found if one.unweighted.base >= settings.MINIMUM_BASE)
