"""Tests of the curve: is there a relation, is a straight line enough, and where does it bend."""

import math
from dataclasses import dataclass, replace

import numpy as np

from .errors import ArgumentError
from .intervals import chi_square_p_value, normal_quantile
from .logit import bernoulli_loglik, fit_logit, supremum_loglik
from .p_adjustment import adjust_p
from .results import Estimate, Reason, Status, TestResult, undefined
from .weighted_logit import fit_weighted_logit, wald_test

SPARSE = 5
LOOKS = ("top", "bottom", "curvature")


@dataclass(frozen=True, slots=True)
class CurveTests:
    """What the points say against a straight line in the logit.

    Parameters
    ----------
    linear : TestResult
        Likelihood ratio of the straight line against the points themselves.
    top, bottom, curvature : TestResult
        Likelihood ratios, one degree of freedom each, of a kink at the best
        score, a kink at the worst score and a quadratic term; `p_adjusted` is
        Holm's over these three looks.
    extra_odds_top : Estimate
        Odds at the best score as a multiple of what the line through the
        other points foretells.
    trend : TestResult
        Cochran–Armitage test of a trend.
    homogeneity : TestResult
        Pearson's chi-square of equal shares.
    is_sparse : bool
        Whether the line expects fewer than five respondents in some cell, so
        that chi-square p-values are rough.
    """

    linear: TestResult
    top: TestResult
    bottom: TestResult
    curvature: TestResult
    extra_odds_top: Estimate
    trend: TestResult
    homogeneity: TestResult
    is_sparse: bool


def curve_tests(cells, line, *, confidence=0.95, generator=None, samples=999):
    """Test the curve against a straight line.

    Parameters
    ----------
    cells : LoyaltyCells
        Satisfaction by loyalty.
    line : LinearLogit
        The line fitted to the same cells.
    confidence : float in (0, 1), default 0.95
        Level of the interval of the extra odds.
    generator : numpy.random.Generator, optional
        When given and the table is sparse, p-values come from a parametric
        bootstrap under the line.
    samples : int, default 999
        Bootstrap samples.

    Returns
    -------
    CurveTests
        Undefined tests where there is no line, or with fewer than three points.

    Raises
    ------
    ArgumentError
        `confidence` or `samples` lies outside its domain.

    Notes
    -----
    With grouped rows the likelihood ratio against the saturated model is the
    residual deviance. On 96,000 respondents everything is significant: the
    size and its interval come first. Weighted answers have no likelihood, so
    Wald tests on the sandwich take the place of the ratios.

    References
    ----------
    .. [1] Armitage (1955). Tests for linear trends in proportions and
       frequencies. Biometrics 11:375-386.
    .. [2] Holm (1979). A simple sequentially rejective multiple test
       procedure. Scandinavian Journal of Statistics 6:65-70.
    """
    z = normal_quantile(confidence)
    if samples < 1:
        raise ArgumentError(f"samples must be 1 or more; got {samples!r}.")
    used = cells.used
    sparse = _is_sparse(cells, line)
    if line.status is Status.UNDEFINED or used.sum() < 3:
        reason = line.reasons[0] if line.reasons else Reason.TOO_FEW_POINTS
        linear, looks = (
            _untested(reason),
            dict.fromkeys(LOOKS, _untested(reason)),
        )
        extra = undefined(reason, base=cells.base, confidence=confidence, method="wald")
    elif cells.is_weighted:
        linear, looks, extra = _weighted_looks(cells, z, confidence)
    else:
        linear, looks = _ratios(cells, line, sparse, generator, samples)
        extra = _extra_odds_top(cells, z, confidence)
    looks = _holm(looks)
    return CurveTests(
        linear=linear,
        **looks,
        extra_odds_top=extra,
        trend=_trend(cells),
        homogeneity=_homogeneity(cells),
        is_sparse=sparse,
    )


