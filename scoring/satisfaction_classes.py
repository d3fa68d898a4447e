"""Three classes of satisfaction, by cut points on the scale."""

from dataclasses import dataclass

import numpy as np

from .cells import score_cells
from .errors import ArgumentError
from .measure import Measure
from .results import Estimate
from .satisfaction import share_of


@dataclass(frozen=True, slots=True)
class SatisfactionClasses:
    """Shares of three classes, which sum to 1.

    Parameters
    ----------
    low, middle, high : Estimate
        Not satisfied, moderately satisfied, highly satisfied.
    middle_from, high_from : int
        The cut points used, as scores.
    """

    low: Estimate
    middle: Estimate
    high: Estimate
    middle_from: int
    high_from: int


def satisfaction_classes(counts, *, scale, middle_from=None, high_from=None, confidence=0.95):
    """Three classes of satisfaction by cut points on the scale.

    Parameters
    ----------
    counts : array_like of int, shape (k,), or CountTable
        Respondents at each point of `scale`, lowest point first.
    scale : Scale
        The scale the ratings were given on.
    middle_from, high_from : int, optional
        The worst score of the middle and of the high class. Left out: the
        middle of the scale, and its best point (3 and 5 on five points).
    confidence : float in (0, 1), default 0.95
        Level of the Wilson intervals.

    Returns
    -------
    SatisfactionClasses
        Undefined shares when nobody answered.

    Raises
    ------
    ScaleError
        `counts` does not have one entry for each point of `scale`.
    CountError, AxisError
        A count is impossible, or the table has no scores.
    ArgumentError
        The cut points are not on the scale or out of order.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT
    >>> classes = satisfaction_classes([5, 5, 20, 40, 30], scale=FIVE_POINT)
    >>> classes.low.value, classes.middle.value, classes.high.value
    (0.1, 0.6, 0.3)
    """
    cells = score_cells(counts, scale=scale)
    middle_from, high_from = class_cuts(scale, middle_from, high_from)
    rank = goodness(scale)
    middle, high = rank[middle_from], rank[high_from]
    order = np.array([rank[point] for point in scale.points])
    return SatisfactionClasses(
        low=share_of(cells, order < middle, confidence),
        middle=share_of(cells, (order >= middle) & (order < high), confidence),
        high=share_of(cells, order >= high, confidence),
        middle_from=middle_from,
        high_from=high_from,
    )


def goodness(scale):
    """Rank of each point from the bad end to the good end.

    Parameters
    ----------
    scale : Scale
        The scale.

    Returns
    -------
    dict of int to int
        Point to rank; 0 is the worst point.

    Raises
    ------
    ScaleError
        Only by `Scale` itself.
    """
    points = scale.points if scale.higher_is_better else scale.points[::-1]
    return {point: rank for rank, point in enumerate(points)}


def class_cuts(scale, middle_from=None, high_from=None):
    """Cut points of three classes, with their defaults.

    Parameters
    ----------
    scale : Scale
        The scale.
    middle_from, high_from : int, optional
        Worst score of the middle and of the high class.

    Returns
    -------
    tuple of int
        Both cut points.

    Raises
    ------
    ArgumentError
        A cut point is not on the scale, or they are out of order.
    """
    rank = goodness(scale)
    by_rank = {position: point for point, position in rank.items()}
    middle_from = by_rank[scale.length // 2] if middle_from is None else middle_from
    high_from = scale.best if high_from is None else high_from
    if middle_from not in rank or high_from not in rank:
        raise ArgumentError(
            f"Cut points {middle_from!r} and {high_from!r} must be points of the scale "
            f"{scale.lowest} to {scale.highest}."
        )
    if not 0 < rank[middle_from] < rank[high_from]:
        raise ArgumentError(
            "The three classes must each hold a point: the middle class starts above the worst "
            f"point and below the high class; got {middle_from} and {high_from}."
        )
    return middle_from, high_from


MEASURES = (
    Measure(
        key="satisfaction_classes",
        name="Three classes of satisfaction",
        definition="Shares not, moderately and highly satisfied, by cut points on the scale.",
        formula="n(class) / n",
        denominator="Respondents who gave a rating",
        scale="any rating scale with three or more points",
        unit="share",
        interval="Wilson score interval",
        source="Common practice; interval: Wilson (1927)",
    ),
)
