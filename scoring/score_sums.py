"""What comparisons need of one group's scores: n, Σw and Σw² at each point of the scale."""

from dataclasses import dataclass

import numpy as np

from .counts import MISSING, NOT_APPLICABLE, CountTable
from .errors import ArgumentError, CountError, ScaleError
from .intervals import t_quantile, wilson
from .results import Estimate, Reason, Status, undefined
from .scales import counts_on


@dataclass(frozen=True, slots=True, eq=False)
class ScoreSums:
    """Sufficient statistics of one group on one scale.

    Parameters
    ----------
    points : numpy.ndarray of float, shape (k,)
        Points of the scale, lowest first.
    n, w, w2 : numpy.ndarray of float, shape (k,)
        Respondents, sums of weights and of squared weights at each point.
    """

    points: np.ndarray
    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray

    @property
    def base(self):
        """Respondents."""
        return int(self.n.sum())

    @property
    def effective_base(self):
        """Kish's effective base, (Σw)²/Σw²; 0 for nobody."""
        squares = self.w2.sum()
        return float(self.w.sum() ** 2 / squares) if squares > 0 else 0.0

    @property
    def mean(self):
        """Weighted mean score, or ``None`` for nobody."""
        total = self.w.sum()
        return float((self.w * self.points).sum() / total) if total > 0 else None

    @property
    def variance_of_mean(self):
        """Linearised variance of the mean, or ``None`` under two respondents.

        Without weights this is s²/n.
        """
        if self.base < 2 or self.mean is None:
            return None
        spread = (self.w2 * (self.points - self.mean) ** 2).sum() / self.w.sum() ** 2
        return float(self.base / (self.base - 1) * spread)

    def share(self, points):
        """Weighted share of respondents at some points.

        Parameters
        ----------
        points : iterable of int
            The points counted.

        Returns
        -------
        float or None
            In [0, 1]; ``None`` for nobody.

        Raises
        ------
        ScaleError
            A point is not on the scale.
        """
        if not set(points) <= set(self.points):
            raise ScaleError(f"{tuple(points)} are not all points of the scale.")
        total = self.w.sum()
        if total == 0:
            return None
        return float(min(1.0, self.w[np.isin(self.points, list(points))].sum() / total))


def score_sums(counts, *, scale, axis="score"):
    """Read one group's scores from counts or from a count table.

    Parameters
    ----------
    counts : array_like of int, shape (k,), CountTable or ScoreSums
        Respondents at each point of `scale`, lowest first; or a table with an
        axis of scores, whose other axes are summed over.
    scale : Scale
        The scale the ratings were given on.
    axis : str, default "score"
        Name of the axis of scores.

    Returns
    -------
    ScoreSums
        Blank and "does not apply" are left out.

    Raises
    ------
    ScaleError
        The counts or levels do not belong to the scale.
    CountError
        Plain counts are not whole numbers, or respondents have a weight of 0.
    AxisError
        The table has no such axis.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT
    >>> score_sums([0, 1, 1, 1, 1], scale=FIVE_POINT).mean
    3.5
    """
    if isinstance(counts, ScoreSums):
        if not np.array_equal(counts.points, scale.points):
            raise ScaleError("The sums were taken on another scale.")
        return counts
    points = np.array(scale.points, dtype=float)
    if not isinstance(counts, CountTable):
        n = counts_on(scale, counts)
        if (n != np.floor(n)).any():
            raise CountError("Counts of respondents are whole; give weights in a CountTable.")
        return ScoreSums(points, n, n, n)
    table = counts.sum_to(axis)
    levels = table.axes[0].levels
    strange = set(levels) - set(scale.points) - {MISSING, NOT_APPLICABLE}
    if strange:
        raise ScaleError(f"{sorted(map(str, strange))} are not on the scale {scale.name}.")
    index = [levels.index(point) if point in levels else None for point in scale.points]
    n, w, w2 = (
        np.array([0.0 if i is None else float(cells[i]) for i in index])
        for cells in (table.n, table.w, table.w2)
    )
    if ((n > 0) & (w <= 0)).any():
        raise CountError("Respondents with a weight of 0 cannot be counted; leave them out.")
    return ScoreSums(points, n, w, w2)


def top_points(scale, boxes):
    """The points at the good end of a scale.

    Parameters
    ----------
    scale : Scale
        The scale.
    boxes : int
        How many points.

    Returns
    -------
    tuple of int
        The points.

    Raises
    ------
    ArgumentError
        `boxes` is not between 1 and one less than the scale's length.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT
    >>> top_points(FIVE_POINT, 2)
    (4, 5)
    """
    if boxes not in range(1, scale.length):
        raise ArgumentError(
            f"boxes is a whole number between 1 and {scale.length - 1}; got {boxes!r}."
        )
    return scale.points[-boxes:] if scale.higher_is_better else scale.points[:boxes]


def mean_estimate(sums, *, confidence=0.95):
    """Mean score of a group with its t interval.

    Parameters
    ----------
    sums : ScoreSums
        The group.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    Estimate
        In points of the scale. No interval under two respondents or without variance.

    Raises
    ------
    ArgumentError
        `confidence` is not between 0 and 1.
    """
    if sums.mean is None:
        return undefined(confidence=confidence, method="t")
    variance = sums.variance_of_mean
    if not variance:
        reason = Reason.SINGLE_RESPONDENT if variance is None else Reason.ZERO_VARIANCE
        return Estimate(
            sums.mean,
            None,
            None,
            sums.base,
            sums.effective_base,
            confidence,
            "t",
            Status.LOW_BASE if variance is None else Status.OK,
            (reason,),
        )
    half = t_quantile(confidence, sums.base - 1) * variance**0.5
    low = max(float(sums.points[0]), sums.mean - half)
    high = min(float(sums.points[-1]), sums.mean + half)
    return Estimate(sums.mean, low, high, sums.base, sums.effective_base, confidence, "t")


def share_estimate(sums, points, *, confidence=0.95):
    """Share of a group at some points, with Wilson's interval at the effective base.

    Parameters
    ----------
    sums : ScoreSums
        The group.
    points : iterable of int
        The points counted.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    Estimate
        In [0, 1].

    Raises
    ------
    ScaleError
        A point is not on the scale.
    ArgumentError
        `confidence` is not between 0 and 1.
    """
    share = sums.share(points)
    if share is None:
        return undefined(confidence=confidence, method="wilson")
    base = sums.effective_base
    low, high = wilson(share * base, base, confidence=confidence)
    return Estimate(share, low, high, sums.base, base, confidence, "wilson")
