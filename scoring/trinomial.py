"""Intervals for the difference of two shares of one sample: one minus another, the rest at zero."""

import math
from dataclasses import dataclass

from .argument_types import takes
from .errors import ArgumentError
from .intervals import normal_quantile, t_quantile


@dataclass(frozen=True, slots=True)
class TrinomialInterval:
    """Interval of ``p₊ − p₋`` and what it is built on.

    Parameters
    ----------
    centre : float
        Middle of the interval before cutting, as a share in [-1, 1].
    standard_error : float or None
        Standard error used; None where the method has none.
    low, high : float or None
        The ends in [-1, 1]; None where the method cannot give them.
    """

    centre: float
    standard_error: float | None
    low: float | None
    high: float | None


def unit_variance(plus, minus):
    """Variance of one answer coded −1, 0, +1.

    Parameters
    ----------
    plus, minus : float
        Shares coded +1 and −1.

    Returns
    -------
    float
        ``p₊ + p₋ − (p₊ − p₋)²``, never below 0.

    Raises
    ------
    ArgumentError
        The shares are not in [0, 1] or sum to more than 1.
    """
    if min(plus, minus) < 0 or plus + minus > 1 + 1e-9:
        raise ArgumentError(f"Shares must lie in [0, 1] and sum to at most 1; got {plus}, {minus}.")
    return max(0.0, plus + minus - (plus - minus) ** 2)


@takes(numbers=("plus", "minus", "base"))
def wald(plus, minus, base, *, confidence=0.95):
    """Wald interval, which has no width when all answers are alike.

    Parameters
    ----------
    plus, minus : float
        Shares coded +1 and −1.
    base : float
        Respondents, or the effective base.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    TrinomialInterval
        Not cut at ±1.

    Raises
    ------
    ArgumentError
        A share, the base or `confidence` lies outside its domain.
    """
    error = math.sqrt(unit_variance(plus, minus) / _positive(base))
    half = normal_quantile(confidence) * error
    centre = plus - minus
    return TrinomialInterval(centre, error, centre - half, centre + half)


@takes(numbers=("plus", "minus", "base"))
def trinomial_t(plus, minus, base, *, confidence=0.95):
    """Student's t interval on answers coded −1, 0, +1.

    Parameters
    ----------
    plus, minus : float
        Shares coded +1 and −1.
    base : float
        Respondents, or the effective base.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    TrinomialInterval
        Without ends when the base is 1 or less.

    Raises
    ------
    ArgumentError
        A share, the base or `confidence` lies outside its domain.
    """
    centre = plus - minus
    if _positive(base) <= 1:
        return TrinomialInterval(centre, None, None, None)
    error = math.sqrt(unit_variance(plus, minus) / (base - 1))
    half = t_quantile(confidence, base - 1) * error
    return TrinomialInterval(centre, error, centre - half, centre + half)


@takes(numbers=("plus", "minus", "base"))
def adjusted_wald(plus, minus, base, *, confidence=0.95):
    """Wald interval after adding three answers: ¾ plus, ¾ minus, 1½ neither.

    Parameters
    ----------
    plus, minus : float
        Shares coded +1 and −1.
    base : float
        Respondents, or the effective base.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    TrinomialInterval
        Cut at ±1.

    Raises
    ------
    ArgumentError
        A share, the base or `confidence` lies outside its domain.

    References
    ----------
    .. [1] Rocks (2016). Interval estimation for the "Net Promoter Score".
       The American Statistician 70:365-372.
    """
    unit_variance(plus, minus)
    grown = _positive(base) + 3
    plus, minus = (plus * base + 0.75) / grown, (minus * base + 0.75) / grown
    error = math.sqrt(unit_variance(plus, minus) / grown)
    half = normal_quantile(confidence) * error
    centre = plus - minus
    return TrinomialInterval(centre, error, max(-1.0, centre - half), min(1.0, centre + half))


def _positive(base):
    if not base > 0:
        raise ArgumentError(f"A base must be above 0; got {base!r}.")
    return base
