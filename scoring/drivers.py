"""Key drivers: which items go with overall satisfaction, how much, and how surely."""

from dataclasses import dataclass

import numpy as np

from .answers import answer_column, answer_rows, same_length
from .errors import ArgumentError
from .estimating import mean_estimate
from .importance import MOST_DRIVERS, _johnson, _lmg, is_singular
from .intervals import t_quantile
from .measure import Measure
from .results import Estimate, Reason, Status, undefined


@dataclass(frozen=True, slots=True)
class Driver:
    """One driver in the model of all.

    Parameters
    ----------
    name : str
        Name of the item.
    importance : float
        Its part of R².
    share : Estimate
        Its part as a share of R²; the interval is there after a bootstrap.
    ranks : tuple of int or None
        Best and worst rank within the bootstrap interval, 1 is highest.
    coefficient : Estimate
        Regression coefficient with its t interval, all drivers together.
    standard_error : float
        Of the coefficient.
    standardised_beta, zero_order_r : float
        For reading beside the share, never for ranking.
    first, last : float
        R² of the driver alone, and what it adds to all others.
    vif : float
        Variance inflation factor.
    performance : Estimate
        Mean of the item over the respondents of the model.
    """

    name: str
    importance: float
    share: Estimate
    ranks: tuple[int, int] | None
    coefficient: Estimate
    standard_error: float
    standardised_beta: float
    zero_order_r: float
    first: float
    last: float
    vif: float
    performance: Estimate


@dataclass(frozen=True, slots=True)
class KeyDrivers:
    """The drivers of one outcome.

    Parameters
    ----------
    base, missing : int
        Respondents in the model, and those left out for a blank.
    method : str
        "lmg" or "johnson".
    r_squared : Estimate
        Explained share of the outcome's variance; interval after a bootstrap.
    adjusted_r_squared : float or None
        The same, adjusted for the number of drivers.
    intercept, intercept_standard_error : float or None
        Of the regression.
    drivers : tuple of Driver
        In the order in which they were given; empty when refused.
    set_aside : tuple of str
        Drivers that too few respondents answered; not in the model.
    tiers : tuple of tuple of str, or None
        Groups of drivers from most to least important. Within a group the
        order flips from sample to sample and is not to be reported. ``None``
        without a bootstrap.
    status, reasons : Status, tuple of Reason
        Why there is no model, where there is none.
    """

    base: int
    missing: int
    method: str
    r_squared: Estimate
    adjusted_r_squared: float | None = None
    intercept: float | None = None
    intercept_standard_error: float | None = None
    drivers: tuple[Driver, ...] = ()
    set_aside: tuple[str, ...] = ()
    tiers: tuple[tuple[str, ...], ...] | None = None
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()


def key_drivers(
    answers,
    outcome,
    *,
    names=None,
    method="auto",
    generator=None,
    resamples=1000,
    minimum_per_driver=10,
    minimum_answered=0.8,
    confidence=0.95,
):
    """Shares of explained variance of each driver, with their stability.

    Needs rows; only respondents who answered everything are used.

    Parameters
    ----------
    answers : array_like of float, shape (n, k)
        One row for each respondent, one column for each driver, NaN where
        blank or not applicable (neither is ever filled in).
    outcome : array_like of float, shape (n,)
        The overall judgement, NaN where blank.
    names : sequence of str, optional
        Names of the drivers.
    method : {"auto", "lmg", "johnson"}, default "auto"
        "auto" takes LMG up to twelve drivers and Johnson's weights beyond.
    generator : numpy.random.Generator, optional
        Source of the bootstrap. Without it there are no intervals of shares
        and no tiers.
    resamples : int, default 1000
        Bootstrap samples of respondents.
    minimum_per_driver : float, default 10
        Respondents needed for each driver in the model.
    minimum_answered : float, default 0.8
        Share of the respondents who must have answered a driver; others are
        set aside and reported by name.
    confidence : float in (0, 1), default 0.95
        Level of all intervals; two neighbours share a tier unless their
        order holds in at least this share of the resamples.

    Returns
    -------
    KeyDrivers
        Refused (status "undefined") with too few respondents, a constant
        driver or outcome, or drivers that determine each other.

    Raises
    ------
    ArgumentError
        Answers, names or an option are impossible.

    Notes
    -----
    See `scoring.importance.lmg` and `johnson_weights`. Bootstrap intervals
    are percentiles. Standardised betas and zero-order correlations stand
    beside the shares but never rank them: among correlated items a beta can
    be negative where the item matters. ``relaimpo`` in R gives the same parts.

    References
    ----------
    .. [1] Groemping, U. (2006). Relative importance for linear regression in
       R: the package relaimpo. J Stat Softw 17(1).

    Examples
    --------
    >>> rows = [[1, 2], [2, 1], [3, 4], [4, 3], [5, 6], [6, 5], [7, 8], [8, 7]] * 3
    >>> result = key_drivers(rows, [1, 3, 2, 5, 4, 6, 8, 7] * 3)
    >>> [round(driver.share.value, 3) for driver in result.drivers]
    [0.639, 0.361]
    """
    rows, y = answer_rows(answers), answer_column(outcome, name="outcome")
    same_length(answers=rows, outcome=y)
    names = _checked_names(names, rows.shape[1])
    asked = rows[~np.isnan(y)]
    kept = _answered_enough(asked, minimum_answered)
    aside = tuple(name for name, keep in zip(names, kept, strict=True) if not keep)
    names = tuple(name for name, keep in zip(names, kept, strict=True) if keep)
    table = np.column_stack([rows[:, kept], y])
    complete = table[~np.isnan(table).any(axis=1)]
    n, k = len(complete), len(names)
    method = _checked_method(method, k)
    t_quantile(confidence, 1)
    about = {"base": n, "missing": len(rows) - n, "method": method, "set_aside": aside}
    reason = _refusal(complete, k, minimum_per_driver)
    if reason is not None:
        none = undefined(reason, base=n, confidence=confidence, method=method)
        return KeyDrivers(r_squared=none, status=Status.UNDEFINED, reasons=(reason,), **about)
    resampled = _resample(complete, method, generator, resamples) if generator else None
    return _fitted(complete, names, resampled, confidence, about)


