"""Shapes on long scales (0–10, 1–10): a line with one break, a natural spline, a smooth to look at.

On five points a break is not identified beyond "which step is largest"; use
`scoring.loyalty` there.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from .errors import ArgumentError, CountError
from .intervals import chi_square_p_value
from .logit import fit_logit
from .results import Reason, Status, TestResult

LONG_SCALE = 7
"""Fewest distinct scores for a break or a spline."""


@dataclass(frozen=True, slots=True)
class BrokenStick:
    """A continuous line with one change of slope.

    Parameters
    ----------
    breakpoint : float
        Where the slope changes.
    intercept, slope_before, slope_after : float
        ``y = intercept + slope_before·x`` before the break.
    squared_error : float
        Residual sum of squares.
    f_against_line : float or None
        ``((SSE(line) − SSE)/2) / (SSE/(n − 4))``. Not an F variable, since
        the break was searched for: a size, not a p-value. None where the fit
        leaves no residual.
    """

    breakpoint: float
    intercept: float
    slope_before: float
    slope_after: float
    squared_error: float
    f_against_line: float | None


def broken_stick(x, y, *, weights=None):
    """Least-squares line with one break, found over the whole range.

    Parameters
    ----------
    x, y : array_like of float, shape (rows,)
        Predictor and outcome: respondents, or one row for each score with
        `weights`.
    weights : array_like of float, shape (rows,), optional
        Respondents behind each row, when `y` holds means or shares. The
        squared error then leaves out the spread within rows.

    Returns
    -------
    BrokenStick
        The break with the smallest squared error.

    Raises
    ------
    CountError
        Shapes differ or a number is not finite.
    ArgumentError
        Fewer than seven distinct values of `x`.

    Notes
    -----
    Between two neighbouring scores the best break is exact: where the lines
    through the left and the right rows cross, or else at a score. So nothing
    is iterated, and the global minimum is found. R's ``segmented`` iterates
    to the same break.

    References
    ----------
    .. [1] Hudson (1966). Fitting segmented curves whose join points have to
       be estimated. JASA 61:1097-1129.
    .. [2] Muggeo (2003). Estimating regression models with unknown
       break-points. Statistics in Medicine 22:3055-3071.
    """
    x, y, w = _rows(x, y, weights)
    scores = np.unique(x)
    if len(scores) < LONG_SCALE:
        raise ArgumentError(
            f"A break needs {LONG_SCALE} distinct scores; there are {len(scores)}. "
            "On short scales report the largest step instead."
        )
    candidates = list(scores[1:-1])
    for left, right in pairwise(scores[1:-1]):
        crossing = _crossing(x, y, w, (left, right))
        if crossing is not None:
            candidates.append(crossing)
    fits = [_stick(x, y, w, at) for at in candidates]
    best = min(range(len(fits)), key=lambda i: fits[i][1])
    coefficients, error = fits[best]
    _, straight = _least_squares(np.column_stack([np.ones_like(x), x]), y, w)
    left_over = len(x) - 4
    exact = error <= 1e-12 * max(straight, 1e-300)
    return BrokenStick(
        breakpoint=float(candidates[best]),
        intercept=float(coefficients[0]),
        slope_before=float(coefficients[1]),
        slope_after=float(coefficients[1] + coefficients[2]),
        squared_error=error,
        f_against_line=None
        if exact or left_over < 1
        else (straight - error) / 2 / (error / left_over),
    )


def natural_spline_basis(x, knots):
    """Basis of natural cubic splines, linear beyond the outer knots.

    Parameters
    ----------
    x : array_like of float, shape (rows,)
        Where to evaluate.
    knots : array_like of float, shape (m,)
        Ascending, three or more, outer ones included.

    Returns
    -------
    numpy.ndarray of float, shape (rows, m)
        Ones, x, and m − 2 curved columns.

    Raises
    ------
    ArgumentError
        Fewer than three knots, or knots out of order.

    Notes
    -----
    Truncated powers as in Hastie, Tibshirani & Friedman, The Elements of
    Statistical Learning, section 5.2.1. The span equals that of R's
    ``splines::ns`` with the same knots, and so do the fitted values.
    """
    x, knots = np.asarray(x, dtype=float), np.asarray(knots, dtype=float)
    if len(knots) < 3 or (np.diff(knots) <= 0).any():
        raise ArgumentError("A natural spline needs three or more ascending knots.")
    width = knots[-1] - knots[0]

    def curve(k):
        beyond = np.maximum(x - knots[k], 0) ** 3 - np.maximum(x - knots[-1], 0) ** 3
        return beyond / (knots[-1] - knots[k]) / width**2

    last = curve(len(knots) - 2)
    curved = [curve(k) - last for k in range(len(knots) - 2)]
    return np.column_stack([np.ones_like(x), x, *curved])


@dataclass(frozen=True, slots=True)
class SplineCurve:
    """A natural cubic spline in the logit.

    Parameters
    ----------
    knots : tuple of float
        Knots, outer ones included.
    fitted : tuple of float
        Share at each score, lowest first.
    test : TestResult
        Likelihood ratio against the straight line.
    """

    knots: tuple
    fitted: tuple
    test: TestResult


def spline_curve(scores, n, loyal, *, df=3):
    """Loyal share along a long scale as a natural cubic spline in the logit.

    Parameters
    ----------
    scores : array_like of float, shape (k,)
        The scores, ascending.
    n, loyal : array_like of int, shape (k,)
        Respondents and loyal respondents at each.
    df : int, default 3
        Columns besides the constant; 3 puts two knots inside.

    Returns
    -------
    SplineCurve
        Fitted shares and the test against a straight line.

    Raises
    ------
    CountError
        Shapes differ, or a count is impossible.
    ArgumentError
        Fewer than seven scores with respondents, or `df` below 2.
    ConvergenceError
        The spline has no finite estimate.

    Notes
    -----
    Inner knots at the respondents' quantiles, moved to distinct places where
    answers pile up on one score.
    """
    x, r, share_n = _rows(scores, loyal, n, keep_empty=True)
    if (r < 0).any() or (r > share_n).any():
        raise CountError("Loyal respondents must lie between 0 and the respondents of a score.")
    used = share_n > 0
    if used.sum() < LONG_SCALE or df < 2:
        raise ArgumentError(
            f"A spline needs {LONG_SCALE} scores with respondents and 2 or more degrees of freedom."
        )
    knots = _knots(x[used], share_n[used], df)
    design = natural_spline_basis(x[used], knots)
    curved = fit_logit(design, share_n[used], r[used])
    straight = fit_logit(design[:, :2], share_n[used], r[used])
    ratio = max(0.0, 2 * (curved.loglik_bernoulli - straight.loglik_bernoulli))
    eta = natural_spline_basis(x, knots) @ curved.coefficients
    freedom = float(df - 1)
    return SplineCurve(
        knots=tuple(knots.tolist()),
        fitted=tuple((1 / (1 + np.exp(-eta))).tolist()),
        test=TestResult(ratio, freedom, chi_square_p_value(ratio, freedom), "likelihood_ratio"),
    )


@dataclass(frozen=True, slots=True)
class Smooth:
    """A smooth line to look at, without interval or test.

    Parameters
    ----------
    x, fitted : tuple of float
        Ascending x and the height of the line.
    status : Status
        `Status.UNDEFINED` with fewer than three rows.
    reasons : tuple of Reason
        Why.
    """

    x: tuple
    fitted: tuple
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()


def lowess_smooth(x, y, *, fraction=2 / 3, robust_iterations=0):
    """Locally weighted regression, for display only.

    Parameters
    ----------
    x, y : array_like of float, shape (rows,)
        One row for each respondent: this measure needs rows, because lowess
        takes no weights.
    fraction : float in (0, 1], default 2/3
        Share of the rows in each local fit.
    robust_iterations : int, default 0
        Reweighting rounds; 0 for yes/no outcomes, which have no outliers.

    Returns
    -------
    Smooth
        Sorted by x.

    Raises
    ------
    CountError
        Shapes differ or a number is not finite.
    ArgumentError
        `fraction` or `robust_iterations` lies outside its domain.

    Notes
    -----
    ``statsmodels.nonparametric.lowess`` with ``delta=0``, equal to R's ``lowess``.

    References
    ----------
    .. [1] Cleveland (1979). Robust locally weighted regression and smoothing
       scatterplots. JASA 74:829-836.
    """
    x, y, _ = _rows(x, y, None)
    if not 0 < fraction <= 1 or robust_iterations < 0:
        raise ArgumentError("fraction lies in (0, 1], robust_iterations is 0 or more.")
    if len(np.unique(x)) < 3:
        return Smooth((), (), Status.UNDEFINED, (Reason.TOO_FEW_POINTS,))
    from statsmodels.nonparametric.smoothers_lowess import lowess

    if int(fraction * len(x) + 1e-10) < 2:
        raise ArgumentError("fraction leaves fewer than two rows in a local fit.")
    line = lowess(y, x, frac=fraction, it=robust_iterations, delta=0.0)
    if not np.isfinite(line).all():
        return Smooth((), (), Status.UNDEFINED, (Reason.NOT_IDENTIFIED,))
    return Smooth(tuple(line[:, 0].tolist()), tuple(line[:, 1].tolist()))


def _rows(x, y, weights, *, keep_empty=False):
    try:
        x, y = np.asarray(x, dtype=float), np.asarray(y, dtype=float)
        w = np.ones_like(x) if weights is None else np.asarray(weights, dtype=float)
    except (TypeError, ValueError):
        raise CountError("x, y and weights must be numbers.") from None
    if x.ndim != 1 or not (x.shape == y.shape == w.shape):
        raise CountError("x, y and weights must have the same length.")
    if not all(np.isfinite(part).all() for part in (x, y, w)) or (w < 0).any():
        raise CountError("x, y and weights must be finite, weights not negative.")
    kept = (w > 0) | keep_empty
    return x[kept], y[kept], w[kept]


def _least_squares(design, y, w):
    root = np.sqrt(w)
    coefficients = np.linalg.lstsq(design * root[:, None], y * root, rcond=None)[0]
    return coefficients, float(w @ (y - design @ coefficients) ** 2)


def _stick(x, y, w, at):
    design = np.column_stack([np.ones_like(x), x, np.maximum(x - at, 0)])
    return _least_squares(design, y, w)


def _crossing(x, y, w, gap):
    """Where the lines through both sides of a gap meet, when that is inside the gap."""
    lines = [
        _least_squares(np.column_stack([np.ones(side.sum()), x[side]]), y[side], w[side])[0]
        for side in (x <= gap[0], x >= gap[1])
    ]
    turn = lines[0][1] - lines[1][1]
    if turn == 0:
        return None
    at = (lines[1][0] - lines[0][0]) / turn
    return at if gap[0] < at < gap[1] else None


def _knots(x, n, df):
    """Outer knots at the ends, inner ones at quantiles, kept apart by at least one score."""
    reached = np.cumsum(n) / n.sum()
    inner = [int(np.argmax(reached >= k / df)) for k in range(1, df)]
    for i in range(len(inner)):
        inner[i] = max(inner[i], i + 1, inner[i - 1] + 1 if i else 1)
    for i in reversed(range(len(inner))):
        inner[i] = min(inner[i], len(x) - 1 - (len(inner) - i))
    return np.concatenate([x[:1], x[inner], x[-1:]])
