"""Perceived against expected: gaps, shares above and below, and the ratio with its limits."""

from dataclasses import dataclass, replace

import numpy as np

from .answers import answer_column, same_length
from .errors import CountError, ScaleError
from .estimating import share_estimate
from .intervals import normal_quantile, t_quantile
from .measure import Measure
from .results import Estimate, Reason, Status, undefined


@dataclass(frozen=True, slots=True)
class GapResult:
    """What respondents perceived against what they expected.

    Parameters
    ----------
    base, missing : int
        Respondents with both answers, and those who left one blank.
    gap : Estimate
        Mean of perceived minus expected, in points, with a t interval.
    exceeds, meets, falls_short : Estimate
        Shares whose perception lies above, at or below the expectation.
    ratio_of_means : Estimate
        Mean perceived over mean expected, with Fieller's interval; ends are
        ``None`` with the reason "unbounded" where no finite interval exists.
    ratio_linearised : Estimate
        The same ratio with the linearised interval.
    ratio_standard_error : float or None
        Linearised standard error.
    mean_of_ratios : float or None
        For comparison with other reports only: biased upward.
    geometric_mean_of_ratios : float or None
        ``None`` as soon as one answer is not positive.
    not_computable : int
        Respondents whose own ratio does not exist because the expectation is 0.
    """

    base: int
    missing: int
    gap: Estimate
    exceeds: Estimate
    meets: Estimate
    falls_short: Estimate
    ratio_of_means: Estimate
    ratio_linearised: Estimate
    ratio_standard_error: float | None
    mean_of_ratios: float | None
    geometric_mean_of_ratios: float | None
    not_computable: int


def answer_ratio(perceived, expected):
    """Perceived over expected in one answer.

    Parameters
    ----------
    perceived, expected : float or None
        The two answers; ``None`` or NaN where blank.

    Returns
    -------
    float or None
        ``None``, "not computable", where an answer is blank or the
        expectation is 0.

    Raises
    ------
    ArgumentError
        An answer is not a finite number.

    Notes
    -----
    Above 1 more than expected, 1 as expected, below 1 less.

    References
    ----------
    .. [1] Oliver, R. L. (1980). A cognitive model of the antecedents and
       consequences of satisfaction decisions. J Marketing Res 17, 460-469.

    Examples
    --------
    >>> answer_ratio(4, 5), answer_ratio(5, 4), answer_ratio(4, None)
    (0.8, 1.25, None)
    """
    x, y = answer_column([perceived, expected])
    return None if np.isnan(x) or np.isnan(y) or y == 0 else float(x / y)


def answer_gap(perceived, expected):
    """Perceived minus expected in one answer.

    Parameters
    ----------
    perceived, expected : float or None
        The two answers; ``None`` or NaN where blank.

    Returns
    -------
    float or None
        Points; ``None`` where an answer is blank.

    Raises
    ------
    ArgumentError
        An answer is not a finite number.

    Examples
    --------
    >>> answer_gap(4, 5), answer_gap(4, None)
    (-1.0, None)
    """
    x, y = answer_column([perceived, expected])
    return None if np.isnan(x) or np.isnan(y) else float(x - y)


def perceived_against_expected(perceived, expected, *, counts=None, confidence=0.95):
    """Gap, shares and ratio of perceived against expected.

    Parameters
    ----------
    perceived, expected : array_like of float, shape (m,)
        The two answers of each respondent, or the distinct pairs of answers
        when `counts` says how many gave each. NaN or ``None`` where blank.
        Not negative.
    counts : array_like of int, shape (m,), optional
        Respondents with each pair; one each when not given.
    confidence : float in (0, 1), default 0.95
        Level of all intervals.

    Returns
    -------
    GapResult
        The ratio is undefined when the mean expectation is 0.

    Raises
    ------
    ArgumentError
        Answers or counts are not numbers or have different lengths, or
        `confidence` is not between 0 and 1.
    CountError
        A count is negative or not whole.
    ScaleError
        An answer is negative, so that a ratio has no meaning.

    Notes
    -----
    Fieller's set of ratios R solves ``(x̄ - R ȳ)² = t² Var(x̄ - R ȳ)`` with
    t(n-1). Where the mean expectation is not clear of 0 the set is unbounded,
    and the ends are ``None``. Linearised: the standard error of
    ``survey::svyratio`` in R, ``s(x - R y) / (√n ȳ)``, with the normal
    quantile.
    The mean of ratios is biased upward and explodes at low expectations. A
    ratio needs a true zero, which ratings lack: lead with gap and shares.

    References
    ----------
    .. [1] Fieller, E. C. (1954). Some problems in interval estimation. J R
       Stat Soc B 16, 175-185.

    Examples
    --------
    >>> result = perceived_against_expected([4, 5, 3, 5, 2], [4, 4, 4, 3, 5])
    >>> round(result.ratio_of_means.value, 2), round(result.gap.value, 2)
    (0.95, -0.2)
    """
    x, y, n, missing = _pairs(perceived, expected, counts)
    base = int(n.sum())
    t_quantile(confidence, 1)
    about = {"base": base, "confidence": confidence, "missing": missing}
    gap_sign = np.sign(x - y)
    shares = [
        share_estimate(n[gap_sign == sign].sum(), base, confidence=confidence, missing=missing)
        for sign in (1, 0, -1)
    ]
    ratio, linearised, error = _ratio_of_means(x, y, n, about)
    computable = y > 0
    ratios = x[computable] / y[computable]
    positive = base > 0 and (x > 0).all() and (y > 0).all()
    own = n[computable].sum()
    return GapResult(
        base=base,
        missing=missing,
        gap=_mean_gap(x - y, n, about),
        exceeds=shares[0],
        meets=shares[1],
        falls_short=shares[2],
        ratio_of_means=ratio,
        ratio_linearised=linearised,
        ratio_standard_error=error,
        mean_of_ratios=float(n[computable] @ ratios / own) if own == base > 0 else None,
        geometric_mean_of_ratios=float(np.exp(n @ np.log(x / y) / base)) if positive else None,
        not_computable=int(base - own),
    )


