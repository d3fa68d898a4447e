"""The curve under survey weights: linearised errors and a test, from cell sums alone."""

import math
from dataclasses import dataclass

import numpy as np

from .curve_fit import LinearLogit, linear_logit
from .intervals import checked_confidence
from .loyalty_cells import loyalty_cells
from .results import Estimate
from .top_against_next import point_share
from .weighted_logit import RaoScott, rao_scott_test


@dataclass(frozen=True, slots=True)
class WeightedPoint:
    """One score of a weighted curve.

    Parameters
    ----------
    score : int
        The score.
    share : Estimate
        Weighted share of loyal respondents, Wilson's interval on the
        effective base, which `share.effective_base` gives.
    standard_error : float or None
        Linearised; 0 where all or none are loyal, which is why the interval
        does not use it. None without respondents.
    """

    score: int
    share: Estimate
    standard_error: float | None


@dataclass(frozen=True, slots=True)
class WeightedCurve:
    """A weighted satisfaction–loyalty curve.

    Parameters
    ----------
    base : int
        Respondents with a score and a known loyalty.
    points : tuple of WeightedPoint
        From the bad end of the scale to the good end.
    line : LinearLogit
        Straight line in the logit, sandwich errors.
    independence : RaoScott
        Second-order test that loyalty does not depend on the score.
    """

    base: int
    points: tuple[WeightedPoint, ...]
    line: LinearLogit
    independence: RaoScott


def weighted_curve(counts, *, scale, confidence=0.95):
    """Loyal share by score for answers with survey weights.

    Parameters
    ----------
    counts : CountTable
        With axes "score" and "loyal" and with Σw and Σw² in each cell.
    scale : Scale
        The scale of the scores.
    confidence : float in (0, 1), default 0.95
        Level of the intervals.

    Returns
    -------
    WeightedCurve
        Undefined parts where nobody answered.

    Raises
    ------
    ScaleError, CountError, AxisError
        The counts do not fit, see `scoring.loyalty_cells.loyalty_cells`.
    ArgumentError
        `confidence` lies outside its domain.

    Notes
    -----
    Within a score, ``V = n/(n−1) Σw²(y−p)² / (Σw)²`` with n of the whole
    table, as ``svyby(svymean)`` of R's survey package. n, Σw and Σw² by score
    and outcome are enough for all of it.

    References
    ----------
    .. [1] Lumley (2010). Complex Surveys: A Guide to Analysis Using R.
    """
    checked_confidence(confidence)
    cells = loyalty_cells(counts, scale=scale)
    other_w2 = cells.w2 - cells.loyal_w2
    share, errors = cells.share, []
    for i in range(len(cells.scores)):
        if not cells.used[i] or cells.base < 2:
            errors.append(None)
            continue
        spread = cells.loyal_w2[i] * (1 - share[i]) ** 2 + other_w2[i] * share[i] ** 2
        growth = cells.base / (cells.base - 1)
        errors.append(math.sqrt(growth * max(0.0, float(spread))) / float(cells.w[i]))
    return WeightedCurve(
        base=cells.base,
        points=tuple(
            WeightedPoint(score, point_share(cells, i, confidence), errors[i])
            for i, score in enumerate(cells.scores)
        ),
        line=linear_logit(cells, confidence=confidence),
        independence=rao_scott_test(
            np.column_stack([cells.w - cells.loyal_w, cells.loyal_w]),
            np.column_stack([other_w2, cells.loyal_w2]),
            cells.base,
        ),
    )
