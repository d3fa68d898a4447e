"""Exact inference for two shares, given both margins of the table."""

import math

import numpy as np

from .argument_types import takes
from .errors import ArgumentError, CountError
from .intervals import LOW_BASE, checked_confidence
from .results import Estimate, Reason, Status, TestResult

TIE = 1e-7
"""Tables this close in probability count as equally likely, as in R's ``fisher.test``."""


@takes(counts=("successes_1", "base_1", "successes_2", "base_2"))
def exact_test(successes_1, base_1, successes_2, base_2, *, method="mid_p"):
    """Exact test of two equal shares.

    Parameters
    ----------
    successes_1, base_1, successes_2, base_2 : int
        Numerators and denominators.
    method : {"fisher", "mid_p", "boschloo"}, default "mid_p"
        Which test.

    Returns
    -------
    TestResult
        Two-sided p-value; 1 when nothing varies.

    Raises
    ------
    CountError
        A count is not whole, negative, or larger than its base.
    ArgumentError
        `method` is not known.

    Notes
    -----
    Cost grows with the number of successes, so `two_proportion_test` takes
    the pooled z test for large tables.

    References
    ----------
    .. [1] Lancaster (1961). Significance tests in discrete distributions.
       JASA 56:223-234.
    .. [2] Boschloo (1970). Raised conditional level of significance for the
       2x2-table. Statistica Neerlandica 24:1-35.
    """
    x1, n1, x2, n2 = _whole(successes_1, base_1, successes_2, base_2)
    if method == "boschloo":
        from scipy.stats import boschloo_exact

        if x1 + x2 in (0, n1 + n2):
            return TestResult(None, None, 1.0, method)
        found = boschloo_exact([[x1, x2], [n1 - x1, n2 - x2]])
        return TestResult(float(found.statistic), None, min(1.0, float(found.pvalue)), method)
    if method not in ("fisher", "mid_p"):
        raise ArgumentError(f'method must be "fisher", "mid_p" or "boschloo"; got {method!r}.')
    support, log_weight = _log_weights(n1, n2, x1 + x2)
    chance = _chances(log_weight, support, 0.0)
    observed = chance[x1 - support[0]]
    p = chance[chance <= observed * (1 + TIE)].sum()
    if method == "mid_p" and len(support) > 1:
        p -= observed / 2
    return TestResult(None, None, float(min(1.0, p)), method)


@takes(counts=("successes_1", "base_1", "successes_2", "base_2"))
def conditional_odds_ratio(successes_1, base_1, successes_2, base_2, *, confidence=0.95):
    """Conditional maximum-likelihood odds ratio with its exact interval.

    Parameters
    ----------
    successes_1, base_1, successes_2, base_2 : int
        Numerators and denominators.
    confidence : float in (0, 1), default 0.95
        Level of the interval, which covers at least as often.

    Returns
    -------
    Estimate
        Upper end infinite where a cell is empty; `value` None when the
        estimate itself is infinite, or when nothing varies.

    Raises
    ------
    CountError
        A count is not whole, negative, or larger than its base.
    ArgumentError
        `confidence` lies outside its domain.

    Notes
    -----
    The noncentral hypergeometric distribution; the same as R's
    ``fisher.test`` and ``scipy.stats.contingency.odds_ratio``.
    """
    tail = (1 - checked_confidence(confidence)) / 2
    x1, n1, x2, n2 = _whole(successes_1, base_1, successes_2, base_2)
    support, log_weight = _log_weights(n1, n2, x1 + x2)
    first, last = support[0], support[-1]
    small = min(n1, n2) < LOW_BASE
    reasons = (Reason.LOW_BASE,) if small else ()

    def mean(log_odds):
        return float(_chances(log_weight, support, log_odds) @ support)

    def at_least(log_odds):
        return float(_chances(log_weight, support, log_odds)[support >= x1].sum())

    def at_most(log_odds):
        return float(_chances(log_weight, support, log_odds)[support <= x1].sum())

    value = low = high = None
    if first == last:
        reasons, low, high = (Reason.CONSTANT, *reasons), 0.0, math.inf
    else:
        low = 0.0 if x1 == first else math.exp(_rising_root(at_least, tail))
        high = math.inf if x1 == last else math.exp(_rising_root(lambda b: -at_most(b), -tail))
        if x1 == first:
            value = 0.0
        elif x1 < last:
            value = math.exp(_rising_root(mean, float(x1)))
        else:
            reasons = (Reason.EMPTY_CELL, *reasons)
    status = Status.LOW_BASE if small else Status.OK
    return Estimate(
        value=value,
        low=low,
        high=high,
        base=n1 + n2,
        effective_base=float(n1 + n2),
        confidence=confidence,
        method="conditional",
        status=Status.UNDEFINED if value is None else status,
        reasons=reasons,
    )


def _log_weights(n1, n2, successes):
    """Log of ``C(n₁, x) C(n₂, m − x)`` over the possible x."""
    from scipy.special import gammaln

    support = np.arange(max(0, successes - n2), min(n1, successes) + 1)
    other = successes - support
    log_weight = -(
        gammaln(support + 1)
        + gammaln(n1 - support + 1)
        + gammaln(other + 1)
        + gammaln(n2 - other + 1)
    )
    return support, log_weight


def _chances(log_weight, support, log_odds):
    tilted = log_weight + log_odds * support
    chance = np.exp(tilted - tilted.max())
    return chance / chance.sum()


def _rising_root(function, target):
    """Where a rising function of the log odds reaches `target`."""
    low, high = -1.0, 1.0
    while function(low) > target:
        low *= 2
    while function(high) < target:
        high *= 2
    for _ in range(200):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        if function(middle) < target:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _whole(successes_1, base_1, successes_2, base_2):
    numbers = [successes_1, base_1, successes_2, base_2]
    if not all(float(number).is_integer() and number >= 0 for number in numbers):
        raise CountError(f"An exact method needs whole counts; got {numbers}.")
    x1, n1, x2, n2 = (int(number) for number in numbers)
    if x1 > n1 or x2 > n2:
        raise CountError(f"Successes cannot exceed their base; got {numbers}.")
    return x1, n1, x2, n2
