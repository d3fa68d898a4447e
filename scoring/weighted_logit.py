"""Logistic regression for survey weights, from sums of weights and squared weights alone."""

import math
from dataclasses import dataclass

import numpy as np

from .errors import ArgumentError
from .logit import fit_logit
from .results import Reason, Status, TestResult


@dataclass(frozen=True, slots=True, eq=False)
class WeightedLogit:
    """A logistic model with survey weights.

    Parameters
    ----------
    coefficients, standard_errors : numpy.ndarray of float, shape (p,)
        Log odds ratios and their linearised errors.
    covariance : numpy.ndarray of float, shape (p, p)
        The sandwich.
    """

    coefficients: np.ndarray
    standard_errors: np.ndarray
    covariance: np.ndarray


def fit_weighted_logit(design, loyal_w, other_w, loyal_w2, other_w2, *, base):
    """Fit a logistic regression to weighted cells.

    Parameters
    ----------
    design : array_like of float, shape (rows, p)
        Predictors of each row, the column of ones included.
    loyal_w, other_w : array_like of float, shape (rows,)
        Σw of those with and without the outcome.
    loyal_w2, other_w2 : array_like of float, shape (rows,)
        Σw² of the same.
    base : int
        Respondents in all rows, at least 2.

    Returns
    -------
    WeightedLogit
        Weighted estimates with the sandwich of the cell sums.

    Raises
    ------
    CountError
        Shapes differ, or a sum is impossible.
    ArgumentError
        The design is singular, or `base` is below 2.
    ConvergenceError
        The estimate does not exist.

    Notes
    -----
    ``A = Σ W p(1−p) xx'``, ``B = Σ W₂ (y−p)² xx'``,
    ``V = n/(n−1) A⁻¹ B A⁻¹``: the same as ``svyglm(family=quasibinomial)`` of
    R's survey package for a design without clusters. Answers that are
    clustered (several by one customer) need rows.

    References
    ----------
    .. [1] Binder (1983). On the variances of asymptotically normal estimators
       from complex surveys. International Statistical Review 51:279-292.
    """
    if base < 2:
        raise ArgumentError(f"A linearised variance needs two respondents; got {base}.")
    x = np.asarray(design, dtype=float)
    loyal_w, other_w, loyal_w2, other_w2 = (
        np.asarray(part, dtype=float) for part in (loyal_w, other_w, loyal_w2, other_w2)
    )
    fit = fit_logit(x, loyal_w + other_w, loyal_w)
    p = fit.fitted
    squares = loyal_w2 * (1 - p) ** 2 + other_w2 * p**2
    middle = x.T @ (squares[:, None] * x)
    covariance = base / (base - 1) * fit.covariance @ middle @ fit.covariance
    return WeightedLogit(fit.coefficients, np.sqrt(np.diag(covariance)), covariance)


def wald_test(fit, columns):
    """Wald test that some coefficients are zero.

    Parameters
    ----------
    fit : WeightedLogit or LogitFit
        A fitted model.
    columns : sequence of int
        Positions of the coefficients.

    Returns
    -------
    TestResult
        Chi-square with as many degrees of freedom as coefficients.

    Raises
    ------
    ArgumentError
        A position does not exist.
    """
    from .intervals import chi_square_p_value

    columns = list(columns)
    if not columns or max(columns) >= len(fit.coefficients):
        raise ArgumentError(f"There are no coefficients {columns}.")
    part = fit.coefficients[columns]
    covariance = fit.covariance[np.ix_(columns, columns)]
    if np.linalg.matrix_rank(covariance) < len(columns):
        return TestResult(None, None, None, "wald", Status.UNDEFINED, (Reason.NOT_IDENTIFIED,))
    statistic = float(part @ np.linalg.solve(covariance, part))
    df = len(columns)
    return TestResult(statistic, float(df), chi_square_p_value(statistic, df), "wald")


