"""Two shares against each other: difference, ratio and odds ratio, each with its interval.

statsmodels is right for most of this but not at the edges: its score
interval of a ratio is NaN when both shares are 0 and wrong when both are 1,
its score interval of a difference fails (its issue 10269), and its tables
silently add ½ to empty cells. A results page also needs these figures inside
a request. So the closed forms stand here and the tests compare them with
statsmodels where that is right.
"""

import math

from .errors import ArgumentError, CountError
from .intervals import (
    LOW_BASE,
    checked_confidence,
    finite_number,
    newcombe_difference,
    normal_p_value,
    normal_quantile,
)
from .measure import Measure
from .results import Estimate, Reason, Status, TestResult, undefined
from .score_interval import difference_interval, ratio_interval


def risk_difference(
    successes_1, base_1, successes_2, base_2, *, confidence=0.95, method="newcombe"
):
    """Difference of two independent shares, first minus second.

    Parameters
    ----------
    successes_1, base_1, successes_2, base_2 : float
        Numerators and denominators. Fractions are allowed, so that weighted
        shares can stand on their effective bases.
    confidence : float in (0, 1), default 0.95
        Level of the interval.
    method : {"newcombe", "miettinen_nurminen"}, default "newcombe"
        Which interval.

    Returns
    -------
    Estimate
        In [-1, 1]; undefined when a base is 0.

    Raises
    ------
    CountError
        A count is negative, not finite, or larger than its base.
    ArgumentError
        `confidence` or `method` is not known.

    Notes
    -----
    Newcombe's method 10 joins the two Wilson intervals and needs no
    iteration. Miettinen and Nurminen's score interval has the factor
    N/(N−1); it equals ``ratesci::scoreci(skew=FALSE)`` in R.

    References
    ----------
    .. [1] Newcombe (1998). Interval estimation for the difference between
       independent proportions. Statistics in Medicine 17:873-890.
    .. [2] Miettinen & Nurminen (1985). Comparative analysis of two rates.
       Statistics in Medicine 4:213-226.

    Examples
    --------
    >>> found = risk_difference(56, 70, 48, 80)
    >>> round(found.low, 4), round(found.high, 4)
    (0.0524, 0.3339)
    """
    if method not in ("newcombe", "miettinen_nurminen"):
        raise ArgumentError(f'method must be "newcombe" or "miettinen_nurminen"; got {method!r}.')
    table = _table(successes_1, base_1, successes_2, base_2, confidence)
    if not (table[1] and table[3]):
        return undefined(base=round(table[1] + table[3]), confidence=confidence, method=method)
    x1, n1, x2, n2 = table
    difference = x1 / n1 - x2 / n2
    if method == "newcombe":
        ends = newcombe_difference(x1, n1, x2, n2, confidence=confidence)
    else:
        ends = difference_interval(x1, n1, x2, n2, z=normal_quantile(confidence))
    return _estimate(difference, ends, table, confidence, method)


def risk_ratio(successes_1, base_1, successes_2, base_2, *, confidence=0.95, method="koopman"):
    """Ratio of two independent shares, first over second.

    Parameters
    ----------
    successes_1, base_1, successes_2, base_2 : float
        Numerators and denominators; fractions are allowed.
    confidence : float in (0, 1), default 0.95
        Level of the interval.
    method : {"koopman", "katz", "adjusted_log"}, default "koopman"
        Which interval.

    Returns
    -------
    Estimate
        ``value`` is None when the second share is 0: then the interval says
        "at least `low` times", and `high` is infinite. Both shares 0: from 0
        to infinity. "adjusted_log" estimates from counts with ½ added and is
        always defined; "katz" has no interval when a share is 0, and none of
        any width when both are 1.

    Raises
    ------
    CountError
        A count is negative, not finite, or larger than its base.
    ArgumentError
        `confidence` or `method` is not known.

    Notes
    -----
    Koopman inverts the score test; it exists in every case and is the choice.
    Both shares 1: ``[n₁/(n₁ + z²), (n₂ + z²)/n₂]``, where Katz gives [1, 1].
    Coverage at (.30 of 20, .05 of 20), nominal 95: Koopman 95, adjusted log
    94, Katz 61 percent. The ratio cannot exceed 1/p₂.

    References
    ----------
    .. [1] Koopman (1984). Confidence intervals for the ratio of two binomial
       proportions. Biometrics 40:513-517.
    .. [2] Fagerland, Lydersen & Laake (2015). Recommended confidence intervals
       for two independent binomial proportions. Stat Methods Med Res 24:224-254.
    .. [3] Katz et al. (1978). Obtaining confidence intervals for the risk
       ratio in cohort studies. Biometrics 34:469-474.

    Examples
    --------
    >>> six = risk_ratio(60, 100, 10, 100, method="katz")
    >>> round(six.value, 2), round(six.low, 2), round(six.high, 2)
    (6.0, 3.26, 11.04)
    """
    if method not in ("koopman", "katz", "adjusted_log"):
        raise ArgumentError(f'method must be "koopman", "katz" or "adjusted_log"; got {method!r}.')
    table = _table(successes_1, base_1, successes_2, base_2, confidence)
    x1, n1, x2, n2 = table
    if not (n1 and n2):
        return undefined(base=round(n1 + n2), confidence=confidence, method=method)
    z = normal_quantile(confidence)
    if method == "adjusted_log":
        ratio, low, high = _log_ratio(x1 + 0.5, n1 + 0.5, x2 + 0.5, n2 + 0.5, z)
        return _estimate(ratio, (low, high), table, confidence, method)
    reasons, ratio = (), None
    if x1 == 0 and x2 == 0:
        reasons = (Reason.BOTH_EMPTY,)
    elif x2 == 0:
        reasons = (Reason.EMPTY_CELL,)
    else:
        ratio = (x1 / n1) / (x2 / n2)
    if method == "koopman":
        low, high = ratio_interval(x1, n1, x2, n2, z=z)
    elif x1 and x2:
        _, low, high = _log_ratio(x1, n1, x2, n2, z)
    else:
        low = high = None
        reasons = reasons or (Reason.EMPTY_CELL,)
    return _estimate(ratio, (low, high), table, confidence, method, reasons=reasons)


