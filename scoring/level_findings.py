"""What may be said about a level, a difference between two groups or waves, and the zones."""

from statistics import NormalDist

from .argument_types import takes
from .candidates import Candidate, FindingKind
from .errors import ArgumentError
from .findings import Certainty, Direction, Finding
from .intervals import LOW_BASE, normal_quantile
from .nps import nps
from .nps_comparison import nps_difference
from .power import more_respondents
from .results import Status
from .two_proportions import risk_difference, two_proportion_test

LEVEL = ("low", "high", "base")
DIFFERENCE = ("difference", "low", "high", "value_1", "value_2", "base_1", "base_2")
KINDS = (
    FindingKind("top_box_level", ("share", *LEVEL)),
    FindingKind("nps_level", ("score", *LEVEL, "promoters", "detractors")),
    FindingKind("too_few_for_level", ("base", "more")),
    FindingKind("share_difference", DIFFERENCE, has_direction=True),
    FindingKind("no_clear_share_difference", DIFFERENCE),
    FindingKind("mean_difference", DIFFERENCE, has_direction=True),
    FindingKind("no_clear_mean_difference", DIFFERENCE),
    FindingKind("nps_difference", DIFFERENCE, has_direction=True),
    FindingKind("no_clear_nps_difference", DIFFERENCE),
    FindingKind("too_few_for_difference", ("base_1", "base_2", "more")),
    FindingKind(
        "zone_shares",
        (
            "base",
            *(
                f"{zone}{part}"
                for zone in ("defection", "indifference", "affection")
                for part in ("", "_low", "_high")
            ),
        ),
    ),
    FindingKind("satisfied_not_loyal", ("share", *LEVEL, "n")),
    FindingKind("captive", ("share", *LEVEL, "n")),
)


def top_box_level(share):
    """How high a top box is.

    Parameters
    ----------
    share : Estimate
        From `scoring.satisfaction.top_box`.

    Returns
    -------
    Finding
        The level with its interval, or "too few".

    Raises
    ------
    ArgumentError
        `share` is not a share in [0, 1].
    """
    _check_share(share)
    if share.base < LOW_BASE or not share.is_defined:
        return _too_few_for_level(share.base)
    return Finding(
        "top_box_level", Certainty.CLEAR, numbers={"share": share.value, **_level(share)}
    )


def nps_level(result):
    """How high a Net Promoter Score is.

    Parameters
    ----------
    result : NetPromoterScore
        From `scoring.nps.nps`.

    Returns
    -------
    Finding
        The level with its interval, or "too few".

    Raises
    ------
    ArgumentError
        The score lies outside −100 to 100.
    """
    score = result.score
    if score.base < LOW_BASE or not score.is_defined:
        return _too_few_for_level(score.base)
    if not -100 <= score.value <= 100:
        raise ArgumentError(f"A Net Promoter Score lies in −100 to 100; got {score.value}.")
    return Finding(
        "nps_level",
        Certainty.CLEAR,
        numbers={
            "score": score.value,
            **_level(score),
            "promoters": result.promoters.value,
            "detractors": result.detractors.value,
        },
    )


def share_difference_candidate(
    successes_1, base_1, successes_2, base_2, *, relevant_difference=0.05, confidence=0.95
):
    """What a difference of two shares may say, such as two waves or a segment and the rest.

    Parameters
    ----------
    successes_1, base_1, successes_2, base_2 : float
        Numerators and denominators; on effective bases when weighted.
    relevant_difference : float, default 0.05
        A difference worth knowing of; when the interval reaches beyond it,
        an unclear difference is "too few to tell".
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    Candidate
        First minus second: higher, lower, no clear difference, or too few.

    Raises
    ------
    CountError
        A count is negative, not finite, or larger than its base.
    ArgumentError
        An option lies outside its domain.
    """
    table = successes_1, base_1, successes_2, base_2
    found = risk_difference(*table, confidence=confidence)
    bases = {"base_1": round(base_1), "base_2": round(base_2)}
    if not found.is_defined or min(base_1, base_2) < LOW_BASE:
        return Candidate(None, None, _too_few_for_difference(bases))
    shares = successes_1 / base_1, successes_2 / base_2
    more = more_respondents(shares[0], base_1, shares[1], base_2)
    return _difference_candidate(
        "share_difference",
        found,
        two_proportion_test(*table).p_value,
        {"value_1": shares[0], "value_2": shares[1], **bases},
        relevant=relevant_difference,
        more=more,
    )


