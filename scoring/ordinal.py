"""Proportional odds: an ordered outcome against predictors, on counts.

statsmodels' ``OrderedModel`` agrees to four digits but takes no weights, so
it needs one row for each respondent and its cost grows with them. This fits
the same likelihood on one row for each pattern.
"""

from dataclasses import dataclass

import numpy as np

from .errors import ArgumentError, ConvergenceError, CountError
from .intervals import chi_square_p_value
from .measure import Measure
from .results import TestResult


@dataclass(frozen=True, slots=True, eq=False)
class ProportionalOdds:
    """A fitted cumulative logit model, ``logit P(Y ≤ j) = θⱼ − x'b``.

    Parameters
    ----------
    coefficients : numpy.ndarray of float, shape (p,) or (thresholds, p)
        b; a positive one goes with higher outcomes. One row for each
        threshold when the odds were not held proportional.
    thresholds : numpy.ndarray of float, shape (levels − 1,)
        θ, ascending.
    coefficient_errors, threshold_errors : numpy.ndarray of float
        Standard errors from the observed information.
    loglik : float
        Log-likelihood of the single answers.
    """

    coefficients: np.ndarray
    thresholds: np.ndarray
    coefficient_errors: np.ndarray
    threshold_errors: np.ndarray
    loglik: float

    @property
    def residual_deviance(self):
        """Minus twice the log-likelihood."""
        return -2 * self.loglik


def proportional_odds(predictors, counts, *, proportional=True):
    """Fit a cumulative logit model to grouped counts.

    Parameters
    ----------
    predictors : array_like of float, shape (rows, p)
        Predictors of each row, without a column of ones.
    counts : array_like of float, shape (rows, levels)
        Respondents (or frequency weights) of each row at each level of the
        outcome, lowest level first.
    proportional : bool, default True
        Whether one coefficient holds at every threshold; False gives each
        threshold its own.

    Returns
    -------
    ProportionalOdds
        Maximum-likelihood estimates.

    Raises
    ------
    CountError
        Shapes differ, a count is impossible, or a level is empty: merge it
        with its neighbour.
    ArgumentError
        The predictors are collinear.
    ConvergenceError
        The estimate does not exist (a predictor tells the levels apart) or
        was not reached.

    Notes
    -----
    Newton's method with halved steps on the observed information; the same
    as ``MASS::polr`` and ``ordinal::clm`` in R, whose sign of b it shares.

    References
    ----------
    .. [1] McCullagh (1980). Regression models for ordinal data. JRSS B
       42:109-142.
    .. [2] Venables & Ripley (2002). Modern Applied Statistics with S, ch. 7.
    """
    x, n = _checked(predictors, counts)
    design = _design(x, n.shape[1] - 1, proportional)
    cumulative = np.cumsum(n.sum(axis=0))[:-1] / n.sum()
    start = np.zeros(design.shape[2])
    start[: n.shape[1] - 1] = np.log(cumulative / (1 - cumulative))
    beta, loglik, information = _newton(design, n, start)
    errors = np.sqrt(np.diag(np.linalg.inv(information)))
    cut = n.shape[1] - 1
    shape = x.shape[1:] if proportional else (cut, x.shape[1])
    return ProportionalOdds(
        coefficients=beta[cut:].reshape(shape),
        thresholds=beta[:cut],
        coefficient_errors=errors[cut:].reshape(shape),
        threshold_errors=errors[:cut],
        loglik=loglik,
    )


def proportional_odds_test(predictors, counts):
    """Test whether the odds are proportional.

    Parameters
    ----------
    predictors : array_like of float, shape (rows, p)
        Predictors of each row, without a column of ones.
    counts : array_like of float, shape (rows, levels)
        Respondents of each row at each level, lowest level first.

    Returns
    -------
    TestResult
        Likelihood ratio against one coefficient for each threshold.

    Raises
    ------
    CountError, ArgumentError, ConvergenceError
        As `proportional_odds`.

    Notes
    -----
    The same as the difference of two ``ordinal::clm`` fits, the second with
    ``nominal =``.

    References
    ----------
    .. [1] Brant (1990). Assessing proportionality in the proportional odds
       model for ordinal logistic regression. Biometrics 46:1171-1178.
    """
    one = proportional_odds(predictors, counts)
    several = proportional_odds(predictors, counts, proportional=False)
    df = float(several.coefficients.size - one.coefficients.size)
    if df == 0:
        raise ArgumentError("An outcome of two levels has one threshold: nothing to test.")
    statistic = max(0.0, 2 * (several.loglik - one.loglik))
    return TestResult(statistic, df, chi_square_p_value(statistic, df), "likelihood_ratio")


