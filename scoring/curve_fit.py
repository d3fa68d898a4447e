"""Lines through the points of a curve: never falling, and linear in the logit."""

import math
from dataclasses import dataclass

import numpy as np

from .errors import CountError
from .intervals import normal_quantile
from .logit import fit_logit
from .results import Estimate, Reason, Status, undefined
from .weighted_logit import fit_weighted_logit


@dataclass(frozen=True, slots=True)
class IsotonicLine:
    """The best line that never falls.

    Parameters
    ----------
    values : tuple of (float or None)
        Its height at each point; None where nobody is.
    pools : tuple of tuple of int
        Runs of positions that were pooled because a share fell; report them.
    is_increasing : bool
        False when everything pooled to one constant: then show the points only.
    squared_error : float
        Weighted sum of squared distances to the shares.
    """

    values: tuple
    pools: tuple[tuple[int, ...], ...]
    is_increasing: bool
    squared_error: float


def isotonic_line(values, weights=None):
    """Weighted least-squares line that never falls.

    Parameters
    ----------
    values : array_like of float, shape (k,)
        Heights, such as shares.
    weights : array_like of float, shape (k,), optional
        Respondents behind each; equal when left out. A weight of 0 leaves its
        point out.

    Returns
    -------
    IsotonicLine
        With the positions that were pooled.

    Raises
    ------
    CountError
        Shapes differ, or a number is not finite or a weight negative.

    Notes
    -----
    Pool-adjacent-violators by ``scipy.optimize.isotonic_regression``; equal
    to R's ``isoreg`` for equal weights. A descriptive line: its chi-square is
    not a test.

    References
    ----------
    .. [1] de Leeuw, Hornik & Mair (2009). Isotone optimization in R. Journal
       of Statistical Software 32(5).

    Examples
    --------
    >>> isotonic_line([1, 0, 4, 3, 5]).values
    (0.5, 0.5, 3.5, 3.5, 5.0)
    """
    from scipy.optimize import isotonic_regression

    try:
        heights = np.asarray(values, dtype=float)
        w = np.ones_like(heights) if weights is None else np.asarray(weights, dtype=float)
    except (TypeError, ValueError):
        raise CountError("Heights and weights must be numbers.") from None
    if heights.ndim != 1 or heights.shape != w.shape:
        raise CountError("There must be one weight for each height.")
    used = np.flatnonzero(w != 0)
    if (w < 0).any() or not np.isfinite(w).all() or not np.isfinite(heights[used]).all():
        raise CountError("Heights must be finite, weights finite and not negative.")
    if not len(used):
        return IsotonicLine((None,) * len(w), (), False, 0.0)
    found = isotonic_regression(heights[used], weights=w[used])
    line = [None] * len(w)
    for position, height in zip(used, found.x, strict=True):
        line[position] = float(height)
    runs = zip(found.blocks[:-1], found.blocks[1:], strict=True)
    pools = [tuple(int(i) for i in used[a:b]) for a, b in runs if b - a > 1]
    return IsotonicLine(
        values=tuple(line),
        pools=tuple(pools),
        is_increasing=len(found.blocks) > 2,
        squared_error=float(w[used] @ (heights[used] - found.x) ** 2),
    )


@dataclass(frozen=True, slots=True)
class LinearLogit:
    """The straight line in the logit, ``logit p = a + b·score``.

    Parameters
    ----------
    intercept, slope : float or None
        a and b; None when no estimate exists.
    intercept_error, slope_error : float or None
        Their standard errors; the sandwich for weighted answers.
    odds_ratio : Estimate
        ``exp(b)``: odds of being loyal at one point more, with a Wald interval.
    fitted : tuple of float
        Share on the line at each point.
    loglik, deviance : float or None
        Log-likelihood of the grouped rows and residual deviance; None for
        weighted answers, where they have no distribution.
    df_residual : int or None
        Points with respondents minus two.
    method : str
        "maximum_likelihood", "firth" or "weighted".
    status : Status
        `Status.UNDEFINED` when the line does not exist.
    reasons : tuple of Reason
        Why it does not.
    """

    intercept: float | None
    slope: float | None
    intercept_error: float | None
    slope_error: float | None
    odds_ratio: Estimate
    fitted: tuple
    loglik: float | None
    deviance: float | None
    df_residual: int | None
    method: str
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()