def look_design(x, look):
    """Design of the line with one look for a bend added.

    Parameters
    ----------
    x : numpy.ndarray of float, shape (k,)
        Scores in use, ascending.
    look : {"top", "bottom", "curvature"}
        Which look.

    Returns
    -------
    numpy.ndarray of float, shape (k, 3)
        Ones, the score, and the added column.

    Raises
    ------
    ArgumentError
        `look` is not known.
    """
    if look not in LOOKS:
        raise ArgumentError(f"A look is one of {LOOKS}; got {look!r}.")
    added = {
        "top": (x == x[-1]).astype(float),
        "bottom": (x == x[0]).astype(float),
        "curvature": (x - x.mean()) ** 2,
    }[look]
    return np.column_stack([np.ones_like(x), x, added])


def kink_error(cells, line):
    """Standard error that the log extra odds at the top has if the line is true.

    Parameters
    ----------
    cells : LoyaltyCells
        Satisfaction by loyalty.
    line : LinearLogit
        The line.

    Returns
    -------
    float or None
        None without a line or with fewer than three points.

    Raises
    ------
    ArgumentError
        Only by the design, which is fixed here.

    Notes
    -----
    Computed at the fitted shares, so it exists where a cell is empty. It says
    how large a bend these respondents could have shown.
    """
    used = cells.used
    if line.status is Status.UNDEFINED or used.sum() < 3:
        return None
    design = look_design(cells.x[used], "top")
    share = np.array(line.fitted)[used]
    weight = cells.effective[used] * share * (1 - share)
    information = design.T @ (weight[:, None] * design)
    if np.linalg.cond(information) > 1e14:
        return None
    return math.sqrt(float(np.linalg.inv(information)[2, 2]))


def _ratios(cells, line, sparse, generator, samples):
    used = cells.used
    x, n, r = cells.x[used], cells.n[used], cells.loyal_n[used]
    observed = _likelihood_ratios(x, n, r, base=_line_loglik(line, used, n, r))
    df = {"linear": float(len(x) - 2), **dict.fromkeys(LOOKS, 1.0)}
    reasons = (Reason.SPARSE_TABLE,) if sparse else ()
    if sparse and generator is not None:
        fitted = np.array(line.fitted)[used]
        drawn = generator.binomial(n.astype(np.int64), fitted, size=(samples, len(x)))
        simulated = _likelihood_ratios(x, n, drawn)
        found = {
            name: TestResult(
                float(observed[name]),
                df[name],
                float((1 + (simulated[name] >= observed[name] - 1e-9).sum()) / (samples + 1)),
                "parametric_bootstrap",
                reasons=reasons,
            )
            for name in df
        }
    else:
        found = {
            name: TestResult(
                float(observed[name]),
                df[name],
                chi_square_p_value(observed[name], df[name]),
                "likelihood_ratio",
                reasons=reasons,
            )
            for name in df
        }
    return found.pop("linear"), found


def _line_loglik(line, used, n, r):
    return bernoulli_loglik(n, r, np.array(line.fitted)[used])


def _likelihood_ratios(x, n, r, base=None):
    share = np.divide(r, n, out=np.zeros(np.shape(r)), where=n > 0)
    if base is None:
        base = supremum_loglik(np.column_stack([np.ones_like(x), x]), n, r)
    ratios = {"linear": np.maximum(2 * (bernoulli_loglik(n, r, share) - base), 0.0)}
    for look in LOOKS:
        larger = supremum_loglik(look_design(x, look), n, r)
        ratios[look] = np.maximum(2 * (larger - base), 0.0)
    return ratios


def _extra_odds_top(cells, z, confidence):
    """Odds at the top against the line through the other points, which is the kink's estimate."""
    positions = np.flatnonzero(cells.used)
    top, others = positions[-1], positions[:-1]
    n, r = cells.n[top], cells.loyal_n[top]
    options = {"base": cells.base, "confidence": confidence, "method": "wald"}
    if r in (0, n):
        return undefined(Reason.EMPTY_CELL, **options)
    x, loyal, base = cells.x[others], cells.loyal_n[others], cells.n[others]
    has_loyal, has_others = np.flatnonzero(loyal > 0), np.flatnonzero(base - loyal > 0)
    apart = not len(has_loyal) or not len(has_others)
    if apart or has_others[-1] <= has_loyal[0] or has_loyal[-1] <= has_others[0]:
        return undefined(Reason.SEPARATION, **options)
    fit = fit_logit(np.column_stack([np.ones_like(x), x]), base, loyal)
    at = np.array([1.0, cells.x[top]])
    log_odds = math.log(r / (n - r)) - float(at @ fit.coefficients)
    error = math.sqrt(1 / r + 1 / (n - r) + float(at @ fit.covariance @ at))
    return _odds_estimate(log_odds, error, z, cells, confidence)


