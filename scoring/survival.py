"""Repurchase in time with unequal follow-up: Kaplan–Meier.

Written out with numpy rather than called from statsmodels, because the closed
forms are short, a page can show them without importing a model library, and
the interval at zero events has to be ours. The tests compare both.
"""

from dataclasses import dataclass

import numpy as np

from .answers import answer_column
from .argument_types import takes
from .errors import ArgumentError
from .event_times import event_times, sorted_groups, total_at, total_from
from .intervals import normal_quantile, wilson
from .measure import Measure
from .results import Estimate, Reason, Status, undefined


@dataclass(frozen=True, slots=True)
class SurvivalPoint:
    """The curve at one time.

    Parameters
    ----------
    at : float
        Time since the score.
    repurchase : Estimate
        Share expected to have bought by then.
    survival : float or None
        Share expected not to have bought yet.
    standard_error : float or None
        Greenwood's, of both.
    at_risk : int
        Customers still followed and without a purchase just before.
    """

    at: float
    repurchase: Estimate
    survival: float | None
    standard_error: float | None
    at_risk: int


@dataclass(frozen=True, slots=True)
class KaplanMeier:
    """Repurchase in time of one group.

    Parameters
    ----------
    base, events : int
        Customers, and those of them who bought.
    first_time, last_time : float or None
        Shortest and longest time seen; beyond the last nothing is known.
    points : tuple of SurvivalPoint
        The curve at the times asked for.
    """

    base: int
    events: int
    first_time: float | None
    last_time: float | None
    points: tuple[SurvivalPoint, ...]


def kaplan_meier(time, event, *, at=None, counts=None, confidence=0.95):
    """Share who bought again, as a function of time since the score.

    Needs one time for each customer, or counts of equal times.

    Parameters
    ----------
    time : array_like of float, shape (m,)
        Days to the first purchase after the score, or to the end of follow-up.
    event : array_like of bool, shape (m,)
        Whether it was a purchase.
    at : array_like of float, optional
        Times at which to read the curve; every time of a purchase when not given.
    counts : array_like of int, shape (m,), optional
        Customers with each time; one each when not given.
    confidence : float in (0, 1), default 0.95
        Level of the log-log interval.

    Returns
    -------
    KaplanMeier
        Points beyond the last time are undefined ("beyond_follow_up"), not a
        flat line, unless everybody had bought by then; points on fewer than
        10 customers at risk are "low_n".

    Raises
    ------
    ArgumentError
        A time is missing or negative, an event is not 0 or 1, or the columns
        do not fit.
    CountError
        A count is negative or not whole.

    Notes
    -----
    ``S = Π (1 - d/n)``; Greenwood's variance; interval on the scale
    ``log(-log S)``, as ``survfit(conf.type="log-log")`` in R. As long as
    nobody has bought, S is 1 with error 0 and that interval does not exist;
    the upper end is then Wilson's, on those at risk. When everybody has
    bought and nobody left early the lower end is Wilson's.

    References
    ----------
    .. [1] Kaplan, E. L. and Meier, P. (1958). Nonparametric estimation from
       incomplete observations. J Am Stat Assoc 53, 457-481.

    Examples
    --------
    >>> curve = kaplan_meier([9, 13, 13, 18], [1, 1, 0, 1], at=[13])
    >>> curve.points[0].repurchase.value, curve.points[0].at_risk
    (0.5, 3)
    """
    normal_quantile(confidence)
    time, event, n = event_times(time, event, counts)
    time, event, n = time[n > 0], event[n > 0], n[n > 0]
    base, events = int(n.sum()), int(n[event].sum())
    curve = _curve(time, event, n)
    if at is None:
        at = np.unique(time[event])
    times = answer_column(at, name="at")
    if np.isnan(times).any():
        raise ArgumentError("Times to read the curve at must be numbers.")
    return KaplanMeier(
        base,
        events,
        float(time.min()) if base else None,
        float(time.max()) if base else None,
        tuple(_point(moment, curve, confidence) for moment in times.tolist()),
    )


