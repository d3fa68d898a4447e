"""Headline figures weighted so that those who answered stand for all who were invited.

Weights are made by raking, cut where they are extreme, and only when somebody
asks for them; the unweighted figures always stand beside them.
"""

from dataclasses import dataclass, replace

import numpy as np
from django.conf import settings

from scoring.counts import CountTable
from scoring.errors import ConvergenceError
from scoring.nps import nps
from scoring.results import Estimate
from scoring.satisfaction import csat
from scoring.weighting import CalibratedWeights, trim_and_rake

from .frame import AXES, answer_cells

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
    "empty_level" (`axis` and `level` name it) or "not_converged".
    """

    margins: tuple[str, ...]
    base: int = 0
    weights: CalibratedWeights | None = None
    figures: tuple[Beside, ...] = ()
    best: int | None = None
    obstacle: str = ""
    axis: str = ""
    level: object = None


def weighting(selection, cells, margins):
    """Weight the answers to invitations to the margins of the frame.

    `cells` are `frame.tallies` of the same selection.
    """
    found = Weighting(tuple(margin for margin in MARGINS if margin in margins))
    if selection.survey.is_anonymous:
        return replace(found, obstacle="anonymous")
    table, scale = answer_cells(selection, found.margins)
    if table is None:
        return replace(found, obstacle="not_asked")
    if table.base < settings.MINIMUM_BASE:
        return replace(found, obstacle="too_few")
    found = replace(found, base=table.base, best=scale.best)
    targets = {axis: _targets(cells, axis) for axis in found.margins}
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
