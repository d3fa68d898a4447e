"""Reliability of a group of items: Cronbach's alpha, McDonald's omega, item-rest correlations."""

import warnings
from dataclasses import dataclass

import numpy as np

from .answers import answer_rows
from .argument_types import takes
from .errors import ArgumentError
from .intervals import normal_quantile
from .measure import Measure
from .results import Estimate, Reason, Status, undefined

_NEARLY_ZERO = 1e-10
_HEYWOOD = 1e-4  # a share of residual variance that the fit only reaches at its boundary


@dataclass(frozen=True, slots=True)
class OneFactor:
    """One common factor fitted to the items by maximum likelihood.

    Parameters
    ----------
    loadings, residual_variances : tuple of float or None
        In the units of the items; ``None`` where there is no proper solution.
    omega : Estimate
        McDonald's omega.
    is_heywood : bool
        Whether a residual variance would have to be negative.
    """

    loadings: tuple[float, ...] | None
    residual_variances: tuple[float, ...] | None
    omega: Estimate
    is_heywood: bool


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well a group of items hangs together.

    Parameters
    ----------
    base : int
        Respondents who answered every item.
    missing : int
        Respondents left out because an item was blank.
    items : tuple of str
        Names of the items.
    alpha : Estimate
        Cronbach's alpha with Feldt's interval. A negative alpha is shown with
        the reason "reversed_item".
    standardised_alpha : float or None
        Alpha of the items brought to equal variance.
    item_means, item_sds : tuple of (float or None)
        Mean and standard deviation (n - 1) of each item.
    item_rest_correlations : tuple of (float or None)
        Correlation of each item with the sum of the others.
    alpha_if_dropped : tuple of (float or None)
        Alpha of the other items; ``None`` where only one would be left.
    factor : OneFactor
        The one-factor model and omega.
    """

    base: int
    missing: int
    items: tuple[str, ...]
    alpha: Estimate
    standardised_alpha: float | None
    item_means: tuple[float | None, ...]
    item_sds: tuple[float | None, ...]
    item_rest_correlations: tuple[float | None, ...]
    alpha_if_dropped: tuple[float | None, ...]
    factor: OneFactor


def reliability(answers, *, items=None, confidence=0.95):
    """Alpha, omega and item statistics of a group of items.

    Needs rows; only respondents who answered every item are used.

    Parameters
    ----------
    answers : array_like of float, shape (n, k)
        One row for each respondent, one column for each item, NaN where blank.
    items : sequence of str, optional
        Names of the items.
    confidence : float in (0, 1), default 0.95
        Level of alpha's interval.

    Returns
    -------
    Reliability
        Figures that cannot be known are ``None`` with their reason.

    Raises
    ------
    ArgumentError
        The answers are not a table of numbers, the names do not fit, or
        `confidence` is not between 0 and 1.

    Notes
    -----
    Alpha is computed by `cronbach_alpha`, omega by `one_factor`, both from
    the covariance matrix. R's ``psych::alpha`` gives the same figures.
    Alpha assumes equal loadings, so omega stands beside it.

    References
    ----------
    .. [1] Dunn, T. J., Baguley, T. and Brunsden, V. (2014). From alpha to
       omega. Br J Psychol 105, 399-412.

    Examples
    --------
    >>> result = reliability([[1, 2], [2, 1], [3, 4], [4, 3]])
    >>> round(result.alpha.value, 2), result.factor.omega.reasons
    (0.75, (<Reason.NOT_IDENTIFIED: 'not_identified'>,))
    """
    rows = answer_rows(answers)
    k = rows.shape[1]
    names = tuple(items) if items is not None else tuple(f"item {i + 1}" for i in range(k))
    if len(names) != k:
        raise ArgumentError(f"The answers have {k} items; got {len(names)} names.")
    complete = rows[~np.isnan(rows).any(axis=1)]
    n = len(complete)
    covariance = _covariance(complete)
    variances = np.diag(covariance)
    return Reliability(
        base=n,
        missing=len(rows) - n,
        items=names,
        alpha=cronbach_alpha(covariance, base=n, confidence=confidence),
        standardised_alpha=_standardised_alpha(covariance) if n > 1 else None,
        item_means=tuple(complete.mean(axis=0).tolist()) if n else (None,) * k,
        item_sds=tuple(np.sqrt(variances).tolist()) if n > 1 else (None,) * k,
        item_rest_correlations=tuple(_item_rest(covariance, j) for j in range(k)),
        alpha_if_dropped=tuple(_alpha(_without(covariance, j)) for j in range(k)),
        factor=one_factor(covariance, base=n, confidence=confidence),
    )


@takes(numbers=("base",))
def cronbach_alpha(covariance, *, base, confidence=0.95):
    """Cronbach's alpha from the covariances of the items.

    Parameters
    ----------
    covariance : array_like of float, shape (k, k)
        Covariances (n - 1) of the items.
    base : int
        Respondents they rest on.
    confidence : float in (0, 1), default 0.95
        Level of Feldt's interval.

    Returns
    -------
    Estimate
        At most 1. Undefined with one item, fewer than two respondents, or a
        total without variance; without an interval when it is exactly 1.

    Raises
    ------
    ArgumentError
        The matrix is not square, finite and symmetric, or `confidence` is
        not between 0 and 1.

    Notes
    -----
    ``k/(k-1) (1 - Σ s_j² / s_total²)``. Interval: ``1 - (1-alpha) F`` with the
    quantiles of F on n-1 and (n-1)(k-1) degrees of freedom. With two items
    alpha is the Spearman–Brown coefficient. A negative alpha is shown, with
    the reason "reversed_item": one item probably runs the other way.

    References
    ----------
    .. [1] Cronbach, L. J. (1951). Coefficient alpha and the internal
       structure of tests. Psychometrika 16, 297-334.
    .. [2] Feldt, L. S., Woodruff, D. J. and Salih, F. A. (1987). Statistical
       inference for coefficient alpha. Appl Psychol Meas 11, 93-103.

    Examples
    --------
    >>> round(cronbach_alpha([[1.0, 0.5], [0.5, 1.0]], base=100).value, 4)
    0.6667
    """
    from scipy.special import fdtri

    matrix = _checked_covariance(covariance)
    normal_quantile(confidence)  # refuses a level outside (0, 1), also where no interval follows
    k = len(matrix)
    about = {"base": base, "confidence": confidence, "method": "feldt"}
    if base < 2:
        reason = Reason.SINGLE_RESPONDENT if base == 1 else Reason.EMPTY_BASE
        return undefined(reason, **about)
    if k == 1:
        return undefined(Reason.NOT_IDENTIFIED, **about)
    alpha = _alpha(matrix)
    if alpha is None:
        return undefined(Reason.ZERO_VARIANCE, **about)
    reasons = (Reason.REVERSED_ITEM,) if alpha < 0 else ()
    if 1 - alpha < _NEARLY_ZERO:
        reason = (Reason.ZERO_VARIANCE,)
        return Estimate(1.0, None, None, base, float(base), confidence, "feldt", reasons=reason)
    df1, df2, tail = base - 1, (base - 1) * (k - 1), (1 - confidence) / 2
    low = 1 - (1 - alpha) * float(fdtri(df1, df2, 1 - tail))
    high = 1 - (1 - alpha) * float(fdtri(df1, df2, tail))
    return Estimate(alpha, low, high, base, float(base), confidence, "feldt", Status.OK, reasons)


@takes(numbers=("base",))
def one_factor(covariance, *, base, confidence=0.95):
    """McDonald's omega and the one-factor model behind it.

    Parameters
    ----------
    covariance : array_like of float, shape (k, k)
        Covariances (n - 1) of the items.
    base : int
        Respondents they rest on.
    confidence : float in (0, 1), default 0.95
        Level of omega's interval.

    Returns
    -------
    OneFactor
        Without figures for fewer than three items, for an item without
        variance, and for a Heywood case.

    Raises
    ------
    ArgumentError
        The matrix is not square, finite and symmetric, or `confidence` is not
        between 0 and 1.

    Notes
    -----
    ``omega = (Σ l)² / ((Σ l)² + Σ theta)`` with loadings l and residual
    variances theta of one factor fitted by maximum likelihood, in the units
    of the items and with the divisor n, as R's ``lavaan::cfa(std.lv=TRUE)``.
    Fitted by ``statsmodels.multivariate.factor.Factor(method="ml")``, which
    keeps residual variances positive; one that the fit pushes to zero is a
    Heywood case, and omega is then undefined. Signs: the loadings sum to a
    positive number. Interval: delta method from the expected information of
    the fit, on the logit scale; it supposes that the items are near normal.

    References
    ----------
    .. [1] McDonald, R. P. (1999). Test Theory: A Unified Treatment. Erlbaum.

    Examples
    --------
    >>> matrix = [[2.0, 1.0, 1.0], [1.0, 2.0, 1.0], [1.0, 1.0, 2.0]]
    >>> round(one_factor(matrix, base=500).omega.value, 3)
    0.75
    """
    matrix = _checked_covariance(covariance)
    z = normal_quantile(confidence)
    reason = _no_factor_reason(matrix, base)
    if reason is not None:
        return _no_factor(reason, base, confidence)
    root = np.sqrt(np.diag(matrix))
    loadings, uniqueness, converged = _fit_one_factor(matrix / np.outer(root, root), base)
    if uniqueness.min() < _HEYWOOD:
        return _no_factor(Reason.NEGATIVE_VARIANCE, base, confidence, is_heywood=True)
    if not converged:
        return _no_factor(Reason.NOT_CONVERGED, base, confidence)
    sd = root * np.sqrt((base - 1) / base)
    raw, residual = loadings * sd, uniqueness * sd**2
    value, low, high = _omega(raw, residual, base, z)
    omega = Estimate(value, low, high, base, float(base), confidence, "one_factor_ml")
    return OneFactor(tuple(raw.tolist()), tuple(residual.tolist()), omega, False)


def _no_factor_reason(matrix, base):
    k = len(matrix)
    if base <= k:
        return Reason.EMPTY_BASE if base == 0 else Reason.LOW_BASE
    root = np.sqrt(np.diag(matrix))
    if (root < _NEARLY_ZERO).any():
        return Reason.ZERO_VARIANCE
    if k < 3:
        return Reason.NOT_IDENTIFIED
    smallest = np.linalg.eigvalsh(matrix / np.outer(root, root))[0]
    return Reason.COLLINEAR if smallest < _NEARLY_ZERO else None


def _no_factor(reason, base, confidence, is_heywood=False):
    omega = undefined(reason, base=base, confidence=confidence, method="one_factor_ml")
    return OneFactor(None, None, omega, is_heywood)


def _omega(loadings, residual, base, z):
    """Omega and its ends, from the information of the loadings and residual variances."""
    k = len(loadings)
    total, noise = loadings.sum(), residual.sum()
    omega = total**2 / (total**2 + noise)
    inverse = np.linalg.inv(np.outer(loadings, loadings) + np.diag(residual))
    slopes = [np.outer(unit, loadings) + np.outer(loadings, unit) for unit in np.eye(k)]
    slopes += [np.diag(unit) for unit in np.eye(k)]
    steps = np.array([inverse @ slope for slope in slopes])
    information = base / 2 * np.einsum("aij,bji->ab", steps, steps)
    if total <= 0 or np.linalg.cond(information) > 1e12:
        return float(omega), None, None
    gradient = np.repeat([2 * total * noise, -(total**2)], k) / (total**2 + noise) ** 2
    error = np.sqrt(gradient @ np.linalg.solve(information, gradient))
    half = z * error / (omega * (1 - omega))
    centre = np.log(omega / (1 - omega))
    low, high = (1 / (1 + np.exp(-np.clip(centre + sign * half, -700, 700))) for sign in (-1, 1))
    return float(omega), float(low), float(high)


def _fit_one_factor(correlation, base):
    from statsmodels.multivariate.factor import Factor

    with warnings.catch_warnings():
        # what these warnings say is read off the fit below
        warnings.simplefilter("ignore")
        model = Factor(n_factor=1, corr=correlation, nobs=base, method="ml")
        fit = model.fit(maxiter=200, tol=1e-9, opt={"gtol": 1e-9, "maxiter": 2000}, rng=0)
    loadings = fit.loadings[:, 0]
    loadings = loadings if loadings.sum() >= 0 else -loadings
    gradient = np.abs(model.mle_retvals.jac).max()
    return loadings, np.asarray(fit.uniqueness), bool(gradient < 1e-4)


def _covariance(rows):
    n, k = rows.shape
    if n < 2:
        return np.zeros((k, k))
    centred = rows - rows.mean(axis=0)
    return centred.T @ centred / (n - 1)


def _checked_covariance(covariance):
    try:
        matrix = np.asarray(covariance, dtype=float)
    except (TypeError, ValueError):
        raise ArgumentError(f"A covariance matrix holds numbers; got {covariance!r}.") from None
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or matrix.size == 0:
        raise ArgumentError(f"Covariances form a square matrix; got shape {matrix.shape}.")
    if not np.isfinite(matrix).all() or not np.allclose(matrix, matrix.T):
        raise ArgumentError("Covariances must be finite and symmetric.")
    if (np.diag(matrix) < 0).any():
        raise ArgumentError("A variance, on the diagonal of the covariances, is never negative.")
    return matrix


def _alpha(covariance):
    k = len(covariance)
    total, items = covariance.sum(), np.trace(covariance)
    if k < 2 or total <= _NEARLY_ZERO * max(items, _NEARLY_ZERO):
        return None
    return float(k / (k - 1) * (1 - items / total))


def _standardised_alpha(covariance):
    root = np.sqrt(np.diag(covariance))
    if (root < _NEARLY_ZERO).any():
        return None
    return _alpha(covariance / np.outer(root, root))


def _without(covariance, item):
    return np.delete(np.delete(covariance, item, axis=0), item, axis=1)


def _item_rest(covariance, item):
    variance = covariance[item, item]
    rest = _without(covariance, item).sum()
    if min(variance, rest) <= _NEARLY_ZERO:
        return None
    together = covariance[item].sum() - variance
    return float(np.clip(together / np.sqrt(variance * rest), -1.0, 1.0))


MEASURES = (
    Measure(
        key="alpha",
        name="Cronbach's alpha",
        definition="Share of the variance of the sum of items that the items have in common, "
        "if all items measure it equally well.",
        formula="k/(k-1) (1 - Σ s_j² / s_total²)",
        denominator="Respondents who answered every item",
        scale="any, all items in one direction",
        unit="coefficient",
        interval="Feldt's F interval",
        source="Cronbach (1951), Psychometrika 16; Feldt, Woodruff & Salih (1987)",
    ),
    Measure(
        key="omega",
        name="McDonald's omega",
        definition="Share of the variance of the sum of items that one common factor explains.",
        formula="(Σ l)² / ((Σ l)² + Σ theta)",
        denominator="Respondents who answered every item",
        scale="any, all items in one direction, at least three items",
        unit="coefficient",
        interval="delta method on the logit scale",
        source="McDonald (1999), Test Theory",
    ),
)