@dataclass(frozen=True, slots=True)
class _Regression:
    """Ordinary least squares of the outcome, worked out from the correlations."""

    correlation: np.ndarray
    validity: np.ndarray
    inverse: np.ndarray
    beta: np.ndarray
    r_squared: float
    coefficient: np.ndarray
    error: np.ndarray
    intercept: float
    intercept_error: float


def _regress(complete):
    x, y = complete[:, :-1], complete[:, -1]
    n, k = x.shape
    correlation, validity = _correlations(_covariance(complete))
    inverse = np.linalg.inv(correlation)
    beta = inverse @ validity
    r_squared = float(validity @ beta)
    sd, sd_y = x.std(axis=0, ddof=1), y.std(ddof=1)
    coefficient = beta * sd_y / sd
    residual = max(0.0, 1 - r_squared) * sd_y**2 * (n - 1) / (n - k - 1)
    centre = x.mean(axis=0) / sd
    return _Regression(
        correlation,
        validity,
        inverse,
        beta,
        r_squared,
        coefficient,
        error=np.sqrt(residual * np.diag(inverse) / (n - 1)) / sd,
        intercept=float(y.mean() - coefficient @ x.mean(axis=0)),
        intercept_error=float(np.sqrt(residual * (1 / n + centre @ inverse @ centre / (n - 1)))),
    )


def _fitted(complete, names, resampled, confidence, about):
    n, k = len(complete), len(names)
    fit = _regress(complete)
    parts = _parts(fit.correlation, fit.validity, about["method"])
    shares, ranks, tiers = _stability(parts, names, resampled, confidence)
    t = t_quantile(confidence, n - k - 1)

    def driver(j):
        value, half = fit.coefficient[j], t * fit.error[j]
        return Driver(
            name=names[j],
            importance=float(parts[j]),
            share=_estimate(shares[j], n, confidence, "bootstrap_percentile"),
            ranks=ranks[j],
            coefficient=_estimate((value, value - half, value + half), n, confidence, "t"),
            standard_error=float(fit.error[j]),
            standardised_beta=float(fit.beta[j]),
            zero_order_r=float(fit.validity[j]),
            first=float(fit.validity[j] ** 2),
            last=float(fit.beta[j] ** 2 / fit.inverse[j, j]),
            vif=float(fit.inverse[j, j]),
            performance=mean_estimate(complete[:, j], confidence=confidence),
        )

    total = (fit.r_squared, None, None)
    if resampled is not None:
        ends = _percentiles(resampled.sum(axis=1), fit.r_squared, confidence)
        total = (fit.r_squared, *ends)
    return KeyDrivers(
        r_squared=_estimate(total, n, confidence, "bootstrap_percentile"),
        adjusted_r_squared=1 - (1 - fit.r_squared) * (n - 1) / (n - k - 1),
        intercept=fit.intercept,
        intercept_standard_error=fit.intercept_error,
        drivers=tuple(driver(j) for j in range(k)),
        tiers=tiers,
        **about,
    )


def _estimate(triple, n, confidence, method):
    value, low, high = (None if number is None else float(number) for number in triple)
    if value is None:
        return undefined(Reason.CONSTANT, base=n, confidence=confidence, method=method)
    return Estimate(value, low, high, n, float(n), confidence, method)