def _odds_estimate(log_odds, error, z, cells, confidence):
    return Estimate(
        value=math.exp(log_odds),
        low=math.exp(log_odds - z * error),
        high=math.exp(min(700.0, log_odds + z * error)),
        base=cells.base,
        effective_base=float(cells.effective.sum()),
        confidence=confidence,
        method="wald",
    )


def _weighted_looks(cells, z, confidence):
    """Wald tests on the sandwich: the looks, and all deviations from the line at once."""
    from .curve_fit import weighted_rows

    used = cells.used
    x, rows = cells.x[used], weighted_rows(cells, used)
    looks, extra = {}, None
    for look in LOOKS:
        looks[look] = _untested(Reason.SEPARATION)
        if _can_fit(look_design(x, look), rows):
            fit = fit_weighted_logit(look_design(x, look), *rows, base=cells.base)
            looks[look] = wald_test(fit, [2])
            if look == "top":
                extra = _odds_estimate(
                    float(fit.coefficients[2]),
                    float(fit.standard_errors[2]),
                    z,
                    cells,
                    confidence,
                )
    linear = _untested(Reason.SEPARATION)
    saturated = np.column_stack([np.ones_like(x), x, *np.eye(len(x))[1:-1]])
    if _can_fit(saturated, rows):
        fit = fit_weighted_logit(saturated, *rows, base=cells.base)
        linear = wald_test(fit, range(2, len(x)))
    return (
        linear,
        looks,
        extra
        or undefined(Reason.SEPARATION, base=cells.base, confidence=confidence, method="wald"),
    )


def _can_fit(design, rows):
    from .errors import ScoringError

    loyal, others = rows[0], rows[1]
    try:
        fit_logit(design, loyal + others, loyal)
    except ScoringError:
        return False
    return True


def _holm(looks):
    adjusted = adjust_p(test.p_value for test in looks.values())
    return {
        name: replace(test, p_adjusted=p)
        for (name, test), p in zip(looks.items(), adjusted, strict=True)
    }


def _trend(cells):
    """Cochran and Armitage's test; ``prop.trend.test`` in R."""
    n, r, x = cells.effective, cells.effective_loyal, cells.x
    total = float(n.sum())
    if total == 0:
        return _untested(Reason.EMPTY_BASE, "cochran_armitage")
    share = float(r.sum()) / total
    centred = x - float(n @ x) / total
    variance = share * (1 - share) * float(n @ centred**2)
    if variance <= 1e-12 * total:
        return _untested(Reason.CONSTANT, "cochran_armitage")
    statistic = float(centred @ r) ** 2 / variance
    return TestResult(statistic, 1.0, chi_square_p_value(statistic, 1), "cochran_armitage")


def _homogeneity(cells):
    """Pearson's chi-square of equal shares; ``prop.test`` in R."""
    n, r = cells.effective[cells.used], cells.effective_loyal[cells.used]
    if len(n) < 2:
        reason = Reason.TOO_FEW_POINTS if len(n) else Reason.EMPTY_BASE
        return _untested(reason, "pearson")
    share = float(r.sum() / n.sum())
    if share in (0.0, 1.0):
        return _untested(Reason.CONSTANT, "pearson")
    statistic = float(((r - n * share) ** 2 / (n * share * (1 - share))).sum())
    df = float(len(n) - 1)
    return TestResult(statistic, df, chi_square_p_value(statistic, df), "pearson")


def _is_sparse(cells, line):
    if line.status is Status.UNDEFINED:
        return False
    used = cells.used
    n, share = cells.effective[used], np.array(line.fitted)[used]
    return bool(min((n * share).min(), (n * (1 - share)).min()) < SPARSE)


def _untested(reason, method="likelihood_ratio"):
    return TestResult(None, None, None, method, Status.UNDEFINED, (reason,))
