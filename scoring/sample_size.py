"""How many answers a wanted certainty takes."""

from dataclasses import dataclass
from math import ceil, inf

from .argument_types import takes
from .errors import ArgumentError
from .intervals import normal_quantile
from .measure import Measure
from .power import respondents_per_group


@dataclass(frozen=True, slots=True)
class SampleSize:
    """Answers needed.

    Parameters
    ----------
    answers : int
        Smallest whole number that is enough; for a comparison, in each group.
    exact : float
        The solution before it was taken up to a whole number.
    """

    answers: int
    exact: float


@takes(numbers=("margin", "share", "population"))
def answers_for_share(margin, *, share=0.5, confidence=0.95, population=None, design_effect=1.0):
    """Answers needed for a share to be known within a margin.

    Parameters
    ----------
    margin : float in (0, 1)
        Half the width of the interval wanted, 0.05 for ±5 percentage points.
    share : float in (0, 1), default 0.5
        The share expected; 0.5 needs the most.
    confidence : float in (0, 1), default 0.95
        Level of the interval.
    population : int, optional
        Size of a population that the frame lists completely, for the finite
        population correction; off when not given.
    design_effect : float, default 1.0
        Expected loss from weighting.

    Returns
    -------
    SampleSize
        Answers, not invitations: divide by the expected response rate.

    Raises
    ------
    ArgumentError
        An argument lies outside its domain.

    Notes
    -----
    ``n = deff · z² p(1 − p)/margin²``; with a population N, ``n/(1 + (n − 1)/N)``.

    References
    ----------
    .. [1] Cochran, W. G. (1977). Sampling Techniques, 3rd edition.

    Examples
    --------
    >>> answers_for_share(0.05).answers
    385
    """
    if not 0 < margin < 1:
        raise ArgumentError(f"A margin of a share lies between 0 and 1; got {margin!r}.")
    if not 0 < share < 1:
        raise ArgumentError(f"The expected share lies between 0 and 1; got {share!r}.")
    return _for_variance(share * (1 - share), margin, confidence, population, design_effect)


@takes(numbers=("margin", "promoters", "detractors", "population"))
def answers_for_nps(
    margin, *, promoters=0.5, detractors=0.5, confidence=0.95, population=None, design_effect=1.0
):
    """Answers needed for a Net Promoter Score to be known within a margin.

    Parameters
    ----------
    margin : float in (0, 200)
        Half the width of the interval wanted, in points.
    promoters, detractors : float in [0, 1], default 0.5 and 0.5
        Shares expected; half and half needs the most.
    confidence : float in (0, 1), default 0.95
        Level of the interval.
    population : int, optional
        As in `answers_for_share`.
    design_effect : float, default 1.0
        Expected loss from weighting.

    Returns
    -------
    SampleSize
        Answers, not invitations.

    Raises
    ------
    ArgumentError
        An argument lies outside its domain.

    Notes
    -----
    ``n = deff · z² v (100/margin)²`` with ``v = p + d − (p − d)²``.

    References
    ----------
    .. [1] Rocks, B. (2016). Interval estimation for the "Net Promoter Score".
       The American Statistician 70, 365–372.

    Examples
    --------
    >>> answers_for_nps(10, promoters=0.5, detractors=0.2).answers
    235
    """
    if not 0 < margin < 200:
        raise ArgumentError(f"A margin of an NPS lies between 0 and 200 points; got {margin!r}.")
    if min(promoters, detractors) < 0 or promoters + detractors > 1:
        raise ArgumentError("Shares of promoters and detractors are 0 or more, together up to 1.")
    variance = promoters + detractors - (promoters - detractors) ** 2
    if variance <= 0:
        raise ArgumentError("With only promoters or only detractors there is nothing to estimate.")
    return _for_variance(variance, margin / 100, confidence, population, design_effect)


@takes(numbers=("first", "second"))
def answers_to_tell_shares(first, second, *, power=0.8, confidence=0.95, design_effect=1.0):
    """Answers needed in each of two groups to tell two shares apart.

    Parameters
    ----------
    first, second : float in [0, 1]
        The shares to be told apart; not equal.
    power : float in (0, 1), default 0.8
        Chance of finding the difference if it is there.
    confidence : float in (0, 1), default 0.95
        One less the level of the two-sided test.
    design_effect : float, default 1.0
        Expected loss from weighting.

    Returns
    -------
    SampleSize
        Answers in each group.

    Raises
    ------
    ArgumentError
        An argument lies outside its domain, or the shares are equal.

    Notes
    -----
    Cohen's arcsine form, ``n = (z_α/2 + z_β)²/h²`` · 2 with
    ``h = 2 asin √p1 − 2 asin √p2``: R's ``pwr::pwr.2p.test``, statsmodels'
    ``NormalIndPower`` with ``proportion_effectsize``.

    References
    ----------
    .. [1] Cohen, J. (1988). Statistical Power Analysis for the Behavioral
       Sciences, 2nd edition.

    Examples
    --------
    >>> answers_to_tell_shares(0.30, 0.40).answers
    356
    """
    if not (0 <= first <= 1 and 0 <= second <= 1) or first == second:
        raise ArgumentError(f"Expected two different shares; got {first!r} and {second!r}.")
    needed = respondents_per_group(first, second, power=power, confidence=confidence)
    return _size(needed * _checked_deff(design_effect))


def _for_variance(variance, margin, confidence, population, design_effect):
    z = normal_quantile(confidence)
    n = z**2 * variance / margin**2 * _checked_deff(design_effect)
    if population is not None:
        if not 1 <= population < inf:
            raise ArgumentError(f"A population has 1 member or more; got {population!r}.")
        n = n / (1 + (n - 1) / population)
    return _size(n)


def _checked_deff(design_effect):
    if not 1 <= design_effect < inf:
        raise ArgumentError(f"A design effect is 1 or more; got {design_effect!r}.")
    return design_effect


def _size(exact):
    return SampleSize(max(1, ceil(exact - 1e-9)), float(exact))


MEASURES = (
    Measure(
        key="answers_for_share",
        name="Answers needed for a share",
        definition="How many answers keep the interval of a share within a margin.",
        formula="deff · z² p(1 − p) / margin²",
        denominator="Planned answers",
        scale="any",
        unit="respondents",
        interval="none",
        source="Cochran (1977), Sampling Techniques",
    ),
    Measure(
        key="answers_to_tell_shares",
        name="Answers needed to tell two shares apart",
        definition="How many answers in each group find a difference with a given power.",
        formula="2 (z_α/2 + z_β)² / (2 asin √p1 − 2 asin √p2)²",
        denominator="Planned answers of each group",
        scale="any",
        unit="respondents",
        interval="none",
        source="Cohen (1988), Statistical Power Analysis",
    ),
)
