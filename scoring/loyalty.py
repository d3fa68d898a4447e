"""The satisfaction–loyalty curve: loyal shares by score, the lines through them, and the bend.

The shares themselves are the result; every line is a summary of them. The
curve is computed from counts alone, with numpy, so a results page can do it
in a request.
"""

import math
from dataclasses import dataclass
from enum import StrEnum
from statistics import NormalDist

from .argument_types import takes
from .curve_fit import IsotonicLine, LinearLogit, isotonic_line, linear_logit, separation
from .curve_tests import LOOKS, CurveTests, curve_tests, kink_error
from .errors import ArgumentError
from .intervals import LOW_BASE, checked_confidence, normal_quantile
from .logit import bernoulli_loglik
from .loyalty_cells import LoyaltyCells, loyalty_cells
from .measure import Measure
from .results import Estimate, Reason, Status, undefined
from .top_against_next import TopAgainstNext, point_share, top_against_next
from .two_proportions import risk_difference, risk_ratio


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One score of the curve.

    Parameters
    ----------
    score : int
        The score.
    n, loyal : int
        Respondents and loyal respondents, unweighted.
    share : Estimate
        Share of loyal respondents with Wilson's interval; "low_n" under ten
        respondents, undefined without any.
    """

    score: int
    n: int
    loyal: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class CurveStep:
    """From one score to the next better one.

    Parameters
    ----------
    from_score, to_score : int
        Neighbouring scores.
    difference : Estimate
        Rise of the loyal share, Newcombe's interval.
    ratio : Estimate
        Higher over lower share, Koopman's interval.
    """

    from_score: int
    to_score: int
    difference: Estimate
    ratio: Estimate


@dataclass(frozen=True, slots=True)
class LoyaltyCurve:
    """A satisfaction–loyalty curve with everything that is said about it.

    Parameters
    ----------
    points : tuple of CurvePoint
        From the bad end of the scale to the good end.
    isotonic : IsotonicLine
        The best line that never falls; positions refer to `points`.
    line : LinearLogit
        The straight line in the logit; undefined under separation.
    tests : CurveTests
        Trend, homogeneity, and the straight line against the points.
    steps : tuple of CurveStep
        One for each pair of neighbours.
    largest_step : CurveStep or None
        Where the share rises most; None without two neighbouring points.
    top_against_next : TopAgainstNext
        The best score against the one below.
    saturated_loglik : float or None
        Bernoulli log-likelihood of the shares; None for weighted answers or
        an empty base.
    is_separated : bool
        Whether the scores tell loyal from not loyal without overlap.
    cells : LoyaltyCells
        What it was computed from.
    reasons : tuple of Reason
        Such as "not_increasing" or "separation".
    """

    points: tuple[CurvePoint, ...]
    isotonic: IsotonicLine
    line: LinearLogit
    tests: CurveTests
    steps: tuple[CurveStep, ...]
    largest_step: CurveStep | None
    top_against_next: TopAgainstNext
    saturated_loglik: float | None
    is_separated: bool
    cells: LoyaltyCells
    reasons: tuple[Reason, ...] = ()

    @property
    def base(self):
        """Respondents with a score and a known loyalty."""
        return self.cells.base


def loyalty_curve(
    counts, *, scale, confidence=0.95, penalty=None, generator=None, samples=999, power=0.8
):
    """Loyal share by satisfaction score, with lines, tests and the top step.

    Parameters
    ----------
    counts : CountTable or pair of array_like of int, shape (k,)
        A table with axes "score" and "loyal", weighted or not, or the pair
        ``(n, loyal)``: respondents and loyal respondents at each point,
        lowest first. Loyalty is one thing only: stated intention,
        recommendation, or behaviour in a window after the score.
    scale : Scale
        The scale of the scores.
    confidence : float in (0, 1), default 0.95
        Level of every interval.
    penalty : {"firth"}, optional
        Fit the straight line with Firth's penalty, which exists under separation.
    generator : numpy.random.Generator, optional
        For bootstrap p-values where the table is sparse; chi-square without.
    samples : int, default 999
        Bootstrap samples.
    power : float in (0, 1), default 0.8
        For the sample sizes of the top step.

    Returns
    -------
    LoyaltyCurve
        Never fails for want of answers: what is not known is undefined and
        says why.

    Raises
    ------
    ScaleError, CountError, AxisError
        The counts do not fit, see `scoring.loyalty_cells.loyalty_cells`.
    ArgumentError
        An option lies outside its domain.

    Notes
    -----
    The line is fitted by Newton's method on one row for each score
    (`scoring.logit`), not by statsmodels, so that a web request can do it;
    both agree to eight digits. Suppression of small groups is for the caller.

    References
    ----------
    .. [1] Jones & Sasser (1995). Why satisfied customers defect. Harvard
       Business Review.
    .. [2] Mittal & Kamakura (2001). Satisfaction, repurchase intent, and
       repurchase behavior. Journal of Marketing Research 38:131-142.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT
    >>> curve = loyalty_curve(
    ...     ([100, 100, 100, 100, 100], [5, 6, 8, 10, 60]), scale=FIVE_POINT)
    >>> [point.share.value for point in curve.points]
    [0.05, 0.06, 0.08, 0.1, 0.6]
    >>> round(curve.tests.linear.statistic, 1), curve.largest_step.to_score
    (26.8, 5)
    """
    checked_confidence(confidence)
    cells = loyalty_cells(counts, scale=scale)
    line = linear_logit(cells, confidence=confidence, penalty=penalty)
    steps = tuple(_step(cells, i, confidence) for i in range(len(cells.scores) - 1))
    isotonic = isotonic_line(cells.share, cells.w)
    separated = cells.base > 0 and separation(cells)
    return LoyaltyCurve(
        points=tuple(_point(cells, i, confidence) for i in range(len(cells.scores))),
        isotonic=isotonic,
        line=line,
        tests=curve_tests(cells, line, confidence=confidence, generator=generator, samples=samples),
        steps=steps,
        largest_step=max(
            (step for step in steps if step.difference.is_defined),
            key=lambda step: step.difference.value,
            default=None,
        ),
        top_against_next=top_against_next(cells, scale=scale, confidence=confidence, power=power),
        saturated_loglik=_saturated_loglik(cells),
        is_separated=separated,
        cells=cells,
        reasons=_reasons(cells, isotonic, separated),
    )


class BendVerdict(StrEnum):
    """What may be said about a bend."""

    BEND_FOUND = "bend_found"
    NO_BEND_FOUND = "no_bend_found"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Bend:
    """Whether the curve bends.

    Parameters
    ----------
    verdict : BendVerdict
        The answer.
    look : str or None
        Where the largest deviation is: "top", "bottom" or "curvature"; None
        unless a bend was found.
    p_value : float or None
        Smallest p-value of the three looks after Holm's correction.
    steepest : CurveStep or None
        Where the share rises most among steps with ten respondents at both
        ends.
    extra_odds_top : Estimate
        Odds at the best score against the line through the others.
    more_respondents : float or None
        With `BendVerdict.TOO_FEW`: about how many more would do, at the
        present mix; None where no number can be given.
    reasons : tuple of Reason
        Why there are too few.
    """

    verdict: BendVerdict
    look: str | None
    p_value: float | None
    steepest: CurveStep | None
    extra_odds_top: Estimate
    more_respondents: float | None = None
    reasons: tuple[Reason, ...] = ()


@takes(numbers=("level",))
def bend(curve, *, level=0.05, relevant_odds=3.0, power=0.8):
    """Verdict on a bend: found, not found, or too few answers to tell.

    Parameters
    ----------
    curve : LoyaltyCurve
        The curve.
    level : float in (0, 1), default 0.05
        Level of the three looks together.
    relevant_odds : float, default 3.0
        The bend worth knowing of: extra odds at the best score. When so large
        a bend could not have been seen, the verdict is "too few" and never
        "no bend".
    power : float in (0, 1), default 0.8
        Chance with which it must have been visible.

    Returns
    -------
    Bend
        With the reasons.

    Raises
    ------
    ArgumentError
        `level`, `relevant_odds` or `power` lies outside its domain.

    Notes
    -----
    A bend is found when Holm's smallest p-value over the kink at the top, the
    kink at the bottom and the curvature is below `level`. At least three
    points need ten respondents each. Absence of evidence is told apart from
    evidence of absence by the standard error that the kink has under the
    line: ``(z + z_power)·SE`` must not exceed ``log(relevant_odds)``.
    """
    if not (0 < level < 1 and 0 < power < 1 and relevant_odds > 1):
        raise ArgumentError("level and power lie between 0 and 1, relevant_odds above 1.")
    tests = curve.tests
    looks = {name: getattr(tests, name) for name in LOOKS}
    known = {name: test for name, test in looks.items() if test.p_adjusted is not None}
    found = {"steepest": _steepest(curve), "extra_odds_top": tests.extra_odds_top}
    enough = sum(point.n >= LOW_BASE for point in curve.points)
    if curve.is_separated or not known:
        reason = Reason.SEPARATION if curve.is_separated else Reason.TOO_FEW_POINTS
        return Bend(BendVerdict.TOO_FEW, None, None, reasons=(reason,), **found)
    look = min(known, key=lambda name: known[name].p_value)
    p_value = known[look].p_adjusted
    if enough < 3:
        more = _more_for_three_points(curve)
        return Bend(BendVerdict.TOO_FEW, None, p_value, more_respondents=more, reasons=LOW, **found)
    if p_value < level:
        return Bend(BendVerdict.BEND_FOUND, look, p_value, **found)
    error = kink_error(curve.cells, curve.line)
    allowed = math.log(relevant_odds) / (normal_quantile(1 - level) + NormalDist().inv_cdf(power))
    if error is None or error > allowed:
        more = None if error is None else curve.base * ((error / allowed) ** 2 - 1)
        return Bend(BendVerdict.TOO_FEW, None, p_value, more_respondents=more, reasons=LOW, **found)
    return Bend(BendVerdict.NO_BEND_FOUND, None, p_value, **found)


LOW = (Reason.LOW_BASE,)


def _steepest(curve):
    solid = [step for step in curve.steps if step.difference.status is Status.OK]
    return max(solid, key=lambda step: step.difference.value, default=None)


def _more_for_three_points(curve):
    """Respondents still missing at the three fullest points."""
    fullest = sorted((point.n for point in curve.points), reverse=True)[:3]
    return float(sum(max(0, LOW_BASE - n) for n in fullest))


def _point(cells, position, confidence):
    return CurvePoint(
        score=cells.scores[position],
        n=int(cells.n[position]),
        loyal=int(cells.loyal_n[position]),
        share=point_share(cells, position, confidence),
    )


def _step(cells, position, confidence):
    table = tuple(
        float(number)
        for i in (position + 1, position)
        for number in (cells.effective_loyal[i], cells.effective[i])
    )
    if not (table[1] and table[3]):
        empty = undefined(confidence=confidence, base=int(cells.n[position : position + 2].sum()))
        difference = ratio = empty
    else:
        difference = risk_difference(*table, confidence=confidence)
        ratio = risk_ratio(*table, confidence=confidence)
    return CurveStep(cells.scores[position], cells.scores[position + 1], difference, ratio)


def _saturated_loglik(cells):
    if cells.is_weighted or cells.base == 0:
        return None
    return float(bernoulli_loglik(cells.n, cells.loyal_n, cells.share))


def _reasons(cells, isotonic, separated):
    if cells.base == 0:
        return (Reason.EMPTY_BASE,)
    reasons = ()
    if cells.used.sum() > 1 and not isotonic.is_increasing:
        reasons += (Reason.NOT_INCREASING,)
    if separated:
        reasons += (Reason.SEPARATION,)
    return reasons


MEASURES = (
    Measure(
        key="loyalty_curve",
        name="Satisfaction–loyalty curve",
        definition="Share of loyal respondents at each satisfaction score.",
        formula="loyal(k) / n(k)",
        denominator="Respondents with that score and a known loyalty",
        scale="any rating scale with a yes/no loyalty outcome",
        unit="share",
        interval="Wilson score interval; on Kish's effective base when weighted",
        source="Jones & Sasser (1995), Harvard Business Review",
    ),
    Measure(
        key="bend",
        name="Bend of the curve",
        definition="Whether loyalty rises evenly from score to score or bends, and where.",
        formula="likelihood ratio of a kink at the top, at the bottom, and of curvature; Holm",
        denominator="Respondents with a score and a known loyalty",
        scale="any rating scale of three or more points",
        unit="verdict",
        interval="Wald interval of the extra odds at the top",
        source="Likelihood-ratio tests; Holm (1979), Scandinavian Journal of Statistics 6:65-70",
    ),
    Measure(
        key="odds_ratio_per_point",
        name="Odds ratio per point",
        definition="By how much the odds of being loyal multiply with each point more.",
        formula="exp(b) of logit p = a + b·score",
        denominator="Respondents with a score and a known loyalty",
        scale="any rating scale with a yes/no loyalty outcome",
        unit="ratio",
        interval="Wald on the logit",
        source="McCullagh & Nelder (1989), Generalized Linear Models",
    ),
)
