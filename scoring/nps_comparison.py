"""Net Promoter Scores against each other: two groups, or the same people twice."""

import math
from dataclasses import dataclass

import numpy as np

from .errors import ArgumentError, CountError
from .intervals import (
    LOW_BASE,
    checked_confidence,
    normal_p_value,
    normal_quantile,
    t_interval,
)
from .nps_groups import DETRACTOR_TO, PROMOTER_FROM, group_interval, nps_groups
from .results import Estimate, Reason, Status, TestResult, undefined
from .scales import RECOMMENDATION


@dataclass(frozen=True, slots=True)
class NpsDifference:
    """Difference of two independent Net Promoter Scores.

    Parameters
    ----------
    difference : Estimate
        First minus second, raw, in points; the interval is that of `method`.
    centre, standard_error : float or None
        Middle of the interval and its standard error, in points.
    test : TestResult
        Of "no difference".
    """

    difference: Estimate
    centre: float | None
    standard_error: float | None
    test: TestResult


def nps_difference(
    counts_1, counts_2, *, scale=RECOMMENDATION, confidence=0.95, method="adjusted_wald"
):
    """Difference of the Net Promoter Scores of two independent groups.

    Parameters
    ----------
    counts_1, counts_2 : array_like of int, shape (11,), or CountTable
        Respondents of each group at each point from 0 to 10.
    scale : Scale, default RECOMMENDATION
        Only 0 to 10 is accepted.
    confidence : float in (0, 1), default 0.95
        Level of the interval.
    method : {"adjusted_wald", "wald"}, default "adjusted_wald"
        Whether each group gets the three added answers first.

    Returns
    -------
    NpsDifference
        Undefined when a group is empty.

    Raises
    ------
    ScaleError, CountError, AxisError
        As `nps`.
    ArgumentError
        `confidence` or `method` is not known.

    Notes
    -----
    ``z = d / √(v₁/n₁ + v₂/n₂)``. Two overlapping intervals do not mean "no
    difference"; this test says.
    """
    checked_confidence(confidence)
    if method not in ("adjusted_wald", "wald"):
        raise ArgumentError(f'method must be "adjusted_wald" or "wald"; got {method!r}.')
    first, second = nps_groups(counts_1, scale), nps_groups(counts_2, scale)
    base = first.base + second.base
    if first.weight == 0 or second.weight == 0:
        return NpsDifference(
            undefined(base=base, confidence=confidence, method=method),
            None,
            None,
            TestResult(None, None, None, method, Status.UNDEFINED, (Reason.EMPTY_BASE,)),
        )
    intervals = [group_interval(group, method, confidence) for group in (first, second)]
    centre = intervals[0].centre - intervals[1].centre
    error = math.hypot(intervals[0].standard_error, intervals[1].standard_error)
    half = normal_quantile(confidence) * error
    small = min(first.base, second.base) < LOW_BASE
    status = Status.LOW_BASE if small else Status.OK
    reasons = (Reason.LOW_BASE,) if small else ()
    if error == 0:
        test = TestResult(None, None, None, method, Status.UNDEFINED, (Reason.ZERO_VARIANCE,))
    else:
        z = centre / error
        test = TestResult(z, None, normal_p_value(z), method, status, reasons)
    return NpsDifference(
        difference=Estimate(
            value=100 * (first.score - second.score),
            low=100 * max(-2.0, centre - half),
            high=100 * min(2.0, centre + half),
            base=base,
            effective_base=first.effective_base + second.effective_base,
            confidence=confidence,
            method=method,
            status=status,
            reasons=reasons,
        ),
        centre=100 * centre,
        standard_error=100 * error,
        test=test,
    )


def nps_change(table, *, confidence=0.95):
    """Change of the Net Promoter Score among people asked twice.

    Parameters
    ----------
    table : array_like of int, shape (11, 11)
        Respondents by first answer (rows) and second answer (columns), both 0 to 10.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    Estimate
        Second minus first, in points; undefined without respondents, and
        without interval for one respondent or when all changed alike.

    Raises
    ------
    CountError
        `table` is not an 11 by 11 table of whole counts.
    ArgumentError
        `confidence` lies outside its domain.

    Notes
    -----
    Mean of the paired differences of answers coded −1, 0, +1, with a t
    interval: the same people are compared, so the two scores are not
    independent and `nps_difference` would be too wide.
    """
    checked_confidence(confidence)
    try:
        cells = np.asarray(table, dtype=float)
    except (TypeError, ValueError):
        raise CountError("The table must hold numbers.") from None
    whole = cells.shape == (11, 11) and np.isfinite(cells).all()
    if not whole or (cells < 0).any() or (cells != np.floor(cells)).any():
        raise CountError("The table must hold whole counts for answers 0 to 10, twice: 11 by 11.")
    n = int(cells.sum())
    if n == 0:
        return undefined(confidence=confidence, method="paired_t")
    code = np.where(
        np.arange(11) >= PROMOTER_FROM, 1, np.where(np.arange(11) <= DETRACTOR_TO, -1, 0)
    )
    change = code[None, :] - code[:, None]
    mean = float((cells * change).sum() / n)
    squares = float((cells * (change - mean) ** 2).sum())
    reasons = (Reason.LOW_BASE,) if n < LOW_BASE else ()
    low = high = None
    if n == 1:
        reasons += (Reason.SINGLE_RESPONDENT,)
    elif len(np.unique(change[cells > 0])) == 1:
        reasons += (Reason.ZERO_VARIANCE,)
    else:
        error = math.sqrt(squares / (n - 1) / n)
        low, high = t_interval(mean, error, n - 1, confidence=confidence)
        low, high = 100 * max(-2.0, low), 100 * min(2.0, high)
    return Estimate(
        value=100 * mean,
        low=low,
        high=high,
        base=n,
        effective_base=float(n),
        confidence=confidence,
        method="paired_t",
        status=Status.LOW_BASE if n < LOW_BASE else Status.OK,
        reasons=reasons,
    )