def separation(cells):
    """Whether scores tell the loyal from the others so well that no line can be fitted.

    Parameters
    ----------
    cells : LoyaltyCells
        Satisfaction by loyalty.

    Returns
    -------
    bool
        True when the highest score of one kind does not lie above the lowest
        score of the other, or only one kind exists.

    Raises
    ------
    CountError
        The cells are empty.

    Notes
    -----
    Read off the cells before fitting. Sharing a single score is not enough:
    with 0 of 922, 0 of 518, 2236 of 2665, 1789 of 1789 and 1149 of 1149 the
    slope still runs off to infinity. A fitting routine would stop at some
    large number and call it an estimate.

    References
    ----------
    .. [1] Albert & Anderson (1984). On the existence of maximum likelihood
       estimates in logistic regression models. Biometrika 71:1-10.
    """
    if cells.base == 0:
        raise CountError("Nobody answered, so there is nothing to tell apart.")
    loyal = np.flatnonzero(cells.loyal_n > 0)
    others = np.flatnonzero(cells.n - cells.loyal_n > 0)
    if not len(loyal) or not len(others):
        return True
    return bool(others[-1] <= loyal[0] or loyal[-1] <= others[0])


def linear_logit(cells, *, confidence=0.95, penalty=None):
    """Fit the straight line in the logit.

    Parameters
    ----------
    cells : LoyaltyCells
        Satisfaction by loyalty.
    confidence : float in (0, 1), default 0.95
        Level of the interval of the odds ratio.
    penalty : {"firth"}, optional
        Firth's penalised likelihood, which exists under separation; not for
        weighted answers.

    Returns
    -------
    LinearLogit
        Undefined under separation (without a penalty) and with fewer than
        two points.

    Raises
    ------
    ArgumentError
        `confidence` or `penalty` is not known.

    Notes
    -----
    Weighted answers: estimating equations on Σw, errors from the sandwich of
    `scoring.weighted_logit`. The wide interval of a penalised fit under
    separation is Wald's and only a rough guide.
    """
    z = normal_quantile(confidence)
    method = "weighted" if cells.is_weighted else "firth" if penalty else "maximum_likelihood"
    if reason := _no_line(cells, penalty if method != "weighted" else None):
        return LinearLogit(
            *(None,) * 4,
            undefined(reason, base=cells.base, confidence=confidence, method="wald"),
            (),
            *(None,) * 3,
            method,
            Status.UNDEFINED,
            (reason,),
        )
    used, x = cells.used, cells.x
    design = np.column_stack([np.ones(used.sum()), x[used]])
    if method == "weighted":
        fit = fit_weighted_logit(design, *weighted_rows(cells, used), base=cells.base)
        loglik = deviance = None
    else:
        fit = fit_logit(design, cells.n[used], cells.loyal_n[used], penalty=penalty)
        loglik, deviance = fit.loglik, fit.deviance
    (a, b), (a_error, b_error) = fit.coefficients.tolist(), fit.standard_errors.tolist()
    return LinearLogit(
        intercept=a,
        slope=b,
        intercept_error=a_error,
        slope_error=b_error,
        odds_ratio=Estimate(
            value=math.exp(b),
            low=math.exp(b - z * b_error),
            high=math.exp(min(b + z * b_error, 700.0)),
            base=cells.base,
            effective_base=float(cells.effective.sum()),
            confidence=confidence,
            method="wald",
        ),
        fitted=tuple((1 / (1 + np.exp(-(a + b * x)))).tolist()),
        loglik=loglik,
        deviance=deviance,
        df_residual=int(used.sum()) - 2,
        method=method,
    )


def weighted_rows(cells, used):
    """Arguments of `fit_weighted_logit` for the points in use.

    Parameters
    ----------
    cells : LoyaltyCells
        Satisfaction by loyalty.
    used : numpy.ndarray of bool
        Which points.

    Returns
    -------
    tuple of numpy.ndarray
        Σw of the loyal and of the others, then Σw² of the same.

    Raises
    ------
    CountError
        No point is in use.
    """
    if not used.any():
        raise CountError("No point has respondents.")
    return (
        cells.loyal_w[used],
        (cells.w - cells.loyal_w)[used],
        cells.loyal_w2[used],
        (cells.w2 - cells.loyal_w2)[used],
    )


def _no_line(cells, penalty):
    if cells.base == 0:
        return Reason.EMPTY_BASE
    if cells.used.sum() < 2:
        return Reason.TOO_FEW_POINTS
    if not penalty and separation(cells):
        return Reason.SEPARATION
    return None
