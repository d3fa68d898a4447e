"""Net Promoter Score from counts, with an honest interval, weighted or not."""

from dataclasses import dataclass

from .errors import CountError
from .intervals import LOW_BASE, checked_confidence
from .measure import Measure
from .nps_groups import group_interval, nps_groups, raw_error
from .results import Estimate, Reason, Status, undefined
from .scales import RECOMMENDATION
from .trinomial import TrinomialInterval

SMALL_EFFECTIVE_BASE = 40
"""Below this effective base a weighted score takes the adjusted interval."""


@dataclass(frozen=True, slots=True)
class NetPromoterScore:
    """A Net Promoter Score and its parts.

    Parameters
    ----------
    score : Estimate
        In points, −100 to +100.
    standard_error : float or None
        Of the raw score, in points; 0 when all answers fall in one group.
    promoters, passives, detractors : Estimate
        Shares of 9–10, 7–8 and 0–6; they sum to 1.
    """

    score: Estimate
    standard_error: float | None
    promoters: Estimate
    passives: Estimate
    detractors: Estimate


def nps(counts, *, scale=RECOMMENDATION, confidence=0.95, method=None):
    """Net Promoter Score: share of promoters minus share of detractors.

    Parameters
    ----------
    counts : array_like of int, shape (11,), or CountTable
        Respondents at each point from 0 to 10, or a table with an axis "score".
    scale : Scale, default RECOMMENDATION
        The scale the ratings were given on. Only 0 to 10 is accepted: a score
        from another scale would carry the name of something it is not.
    confidence : float in (0, 1), default 0.95
        Level of the intervals.
    method : {"adjusted_wald", "wald", "trinomial_t", "dirichlet", "linearised"}, optional
        Interval of the score. Left out: "adjusted_wald" (+3); for weighted
        answers "linearised" from an effective base of 40 on, else
        "adjusted_wald" on the effective base.

    Returns
    -------
    NetPromoterScore
        In points at full precision. The estimate is the raw score; the
        interval need not be symmetric around it. Undefined when nobody
        answered.

    Raises
    ------
    ScaleError
        `scale` is not 0 to 10, or there are not eleven counts.
    CountError, AxisError
        A count is impossible, or the table has no scores.
    ArgumentError
        `confidence` or `method` is not known.

    Notes
    -----
    ``100 (p₊ − p₋)``; one answer coded −1, 0, +1 has the variance
    ``p₊ + p₋ − (p₊ − p₋)²``. The adjusted Wald interval adds ¾ promoter,
    ¾ detractor and 1½ passives and is cut at ±100. Weighted: linearised
    variance ``n/(n−1) Σw²(u−m)²/(Σw)²``, as ``svymean`` of R's survey
    package. statsmodels and scipy have no Net Promoter Score.

    References
    ----------
    .. [1] Reichheld (2003). The one number you need to grow. Harvard
       Business Review.
    .. [2] Rocks (2016). Interval estimation for the "Net Promoter Score".
       The American Statistician 70:365-372.

    Examples
    --------
    >>> result = nps([20, 0, 0, 0, 0, 0, 0, 30, 0, 50, 0])
    >>> round(result.score.value, 6), round(result.standard_error, 2)
    (30.0, 7.81)
    """
    checked_confidence(confidence)
    groups = nps_groups(counts, scale)
    if groups.weight == 0:
        nothing = undefined(confidence=confidence, method=method or "adjusted_wald", **groups.apart)
        return NetPromoterScore(nothing, None, nothing, nothing, nothing)
    method = method or _default_method(groups)
    interval = group_interval(groups, method, confidence)
    reasons = _reasons(groups, interval, method)
    return NetPromoterScore(
        score=Estimate(
            value=100 * groups.score,
            low=None if interval.low is None else 100 * interval.low,
            high=None if interval.high is None else 100 * interval.high,
            base=groups.base,
            effective_base=groups.effective_base,
            confidence=confidence,
            method=method,
            status=Status.LOW_BASE if groups.base < LOW_BASE else Status.OK,
            reasons=reasons,
            **groups.apart,
        ),
        standard_error=100 * raw_error(groups),
        promoters=groups.share(2, confidence),
        passives=groups.share(1, confidence),
        detractors=groups.share(0, confidence),
    )


