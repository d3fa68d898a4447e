"""What may be said about a curve: the top step, the bend, and when to keep silent."""

from .argument_types import takes
from .candidates import Candidate, FindingKind, decide
from .errors import ArgumentError
from .findings import Certainty, Direction, Finding
from .loyalty import BendVerdict, bend
from .results import Reason

RATIO_NUMBERS = (
    "top_score",
    "next_score",
    "ratio",
    "low",
    "high",
    "share_top",
    "share_next",
    "base_top",
    "base_next",
)
BEND_NUMBERS = (
    "base",
    "step_from",
    "step_to",
    "share_from",
    "share_to",
    "extra_odds",
    "extra_odds_low",
    "extra_odds_high",
)
KINDS = (
    FindingKind("ratio_top_to_next", RATIO_NUMBERS, has_direction=True),
    FindingKind("no_clear_ratio_top_to_next", RATIO_NUMBERS),
    FindingKind(
        "at_least_times",
        ("top_score", "next_score", "low", "share_top", "base_top", "base_next"),
        has_direction=True,
    ),
    FindingKind("too_few_for_ratio", ("top_score", "next_score", "base_top", "base_next", "more")),
    FindingKind("bend_found", BEND_NUMBERS, has_direction=True),
    FindingKind("no_bend_found", ("base", "odds_ratio", "odds_ratio_low", "odds_ratio_high")),
    FindingKind("too_few_for_bend", ("base", "more")),
    FindingKind("curve_separated", ("base",)),
)


@takes(numbers=("relevant_ratio",))
def ratio_candidate(top, *, relevant_ratio=1.25):
    """What the best score against the next may say.

    Parameters
    ----------
    top : TopAgainstNext
        The comparison.
    relevant_ratio : float, default 1.25
        A ratio worth knowing of. An unclear ratio whose interval reaches
        beyond it, either way, is "too few to tell" and not "no difference".

    Returns
    -------
    Candidate
        The rate ratio ("6.0 times the rate of", never "times more"); with an
        empty cell at the next score "at least so many times".

    Raises
    ------
    ArgumentError
        `relevant_ratio` is not above 1.
    """
    if not relevant_ratio > 1:
        raise ArgumentError(f"relevant_ratio must be above 1; got {relevant_ratio!r}.")
    ratio = top.ratio
    scores = {"top_score": top.top_score, "next_score": top.next_score}
    bases = {"base_top": top.top.base, "base_next": top.next.base}
    too_few = Finding(
        "too_few_for_ratio",
        Certainty.TOO_FEW,
        numbers={**scores, **bases, "more": _more(top)},
    )
    if not top.has_enough or Reason.BOTH_EMPTY in ratio.reasons:
        return Candidate(None, None, too_few)
    if ratio.value is None:
        numbers = {**scores, "low": ratio.low, "share_top": top.top.value, **bases}
        at_least = Finding("at_least_times", Certainty.CLEAR, Direction.HIGHER, numbers)
        return Candidate(top.test.p_value, at_least if ratio.low > 1 else None, too_few)
    numbers = {
        **scores,
        "ratio": ratio.value,
        "low": ratio.low,
        "high": ratio.high,
        "share_top": top.top.value,
        "share_next": top.next.value,
        **bases,
    }
    unclear = Finding("no_clear_ratio_top_to_next", Certainty.NO_CLEAR_DIFFERENCE, numbers=numbers)
    narrow = 1 / relevant_ratio <= ratio.low and ratio.high <= relevant_ratio
    clear = None
    if ratio.low > 1 or ratio.high < 1:
        direction = Direction.HIGHER if ratio.value > 1 else Direction.LOWER
        clear = Finding("ratio_top_to_next", Certainty.CLEAR, direction, numbers)
    return Candidate(top.test.p_value, clear, unclear if narrow else too_few)


def bend_candidate(curve, *, level=0.05):
    """What the shape of a curve may say.

    Parameters
    ----------
    curve : LoyaltyCurve
        The curve.
    level : float in (0, 1), default 0.05
        Level of the report.

    Returns
    -------
    Candidate
        A bend with its steepest step, no bend, or too few answers.

    Raises
    ------
    ArgumentError
        `level` lies outside (0, 1).

    Notes
    -----
    The direction is that of the best score against the line through the
    others, where the interval of its extra odds leaves 1 out; else there is
    none, since the bend lies elsewhere on the scale.
    """
    verdict = bend(curve, level=level)
    if Reason.SEPARATION in verdict.reasons:
        return Candidate(
            None,
            None,
            Finding("curve_separated", Certainty.TOO_FEW, numbers={"base": curve.base}),
        )
    too_few = Finding(
        "too_few_for_bend",
        Certainty.TOO_FEW,
        numbers={"base": curve.base, "more": verdict.more_respondents},
    )
    if verdict.verdict is BendVerdict.TOO_FEW:
        # Still counted in the correction: a family whose size depends on the
        # outcome of its tests would not hold its level.
        return Candidate(verdict.p_value, None, too_few)
    odds = curve.line.odds_ratio
    none_found = Finding(
        "no_bend_found",
        Certainty.NO_CLEAR_DIFFERENCE,
        numbers={
            "base": curve.base,
            "odds_ratio": odds.value,
            "odds_ratio_low": odds.low,
            "odds_ratio_high": odds.high,
        },
    )
    found = _bend_finding(curve, verdict)
    return Candidate(verdict.p_value, found, none_found)


def curve_findings(curve, *, level=0.05):
    """Everything a curve says on its own, corrected together.

    Parameters
    ----------
    curve : LoyaltyCurve
        The curve.
    level : float in (0, 1), default 0.05
        Chance of any false alarm.

    Returns
    -------
    tuple of Finding
        The top step, then the bend.

    Raises
    ------
    ArgumentError
        `level` lies outside (0, 1).

    Notes
    -----
    For a report with more tests pool the candidates and call
    `scoring.candidates.decide` once.
    """
    candidates = (
        ratio_candidate(curve.top_against_next),
        bend_candidate(curve, level=level),
    )
    return decide(candidates, level=level)


def _bend_finding(curve, verdict):
    step, extra = verdict.steepest, verdict.extra_odds_top
    if step is None:
        return None
    shares = {point.score: point.share.value for point in curve.points}
    return Finding(
        "bend_found",
        Certainty.CLEAR,
        _direction_at_top(extra),
        {
            "base": curve.base,
            "step_from": step.from_score,
            "step_to": step.to_score,
            "share_from": shares[step.from_score],
            "share_to": shares[step.to_score],
            "extra_odds": extra.value,
            "extra_odds_low": extra.low,
            "extra_odds_high": extra.high,
        },
    )


def _direction_at_top(extra):
    """Which way the best score departs from the line, where its interval says so."""
    if not extra.has_interval or extra.low <= 1 <= extra.high:
        return Direction.NONE  # the bend lies elsewhere on the scale
    return Direction.HIGHER if extra.low > 1 else Direction.LOWER


def _more(top):
    """Respondents still missing: for the power, and for ten at both scores."""
    floor = float(sum(max(0, 10 - share.base) for share in (top.top, top.next)))
    return max(floor, top.more_respondents or 0.0) or None