def _checked(predictors, counts):
    try:
        x, n = np.asarray(predictors, dtype=float), np.asarray(counts, dtype=float)
    except (TypeError, ValueError):
        raise CountError("Predictors and counts must hold numbers.") from None
    if x.ndim != 2 or n.ndim != 2 or len(x) != len(n) or n.shape[1] < 2:
        raise CountError(
            f"Predictors of shape {x.shape} need a table of counts with the same rows and two or "
            f"more levels; got {n.shape}."
        )
    if not (np.isfinite(x).all() and np.isfinite(n).all()) or (n < 0).any():
        raise CountError("Predictors must be finite, counts finite and not negative.")
    if (n.sum(axis=0) == 0).any():
        raise CountError("A level of the outcome has no respondents; merge it with a neighbour.")
    used = n.sum(axis=1) > 0
    x, n = x[used], n[used]
    with_ones = np.column_stack([np.ones(len(x)), x])
    if np.linalg.matrix_rank(with_ones) < with_ones.shape[1]:
        raise ArgumentError("The predictors are constant or combinations of one another.")
    return x, n


def _design(x, thresholds, proportional):
    """Derivative of every cumulative logit by every parameter: rows × thresholds × parameters."""
    rows, p = x.shape
    cuts = np.broadcast_to(np.eye(thresholds), (rows, thresholds, thresholds))
    if proportional:
        slopes = np.broadcast_to(-x[:, None, :], (rows, thresholds, p))
    else:
        slopes = np.einsum("jk,ip->ijkp", np.eye(thresholds), -x)
        slopes = slopes.reshape(rows, thresholds, thresholds * p)
    return np.concatenate([cuts, slopes], axis=2)


def _newton(design, n, beta):
    loglik = _loglik(design, n, beta)
    for _ in range(100):
        score, information = _derivatives(design, n, beta)
        try:
            step = np.linalg.solve(information, score)
        except np.linalg.LinAlgError:
            step = score / max(1.0, float(np.abs(score).max()))
        if float(score @ step) <= 0:
            step = score / max(1.0, float(np.abs(score).max()))
        scale = 1.0
        while scale > 1e-10:
            value = _loglik(design, n, beta + scale * step)
            if value >= loglik - 1e-12 * abs(loglik):
                break
            scale /= 2
        else:
            break
        beta, gain, loglik = beta + scale * step, value - loglik, value
        if np.abs(scale * step).max() < 1e-9 * (1 + np.abs(beta).max()):
            return beta, float(loglik), _derivatives(design, n, beta)[1]
        if np.abs(design @ beta).max() > 30 and gain < 1e-6:
            break
    raise ConvergenceError(
        "The proportional-odds model has no finite estimate: some predictor tells the levels of "
        "the outcome apart. Drop or merge the score at fault and say so."
    )


def _loglik(design, n, beta):
    chance = _chances(design @ beta)
    if (chance[n > 0] <= 0).any():
        return -np.inf
    return float((n[n > 0] * np.log(chance[n > 0])).sum())


def _chances(eta):
    """Probability of each level from the cumulative logits, written so that tails do not cancel."""
    ends = np.full((len(eta), 1), np.inf)
    eta = np.concatenate([-ends, eta, ends], axis=1)
    low, high = eta[:, :-1], eta[:, 1:]
    mirrored = low > 0
    low, high = np.where(mirrored, -high, low), np.where(mirrored, -low, high)
    return _logistic(high) - _logistic(low)


def _derivatives(design, n, beta):
    """Score and observed information of the log-likelihood."""
    eta = design @ beta
    chance = np.maximum(_chances(eta), 1e-300)
    f = _logistic(eta)
    slope = f * (1 - f)
    bend = slope * (1 - 2 * f)
    ratio = n / chance
    change = ratio[:, :-1] - ratio[:, 1:]
    score = np.einsum("ij,ijp->p", slope * change, design)
    zero = np.zeros_like(design[:, :1])
    gradient = slope[:, :, None] * design
    level = np.concatenate([gradient, zero], axis=1) - np.concatenate([zero, gradient], axis=1)
    information = np.einsum("ij,ijp,ijq->pq", n / chance**2, level, level)
    information -= np.einsum("ij,ijp,ijq->pq", bend * change, design, design)
    return score, information


def _logistic(eta):
    return 1 / (1 + np.exp(-np.clip(eta, -700, 700)))


MEASURES = (
    Measure(
        key="proportional_odds",
        name="Proportional odds",
        definition="Odds of a higher level of loyalty at one point of satisfaction more.",
        formula="exp(b) of logit P(Y ≤ j) = θ(j) − b·score",
        denominator="Respondents with a score and a known level of loyalty",
        scale="an ordered loyalty question of three or more levels",
        unit="ratio",
        interval="Wald on the logit",
        source="McCullagh (1980), JRSS B 42:109-142",
    ),
)