@takes(numbers=("relevant_difference",))
def nps_difference_candidate(counts_1, counts_2, *, relevant_difference=10.0, confidence=0.95):
    """What a difference of two Net Promoter Scores may say.

    Parameters
    ----------
    counts_1, counts_2 : array_like of int, shape (11,), or CountTable
        Respondents of each group at each point from 0 to 10.
    relevant_difference : float, default 10
        Points worth knowing of.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    Candidate
        First minus second: higher, lower, no clear difference, or too few.

    Raises
    ------
    ScaleError, CountError, AxisError
        As `scoring.nps.nps`.
    ArgumentError
        An option lies outside its domain.
    """
    found = nps_difference(counts_1, counts_2, confidence=confidence)
    scores = [nps(counts).score for counts in (counts_1, counts_2)]
    bases = {"base_1": scores[0].base, "base_2": scores[1].base}
    if not found.difference.is_defined or min(bases.values()) < LOW_BASE:
        return Candidate(None, None, _too_few_for_difference(bases))
    return _difference_candidate(
        "nps_difference",
        found.difference,
        found.test.p_value,
        {"value_1": scores[0].value, "value_2": scores[1].value, **bases},
        relevant=relevant_difference,
        more=_more_for_z(found.test.statistic, sum(bases.values())),
    )


def zone_finding(zones):
    """How respondents spread over the zones.

    Parameters
    ----------
    zones : tuple of Zone
        From `scoring.zones.zones`.

    Returns
    -------
    Finding
        Three shares with their intervals, or "too few".

    Raises
    ------
    ArgumentError
        There are not three zones.
    """
    if len(zones) != 3:
        raise ArgumentError(f"There are three zones; got {len(zones)}.")
    base = zones[0].share.base
    if base < LOW_BASE:
        return _too_few_for_level(base)
    numbers = {"base": base}
    for zone in zones:
        numbers[zone.name] = zone.share.value
        numbers[f"{zone.name}_low"] = zone.share.low
        numbers[f"{zone.name}_high"] = zone.share.high
    return Finding("zone_shares", Certainty.CLEAR, numbers=numbers)


def quadrant_findings(quadrants):
    """The two quadrants that a mean hides: satisfied but not loyal, and captive.

    Parameters
    ----------
    quadrants : Quadrants
        From `scoring.zones.quadrants`.

    Returns
    -------
    tuple of Finding
        The satisfaction trap, then those who stay although they are not
        satisfied, which is a risk and no success; "too few" when the base is low.

    Raises
    ------
    ArgumentError
        A share lies outside [0, 1].
    """
    findings = []
    for kind, part in (
        ("satisfied_not_loyal", quadrants.mercenary),
        ("captive", quadrants.hostage),
    ):
        _check_share(part.share)
        if part.share.base < LOW_BASE:
            return (_too_few_for_level(part.share.base),)
        numbers = {"share": part.share.value, **_level(part.share), "n": part.n}
        findings.append(Finding(kind, Certainty.CLEAR, numbers=numbers))
    return tuple(findings)


def _difference_candidate(kind, found, p_value, values, *, relevant, more):
    if not relevant > 0:
        raise ArgumentError(f"relevant_difference must be above 0; got {relevant!r}.")
    numbers = {"difference": found.value, "low": found.low, "high": found.high, **values}
    clear = None
    if found.low > 0 or found.high < 0:
        direction = Direction.HIGHER if found.value > 0 else Direction.LOWER
        clear = Finding(kind, Certainty.CLEAR, direction, numbers)
    if -relevant <= found.low and found.high <= relevant:
        otherwise = Finding(f"no_clear_{kind}", Certainty.NO_CLEAR_DIFFERENCE, numbers=numbers)
    else:
        otherwise = _too_few_for_difference(
            {name: values[name] for name in ("base_1", "base_2")}, more
        )
    return Candidate(p_value, clear, otherwise)


def _more_for_z(z, base):
    """Further respondents for 80 percent power at the present difference and mix."""
    if not z:
        return None
    needed = normal_quantile(0.95) + NormalDist().inv_cdf(0.8)
    return max(0.0, base * ((needed / z) ** 2 - 1))


def _too_few_for_level(base):
    numbers = {"base": base, "more": float(max(0, LOW_BASE - base))}
    return Finding("too_few_for_level", Certainty.TOO_FEW, numbers=numbers)


def _too_few_for_difference(bases, more=None):
    floor = float(sum(max(0, LOW_BASE - base) for base in bases.values()))
    numbers = {**bases, "more": max(floor, more or 0.0) or None}
    return Finding("too_few_for_difference", Certainty.TOO_FEW, numbers=numbers)


def _level(estimate):
    return {"low": estimate.low, "high": estimate.high, "base": estimate.base}


def _check_share(share):
    if share.status is not Status.UNDEFINED and not 0 <= share.value <= 1:
        raise ArgumentError(f"A share lies in [0, 1]; got {share.value}.")
