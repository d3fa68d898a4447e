"""Intervals of a share, a mean, a difference of shares, and the quantiles they are made of.

The closed forms are written out here, in a few lines each, because a results
page computes them inside a request and must not wait seconds for
``scipy.stats`` or ``statsmodels`` to load; the tests hold them to both.
"""

import math
from statistics import NormalDist

from .argument_types import takes
from .errors import ArgumentError, CountError
from .measure import Measure
from .results import Estimate, Reason, Status, undefined

LOW_BASE = 10
"""Fewer respondents than this make a figure `Status.LOW_BASE`."""


def checked_confidence(confidence):
    """Check a confidence level.

    Parameters
    ----------
    confidence : float in (0, 1)
        Level of an interval.

    Returns
    -------
    float
        The level.

    Raises
    ------
    ArgumentError
        It is not a number strictly between 0 and 1.
    """
    if isinstance(confidence, bool) or not isinstance(confidence, int | float):
        raise ArgumentError(f"A confidence level is a number such as 0.95; got {confidence!r}.")
    if not 0 < confidence < 1:
        raise ArgumentError(
            f"A confidence level lies between 0 and 1, such as 0.95; got {confidence!r}."
        )
    return float(confidence)


def normal_quantile(confidence):
    """Two-sided standard normal quantile.

    Parameters
    ----------
    confidence : float in (0, 1)
        Level of an interval.

    Returns
    -------
    float
        About 1.96 for 0.95.

    Raises
    ------
    ArgumentError
        `confidence` lies outside its domain.

    Examples
    --------
    >>> round(normal_quantile(0.95), 4)
    1.96
    """
    return NormalDist().inv_cdf(0.5 + checked_confidence(confidence) / 2)


def t_quantile(confidence, df):
    """Two-sided quantile of Student's t.

    Parameters
    ----------
    confidence : float in (0, 1)
        Level of an interval.
    df : float
        Degrees of freedom, above 0.

    Returns
    -------
    float
        About 2.57 for 0.95 and 5 degrees of freedom.

    Raises
    ------
    ArgumentError
        `confidence` or `df` lies outside its domain.
    """
    from scipy.special import stdtrit

    if not df > 0:
        raise ArgumentError(f"Degrees of freedom must be above 0; got {df!r}.")
    return float(stdtrit(df, 0.5 + checked_confidence(confidence) / 2))


def normal_p_value(z):
    """Two-sided p-value of a standard normal statistic.

    Parameters
    ----------
    z : float
        The statistic.

    Returns
    -------
    float
        In [0, 1], accurate far into the tail.

    Raises
    ------
    ArgumentError
        `z` is not a number.
    """
    if math.isnan(z):
        raise ArgumentError("A test statistic must be a number; got NaN.")
    return math.erfc(abs(z) / math.sqrt(2))


def chi_square_p_value(statistic, df):
    """Upper tail of the chi-square distribution.

    Parameters
    ----------
    statistic : float
        The statistic; values under 0 that arise from rounding count as 0.
    df : float
        Degrees of freedom, above 0.

    Returns
    -------
    float
        In [0, 1].

    Raises
    ------
    ArgumentError
        `df` is not above 0.
    """
    from scipy.special import chdtrc

    if not df > 0:
        raise ArgumentError(f"Degrees of freedom must be above 0; got {df!r}.")
    return float(chdtrc(df, max(float(statistic), 0.0)))


def wilson(successes, base, *, confidence=0.95):
    """Wilson's score interval for a share.

    Parameters
    ----------
    successes, base : float
        Numerator and denominator; fractions are allowed, so that an effective
        base can be used.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    tuple of float
        Lower and upper end in [0, 1].

    Raises
    ------
    CountError
        `base` is not above 0, or `successes` is not between 0 and `base`.
    ArgumentError
        `confidence` lies outside its domain.

    Notes
    -----
    ``(x + z²/2 ± z √(x(n−x)/n + z²/4)) / (n + z²)``. At 0 the lower end is
    exactly 0, at n the upper end exactly 1. The same as R's
    ``prop.test(correct=FALSE)`` and statsmodels' ``method="wilson"``.

    References
    ----------
    .. [1] Wilson (1927). Probable inference, the law of succession, and
       statistical inference. JASA 22.
    .. [2] Newcombe (1998). Two-sided confidence intervals for the single
       proportion. Statistics in Medicine 17:857-872.
    """
    x, n = _successes_and_base(successes, base)
    z = normal_quantile(confidence)
    centre = x + z * z / 2
    half = z * math.sqrt(x * (n - x) / n + z * z / 4)
    low = 0.0 if x == 0 else (centre - half) / (n + z * z)
    high = 1.0 if x == n else (centre + half) / (n + z * z)
    return low, high


