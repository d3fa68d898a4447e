"""The 5-against-4 comparison with segments held apart: crude beside adjusted.

Where segments differ both in how they score and in how they buy, the crude
ratio can point the other way than the ratio within every segment (Simpson).
"""

from dataclasses import dataclass

import numpy as np

from .errors import AxisError
from .intervals import newcombe_difference, normal_quantile, wilson
from .measure import Measure
from .results import Estimate, Reason, Status, TestResult, undefined
from .two_proportions import risk_ratio


@dataclass(frozen=True, slots=True)
class StratifiedComparison:
    """Two scores compared within segments.

    Parameters
    ----------
    crude_ratio, crude_difference : Estimate
        All segments thrown together: Koopman's and Newcombe's intervals.
    risk_ratio : Estimate
        Mantel–Haenszel ratio of loyal shares, Greenland–Robins interval.
    risk_ratio_log_error : float or None
        Standard error of its logarithm.
    odds_ratio : Estimate
        Mantel–Haenszel odds ratio, Robins–Breslow–Greenland interval.
    association : TestResult
        Cochran–Mantel–Haenszel test without continuity correction.
    standardised_upper, standardised_lower : Estimate
        Loyal shares at the upper and the lower score if both had the pooled
        mix of segments.
    standardised_difference, standardised_ratio : Estimate
        Their difference and ratio.
    standardised_difference_error : float or None
        Standard error of the difference.
    segments : tuple of hashable
        Segments in the standardised figures.
    left_out : tuple of hashable
        Segments with respondents at only one of the two scores, or at none.
    """

    crude_ratio: Estimate
    crude_difference: Estimate
    risk_ratio: Estimate
    risk_ratio_log_error: float | None
    odds_ratio: Estimate
    association: TestResult
    standardised_upper: Estimate
    standardised_lower: Estimate
    standardised_difference: Estimate
    standardised_difference_error: float | None
    standardised_ratio: Estimate
    segments: tuple
    left_out: tuple


@dataclass(frozen=True, slots=True)
class _Strata:
    """Loyal and all respondents of each segment at the upper and the lower score.

    The first four are effective numbers where there are weights; `people` are
    respondents at (upper, lower), and `mix` the weight of each segment.
    """

    loyal_up: np.ndarray
    n_up: np.ndarray
    loyal_low: np.ndarray
    n_low: np.ndarray
    people: np.ndarray
    mix: np.ndarray

    def only(self, keep):
        return _Strata(*(getattr(self, name)[keep] for name in self.__slots__))

    @property
    def n(self):
        return self.n_up + self.n_low

    @property
    def pooled(self):
        """Loyal and all at the upper, loyal and all at the lower score, over all segments."""
        cells = (self.loyal_up, self.n_up, self.loyal_low, self.n_low)
        return tuple(float(cell.sum()) for cell in cells)


class _Basis:
    """What all estimates of one comparison have in common."""

    def __init__(self, strata, confidence):
        self.confidence = confidence
        self.z = normal_quantile(confidence)
        self.base = int(strata.people.sum())
        self.effective = float(strata.n.sum())
        few = strata.people.sum(axis=0).min() < 10
        self.status = Status.LOW_BASE if few else Status.OK
        self.reasons = (Reason.LOW_BASE,) if few else ()

    def estimate(self, method, value, low=None, high=None, reason=None):
        """A figure, with the reason for a missing interval."""
        if value is None:
            reason = reason if self.base else Reason.EMPTY_BASE
            return undefined(reason, base=self.base, confidence=self.confidence, method=method)
        ends = (float(low), float(high)) if low is not None else (None, None)
        reasons = self.reasons if reason is None else (*self.reasons, reason)
        return Estimate(
            float(value),
            *ends,
            self.base,
            self.effective,
            self.confidence,
            method,
            self.status,
            reasons,
        )

    def on_log(self, method, value, error):
        """A ratio with the interval that a standard error of its logarithm gives."""
        half = self.z * error
        return self.estimate(method, value, value * np.exp(-half), value * np.exp(half))


