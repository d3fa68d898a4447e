"""Where the level of a series may have changed: exploratory, never a verdict."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .argument_types import takes
from .errors import ArgumentError
from .measure import Measure
from .results import Reason, Status, TestResult
from .series import as_series

_TINY = 1e-12  # residual variation below this part of the total counts as none


@dataclass(frozen=True, slots=True)
class LevelSegment:
    """A stretch of periods with one level.

    Parameters
    ----------
    first, last : int
        Its first and last period, from 1; gaps between them belong to it.
    periods : int
        Periods with a value.
    mean : float
        Their mean.
    """

    first: int
    last: int
    periods: int
    mean: float


@dataclass(frozen=True, slots=True)
class ChangePoints:
    """Breaks in the level of a series.

    Parameters
    ----------
    breaks : tuple of int
        Last period before each break, from 1.
    segments : tuple of LevelSegment
        The stretches between the breaks; one when there is no break.
    residual_sum : float or None
        Sum of squares around the segment means.
    criterion : tuple of float
        Penalised criterion for 0, 1, 2 ... breaks; the smallest was chosen.
    test : TestResult or None
        Permutation test of "no break anywhere", when it was asked for.
    min_segment : int
        Fewest periods that a stretch may have.
    status : Status
        `Status.UNDEFINED` when the series is too short to hold a break.
    reasons : tuple of Reason
        Why, or `Reason.CONSTANT` where all values are equal.
    """

    breaks: tuple[int, ...]
    segments: tuple[LevelSegment, ...]
    residual_sum: float | None
    criterion: tuple[float, ...]
    test: TestResult | None
    min_segment: int
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()


@takes(numbers=("min_segment",))
def mean_change_points(
    values, *, min_segment=5, max_breaks=None, penalty=None, permutations=0, generator=None
):
    """Find breaks in the mean by least squares with a penalty.

    Parameters
    ----------
    values : sequence of float or None, shape (periods,)
        The figure of each period, oldest first; ``None`` is a gap and is left out.
    min_segment : int, default 5
        Fewest periods with a value between two breaks.
    max_breaks : int, optional
        Most breaks looked for; ``ceil(n / min_segment) − 2``, at least 1,
        when not given.
    penalty : float, optional
        Price of one more break on the scale of ``n log(RSS/n)``;
        ``2 log n`` (BIC) when not given.
    permutations : int, default 0
        Shuffled series for the permutation test; 999 is a good number.
    generator : numpy.random.Generator, optional
        Source of chance for the shuffling; needed when `permutations` is above 0.

    Returns
    -------
    ChangePoints
        The best segmentation of those allowed.

    Raises
    ------
    ArgumentError
        A value is not finite, an option is impossible, or the generator is missing.

    Notes
    -----
    Dynamic programming over all segmentations, so the fit is exact for each
    number of breaks; the number is the one with the smallest
    ``n (log(2π RSS/n) + 1) + penalty · breaks + 2 log n``. With the default
    penalty this is ``strucchange::breakpoints(y ~ 1)`` of R. BIC often finds
    breaks in pure noise, so read a break together with the permutation test,
    whose statistic is the gain in the criterion over "no break"; it assumes
    that under no break the order of the periods does not matter.

    References
    ----------
    .. [1] Bai, J. & Perron, P. (2003). Computation and analysis of multiple
       structural change models. Journal of Applied Econometrics 18, 1–22.
    .. [2] Yao, Y.-C. (1988). Estimating the number of change-points via
       Schwarz' criterion. Statistics & Probability Letters 6, 181–189.

    Examples
    --------
    >>> mean_change_points([4, 5, 4, 5, 4, 9, 8, 9, 8, 9]).breaks
    (5,)
    """
    _check_options(min_segment, max_breaks, permutations, generator)
    series = as_series(values)
    known = np.flatnonzero(np.isfinite(series))
    series = series[known]
    n = len(series)
    if n < 2 * min_segment:
        return _without_breaks(series, known, min_segment, Status.UNDEFINED, Reason.TOO_FEW_POINTS)
    if np.ptp(series) == 0:
        return _without_breaks(series, known, min_segment, Status.OK, Reason.CONSTANT)
    most = max(1, -(-n // min_segment) - 2) if max_breaks is None else max_breaks
    most = min(most, n // min_segment - 1)
    price = 2.0 * np.log(n) if penalty is None else float(penalty)
    ends, criterion, rss = _best(series, min_segment, most, price)
    test = None
    if permutations:
        shuffled = [generator.permutation(series) for _ in range(permutations)]
        test = _permutation_test(series, shuffled, min_segment, most, price)
    return ChangePoints(
        breaks=tuple(int(known[end - 1]) + 1 for end in ends),
        segments=_segments(series, known, ends),
        residual_sum=rss,
        criterion=tuple(float(value) for value in criterion),
        test=test,
        min_segment=min_segment,
    )


def _check_options(min_segment, max_breaks, permutations, generator):
    if min_segment < 2 or min_segment != int(min_segment):
        raise ArgumentError(f"A segment needs 2 periods or more; got {min_segment!r}.")
    if max_breaks is not None and (max_breaks < 1 or max_breaks != int(max_breaks)):
        raise ArgumentError(f"max_breaks is a whole number from 1; got {max_breaks!r}.")
    if permutations < 0 or permutations != int(permutations):
        raise ArgumentError(f"permutations is a whole number from 0; got {permutations!r}.")
    if permutations and not isinstance(generator, np.random.Generator):
        raise ArgumentError("The permutation test needs a numpy.random.Generator.")


def _without_breaks(series, known, min_segment, status, reason):
    some = len(series) > 0
    return ChangePoints(
        breaks=(),
        segments=_segments(series, known, ()) if some else (),
        residual_sum=float(((series - series.mean()) ** 2).sum()) if some else None,
        criterion=(),
        test=None,
        min_segment=min_segment,
        status=status,
        reasons=(reason,),
    )


def _segments(series, known, ends):
    edges = (0, *ends, len(series))
    return tuple(
        LevelSegment(int(known[a]) + 1, int(known[b - 1]) + 1, b - a, float(series[a:b].mean()))
        for a, b in pairwise(edges)
    )


def _costs(series, min_segment):
    """Sum of squares of every stretch [a, b), infinite where it is too short."""
    centred = series - series.mean()
    n = len(series)
    sums = np.concatenate([[0.0], np.cumsum(centred)])
    squares = np.concatenate([[0.0], np.cumsum(centred**2)])
    start, end = np.arange(n + 1)[:, None], np.arange(n + 1)[None, :]
    length = end - start
    allowed = length >= min_segment
    safe = np.where(allowed, length, 1)
    cost = squares[end] - squares[start] - (sums[end] - sums[start]) ** 2 / safe
    return np.where(allowed, np.maximum(cost, 0.0), np.inf)


def _best(series, min_segment, most, price):
    """Ends of all segments but the last, the criterion by number of breaks, and the RSS."""
    cost = _costs(series, min_segment)
    n = len(series)
    total = cost[0, n]
    best, choices, rss = cost[0], [], [total]
    for _ in range(most):
        with_break = best[:, None] + cost
        choices.append(np.argmin(with_break, axis=0))
        best = np.min(with_break, axis=0)
        rss.append(best[n])
    rss = np.array(rss)
    floored = np.maximum(rss, _TINY * total)
    breaks = np.arange(most + 1)
    criterion = n * (np.log(2 * np.pi * floored / n) + 1) + price * breaks + 2 * np.log(n)
    number = int(np.argmin(criterion))
    ends, end = [], n
    for step in range(number - 1, -1, -1):
        end = int(choices[step][end])
        ends.append(end)
    return tuple(reversed(ends)), criterion, float(rss[number])


def _permutation_test(series, shuffled, min_segment, most, price):
    def gain(order):
        criterion = _best(order, min_segment, most, price)[1]
        return criterion[0] - criterion.min()

    observed = gain(series)
    as_large = sum(gain(order) >= observed - _TINY for order in shuffled)
    return TestResult(
        statistic=float(observed),
        df=None,
        p_value=(1 + as_large) / (1 + len(shuffled)),
        method="permutation_of_periods",
    )


MEASURES = (
    Measure(
        key="change_points",
        name="Change points",
        definition="Periods after which the level of a series may have changed; exploratory.",
        formula="segmentation that minimises n log(RSS/n) + 2 log n for each break",
        denominator="Periods with a figure",
        scale="any",
        unit="score",
        interval="permutation p-value",
        source="Bai & Perron (2003), Journal of Applied Econometrics 18, 1–22",
    ),
)