def newcombe_difference(x1, n1, x2, n2, *, confidence=0.95):
    """Newcombe's interval of the difference of two independent shares.

    Parameters
    ----------
    x1, n1, x2, n2 : float
        Numerators and denominators; fractions are allowed.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    tuple of float
        Lower and upper end of ``x1/n1 − x2/n2`` in [-1, 1].

    Raises
    ------
    CountError
        A base is not above 0, or a numerator is not between 0 and its base.
    ArgumentError
        `confidence` lies outside its domain.

    Notes
    -----
    Method 10: the two Wilson intervals joined. The same as statsmodels'
    ``confint_proportions_2indep(compare="diff", method="newcomb")``.

    References
    ----------
    .. [1] Newcombe (1998). Interval estimation for the difference between
       independent proportions. Statistics in Medicine 17:873-890.

    Examples
    --------
    >>> low, high = newcombe_difference(56, 70, 48, 80)
    >>> round(low, 4), round(high, 4)
    (0.0524, 0.3339)
    """
    low_1, high_1 = wilson(x1, n1, confidence=confidence)
    low_2, high_2 = wilson(x2, n2, confidence=confidence)
    first, second = x1 / n1, x2 / n2
    low = first - second - math.hypot(first - low_1, high_2 - second)
    high = first - second + math.hypot(high_1 - first, second - low_2)
    return max(-1.0, low), min(1.0, high)


def clopper_pearson(successes, base, *, confidence=0.95):
    """Clopper and Pearson's interval, which covers at least as often as it says.

    Parameters
    ----------
    successes, base : float
        Numerator and denominator.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    tuple of float
        Lower and upper end in [0, 1].

    Raises
    ------
    CountError
        `base` is not above 0, or `successes` is not between 0 and `base`.
    ArgumentError
        `confidence` lies outside its domain.

    Notes
    -----
    Beta quantiles; wider than needed, so it is chosen only where a guarantee
    is asked for (an audit, a contract). The same as R's ``binom.test``.
    """
    from scipy.special import betaincinv

    x, n = _successes_and_base(successes, base)
    tail = (1 - checked_confidence(confidence)) / 2
    low = 0.0 if x == 0 else float(betaincinv(x, n - x + 1, tail))
    high = 1.0 if x == n else float(betaincinv(x + 1, n - x, 1 - tail))
    return low, high


def agresti_coull(successes, base, *, confidence=0.95):
    """Agresti and Coull's interval, cut at 0 and 1.

    Parameters
    ----------
    successes, base : float
        Numerator and denominator.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    tuple of float
        Lower and upper end in [0, 1].

    Raises
    ------
    CountError
        `base` is not above 0, or `successes` is not between 0 and `base`.
    ArgumentError
        `confidence` lies outside its domain.

    Notes
    -----
    A Wald interval after adding z²/2 successes and z²/2 failures.
    """
    x, n = _successes_and_base(successes, base)
    z = normal_quantile(confidence)
    adjusted = n + z * z
    centre = (x + z * z / 2) / adjusted
    half = z * math.sqrt(centre * (1 - centre) / adjusted)
    return max(0.0, centre - half), min(1.0, centre + half)


def jeffreys(successes, base, *, confidence=0.95):
    """Equal-tailed interval of the posterior under Jeffreys' prior.

    Parameters
    ----------
    successes, base : float
        Numerator and denominator.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    tuple of float
        Lower and upper end in [0, 1].

    Raises
    ------
    CountError
        `base` is not above 0, or `successes` is not between 0 and `base`.
    ArgumentError
        `confidence` lies outside its domain.

    Notes
    -----
    Beta(x + 1/2, n − x + 1/2); the lower end is moved to 0 at x = 0 and the
    upper end to 1 at x = n, which statsmodels' ``method="jeffreys"`` leaves out.

    References
    ----------
    .. [1] Brown, Cai & DasGupta (2001). Interval estimation for a binomial
       proportion. Statistical Science 16:101-133.
    """
    from scipy.special import betaincinv

    x, n = _successes_and_base(successes, base)
    tail = (1 - checked_confidence(confidence)) / 2
    low = 0.0 if x == 0 else float(betaincinv(x + 0.5, n - x + 0.5, tail))
    high = 1.0 if x == n else float(betaincinv(x + 0.5, n - x + 0.5, 1 - tail))
    return low, high


METHODS = {
    "wilson": wilson,
    "clopper_pearson": clopper_pearson,
    "agresti_coull": agresti_coull,
    "jeffreys": jeffreys,
}