def _pairs(perceived, expected, counts):
    x, y = answer_column(perceived, name="perceived"), answer_column(expected, name="expected")
    n = np.ones(len(x)) if counts is None else answer_column(counts, name="counts")
    same_length(perceived=x, expected=y, counts=n)
    if np.isnan(n).any() or (n < 0).any() or (n != np.floor(n)).any():
        raise CountError("Counts of respondents must be whole and not negative.")
    known = ~np.isnan(x) & ~np.isnan(y)
    missing = int(n[~known].sum())
    known &= n > 0
    x, y, n = x[known], y[known], n[known]
    if (x < 0).any() or (y < 0).any():
        raise ScaleError("Perceived and expected must not be negative; code the scale from 0 up.")
    return x, y, n, missing


def _moments(x, n):
    base = n.sum()
    mean = n @ x / base
    return mean, n @ (x - mean) ** 2 / (base - 1) if base > 1 else 0.0


def _mean_gap(gap, n, about):
    base = about["base"]
    if base == 0:
        return undefined(Reason.EMPTY_BASE, method="t", **about)
    mean, variance = _moments(gap, n)
    reason = Reason.SINGLE_RESPONDENT if base == 1 else Reason.ZERO_VARIANCE
    if base == 1 or (gap == gap[0]).all():
        return _estimate(mean, None, None, about, "t", reason)
    half = t_quantile(about["confidence"], base - 1) * np.sqrt(variance / base)
    return _estimate(mean, mean - half, mean + half, about, "t")


def _ratio_of_means(x, y, n, about):
    base = about["base"]
    if base == 0 or n @ y == 0:
        reason = Reason.EMPTY_CELL if base else Reason.EMPTY_BASE
        none = undefined(reason, method="fieller", **about)
        return none, replace(none, method="linearised"), None
    mean_x, variance_x = _moments(x, n)
    mean_y, variance_y = _moments(y, n)
    ratio = mean_x / mean_y
    if base == 1:
        alone = _estimate(ratio, None, None, about, "fieller", Reason.SINGLE_RESPONDENT)
        return alone, replace(alone, method="linearised"), None
    _, residual = _moments(x - ratio * y, n)
    if residual <= 1e-24 * max(mean_x, mean_y) ** 2:
        flat = _estimate(ratio, None, None, about, "fieller", Reason.ZERO_VARIANCE)
        return flat, replace(flat, method="linearised"), 0.0
    error = float(np.sqrt(residual / base) / mean_y)
    half = normal_quantile(about["confidence"]) * error
    covariance = n @ ((x - mean_x) * (y - mean_y)) / (base - 1)
    squared = t_quantile(about["confidence"], base - 1) ** 2 / base
    a = mean_y**2 - squared * variance_y
    b = mean_x * mean_y - squared * covariance
    c = mean_x**2 - squared * variance_x
    if a <= 0:
        fieller = _estimate(ratio, None, None, about, "fieller", Reason.UNBOUNDED)
    else:
        root = np.sqrt(max(0.0, b * b - a * c))
        fieller = _estimate(ratio, (b - root) / a, (b + root) / a, about, "fieller")
    return fieller, _estimate(ratio, ratio - half, ratio + half, about, "linearised"), error


def _estimate(value, low, high, about, method, *reasons):
    return Estimate(
        float(value),
        None if low is None else float(low),
        None if high is None else float(high),
        about["base"],
        float(about["base"]),
        about["confidence"],
        method,
        Status.OK,
        reasons,
        about["missing"],
    )


MEASURES = (
    Measure(
        key="gap",
        name="Gap between perception and expectation",
        definition="Mean of what was perceived minus what had been expected.",
        formula="Σ (b - a) / n",
        denominator="Respondents with both answers",
        scale="the same scale twice",
        unit="points",
        interval="t interval",
        source="Oliver (1980), J Marketing Res 17, 460-469",
    ),
    Measure(
        key="satisfaction_ratio",
        name="Perceived over expected",
        definition="Mean of what was perceived divided by the mean of what had been expected.",
        formula="Σ b / Σ a",
        denominator="Respondents with both answers",
        scale="the same scale twice, with a true zero",
        unit="ratio",
        interval="Fieller",
        source="Oliver (1980); Fieller (1954), J R Stat Soc B 16, 175-185",
    ),
)