def compare_within_segments(table, *, upper, lower, confidence=0.95):
    """Compare the loyal shares at two scores, holding segments apart.

    Parameters
    ----------
    table : CountTable
        With the axes "segment", "score" and "loyal", the last with the levels
        False and True. Further axes are summed over. Weighted tables are
        used at each cell's effective base.
    upper, lower : hashable
        The two scores, such as 5 and 4.
    confidence : float in (0, 1), default 0.95
        Level of all intervals.

    Returns
    -------
    StratifiedComparison
        Figures that cannot be known are undefined with their reason; those
        on fewer than 10 respondents at one of the scores are "low_n".

    Raises
    ------
    AxisError
        An axis or level is missing.
    ArgumentError
        `confidence` is not between 0 and 1.

    Notes
    -----
    Mantel–Haenszel ratio ``Σ a n4/N / Σ c n5/N``; it assumes one ratio in
    every segment, which `homogeneity` tests. Direct standardisation makes no
    such assumption: shares of each segment weighted by the pooled mix
    ``(n5 + n4)`` of the segments that have both scores. R:
    ``mantelhaen.test(correct=FALSE)`` for odds ratio and test.

    References
    ----------
    .. [1] Mantel, N. and Haenszel, W. (1959). Statistical aspects of the
       analysis of data from retrospective studies. J Natl Cancer Inst 22, 719-748.
    .. [2] Greenland, S. and Robins, J. M. (1985). Estimation of a common
       effect parameter from sparse follow-up data. Biometrics 41, 55-68.
    .. [3] Robins, J., Breslow, N. and Greenland, S. (1986). Estimators of
       the Mantel-Haenszel variance consistent in both sparse data and
       large-strata limiting models. Biometrics 42, 311-323.

    Examples
    --------
    >>> from scoring.counts import CountTable
    >>> axes = [("segment", ("a", "b")), ("score", (4, 5)), ("loyal", (False, True))]
    >>> table = CountTable.from_counts(axes, [[[90, 10], [40, 10]], [[20, 30], [30, 70]]])
    >>> result = compare_within_segments(table, upper=5, lower=4)
    >>> round(result.crude_ratio.value, 2), round(result.risk_ratio.value, 2)
    (2.0, 1.29)
    """
    names, strata = _strata(table, upper, lower)
    basis = _Basis(strata, confidence)
    both = (strata.n_up > 0) & (strata.n_low > 0)
    inside = strata.only(both)
    ratio, log_error = _mantel_haenszel_ratio(inside, basis)
    up, low, difference, error, standard_ratio = _standardised(inside, basis)
    return StratifiedComparison(
        crude_ratio=_crude_ratio(strata, basis),
        crude_difference=_crude_difference(strata, basis),
        risk_ratio=ratio,
        risk_ratio_log_error=log_error,
        odds_ratio=_mantel_haenszel_odds(inside, basis),
        association=_cochran_mantel_haenszel(inside),
        standardised_upper=up,
        standardised_lower=low,
        standardised_difference=difference,
        standardised_difference_error=error,
        standardised_ratio=standard_ratio,
        segments=tuple(name for name, kept in zip(names, both, strict=True) if kept),
        left_out=tuple(name for name, kept in zip(names, both, strict=True) if not kept),
    )


def homogeneity(table, *, upper, lower):
    """Test whether the odds ratio is the same in every segment (Breslow–Day, Tarone).

    Parameters
    ----------
    table : CountTable
        With the axes "segment", "score" and "loyal", as for
        `compare_within_segments`; unweighted counts are used.
    upper, lower : hashable
        The two scores.

    Returns
    -------
    TestResult
        Chi-square with one degree of freedom less than segments; undefined
        with fewer than two usable segments or with an odds ratio of 0 or
        infinity, and with the reason "sparse_table" when an expected cell is
        under 5.

    Raises
    ------
    AxisError
        An axis or level is missing.

    Notes
    -----
    Breslow and Day's statistic with Tarone's adjustment, on the segments where
    both scores and both outcomes occur; others hold no information. The same
    as ``StratifiedTable.test_equal_odds(adjust=True)`` in statsmodels, which
    divides zero by zero when the pooled odds ratio is exactly 1, and as
    ``DescTools::BreslowDayTest(correct=TRUE)`` in R.

    References
    ----------
    .. [1] Tarone, R. E. (1985). On heterogeneity tests based on efficient
       scores. Biometrika 72, 91-95.

    Examples
    --------
    >>> from scoring.counts import CountTable
    >>> axes = [("segment", ("a", "b")), ("score", (4, 5)), ("loyal", (False, True))]
    >>> table = CountTable.from_counts(axes, [[[90, 10], [40, 10]], [[20, 30], [30, 70]]])
    >>> homogeneity(table, upper=5, lower=4).df
    1.0
    """
    from scipy.special import chdtrc

    _, strata = _strata(table, upper, lower, weighted=False)
    loyal = strata.loyal_up + strata.loyal_low
    telling = (strata.n_up > 0) & (strata.n_low > 0) & (loyal > 0) & (loyal < strata.n)
    strata = strata.only(telling)
    method = "breslow_day_tarone"
    if telling.sum() < 2:
        return TestResult(None, None, None, method, Status.UNDEFINED, (Reason.TOO_FEW_POINTS,))
    a, b = strata.loyal_up, strata.n_up - strata.loyal_up
    c, d = strata.loyal_low, strata.n_low - strata.loyal_low
    if (a * d).sum() == 0 or (b * c).sum() == 0:
        return TestResult(None, None, None, method, Status.UNDEFINED, (Reason.EMPTY_CELL,))
    pooled = (a * d / strata.n).sum() / (b * c / strata.n).sum()
    statistic = _tarone(strata, pooled)
    df = int(telling.sum()) - 1
    margin = np.array([strata.n_up, strata.n_low])
    outcome = np.array([a + c, b + d])
    sparse = (margin[:, None] * outcome[None] / strata.n < 5).any()
    return TestResult(
        statistic,
        float(df),
        float(chdtrc(df, statistic)),
        method,
        reasons=(Reason.SPARSE_TABLE,) if sparse else (),
    )