def _checked_names(names, k):
    names = tuple(names) if names is not None else tuple(f"item {j + 1}" for j in range(k))
    if len(names) != k or len(set(names)) != k:
        raise ArgumentError(f"{k} drivers need {k} different names; got {names!r}.")
    return names


def _checked_method(method, k):
    if method == "auto":
        return "lmg" if k <= MOST_DRIVERS else "johnson"
    if method not in ("lmg", "johnson"):
        raise ArgumentError(f"The method is 'auto', 'lmg' or 'johnson'; got {method!r}.")
    if method == "lmg" and k > MOST_DRIVERS:
        raise ArgumentError(f"LMG takes at most {MOST_DRIVERS} drivers; got {k}: use 'johnson'.")
    return method


def _answered_enough(asked, minimum_answered):
    if not 0 <= minimum_answered <= 1:
        raise ArgumentError(f"minimum_answered is a share in [0, 1]; got {minimum_answered!r}.")
    if len(asked) == 0:
        return np.ones(asked.shape[1], dtype=bool)
    return (~np.isnan(asked)).mean(axis=0) >= minimum_answered


def _refusal(complete, k, minimum_per_driver):
    n = len(complete)
    if n == 0 or k == 0:
        return Reason.EMPTY_BASE
    if n < minimum_per_driver * k or n < k + 2:
        return Reason.LOW_BASE
    if (complete == complete[0]).all(axis=0).any():
        return Reason.CONSTANT
    if is_singular(_correlations(_covariance(complete))[0]):
        return Reason.COLLINEAR
    return None


def _covariance(table, counts=None):
    counts = np.ones(len(table)) if counts is None else counts
    centred = table - counts @ table / counts.sum()
    return (centred * counts[:, None]).T @ centred / (counts.sum() - 1)


def _correlations(covariance):
    root = np.sqrt(np.diag(covariance))
    matrix = covariance / np.outer(root, root)
    return matrix[:-1, :-1], matrix[:-1, -1]


def _parts(correlation, validity, method):
    return _lmg(correlation, validity) if method == "lmg" else _johnson(correlation, validity)


def _resample(complete, method, generator, resamples):
    """Parts of R² in bootstrap samples; those where nothing can be fitted are left out."""
    n = len(complete)
    patterns, times = np.unique(complete, axis=0, return_counts=True)
    found = []
    for _ in range(resamples):
        covariance = _covariance(patterns, generator.multinomial(n, times / n).astype(float))
        if (np.diag(covariance) <= 1e-12).any():
            continue
        correlation, validity = _correlations(covariance)
        if not is_singular(correlation):
            found.append(_parts(correlation, validity, method))
    return np.array(found) if len(found) >= 0.9 * resamples and found else None


def _stability(parts, names, resampled, confidence):
    k, total = len(names), parts.sum()
    if total <= 1e-12:
        return [(None, None, None)] * k, [None] * k, None
    if resampled is None:
        return [(part / total, None, None) for part in parts], [None] * k, None
    shares = resampled / resampled.sum(axis=1, keepdims=True)
    triples = [
        (parts[j] / total, *_percentiles(shares[:, j], parts[j] / total, confidence))
        for j in range(k)
    ]
    position = (-shares).argsort(axis=1).argsort(axis=1) + 1
    tail = (1 - confidence) / 2
    ends = np.quantile(position, [tail, 1 - tail], axis=0, method="closest_observation")
    ranks = [(int(ends[0, j]), int(ends[1, j])) for j in range(k)]
    return triples, ranks, _tiers(parts, shares, names, confidence)


def _percentiles(sample, value, confidence):
    """Percentile interval, widened where needed to hold the estimate itself."""
    tail = (1 - confidence) / 2
    low, high = np.quantile(sample, [tail, 1 - tail])
    return min(low, value), max(high, value)


def _tiers(parts, shares, names, confidence):
    """Split the order only where everything above stays above everything below."""
    order = np.argsort(-parts, kind="stable")
    sorted_shares = shares[:, order]
    tiers = [[names[order[0]]]]
    for place in range(1, len(order)):
        above, below = sorted_shares[:, :place, None], sorted_shares[:, None, place:]
        if ((above > below).mean(axis=0) >= confidence).all():
            tiers.append([])
        tiers[-1].append(names[order[place]])
    return tuple(tuple(tier) for tier in tiers)


MEASURES = (
    Measure(
        key="driver_share",
        name="Driver share of explained variance",
        definition="Share of the explained variance of overall satisfaction that an item takes, "
        "averaged over all orders of entry.",
        formula="LMG_j / R²; Johnson's relative weights beyond twelve items",
        denominator="Respondents who answered the outcome and every driver of the model",
        scale="any",
        unit="share",
        interval="bootstrap percentiles; the order is reported only where it holds",
        source="Lindeman, Merenda & Gold (1980); Johnson (2000), Multivariate Behav Res 35",
    ),
)
