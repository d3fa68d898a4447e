"""Dividing explained variance among drivers: LMG, Johnson's weights, Shapley values of a logit.

LMG and Johnson's weights need nothing but correlations, so a weighted or a
pooled matrix serves as well as rows.
"""

import warnings
from functools import lru_cache
from itertools import combinations
from math import factorial

import numpy as np

from .answers import answer_column, answer_rows, same_length
from .errors import ArgumentError
from .measure import Measure

MOST_DRIVERS = 12


def lmg(correlation, validity):
    """Average gain in R² of each driver over all orders (LMG, the Shapley value of R²).

    Parameters
    ----------
    correlation : array_like of float, shape (k, k)
        Correlations among the drivers, not singular; k at most 12.
    validity : array_like of float, shape (k,)
        Correlation of each driver with the outcome.

    Returns
    -------
    tuple of float
        One part for each driver; they sum to R².

    Raises
    ------
    ArgumentError
        The shapes do not fit, a number is not finite, there are more than 12
        drivers, or one driver is a combination of the others.

    Notes
    -----
    All 2^k subsets are solved from the correlation matrix. The same as
    ``relaimpo::calc.relimp(type="lmg")`` in R. Parts of explained variance:
    they do not say what happens if a driver is changed.

    References
    ----------
    .. [1] Lindeman, R. H., Merenda, P. F. and Gold, R. Z. (1980).
       Introduction to Bivariate and Multivariate Analysis. Scott, Foresman.
    .. [2] Groemping, U. (2006). Relative importance for linear regression in
       R: the package relaimpo. J Stat Softw 17(1).

    Examples
    --------
    >>> [round(part, 4) for part in lmg([[1.0, 0.0], [0.0, 1.0]], [0.6, 0.2])]
    [0.36, 0.04]
    """
    matrix, r = _checked(correlation, validity)
    if len(r) > MOST_DRIVERS:
        raise ArgumentError(
            f"LMG looks at every subset of at most {MOST_DRIVERS} drivers; got {len(r)}. "
            "Use Johnson's weights."
        )
    return tuple(_lmg(matrix, r).tolist())


def johnson_weights(correlation, validity):
    """Johnson's relative weights, for any number of drivers.

    Parameters
    ----------
    correlation : array_like of float, shape (k, k)
        Correlations among the drivers, not singular.
    validity : array_like of float, shape (k,)
        Correlation of each driver with the outcome.

    Returns
    -------
    tuple of float
        One part for each driver; they sum to R².

    Raises
    ------
    ArgumentError
        The shapes do not fit, a number is not finite, or one driver is a
        combination of the others.

    Notes
    -----
    With S the symmetric square root of the matrix and b solving ``S b = r``,
    the part of driver j is ``Σ_m S_jm² b_m²``. Close to LMG, and equal to it
    for two drivers.

    References
    ----------
    .. [1] Johnson, J. W. (2000). A heuristic method for estimating the
       relative weight of predictor variables. Multivariate Behav Res 35, 1-19.

    Examples
    --------
    >>> parts = johnson_weights([[1.0, 0.0], [0.0, 1.0]], [0.6, 0.2])
    >>> [round(part, 4) for part in parts]
    [0.36, 0.04]
    """
    matrix, r = _checked(correlation, validity)
    return tuple(_johnson(matrix, r).tolist())


def logit_shapley(answers, outcome):
    """Shapley values of McFadden's R² of a logit, for an outcome of yes and no.

    Needs rows; only respondents who answered everything are used. Equal rows
    are counted first, and the models are fitted to the counts.

    Parameters
    ----------
    answers : array_like of float, shape (n, k)
        One row for each respondent, one column for each driver, NaN where
        blank; k at most 12.
    outcome : array_like of float, shape (n,)
        1 for yes, 0 for no, NaN where blank.

    Returns
    -------
    parts : tuple of float or None
        One part for each driver, summing to `r_squared`; ``None`` when
        everybody says the same.
    r_squared : float or None
        McFadden's R² of all drivers together.
    base : int
        Respondents used.

    Raises
    ------
    ArgumentError
        The shapes do not fit, the outcome is not 0 and 1, or there are more
        than 12 drivers.

    Notes
    -----
    ``1 - logL / logL0``, averaged over all orders of entry; 2^k logits fitted
    by ``statsmodels`` on grouped counts. Under complete separation the
    likelihood still has its limit, and so have the parts.

    References
    ----------
    .. [1] McFadden, D. (1974). Conditional logit analysis of qualitative
       choice behavior. In Frontiers in Econometrics. Academic Press.

    Examples
    --------
    >>> parts, r_squared, base = logit_shapley([[1], [2], [2], [3]], [0, 1, 0, 1])
    >>> round(r_squared, 2), base
    (0.5, 4)
    """
    rows, y = answer_rows(answers), answer_column(outcome, name="outcome")
    same_length(answers=rows, outcome=y)
    k = rows.shape[1]
    if k > MOST_DRIVERS:
        raise ArgumentError(f"At most {MOST_DRIVERS} drivers can be shared out; got {k}.")
    if not np.isin(y[~np.isnan(y)], (0.0, 1.0)).all():
        raise ArgumentError("The outcome must be 0 or 1, or blank.")
    known = ~np.isnan(rows).any(axis=1) & ~np.isnan(y)
    rows, y = rows[known], y[known]
    if len(y) == 0 or y.min() == y.max():
        return None, None, len(y)
    patterns, position = np.unique(rows, axis=0, return_inverse=True)
    position = position.ravel()
    counts = np.column_stack([np.bincount(position, weights=y), np.bincount(position, 1 - y)])
    deviance = np.array([_deviance(patterns[:, list(s)], counts) for s in _subsets(k)])
    null = deviance[0]
    gains = 1 - deviance / null
    return tuple(_shapley(gains, k).tolist()), float(gains[-1]), len(y)