def _tarone(s, pooled):
    """Breslow and Day's statistic around a common odds ratio, adjusted by Tarone."""
    loyal = s.loyal_up + s.loyal_low
    a = 1 - pooled
    b = pooled * (s.n_up + loyal) + s.n_low - loyal
    c = -pooled * s.n_up * loyal
    fitted = -2 * c / (b + np.sqrt(b**2 - 4 * a * c))  # this form of the root holds at a = 0
    others = s.n_up - fitted, loyal - fitted, s.n_low - loyal + fitted
    variance = 1 / (1 / fitted + sum(1 / cell for cell in others))
    excess = s.loyal_up - fitted
    statistic = (excess**2 / variance).sum() - excess.sum() ** 2 / variance.sum()
    return max(0.0, float(statistic))


def _strata(table, upper, lower, weighted=True):
    table = table.sum_to("segment", "score", "loyal")
    levels = table.axis("loyal").levels
    if set(levels) - {False, True}:
        raise AxisError(f"The axis 'loyal' has the levels False and True; got {levels!r}.")
    pair = table.keep("score", (upper, lower)).keep("loyal", (False, True))
    n = pair.n.sum(axis=2).astype(float)
    loyal = pair.n[:, :, 1].astype(float)
    mix = n.sum(axis=1)
    if weighted and pair.is_weighted:
        w, w2 = pair.w.sum(axis=2), pair.w2.sum(axis=2)
        n = np.divide(w**2, w2, out=np.zeros_like(w), where=w2 > 0)
        loyal = n * np.divide(pair.w[:, :, 1], w, out=np.zeros_like(w), where=w > 0)
        mix = w.sum(axis=1)
    people = pair.n.sum(axis=2)
    cells = (loyal[:, 0], n[:, 0], loyal[:, 1], n[:, 1])
    return table.axis("segment").levels, _Strata(*cells, people, mix)


def _crude_ratio(strata, basis):
    """Ratio of the pooled shares with Koopman's interval."""
    x5, n5, x4, n4 = strata.pooled
    if min(n5, n4) == 0 or x4 == 0:
        return basis.estimate("koopman", None, reason=Reason.EMPTY_CELL)
    ratio = risk_ratio(x5, n5, x4, n4, confidence=basis.confidence)
    return basis.estimate("koopman", ratio.value, ratio.low, ratio.high)


def _crude_difference(strata, basis):
    x5, n5, x4, n4 = strata.pooled
    if min(n5, n4) == 0:
        return basis.estimate("newcombe", None, reason=Reason.EMPTY_CELL)
    ends = newcombe_difference(x5, n5, x4, n4, confidence=basis.confidence)
    return basis.estimate("newcombe", x5 / n5 - x4 / n4, *ends)


def _mantel_haenszel_ratio(s, basis):
    method = "greenland_robins"
    upper, lower = (s.loyal_up * s.n_low / s.n).sum(), (s.loyal_low * s.n_up / s.n).sum()
    if upper == 0 or lower == 0:
        value = 0.0 if lower > 0 else None
        return basis.estimate(method, value, reason=Reason.EMPTY_CELL), None
    loyal = s.loyal_up + s.loyal_low
    spread = (s.n_up * s.n_low * loyal / s.n**2 - s.loyal_up * s.loyal_low / s.n).sum()
    variance = spread / (upper * lower)
    if variance <= 1e-15:
        return basis.estimate(method, upper / lower, reason=Reason.ALL_LOYAL), None
    error = float(np.sqrt(variance))
    return basis.on_log(method, upper / lower, error), error


