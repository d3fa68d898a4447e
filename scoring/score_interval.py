"""Score intervals by search: Koopman's of a ratio, Miettinen and Nurminen's of a difference.

Both invert a score statistic that falls monotonically in the parameter, so a
bisection finds each end to the last digit; no library call is involved.
"""

import math

from .errors import ArgumentError

HALVINGS = 200


def ratio_interval(x1, n1, x2, n2, *, z):
    """Koopman's interval of the ratio of two shares.

    Parameters
    ----------
    x1, n1, x2, n2 : float
        Numerators and denominators, checked by the caller; bases above 0.
    z : float
        Two-sided normal quantile.

    Returns
    -------
    tuple of float
        Lower end, 0 when `x1` is 0, and upper end, infinite when `x2` is 0.

    Raises
    ------
    ArgumentError
        The search did not bracket an end, which means that the input was not checked.
    """
    low = 0.0 if x1 == 0 else _ratio_end(x1, n1, x2, n2, z)
    high = math.inf if x2 == 0 else 1 / _ratio_end(x2, n2, x1, n1, z)
    return low, high


def difference_interval(x1, n1, x2, n2, *, z):
    """Miettinen and Nurminen's interval of the difference of two shares.

    Parameters
    ----------
    x1, n1, x2, n2 : float
        Numerators and denominators, checked by the caller; bases above 0.
    z : float
        Two-sided normal quantile.

    Returns
    -------
    tuple of float
        Lower and upper end in [-1, 1].

    Raises
    ------
    ArgumentError
        `z` is not above 0.
    """
    if not z > 0:
        raise ArgumentError(f"A quantile must be above 0; got {z!r}.")
    low = _difference_end(x1, n1, x2, n2, z)
    high = -_difference_end(x2, n2, x1, n1, z)
    return low, high


def _ratio_end(x1, n1, x2, n2, z):
    """Lower end of x1/n1 over x2/n2, for x1 above 0."""
    below = above = 1.0
    for _ in range(2000):
        if _ratio_statistic(below, x1, n1, x2, n2) > z:
            break
        below /= 2
    else:
        raise ArgumentError("The lower end of a ratio could not be bracketed.")
    for _ in range(2000):
        if _ratio_statistic(above, x1, n1, x2, n2) < z:
            break
        above *= 2
    else:
        raise ArgumentError("The lower end of a ratio could not be bracketed.")
    for _ in range(HALVINGS):
        middle = math.sqrt(below * above)
        if not below < middle < above:
            break
        if _ratio_statistic(middle, x1, n1, x2, n2) > z:
            below = middle
        else:
            above = middle
    return math.sqrt(below * above)


def _ratio_statistic(ratio, x1, n1, x2, n2):
    """Signed score statistic of "p₁ = ratio · p₂", which falls in `ratio`."""
    b = n1 * ratio + x1 + n2 + x2 * ratio
    root = math.sqrt(max(0.0, b * b - 4 * (n1 + n2) * ratio * (x1 + x2)))
    p2 = min(1.0, 2 * (x1 + x2) / (b + root))
    p1 = min(1.0, ratio * p2)
    variance = p1 * (1 - p1) / n1 + ratio * ratio * p2 * (1 - p2) / n2
    return _over_root(x1 / n1 - ratio * x2 / n2, variance)


def _difference_end(x1, n1, x2, n2, z):
    """Lower end of x1/n1 minus x2/n2."""
    below, above = -1.0, x1 / n1 - x2 / n2
    for _ in range(HALVINGS):
        middle = (below + above) / 2
        if not below < middle < above:
            break
        if _difference_statistic(middle, x1, n1, x2, n2) > z:
            below = middle
        else:
            above = middle
    return (below + above) / 2


def _difference_statistic(difference, x1, n1, x2, n2):
    """Signed score statistic of "p₁ = p₂ + difference", with the factor N/(N−1)."""
    n = n1 + n2
    p2 = _constrained_share(difference, x1, n1, x2, n2)
    p1 = min(1.0, max(0.0, p2 + difference))
    factor = n / (n - 1) if n > 1 else 1.0
    variance = (p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2) * factor
    return _over_root(x1 / n1 - x2 / n2 - difference, variance)


def _constrained_share(difference, x1, n1, x2, n2):
    """Maximum-likelihood p₂ under "p₁ = p₂ + difference": the middle root of a cubic."""
    n, x, d = n1 + n2, x1 + x2, difference
    b = (n1 + 2 * n2) * d - n - x
    c = (n2 * d - n - 2 * x2) * d + x
    e = x2 * d * (1 - d)
    q = b**3 / (3 * n) ** 3 - b * c / (6 * n * n) + e / (2 * n)
    p = math.copysign(math.sqrt(max(0.0, b * b / (3 * n) ** 2 - c / (3 * n))), q)
    cosine = q / p**3 if p else 0.0
    angle = (math.pi + math.acos(min(1.0, max(-1.0, cosine)))) / 3
    share = 2 * p * math.cos(angle) - b / (3 * n)
    return min(1.0, 1 - d, max(0.0, -d, share))


def _over_root(difference, variance):
    if variance > 0:
        return difference / math.sqrt(variance)
    return math.copysign(math.inf, difference) if difference else 0.0