def log_risk_ratio_error(successes_1, base_1, successes_2, base_2):
    """Standard error of the logarithm of a ratio of two shares.

    Parameters
    ----------
    successes_1, base_1, successes_2, base_2 : float
        Numerators and denominators.

    Returns
    -------
    float or None
        ``√(1/x₁ − 1/n₁ + 1/x₂ − 1/n₂)``; None when a numerator is 0.

    Raises
    ------
    CountError
        A count is negative, not finite, or larger than its base.
    """
    x1, n1, x2, n2 = _table(successes_1, base_1, successes_2, base_2, 0.95)
    if not (x1 and x2):
        return None
    return math.sqrt(max(0.0, 1 / x1 - 1 / n1 + 1 / x2 - 1 / n2))


def odds_ratio(successes_1, base_1, successes_2, base_2, *, confidence=0.95, method="wald"):
    """Odds ratio of two independent shares, to stand beside a logit model only.

    Parameters
    ----------
    successes_1, base_1, successes_2, base_2 : float
        Numerators and denominators.
    confidence : float in (0, 1), default 0.95
        Level of the interval.
    method : {"wald", "conditional"}, default "wald"
        Wald on the log odds ratio; or the conditional exact interval, which
        exists with an empty cell and needs whole counts.

    Returns
    -------
    Estimate
        "wald" with an empty cell: undefined, reason "empty_cell". No ½ is
        ever added silently.

    Raises
    ------
    CountError
        A count is negative, not finite, larger than its base, or fractional
        for the exact method.
    ArgumentError
        `confidence` or `method` is not known.

    Notes
    -----
    An odds ratio is not "times as likely": 60 against 10 of 100 is a ratio
    of 6.0 and an odds ratio of 13.5. The same as statsmodels' ``Table2x2``
    with ``shift_zeros=False`` and, for the exact one, R's ``fisher.test``.

    Examples
    --------
    >>> odds = odds_ratio(60, 100, 10, 100)
    >>> round(odds.value, 2), round(odds.low, 2), round(odds.high, 2)
    (13.5, 6.28, 29.04)
    """
    if method not in ("wald", "conditional"):
        raise ArgumentError(f'method must be "wald" or "conditional"; got {method!r}.')
    table = _table(successes_1, base_1, successes_2, base_2, confidence)
    x1, n1, x2, n2 = table
    base = round(n1 + n2)
    if not (n1 and n2):
        return undefined(base=base, confidence=confidence, method=method)
    if method == "conditional":
        from .exact import conditional_odds_ratio

        return conditional_odds_ratio(x1, n1, x2, n2, confidence=confidence)
    cells = x1, n1 - x1, x2, n2 - x2
    if min(cells) <= 0:
        reason = Reason.BOTH_EMPTY if x1 + x2 == 0 else Reason.EMPTY_CELL
        return undefined(reason, base=base, confidence=confidence, method=method)
    log_odds = math.log(cells[0] / cells[1]) - math.log(cells[2] / cells[3])
    half = normal_quantile(confidence) * math.sqrt(sum(1 / cell for cell in cells))
    ends = math.exp(log_odds - half), math.exp(log_odds + half)
    return _estimate(math.exp(log_odds), ends, table, confidence, method)


TESTS = ("pooled_z", "fisher", "mid_p", "boschloo")
SMALL_EXPECTED = 5
LARGEST_EXACT = 10_000


