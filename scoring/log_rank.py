"""Log-rank test: do groups buy again at the same pace?"""

from dataclasses import dataclass

import numpy as np

from .argument_types import takes
from .event_times import event_times, sorted_groups, total_at, total_from
from .measure import Measure
from .results import Reason, Status, TestResult


@dataclass(frozen=True, slots=True)
class LogRank:
    """Comparison of groups over the whole time.

    Parameters
    ----------
    test : TestResult
        Chi-square on one degree of freedom less than groups.
    groups : tuple of hashable
        The groups, sorted.
    observed, expected : tuple of float
        Purchases in each group, and those expected if all groups were alike.
    """

    test: TestResult
    groups: tuple
    observed: tuple[float, ...]
    expected: tuple[float, ...]


@takes(lists=("groups",))
def log_rank(time, event, groups, *, counts=None):
    """Test whether groups buy again at the same pace.

    Needs one time for each customer, or counts of equal ones.

    Parameters
    ----------
    time, event, counts
        As for `kaplan_meier`.
    groups : sequence of hashable
        Group of each customer, such as the score.

    Returns
    -------
    LogRank
        The test is undefined without a purchase or with fewer than two groups.

    Raises
    ------
    ArgumentError, CountError
        As for `kaplan_meier`.

    Notes
    -----
    ``survdiff`` in R gives the same; so does ``statsmodels.duration.survdiff``,
    which does not return the expected numbers.

    References
    ----------
    .. [1] Mantel, N. (1966). Evaluation of survival data and two new rank
       order statistics. Cancer Chemother Rep 50, 163-170.

    Examples
    --------
    >>> result = log_rank([10, 20, 30, 40], [1, 1, 1, 1], [5, 5, 4, 4])
    >>> result.groups, result.observed
    ((4, 5), (2.0, 2.0))
    """
    time, event, n = event_times(time, event, counts)
    names, position = sorted_groups(groups, time)
    moments = np.unique(time[event])
    shape = (len(names), len(moments))
    died, at_risk = np.zeros(shape), np.zeros(shape)
    for i in range(len(names)):
        own = position == i
        died[i] = total_at(moments, time[own & event], n[own & event])
        at_risk[i] = total_from(moments, time[own], n[own])
    all_died, all_at_risk = died.sum(axis=0), at_risk.sum(axis=0)
    share = at_risk / np.where(all_at_risk > 0, all_at_risk, 1.0)
    observed, expected = died.sum(axis=1), (share * all_died).sum(axis=1)
    correction = all_died * (all_at_risk - all_died) / np.maximum(all_at_risk - 1, 1)
    covariance = np.diag((share * correction).sum(axis=1)) - (share * correction) @ share.T
    return LogRank(
        _log_rank_test(observed - expected, covariance, expected),
        names,
        tuple(observed.tolist()),
        tuple(expected.tolist()),
    )


def _log_rank_test(excess, covariance, expected):
    from scipy.special import chdtrc

    used = expected > 0
    if used.sum() < 2:
        reason = Reason.EMPTY_CELL if len(expected) > 1 else Reason.TOO_FEW_POINTS
        return TestResult(None, None, None, "log_rank", Status.UNDEFINED, (reason,))
    inner = covariance[used][:, used][:-1, :-1]
    if np.linalg.matrix_rank(inner) < len(inner):
        return TestResult(None, None, None, "log_rank", Status.UNDEFINED, (Reason.ZERO_VARIANCE,))
    part = excess[used][:-1]
    statistic, df = float(part @ np.linalg.solve(inner, part)), int(used.sum()) - 1
    return TestResult(statistic, float(df), float(chdtrc(df, statistic)), "log_rank")


MEASURES = (
    Measure(
        key="log_rank",
        name="Log-rank test",
        definition="Whether groups of customers, such as those of each score, buy again at the "
        "same pace.",
        formula="Σ (observed - expected) with its covariance, chi-square on groups - 1",
        denominator="Customers with one score",
        scale="any",
        unit="test",
        interval="none; a test",
        source="Mantel (1966), Cancer Chemother Rep 50, 163-170",
    ),
)