def proportion(
    successes,
    base,
    *,
    effective_base=None,
    respondents=None,
    confidence=0.95,
    method="wilson",
    missing=0,
    not_applicable=0,
):
    """One share with its interval.

    Parameters
    ----------
    successes, base : float
        Respondents (or sums of weights) in the numerator and in the
        denominator.
    effective_base : float, optional
        Kish's effective base, for weighted answers; the interval is computed
        on it. The base itself when left out.
    respondents : int, optional
        Respondents behind a weighted `base`; `base` itself when left out.
    confidence : float in (0, 1), default 0.95
        Level of the interval.
    method : {"wilson", "clopper_pearson", "agresti_coull", "jeffreys"}
        Which interval; Wilson's unless a contract asks for another.
    missing, not_applicable : int, default 0
        Counted apart and passed through to the result.

    Returns
    -------
    Estimate
        Shares in [0, 1]; undefined when `base` is 0.

    Raises
    ------
    CountError
        A count is negative, not finite, or larger than its base.
    ArgumentError
        `confidence` or `method` is not known.

    Notes
    -----
    A weighted share of exactly 0 or 1 has a linearised standard error of 0;
    the interval on the effective base still has an honest width.

    Examples
    --------
    >>> share = proportion(60, 100)
    >>> round(share.low, 3), round(share.high, 3)
    (0.502, 0.691)
    >>> proportion(0, 0).value is None
    True
    """
    checked_confidence(confidence)
    if method not in METHODS:
        raise ArgumentError(f"No interval {method!r} for a share; choose from {sorted(METHODS)}.")
    total = finite_number("base", base)
    counted = {"missing": missing, "not_applicable": not_applicable}
    if total == 0 and finite_number("successes", successes) == 0:
        return undefined(confidence=confidence, method=method, **counted)
    x, total = _successes_and_base(successes, base)
    people = round(total) if respondents is None else int(respondents)
    share = x / total
    if effective_base is None:
        effective, low_high = total, METHODS[method](x, total, confidence=confidence)
    else:
        effective = finite_number("effective_base", effective_base)
        low_high = METHODS[method](share * effective, effective, confidence=confidence)
    small = people < LOW_BASE
    return Estimate(
        value=share,
        low=min(low_high[0], share),
        high=max(low_high[1], share),
        base=people,
        effective_base=effective,
        confidence=confidence,
        method=method,
        status=Status.LOW_BASE if small else Status.OK,
        reasons=(Reason.LOW_BASE,) if small else (),
        **counted,
    )


@takes(numbers=("mean", "standard_error", "df"))
def t_interval(mean, standard_error, df, *, confidence=0.95):
    """Student's t interval around a mean.

    Parameters
    ----------
    mean : float
        The mean.
    standard_error : float
        Its standard error, 0 or more.
    df : float
        Degrees of freedom; with 0 or fewer there is no interval.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    tuple of (float or None)
        Lower and upper end; both None when `df` is not above 0.

    Raises
    ------
    ArgumentError
        `confidence` lies outside its domain, or `standard_error` is negative.

    Notes
    -----
    The bare formula: with a standard error of 0 it has no width, which is why
    `scoring.satisfaction.csat` shows no interval then.
    """
    checked_confidence(confidence)
    if df <= 0:
        return None, None
    if not standard_error >= 0:
        raise ArgumentError(f"A standard error is 0 or more; got {standard_error!r}.")
    half = t_quantile(confidence, df) * standard_error
    return mean - half, mean + half


def finite_number(name, value):
    """Check that an argument is one finite number that is not negative.

    Parameters
    ----------
    name : str
        What the number is, for the message.
    value : object
        The argument.

    Returns
    -------
    float
        The number.

    Raises
    ------
    CountError
        It is not a number, not finite, or negative.
    """
    try:
        number = float(value)
    except (TypeError, ValueError):
        raise CountError(f"{name} must be a number; got {value!r}.") from None
    if isinstance(value, str | bool) or not math.isfinite(number) or number < 0:
        raise CountError(f"{name} must be a finite number, 0 or more; got {value!r}.")
    return number


def _successes_and_base(successes, base):
    x, n = finite_number("successes", successes), finite_number("base", base)
    if n == 0:
        raise CountError("An interval needs a base above 0.")
    if x > n * (1 + 1e-9):
        raise CountError(f"successes ({x:g}) cannot exceed the base ({n:g}).")
    return min(x, n), n


MEASURES = (
    Measure(
        key="share",
        name="Share",
        definition="Respondents who meet a condition, out of those who answered.",
        formula="x / n",
        denominator="Respondents who gave a valid answer to the question",
        scale="any",
        unit="share",
        interval="Wilson score interval; on Kish's effective base when weighted",
        source="Wilson (1927); Newcombe (1998), Statistics in Medicine 17:857-872",
    ),
)