def rao_scott_test(w, w2, base):
    """Rao and Scott's second-order test of independence in a weighted table.

    Parameters
    ----------
    w, w2 : array_like of float, shape (rows, columns)
        Σw and Σw² of each cell.
    base : int
        Respondents in the table.

    Returns
    -------
    RaoScott
        F with fractional degrees of freedom; undefined when fewer than two
        rows or columns have respondents.

    Raises
    ------
    ArgumentError
        The two tables do not have the same shape of two dimensions.

    Notes
    -----
    Pearson's chi-square of the weighted shares on `base`, divided by the
    trace of the design effects, with Satterthwaite's correction; the same as
    ``svychisq(statistic="F")`` of R's survey package.

    References
    ----------
    .. [1] Rao & Scott (1984). On chi-squared tests for multiway contingency
       tables with cell proportions estimated from survey data. Annals of
       Statistics 12:46-60.
    """
    w, w2 = np.asarray(w, dtype=float), np.asarray(w2, dtype=float)
    if w.ndim != 2 or w.shape != w2.shape:
        raise ArgumentError("Σw and Σw² must be tables of the same shape.")
    rows, columns = w.sum(axis=1) > 0, w.sum(axis=0) > 0
    w, w2 = w[np.ix_(rows, columns)], w2[np.ix_(rows, columns)]
    if min(w.shape) < 2 or base < 2:
        return RaoScott(None, None, None, None, Status.UNDEFINED, (Reason.TOO_FEW_POINTS,))
    share, total = w / w.sum(), w.sum()
    expected = np.outer(share.sum(axis=1), share.sum(axis=0))
    pearson = base * float(((share - expected) ** 2 / expected).sum())
    effects = _design_effects(share.ravel(), w2.ravel(), total, base, w.shape)
    trace, squared = float(np.trace(effects)), float(np.trace(effects @ effects))
    if not (trace > 0 and squared > 0):
        return RaoScott(None, None, None, None, Status.UNDEFINED, (Reason.ZERO_VARIANCE,))
    ndf = trace**2 / squared
    ddf = ndf * (base - 1)
    f = pearson / trace
    return RaoScott(f, ndf, ddf, _f_p_value(f, ndf, ddf))


@dataclass(frozen=True, slots=True)
class RaoScott:
    """Outcome of a Rao–Scott test.

    Parameters
    ----------
    statistic, ndf, ddf, p_value : float or None
        F, its degrees of freedom and its p-value.
    status : Status
        `Status.UNDEFINED` when there is nothing to test.
    reasons : tuple of Reason
        Why not.
    """

    statistic: float | None
    ndf: float | None
    ddf: float | None
    p_value: float | None
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()


def _design_effects(share, w2, total, base, shape):
    """Generalised design effects of the interaction contrasts of a table."""
    rows, columns = shape
    row = np.repeat(np.eye(rows), columns, axis=0)[:, 1:]
    column = np.tile(np.eye(columns), (rows, 1))[:, 1:]
    main = np.column_stack([np.ones(rows * columns), row, column])
    both = (row[:, :, None] * column[:, None, :]).reshape(rows * columns, -1)
    orthogonal, _ = np.linalg.qr(main)
    contrast = both - orthogonal @ (orthogonal.T @ both)
    inverse = np.divide(1.0, share, out=np.zeros_like(share), where=share > 0)
    spread = np.diag(w2) - np.outer(share, w2) - np.outer(w2, share)
    spread += w2.sum() * np.outer(share, share)
    variance = base / (base - 1) * spread / total**2
    left = contrast.T @ (inverse[:, None] / base * contrast)
    right = contrast.T @ (inverse[:, None] * variance * inverse[None, :]) @ contrast
    return np.linalg.pinv(left) @ right


def _f_p_value(f, ndf, ddf):
    from scipy.special import fdtrc

    return float(fdtrc(ndf, ddf, max(f, 0.0))) if math.isfinite(f) else 0.0
