"""Two groups on one measure: wave against wave, segment against the rest.

Differences are always second minus first. The interval says how large the
difference may be, the test whether it is there at all; never read a
difference off two overlapping intervals.
"""

from dataclasses import dataclass, replace
from math import erfc, exp, log, sqrt

import numpy as np

from .argument_types import takes
from .errors import ArgumentError
from .intervals import normal_quantile, t_quantile, wilson
from .measure import Measure
from .results import Estimate, Reason, Status, TestResult, undefined
from .score_sums import mean_estimate, score_sums, share_estimate, top_points
from .two_proportions import risk_difference


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two groups on one measure.

    Parameters
    ----------
    first, second : Estimate
        The figure of each group.
    difference : Estimate
        Second minus first, with its own interval; `base` counts both groups.
    test : TestResult
        Test of "no difference".
    """

    first: Estimate
    second: Estimate
    difference: Estimate
    test: TestResult


def mean_difference(first, second, *, scale, confidence=0.95):
    """Difference of two mean scores, with Welch's interval and test.

    Parameters
    ----------
    first, second : array_like of int, shape (k,), or CountTable
        Scores of the two groups, as `score_sums` reads them. Give both with
        weights or both without.
    scale : Scale
        The scale the ratings were given on.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    Comparison
        In points of the scale. Difference and test are undefined when a group
        is empty; without interval and test when a group has one respondent or
        neither varies.

    Raises
    ------
    ScaleError
        The counts do not belong to the scale.
    ArgumentError
        `confidence` is not between 0 and 1.

    Notes
    -----
    ``t = (m2 − m1)/√(v1 + v2)`` with Welch–Satterthwaite degrees of freedom.
    Without weights v is s²/n and the result is R's ``t.test``; with weights v
    is the linearised variance and the degrees of freedom use respondents.

    References
    ----------
    .. [1] Welch, B. L. (1947). The generalization of Student's problem when
       several different population variances are involved. Biometrika 34, 28–35.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT
    >>> mean_difference([0, 0, 2, 2, 0], [0, 0, 0, 2, 2], scale=FIVE_POINT).difference.value
    1.0
    """
    one, two = score_sums(first, scale=scale), score_sums(second, scale=scale)
    estimates = [mean_estimate(sums, confidence=confidence) for sums in (one, two)]
    if one.mean is None or two.mean is None:
        return _undefined(*estimates, confidence, "welch")
    value = two.mean - one.mean
    variances = one.variance_of_mean, two.variance_of_mean
    if None in variances or sum(variances) == 0:
        reason = Reason.SINGLE_RESPONDENT if None in variances else Reason.ZERO_VARIANCE
        difference = _welch_estimate(value, (None, None), (one, two), confidence, (reason,))
        return Comparison(*estimates, difference, _no_test("welch", reason))
    error = sqrt(sum(variances))
    df = sum(variances) ** 2 / sum(
        variance**2 / (sums.base - 1) for variance, sums in zip(variances, (one, two), strict=True)
    )
    half = t_quantile(confidence, df) * error
    difference = _welch_estimate(value, (value - half, value + half), (one, two), confidence)
    t = value / error
    return Comparison(*estimates, difference, TestResult(t, df, _t_p(t, df), "welch"))


@takes(numbers=("boxes",))
def top_box_difference(first, second, *, scale, boxes=1, confidence=0.95):
    """Difference of two top-box shares, with Newcombe's interval and the chi-square test.

    Parameters
    ----------
    first, second : array_like of int, shape (k,), or CountTable
        Scores of the two groups, as `score_sums` reads them. Give both with
        weights or both without.
    scale : Scale
        The scale the ratings were given on.
    boxes : int, default 1
        How many points at the good end count.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    Comparison
        As shares. Undefined when a group is empty; the test alone is
        undefined when all or none of both groups are in the top box.

    Raises
    ------
    ScaleError
        The counts do not belong to the scale.
    ArgumentError
        `confidence` or `boxes` lies outside its domain.

    Notes
    -----
    With weights, shares are weighted and each base is Kish's effective base.
    The test is Pearson's chi-square on 1 degree of freedom without continuity
    correction, R's ``prop.test(correct = FALSE)``.

    References
    ----------
    .. [1] Newcombe, R. G. (1998). Interval estimation for the difference
       between independent proportions. Statistics in Medicine 17, 873–890.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT
    >>> pair = top_box_difference([0, 0, 0, 50, 50], [0, 0, 0, 30, 70], scale=FIVE_POINT)
    >>> round(pair.test.statistic, 4)
    8.3333
    """
    top = top_points(scale, boxes)
    one, two = score_sums(first, scale=scale), score_sums(second, scale=scale)
    estimates = [share_estimate(sums, top, confidence=confidence) for sums in (one, two)]
    if not (one.base and two.base and one.effective_base and two.effective_base):
        return _undefined(*estimates, confidence, "newcombe")
    return _share_comparison(*estimates, confidence)


@takes(counts=("x1", "n1", "x2", "n2"))
def share_difference(x1, n1, x2, n2, *, confidence=0.95):
    """Difference of two shares from plain counts, second minus first.

    Parameters
    ----------
    x1, n1, x2, n2 : float
        How many of how many in the first and in the second group.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    Comparison
        As in `top_box_difference`.

    Raises
    ------
    ArgumentError
        A count is impossible or `confidence` is not between 0 and 1.

    Examples
    --------
    >>> share_difference(50, 100, 70, 100).difference.value
    0.19999999999999996
    """
    for x, n in ((x1, n1), (x2, n2)):
        if not 0 <= x <= n < np.inf:
            raise ArgumentError(f"Expected 0 <= successes <= base; got {x!r} of {n!r}.")
    estimates = []
    for x, n in ((x1, n1), (x2, n2)):
        if n == 0:
            estimates.append(undefined(confidence=confidence, method="wilson"))
            continue
        low, high = wilson(x, n, confidence=confidence)
        estimates.append(Estimate(x / n, low, high, int(n), float(n), confidence, "wilson"))
    if n1 == 0 or n2 == 0:
        return _undefined(*estimates, confidence, "newcombe")
    return _share_comparison(*estimates, confidence)


def _share_comparison(one, two, confidence):
    n1, n2 = one.effective_base, two.effective_base
    newcombe = risk_difference(two.value * n2, n2, one.value * n1, n1, confidence=confidence)
    value = two.value - one.value
    difference = replace(newcombe, base=one.base + two.base, effective_base=n1 + n2)
    pooled = (one.value * n1 + two.value * n2) / (n1 + n2)
    if not 0 < pooled < 1:
        return Comparison(one, two, difference, _no_test("chi_square", Reason.ZERO_VARIANCE))
    z2 = value**2 / (pooled * (1 - pooled) * (1 / n1 + 1 / n2))
    few = min(pooled, 1 - pooled) * min(n1, n2) < 5
    test = TestResult(
        z2, 1.0, erfc(sqrt(z2 / 2)), "chi_square", reasons=(Reason.SPARSE_TABLE,) if few else ()
    )
    return Comparison(one, two, difference, test)


def wilcoxon(first, second, *, scale):
    """Wilcoxon's rank sum test from counts, with continuity correction.

    Parameters
    ----------
    first, second : array_like of int, shape (k,)
        Respondents of the two groups at each point, lowest first; unweighted.
    scale : Scale
        The scale the ratings were given on.

    Returns
    -------
    TestResult
        `statistic` is the normal deviate, above 0 where the second group
        scores higher. Undefined when a group is empty or all scores are equal.

    Raises
    ------
    ScaleError
        The counts do not belong to the scale.
    ArgumentError
        The counts carry weights, for which the test is not defined.

    Notes
    -----
    Normal approximation with ties: R's ``wilcox.test(exact = FALSE,
    correct = TRUE)``. Written on counts because ``scipy.stats.mannwhitneyu``
    takes one row for each respondent.

    References
    ----------
    .. [1] Lehmann, E. L. (1975). Nonparametrics: Statistical Methods Based on Ranks.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT
    >>> wilcoxon([1, 1, 1, 0, 0], [0, 0, 1, 1, 1], scale=FIVE_POINT).statistic > 0
    True
    """
    one, two = _unweighted(first, scale), _unweighted(second, scale)
    n1, n2, total = one.sum(), two.sum(), one.sum() + two.sum()
    if n1 == 0 or n2 == 0:
        return _no_test("wilcoxon", Reason.EMPTY_BASE)
    ties = one + two
    spread = n1 * n2 / 12 * (total + 1 - (ties**3 - ties).sum() / (total * max(total - 1, 1)))
    if spread <= 0 or np.count_nonzero(ties) < 2:
        return _no_test("wilcoxon", Reason.CONSTANT)
    excess = _superiority(one, two) * n1 * n2 - n1 * n2 / 2
    z = float((excess - 0.5 * np.sign(excess)) / sqrt(spread))
    return TestResult(z, None, min(1.0, erfc(abs(z) / sqrt(2))), "wilcoxon")


def probability_of_superiority(first, second, *, scale, confidence=0.95):
    """Chance that a random member of the second group scores higher than one of the first.

    Parameters
    ----------
    first, second : array_like of int, shape (k,)
        Respondents of the two groups at each point, lowest first; unweighted.
    scale : Scale
        The scale the ratings were given on.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    Estimate
        In [0, 1], ties counted half; 0.5 is no difference. No interval when a
        group has one respondent or the groups do not overlap.

    Raises
    ------
    ScaleError
        The counts do not belong to the scale.
    ArgumentError
        The counts carry weights, or `confidence` is not between 0 and 1.

    Notes
    -----
    Equals the Mann–Whitney U over n1·n2 (R: ``wilcox.test(...)$statistic``).
    The interval is DeLong's variance on the logit scale, so it stays in [0, 1].

    References
    ----------
    .. [1] DeLong, E. R., DeLong, D. M. & Clarke-Pearson, D. L. (1988).
       Comparing the areas under two or more correlated receiver operating
       characteristic curves. Biometrics 44, 837–845.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT
    >>> probability_of_superiority([1, 0, 0, 0, 1], [1, 0, 0, 0, 1], scale=FIVE_POINT).value
    0.5
    """
    one, two = _unweighted(first, scale), _unweighted(second, scale)
    n1, n2 = int(one.sum()), int(two.sum())
    z = normal_quantile(confidence)
    if n1 == 0 or n2 == 0:
        return undefined(base=n1 + n2, confidence=confidence, method="delong_logit")
    value = float(_superiority(one, two))
    ends, reasons = (None, None), ()
    if min(n1, n2) < 2:
        reasons = (Reason.SINGLE_RESPONDENT,)
    elif not 0 < value < 1:
        reasons = (Reason.ZERO_VARIANCE,)
    else:
        above = (two.sum() - np.cumsum(two) + two / 2) / n2
        below = (np.cumsum(one) - one / 2) / n1
        variance = (one * (above - value) ** 2).sum() / (n1 * (n1 - 1))
        variance += (two * (below - value) ** 2).sum() / (n2 * (n2 - 1))
        half = z * sqrt(variance) / (value * (1 - value))
        centre = log(value / (1 - value))
        ends = tuple(1 / (1 + exp(-max(-700.0, centre + side * half))) for side in (-1, 1))
        if variance == 0:
            ends, reasons = (None, None), (Reason.ZERO_VARIANCE,)
    return Estimate(
        value, *ends, n1 + n2, float(n1 + n2), confidence, "delong_logit", reasons=reasons
    )


def distribution_test(first, second, *, scale):
    """Chi-square test that two groups have the same distribution of scores.

    Parameters
    ----------
    first, second : array_like of int, shape (k,), or CountTable
        Scores of the two groups, as `score_sums` reads them.
    scale : Scale
        The scale the ratings were given on.

    Returns
    -------
    TestResult
        Points that nobody chose are left out. `Reason.SPARSE_TABLE` when an
        expected count is below 5; undefined when a group is empty or only one
        point was chosen.

    Raises
    ------
    ScaleError
        The counts do not belong to the scale.

    Notes
    -----
    R's ``chisq.test(correct = FALSE)``. With weights the weighted shares are
    tested at Kish's effective bases, a first-order correction.

    References
    ----------
    .. [1] Rao, J. N. K. & Scott, A. J. (1984). On chi-squared tests for
       multiway contingency tables. Annals of Statistics 12, 46–60.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT
    >>> distribution_test([0, 0, 0, 50, 50], [0, 0, 0, 30, 70], scale=FIVE_POINT).df
    1.0
    """
    rows = []
    for group in (first, second):
        sums = score_sums(group, scale=scale)
        if not sums.effective_base:
            return _no_test("chi_square", Reason.EMPTY_BASE)
        rows.append(sums.w / sums.w.sum() * sums.effective_base)
    return chi_square_table(rows)


def chi_square_table(table):
    """Pearson's chi-square test of independence, without continuity correction.

    Parameters
    ----------
    table : array_like of float, shape (rows, columns)
        Counts. Empty rows and columns are left out.

    Returns
    -------
    TestResult
        Undefined when fewer than two rows or columns hold anybody.

    Raises
    ------
    ArgumentError
        The table is not two-dimensional or holds an impossible count.

    Notes
    -----
    Equals ``scipy.stats.chi2_contingency(correction=False)``; written out
    because that import costs a web request more than the sum does.

    References
    ----------
    .. [1] Pearson, K. (1900). On the criterion that a given system of
       deviations ... Philosophical Magazine 50, 157–175.

    Examples
    --------
    >>> chi_square_table([[10, 10], [10, 10]]).statistic
    0.0
    """
    from scipy.special import chdtrc

    try:
        cells = np.asarray(table, dtype=float)
    except (TypeError, ValueError) as error:
        raise ArgumentError("A table must hold numbers in rows of the same length.") from error
    if cells.ndim != 2 or not np.isfinite(cells).all() or (cells < 0).any():
        raise ArgumentError("A table needs rows and columns of counts that are 0 or more.")
    cells = cells[cells.sum(axis=1) > 0][:, cells.sum(axis=0) > 0]
    rows, columns = cells.shape
    if rows < 2 or columns < 2:
        reason = Reason.CONSTANT if rows and columns else Reason.EMPTY_BASE
        return _no_test("chi_square", reason)
    expected = np.outer(cells.sum(axis=1), cells.sum(axis=0)) / cells.sum()
    statistic = float(((cells - expected) ** 2 / expected).sum())
    df = float((rows - 1) * (columns - 1))
    reasons = (Reason.SPARSE_TABLE,) if expected.min() < 5 else ()
    return TestResult(statistic, df, float(chdtrc(df, statistic)), "chi_square", reasons=reasons)


def _unweighted(counts, scale):
    sums = score_sums(counts, scale=scale)
    if not np.array_equal(sums.n, sums.w):
        raise ArgumentError("Rank comparisons take unweighted counts; these carry weights.")
    return sums.n


def _superiority(one, two):
    below = np.cumsum(one) - one / 2
    return (two * below).sum() / (one.sum() * two.sum())


def _t_p(t, df):
    from scipy.special import stdtr

    return float(2 * stdtr(df, -abs(t)))


def _no_test(method, reason):
    return TestResult(None, None, None, method, Status.UNDEFINED, (reason,))


def _welch_estimate(value, ends, groups, confidence, reasons=()):
    return Estimate(
        value,
        *ends,
        base=sum(sums.base for sums in groups),
        effective_base=sum(sums.effective_base for sums in groups),
        confidence=confidence,
        method="welch",
        reasons=reasons,
    )


def _undefined(one, two, confidence, method):
    base = one.base + two.base
    difference = undefined(base=base, confidence=confidence, method=method)
    test = "welch" if method == "welch" else "chi_square"
    return Comparison(one, two, difference, _no_test(test, Reason.EMPTY_BASE))


MEASURES = (
    Measure(
        key="mean_difference",
        name="Difference of means",
        definition="How far the mean score of one group is above that of another.",
        formula="m2 − m1; t = (m2 − m1)/√(v1 + v2)",
        denominator="Respondents of both groups who answered the item",
        scale="any",
        unit="score",
        interval="Welch",
        source="Welch (1947), Biometrika 34, 28–35",
    ),
    Measure(
        key="top_box_difference",
        name="Difference of top-box shares",
        definition="How far the top-box share of one group is above that of another.",
        formula="p2 − p1",
        denominator="Respondents of both groups who answered the item",
        scale="any",
        unit="share",
        interval="Newcombe, method 10",
        source="Newcombe (1998), Statistics in Medicine 17, 873–890",
    ),
    Measure(
        key="probability_of_superiority",
        name="Probability of superiority",
        definition=(
            "The chance that a random member of one group scores higher than one of the other, "
            "ties counted half."
        ),
        formula="P(second > first) + P(second = first)/2",
        denominator="Respondents of both groups who answered the item",
        scale="any",
        unit="share",
        interval="DeLong on the logit scale",
        source="Mann & Whitney (1947), Annals of Mathematical Statistics 18, 50–60",
    ),
)
