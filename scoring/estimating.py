"""A share or a mean as an `Estimate`: the two figures that most measures are made of."""

import numpy as np

from .answers import answer_column, weight_column
from .argument_types import takes
from .errors import CountError
from .intervals import t_quantile, wilson
from .results import Estimate, Reason, Status, undefined


@takes(counts=("successes", "base", "effective_base"))
def share_estimate(
    successes,
    base,
    *,
    effective_base=None,
    respondents=None,
    confidence=0.95,
    missing=0,
    not_applicable=0,
):
    """A share with Wilson's interval.

    Parameters
    ----------
    successes : float
        How many, or the sum of their weights.
    base : float
        Of how many, or the sum of all weights.
    effective_base : float or None, default None
        Kish's effective base of a weighted share; `base` without weights.
    respondents : int or None, default None
        Respondents counted, where `base` is a sum of weights.
    confidence : float in (0, 1), default 0.95
        Level of the interval.
    missing, not_applicable : int, default 0
        Counted apart, as in `Estimate`.

    Returns
    -------
    Estimate
        `value`, `low` and `high` as shares in [0, 1]; undefined on an empty base.

    Raises
    ------
    ArgumentError
        `confidence` is not between 0 and 1.
    CountError
        `successes` lies outside 0 to `base`, or a number is not finite.

    Notes
    -----
    A weighted share keeps its value and takes Wilson's interval at the
    effective base, which has a width at 0 and 1 where the linearised
    variance is zero.

    Examples
    --------
    >>> share_estimate(9, 10).value
    0.9
    >>> share_estimate(0, 0).status
    <Status.UNDEFINED: 'undefined'>
    """
    if not (np.isfinite([successes, base]).all() and 0 <= successes <= base):
        raise CountError(f"A share needs 0 to base successes; got {successes!r} of {base!r}.")
    apart = {"missing": missing, "not_applicable": not_applicable}
    if base == 0:
        return undefined(Reason.EMPTY_BASE, confidence=confidence, method="wilson", **apart)
    value = float(successes / base)
    n_eff = float(base if effective_base is None else effective_base)
    low, high = wilson(value * n_eff if n_eff != base else successes, n_eff, confidence=confidence)
    counted = round(base) if respondents is None else respondents
    return Estimate(value, float(low), float(high), counted, n_eff, confidence, "wilson", **apart)


def mean_estimate(values, *, weights=None, confidence=0.95, not_applicable=0):
    """A mean over respondents with a t interval.

    Needs rows; blanks are left out and counted.

    Parameters
    ----------
    values : array_like of float, shape (n,)
        One number for each respondent, NaN or ``None`` where there is none.
    weights : array_like of float, shape (n,), optional
        Survey weights.
    confidence : float in (0, 1), default 0.95
        Level of the interval.
    not_applicable : int, default 0
        Respondents to whom the item does not apply, counted apart.

    Returns
    -------
    Estimate
        In the unit of `values`. With one respondent, or with all values
        equal, there is a mean but no interval.

    Raises
    ------
    ArgumentError
        The values are not numbers, or `confidence` is not between 0 and 1.
    CountError
        A weight is negative or missing.

    Notes
    -----
    Unweighted: ``mean ± t(n-1) s / √n``. Weighted: the linearised variance
    ``n/(n-1) Σ w²(x-m)² / (Σw)²``, as R's ``survey::svymean`` gives for
    independent respondents; with equal weights the two agree.

    Examples
    --------
    >>> mean_estimate([4, 5, None, 3]).value
    4.0
    """
    column = answer_column(values, name="values")
    weight = weight_column(weights, len(column))
    answered = ~np.isnan(column) & (weight > 0)
    x, w = column[answered], weight[answered]
    n = len(x)
    apart = {"missing": int(np.isnan(column).sum()), "not_applicable": not_applicable}
    method = "t" if weights is None else "linearised_t"
    if n == 0:
        return undefined(Reason.EMPTY_BASE, confidence=confidence, method=method, **apart)
    value = float(w @ x / w.sum())
    n_eff = float(w.sum() ** 2 / (w @ w))
    if n == 1 or (x == x[0]).all():
        reason = Reason.SINGLE_RESPONDENT if n == 1 else Reason.ZERO_VARIANCE
        value = float(x[0])
        return Estimate(
            value, None, None, n, n_eff, confidence, method, Status.OK, (reason,), **apart
        )
    error = np.sqrt(n / (n - 1) * (w**2 @ (x - value) ** 2)) / w.sum()
    half = t_quantile(confidence, n - 1) * error
    return Estimate(
        value, float(value - half), float(value + half), n, n_eff, confidence, method, **apart
    )