def two_proportion_test(successes_1, base_1, successes_2, base_2, *, method=None):
    """Test of two equal shares.

    Parameters
    ----------
    successes_1, base_1, successes_2, base_2 : float
        Numerators and denominators; whole numbers for the exact tests.
    method : {"pooled_z", "fisher", "mid_p", "boschloo"}, optional
        Which test. Left out: mid-p when an expected cell is under 5 and the
        counts are whole, pooled z otherwise.

    Returns
    -------
    TestResult
        Two-sided. "pooled_z" is undefined when nobody or everybody is a
        success: nothing varies. The exact tests give a p-value of 1 then.

    Raises
    ------
    CountError
        A count is negative, not finite, larger than its base, or fractional
        for an exact test.
    ArgumentError
        `method` is not known.

    Notes
    -----
    Fisher's p-value sums the tables that are no likelier than the observed
    one, as R's ``fisher.test``. Mid-p takes half the probability of the
    observed table. "boschloo" calls ``scipy.stats.boschloo_exact``, which
    takes seconds to import and to run.
    """
    if method is not None and method not in TESTS:
        raise ArgumentError(f"method must be one of {TESTS}; got {method!r}.")
    x1, n1, x2, n2 = _table(successes_1, base_1, successes_2, base_2, 0.95)
    if not (n1 and n2):
        return TestResult(
            None, None, None, method or "pooled_z", Status.UNDEFINED, (Reason.EMPTY_BASE,)
        )
    pooled = (x1 + x2) / (n1 + n2)
    if method is None:
        smallest = min(n1, n2) * min(pooled, 1 - pooled)
        whole = all(float(part).is_integer() for part in (x1, n1, x2, n2))
        exact = smallest < SMALL_EXPECTED and whole and n1 + n2 <= LARGEST_EXACT
        method = "mid_p" if exact else "pooled_z"
    if method != "pooled_z":
        from .exact import exact_test

        return exact_test(x1, n1, x2, n2, method=method)
    variance = pooled * (1 - pooled) * (1 / n1 + 1 / n2)
    if variance <= 0:
        return TestResult(None, None, None, method, Status.UNDEFINED, (Reason.CONSTANT,))
    z = (x1 / n1 - x2 / n2) / math.sqrt(variance)
    return TestResult(z, None, normal_p_value(z), method)


def _log_ratio(x1, n1, x2, n2, z):
    ratio = (x1 / n1) / (x2 / n2)
    half = z * math.sqrt(max(0.0, 1 / x1 - 1 / n1 + 1 / x2 - 1 / n2))
    return ratio, ratio * math.exp(-half), ratio * math.exp(half)


def _table(successes_1, base_1, successes_2, base_2, confidence):
    checked_confidence(confidence)
    numbers = []
    for group, successes, base in ((1, successes_1, base_1), (2, successes_2, base_2)):
        x = finite_number(f"successes_{group}", successes)
        n = finite_number(f"base_{group}", base)
        if x > n * (1 + 1e-9):
            raise CountError(f"successes_{group} ({x:g}) cannot exceed base_{group} ({n:g}).")
        numbers += [min(x, n), n]
    return tuple(numbers)


def _estimate(value, ends, table, confidence, method, *, reasons=()):
    low, high = ends
    _, n1, _, n2 = table
    small = min(n1, n2) < LOW_BASE
    status = Status.LOW_BASE if small else Status.OK
    return Estimate(
        value=value,
        low=low,
        high=high,
        base=round(n1 + n2),
        effective_base=n1 + n2,
        confidence=confidence,
        method=method,
        status=Status.UNDEFINED if value is None else status,
        reasons=(*reasons, Reason.LOW_BASE) if small else reasons,
    )


MEASURES = (
    Measure(
        key="risk_ratio",
        name="Rate ratio",
        definition="One group's rate as a multiple of another's.",
        formula="p₁ / p₂",
        denominator="Respondents of either group with both answers known",
        scale="any yes/no outcome",
        unit="ratio",
        interval="Koopman's score interval",
        source="Koopman (1984), Biometrics 40:513-517",
    ),
    Measure(
        key="risk_difference",
        name="Difference of rates",
        definition="One group's rate minus another's.",
        formula="p₁ − p₂",
        denominator="Respondents of either group with both answers known",
        scale="any yes/no outcome",
        unit="share",
        interval="Newcombe's method 10",
        source="Newcombe (1998), Statistics in Medicine 17:873-890",
    ),
    Measure(
        key="odds_ratio",
        name="Odds ratio",
        definition="One group's odds as a multiple of another's; not how many times as likely.",
        formula="p₁(1−p₂) / (p₂(1−p₁))",
        denominator="Respondents of either group with both answers known",
        scale="any yes/no outcome",
        unit="ratio",
        interval="Wald on the log odds ratio; conditional exact with an empty cell",
        source="Fagerland, Lydersen & Laake (2015), Stat Methods Med Res 24:224-254",
    ),
)