def _mantel_haenszel_odds(s, basis):
    method = "robins_breslow_greenland"
    a, b = s.loyal_up, s.n_up - s.loyal_up
    c, d = s.loyal_low, s.n_low - s.loyal_low
    r, q = a * d / s.n, b * c / s.n
    if r.sum() == 0 or q.sum() == 0:
        value = 0.0 if q.sum() > 0 else None
        return basis.estimate(method, value, reason=Reason.EMPTY_CELL)
    p_diagonal, p_other = (a + d) / s.n, (b + c) / s.n
    variance = (
        (p_diagonal * r).sum() / (2 * r.sum() ** 2)
        + (p_diagonal * q + p_other * r).sum() / (2 * r.sum() * q.sum())
        + (p_other * q).sum() / (2 * q.sum() ** 2)
    )
    return basis.on_log(method, r.sum() / q.sum(), np.sqrt(variance))


def _cochran_mantel_haenszel(s):
    from scipy.special import chdtrc

    method = "cochran_mantel_haenszel"
    usable = s.n > 1
    s = s.only(usable)
    loyal = s.loyal_up + s.loyal_low
    variance = (s.n_up * s.n_low * loyal * (s.n - loyal) / (s.n**2 * (s.n - 1))).sum()
    if variance <= 0:
        return TestResult(None, None, None, method, Status.UNDEFINED, (Reason.ZERO_VARIANCE,))
    statistic = float((s.loyal_up - s.n_up * loyal / s.n).sum() ** 2 / variance)
    return TestResult(statistic, 1.0, float(chdtrc(1, statistic)), method)


def _standardised(s, basis):
    """Shares at both scores, their difference with its error, and their ratio."""
    methods = ("wilson_effective", "wilson_effective", "linearised", "linearised_log")
    if s.mix.sum() == 0:
        up, low, difference, ratio = (
            basis.estimate(method, None, reason=Reason.EMPTY_CELL) for method in methods
        )
        return up, low, difference, None, ratio
    weight = s.mix / s.mix.sum()
    shares, variances = [], []
    for loyal, n in ((s.loyal_up, s.n_up), (s.loyal_low, s.n_low)):
        p = loyal / n
        shares.append(min(1.0, float(weight @ p)))
        variances.append(max(0.0, float(weight**2 @ (p * (1 - p) / n))))
    up, low = (
        _standardised_share(shares[i], variances[i], n, s.people[:, i], basis)
        for i, n in enumerate((s.n_up, s.n_low))
    )
    value, error = shares[0] - shares[1], float(np.sqrt(sum(variances)))
    if error == 0:
        difference = basis.estimate("linearised", value, reason=Reason.ZERO_VARIANCE)
    else:
        ends = max(-1.0, value - basis.z * error), min(1.0, value + basis.z * error)
        difference = basis.estimate("linearised", value, *ends)
    return up, low, difference, error, _standardised_ratio(shares, variances, basis)


def _standardised_share(share, variance, n, people, basis):
    """Wilson's interval at the base that a plain share of this variance would have."""
    effective = share * (1 - share) / variance if variance > 0 else float(n.sum())
    low, high = wilson(share * effective, effective, confidence=basis.confidence)
    return Estimate(
        share,
        low,
        high,
        int(people.sum()),
        effective,
        basis.confidence,
        "wilson_effective",
        basis.status,
        basis.reasons,
    )


def _standardised_ratio(shares, variances, basis):
    method = "linearised_log"
    up, low = shares
    if low == 0:
        return basis.estimate(method, None, reason=Reason.EMPTY_CELL)
    if up == 0 or sum(variances) == 0:
        reason = Reason.EMPTY_CELL if up == 0 else Reason.ZERO_VARIANCE
        return basis.estimate(method, up / low, reason=reason)
    error = np.sqrt(variances[0] / up**2 + variances[1] / low**2)
    return basis.on_log(method, up / low, error)


MEASURES = (
    Measure(
        key="adjusted_ratio",
        name="5-against-4 ratio adjusted for segments",
        definition="Loyal share at the top score over that at the score below, compared within "
        "segments and then combined.",
        formula="Σ a n4/N / Σ c n5/N over segments (Mantel–Haenszel)",
        denominator="Respondents at the two scores, in segments that have both",
        scale="any rating scale",
        unit="ratio",
        interval="Greenland–Robins",
        source="Mantel & Haenszel (1959); Greenland & Robins (1985), Biometrics 41, 55-68",
    ),
    Measure(
        key="standardised_share",
        name="Loyal share standardised to the pooled mix of segments",
        definition="Loyal share at a score if its respondents had the pooled mix of segments.",
        formula="Σ W_s p_s, W_s = share of segment s among respondents at either score",
        denominator="Respondents at the two scores, in segments that have both",
        scale="any rating scale",
        unit="share",
        interval="Wilson at the effective base",
        source="Direct standardisation; Kitagawa (1964)",
    ),
)