def _checked(correlation, validity):
    try:
        matrix = np.asarray(correlation, dtype=float)
    except (TypeError, ValueError):
        raise ArgumentError(f"A correlation matrix holds numbers; got {correlation!r}.") from None
    r = answer_column(validity, name="correlations with the outcome")
    k = len(r)
    if k == 0 or matrix.shape != (k, k):
        raise ArgumentError(f"{k} drivers need {k} by {k} correlations; got {matrix.shape}.")
    if not np.isfinite(matrix).all() or np.isnan(r).any() or not np.allclose(matrix, matrix.T):
        raise ArgumentError("Correlations must be known, finite and symmetric.")
    if is_singular(matrix):
        raise ArgumentError("One driver is a combination of the others; leave one out.")
    return matrix, r


def is_singular(correlation):
    """Whether a driver is, to working precision, a combination of the others.

    Parameters
    ----------
    correlation : numpy.ndarray of float, shape (k, k)
        Correlations among the drivers.

    Returns
    -------
    bool
        True also for a matrix that is not positive definite, such as one made
        of pairwise complete answers may be.

    Raises
    ------
    ArgumentError
        The matrix is not square.

    Examples
    --------
    >>> is_singular(np.ones((2, 2)))
    True
    """
    if correlation.ndim != 2 or correlation.shape[0] != correlation.shape[1]:
        raise ArgumentError(f"Correlations form a square matrix; got {correlation.shape}.")
    return bool(np.linalg.eigvalsh(correlation)[0] < 1e-10)


@lru_cache(maxsize=16)
def _subsets(k):
    """Every subset of k drivers, in the order of its bits."""
    ordered = [()] * 2**k
    for size in range(1, k + 1):
        for subset in combinations(range(k), size):
            ordered[sum(1 << j for j in subset)] = subset
    return tuple(ordered)


@lru_cache(maxsize=16)
def _subsets_by_size(k):
    masks = np.arange(2**k)
    sizes = np.array([len(subset) for subset in _subsets(k)])
    return [
        (masks[sizes == size], np.array([_subsets(k)[m] for m in masks[sizes == size]]))
        for size in range(1, k + 1)
    ]


def _lmg(matrix, r):
    k = len(r)
    explained = np.zeros(2**k)
    for masks, members in _subsets_by_size(k):
        inner = matrix[members[:, :, None], members[:, None, :]]
        outer = r[members]
        explained[masks] = (np.linalg.solve(inner, outer[..., None])[..., 0] * outer).sum(axis=1)
    return _shapley(explained, k)


def _shapley(worth, k):
    masks = np.arange(2**k)
    sizes = np.array([len(subset) for subset in _subsets(k)])
    weight = np.array([factorial(s) * factorial(k - s - 1) / factorial(k) for s in range(k)])
    parts = np.empty(k)
    for j in range(k):
        without = masks[(masks >> j) & 1 == 0]
        parts[j] = weight[sizes[without]] @ (worth[without | (1 << j)] - worth[without])
    return parts


def _johnson(matrix, r):
    values, vectors = np.linalg.eigh(matrix)
    root = (vectors * np.sqrt(values)) @ vectors.T
    beta = np.linalg.solve(root, r)
    return root**2 @ beta**2


def _deviance(x, counts):
    """Minus twice the log-likelihood of a logit, without the binomial constants."""
    from statsmodels.genmod.families import Binomial
    from statsmodels.genmod.generalized_linear_model import GLM

    design = np.column_stack([np.ones(len(counts)), x])
    with warnings.catch_warnings():
        # separation: the coefficients run away but the likelihood settles
        warnings.simplefilter("ignore")
        fit = GLM(counts, design, family=Binomial()).fit(tol=1e-12)
    n = counts.sum(axis=1)
    p = np.clip(fit.fittedvalues, 1e-300, 1 - 1e-16)
    part = counts[:, 0] * np.log(p) + counts[:, 1] * np.log1p(-p)
    return float(-2 * part[n > 0].sum())


MEASURES = (
    Measure(
        key="logit_driver_share",
        name="Driver share for an outcome of yes and no",
        definition="Share that an item takes in explaining a yes or no, averaged over all "
        "orders of entry.",
        formula="Shapley value of 1 - logL / logL0",
        denominator="Respondents who answered the outcome and every driver",
        scale="any; outcome of yes and no",
        unit="share",
        interval="none in closed form",
        source="McFadden (1974); Shapley (1953)",
    ),
)
