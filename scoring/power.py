"""How many respondents it takes to see a difference of two shares."""

import math
from statistics import NormalDist

from .argument_types import takes
from .errors import ArgumentError
from .intervals import normal_quantile


@takes(numbers=("share_1", "share_2", "power"))
def respondents_per_group(share_1, share_2, *, power=0.8, confidence=0.95):
    """Respondents needed in each of two equal groups.

    Parameters
    ----------
    share_1, share_2 : float in [0, 1]
        The shares to be told apart.
    power : float in (0, 1), default 0.8
        Chance of seeing the difference.
    confidence : float in (0, 1), default 0.95
        One minus the two-sided level of the test.

    Returns
    -------
    float or None
        Respondents in each group, not rounded; None when the shares are equal,
        since no number would do.

    Raises
    ------
    ArgumentError
        A share, `power` or `confidence` lies outside its domain.

    Notes
    -----
    ``(z + z_power)² · 2 / (2 asin √p₁ − 2 asin √p₂)²``: the arcsine
    transformation, as ``pwr.2p.test`` in R and ``NormalIndPower`` with
    ``proportion_effectsize`` in statsmodels.

    References
    ----------
    .. [1] Cohen (1988). Statistical Power Analysis for the Behavioral
       Sciences, 2nd ed., chapter 6.

    Examples
    --------
    >>> round(respondents_per_group(0.05, 0.30), 1)
    31.3
    """
    effect = _effect(share_1, share_2)
    return 2 * _needed(power, confidence) / effect**2 if effect else None


@takes(numbers=("share_1", "base_1", "share_2", "base_2"))
def more_respondents(share_1, base_1, share_2, base_2, *, power=0.8, confidence=0.95):
    """Further respondents needed when the groups keep their present proportion.

    Parameters
    ----------
    share_1, share_2 : float in [0, 1]
        The shares to be told apart.
    base_1, base_2 : float
        Respondents so far, both above 0.
    power : float in (0, 1), default 0.8
        Chance of seeing the difference.
    confidence : float in (0, 1), default 0.95
        One minus the two-sided level of the test.

    Returns
    -------
    float or None
        Further respondents in both groups together, 0 when there are enough;
        None when the shares are equal.

    Raises
    ------
    ArgumentError
        An argument lies outside its domain.
    """
    if not (base_1 > 0 and base_2 > 0):
        raise ArgumentError(f"Both groups need respondents; got {base_1} and {base_2}.")
    effect = _effect(share_1, share_2)
    if not effect:
        return None
    grow = _needed(power, confidence) / effect**2 * (1 / base_1 + 1 / base_2)
    return max(0.0, (grow - 1) * (base_1 + base_2))


def _effect(share_1, share_2):
    if not (0 <= share_1 <= 1 and 0 <= share_2 <= 1):
        raise ArgumentError(f"Shares lie between 0 and 1; got {share_1} and {share_2}.")
    return 2 * abs(math.asin(math.sqrt(share_1)) - math.asin(math.sqrt(share_2)))


def _needed(power, confidence):
    if not 0 < power < 1:
        raise ArgumentError(f"Power lies between 0 and 1; got {power!r}.")
    return (normal_quantile(confidence) + NormalDist().inv_cdf(power)) ** 2