def nps_interval(counts, *, scale=RECOMMENDATION, method="adjusted_wald", confidence=0.95):
    """One named interval of the Net Promoter Score with its centre.

    Parameters
    ----------
    counts : array_like of int, shape (11,), or CountTable
        Respondents at each point from 0 to 10.
    scale : Scale, default RECOMMENDATION
        Only 0 to 10 is accepted.
    method : {"adjusted_wald", "wald", "trinomial_t", "dirichlet", "linearised"}
        Which interval.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    TrinomialInterval
        In points. `centre` is the middle of the interval ("dirichlet": the
        posterior mean), which differs from the raw score where the method
        adds answers.

    Raises
    ------
    ScaleError, CountError, AxisError
        As `nps`.
    CountError
        Nobody answered.
    ArgumentError
        `confidence` or `method` is not known.

    Notes
    -----
    Exact coverage at 95 percent for shares .02, .08, .90 and five
    respondents: Wald 40, t 41, adjusted 92, Dirichlet 92 percent. Wald and t
    are here to be compared with, not to be shown.
    """
    groups = nps_groups(counts, scale)
    if groups.weight == 0:
        raise CountError("An interval needs at least one answer.")
    found = group_interval(groups, method, checked_confidence(confidence))
    return TrinomialInterval(
        *(
            None if part is None else 100 * part
            for part in (found.centre, found.standard_error, found.low, found.high)
        )
    )


def _default_method(groups):
    if not groups.is_weighted or groups.effective_base < SMALL_EFFECTIVE_BASE:
        return "adjusted_wald"
    return "linearised" if (groups.n > 0).sum() > 1 else "adjusted_wald"


def _reasons(groups, interval, method):
    reasons = (Reason.LOW_BASE,) if groups.base < LOW_BASE else ()
    if interval.low is None:
        return (*reasons, Reason.SINGLE_RESPONDENT)
    if interval.standard_error == 0 and method != "dirichlet":
        return (*reasons, Reason.ZERO_VARIANCE)
    return reasons


MEASURES = (
    Measure(
        key="nps",
        name="Net Promoter Score",
        definition="Share of promoters (9–10) minus share of detractors (0–6), in points.",
        formula="100 (n(9–10) − n(0–6)) / n",
        denominator="Respondents who answered the recommendation question",
        scale="0–10 only",
        unit="points",
        interval="Adjusted Wald, +3; linearised when weighted",
        source="Reichheld (2003), Harvard Business Review; Rocks (2016), "
        "The American Statistician 70:365-372",
    ),
    Measure(
        key="promoters",
        name="Promoters",
        definition="Share of respondents who answered 9 or 10.",
        formula="n(9–10) / n",
        denominator="Respondents who answered the recommendation question",
        scale="0–10 only",
        unit="share",
        interval="Wilson score interval",
        source="Reichheld (2003), Harvard Business Review",
    ),
    Measure(
        key="passives",
        name="Passives",
        definition="Share of respondents who answered 7 or 8.",
        formula="n(7–8) / n",
        denominator="Respondents who answered the recommendation question",
        scale="0–10 only",
        unit="share",
        interval="Wilson score interval",
        source="Reichheld (2003), Harvard Business Review",
    ),
    Measure(
        key="detractors",
        name="Detractors",
        definition="Share of respondents who answered 0 to 6.",
        formula="n(0–6) / n",
        denominator="Respondents who answered the recommendation question",
        scale="0–10 only",
        unit="share",
        interval="Wilson score interval",
        source="Reichheld (2003), Harvard Business Review",
    ),
)