@takes(lists=("scores",))
def kaplan_meier_by_score(scores, time, event, *, at=None, counts=None, confidence=0.95):
    """One Kaplan–Meier curve for each score.

    Needs one time for each customer, or counts of equal ones.

    Parameters
    ----------
    scores : sequence of hashable
        Score (or any group) of each customer.
    time, event, at, counts, confidence
        As for `kaplan_meier`.

    Returns
    -------
    dict of hashable to KaplanMeier
        By score, sorted.

    Raises
    ------
    ArgumentError, CountError
        As for `kaplan_meier`.

    Examples
    --------
    >>> curves = kaplan_meier_by_score([5, 5, 4], [10, 20, 30], [1, 1, 0], at=[20])
    >>> curves[5].points[0].repurchase.value, curves[4].points[0].repurchase.value
    (1.0, 0.0)
    """
    time, event, n = event_times(time, event, counts)
    groups, position = sorted_groups(scores, time)
    return {
        group: kaplan_meier(
            time[position == i],
            event[position == i],
            at=at,
            counts=n[position == i],
            confidence=confidence,
        )
        for i, group in enumerate(groups)
    }


@dataclass(frozen=True, slots=True)
class _Curve:
    """Survival after each time of purchase, and Greenwood's sum up to it."""

    time: np.ndarray
    n: np.ndarray
    all_bought: bool
    moments: np.ndarray
    survival: np.ndarray
    greenwood: np.ndarray


def _curve(time, event, n):
    moments = np.unique(time[event])
    died = total_at(moments, time[event], n[event])
    at_risk = total_from(moments, time, n)
    left = at_risk - died
    spread = np.cumsum(died / (at_risk * np.where(left > 0, left, np.nan)))
    survival = np.cumprod(1 - died / at_risk)
    return _Curve(time, n, bool(event.all()), moments, survival, spread)


def _point(moment, curve, confidence):
    base = int(curve.n.sum())
    if base == 0:
        return _unknown_point(moment, Reason.EMPTY_BASE, 0, confidence)
    at_risk = int(curve.n[curve.time >= moment].sum())
    place = np.searchsorted(curve.moments, moment, side="right") - 1
    survival = float(curve.survival[place]) if place >= 0 else 1.0
    if moment > curve.time.max() and survival > 0:
        return _unknown_point(moment, Reason.BEYOND_FOLLOW_UP, base, confidence)
    method, error = "wilson", 0.0
    if survival == 1:
        low, high = wilson(0, at_risk, confidence=confidence)
    elif survival == 0:
        error = None
        low, high = wilson(base, base, confidence=confidence) if curve.all_bought else (None, None)
    else:
        method, spread = "log_log", float(np.sqrt(curve.greenwood[place]))
        error = survival * spread
        theta = normal_quantile(confidence) * spread / -np.log(survival)
        low, high = 1 - survival ** np.exp(-theta), 1 - survival ** np.exp(theta)
    reasons = (Reason.NOT_IDENTIFIED,) if low is None else ()
    if at_risk < 10 and survival > 0:
        reasons = (*reasons, Reason.LOW_BASE)
    repurchase = Estimate(
        1 - survival,
        None if low is None else float(low),
        None if high is None else float(high),
        base,
        float(base),
        confidence,
        method,
        Status.LOW_BASE if Reason.LOW_BASE in reasons else Status.OK,
        reasons,
    )
    return SurvivalPoint(moment, repurchase, survival, error, at_risk)


def _unknown_point(moment, reason, base, confidence):
    unknown = undefined(reason, base=base, confidence=confidence, method="log_log")
    return SurvivalPoint(moment, unknown, None, None, 0)


MEASURES = (
    Measure(
        key="repurchase_in_time",
        name="Repurchase in time",
        definition="Share of customers expected to have bought again by a given time after their "
        "score, with unequal follow-up taken into account.",
        formula="1 - Π (1 - d/n) over times of purchase (Kaplan–Meier)",
        denominator="Customers with one score",
        scale="any rating scale",
        unit="share",
        interval="log-log with Greenwood's variance; Wilson at zero purchases",
        source="Kaplan & Meier (1958), J Am Stat Assoc 53, 457-481",
    ),
)
