"""Satisfaction from counts: mean, median, top box, bottom box, net box and index."""

import math
from dataclasses import dataclass

import numpy as np

from .argument_types import takes
from .cells import score_cells
from .errors import ArgumentError
from .intervals import LOW_BASE, checked_confidence, proportion, t_interval
from .measure import Measure
from .results import Estimate, Reason, Status, undefined
from .trinomial import adjusted_wald


@dataclass(frozen=True, slots=True)
class Satisfaction:
    """What one rating question says.

    Parameters
    ----------
    mean : Estimate
        Mean score with a t interval; never to be shown without `top_box`.
    sd, median : float or None
        Standard deviation (n − 1) and median; None where undefined.
    top_box, top_two_box, bottom_two_box : Estimate
        Shares at the good and at the bad end of the scale.
    net_box : Estimate or None
        Top two minus bottom two as a share in [-1, 1]; None on scales with
        fewer than four points, where the two overlap.
    index : Estimate
        The mean placed on 0 to 100, where 100 is the good end.
    distribution : tuple of Estimate
        Share at each point, lowest point first.
    base, missing, not_applicable : int
        Respondents counted, and those counted apart.
    """

    mean: Estimate
    sd: float | None
    median: float | None
    top_box: Estimate
    top_two_box: Estimate
    bottom_two_box: Estimate
    net_box: Estimate | None
    index: Estimate
    distribution: tuple[Estimate, ...]
    base: int
    missing: int = 0
    not_applicable: int = 0


def csat(counts, *, scale, confidence=0.95):
    """Summary of one satisfaction question.

    Parameters
    ----------
    counts : array_like of int, shape (k,), or CountTable
        Respondents at each point of `scale`, lowest point first, or a table
        with an axis "score". Blank and "does not apply" are not in the base.
    scale : Scale
        The scale the ratings were given on.
    confidence : float in (0, 1), default 0.95
        Level of every interval.

    Returns
    -------
    Satisfaction
        Undefined figures when nobody answered.

    Raises
    ------
    ScaleError
        `counts` does not have one entry for each point of `scale`.
    CountError, AxisError
        A count is impossible, or the table has no scores.
    ArgumentError
        `confidence` lies outside its domain.

    Notes
    -----
    Two groups can share a mean of 4.00 and have top boxes of 0 and 50
    percent: the top box is the headline, the mean stands beside it.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT
    >>> fours = csat([0, 0, 0, 100, 0], scale=FIVE_POINT)
    >>> fours.mean.value, fours.top_box.value
    (4.0, 0.0)
    """
    cells = score_cells(counts, scale=scale)
    average = mean_score(counts, scale=scale, confidence=confidence)
    boxes = {"scale": scale, "confidence": confidence}
    return Satisfaction(
        mean=average,
        sd=_standard_deviation(cells),
        median=_median(cells),
        top_box=top_box(counts, **boxes),
        top_two_box=top_box(counts, boxes=2, **boxes),
        bottom_two_box=bottom_box(counts, boxes=2, **boxes),
        net_box=net_box(counts, **boxes) if scale.length >= 4 else None,
        index=_on_hundred(average, scale),
        distribution=tuple(
            share_of(cells, np.arange(scale.length) == i, confidence) for i in range(scale.length)
        ),
        base=cells.base,
        missing=cells.missing,
        not_applicable=cells.not_applicable,
    )


def mean_score(counts, *, scale, confidence=0.95):
    """Mean of a rating question with a t interval.

    Parameters
    ----------
    counts : array_like of int, shape (k,), or CountTable
        Respondents at each point of `scale`, lowest point first.
    scale : Scale
        The scale the ratings were given on.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    Estimate
        In points of the scale. Without an interval when one person answered
        or all gave the same score: a width of 0 would claim to know.

    Raises
    ------
    ScaleError
        `counts` does not have one entry for each point of `scale`.
    CountError, AxisError
        A count is impossible, or the table has no scores.
    ArgumentError
        `confidence` lies outside its domain.

    Notes
    -----
    Weighted: ``m = Σwk/Σw`` with the linearised variance
    ``n/(n−1) Σw²(k−m)²/(Σw)²``, which is s²/n without weights; the same as
    ``svymean`` of R's survey package. t with n − 1 degrees of freedom.
    """
    checked_confidence(confidence)
    cells = score_cells(counts, scale=scale)
    apart = {"missing": cells.missing, "not_applicable": cells.not_applicable}
    if cells.weight == 0:
        return undefined(confidence=confidence, method="t", **apart)
    m = float(cells.w @ cells.points / cells.weight)
    n = cells.base
    reasons = [Reason.LOW_BASE] if n < LOW_BASE else []
    low = high = None
    if n == 1:
        reasons.append(Reason.SINGLE_RESPONDENT)
    elif (cells.n > 0).sum() == 1:
        reasons.append(Reason.ZERO_VARIANCE)
    else:
        variance = n / (n - 1) * float(cells.w2 @ (cells.points - m) ** 2) / cells.weight**2
        low, high = t_interval(m, math.sqrt(variance), n - 1, confidence=confidence)
    return Estimate(
        value=m,
        low=low,
        high=high,
        base=n,
        effective_base=cells.effective_base,
        confidence=confidence,
        method="t",
        status=Status.LOW_BASE if n < LOW_BASE else Status.OK,
        reasons=tuple(reasons),
        **apart,
    )


def top_box(counts, *, scale, boxes=1, confidence=0.95):
    """Share of respondents at the good end of a rating scale.

    Parameters
    ----------
    counts : array_like of int, shape (k,), or CountTable
        Respondents at each point of `scale`, lowest point first. Blank and
        "does not apply" are not in it.
    scale : Scale
        The scale the ratings were given on; its direction says which end is
        good.
    boxes : int, default 1
        How many points count.
    confidence : float in (0, 1), default 0.95
        Level of the Wilson interval.

    Returns
    -------
    Estimate
        Shares in [0, 1]; undefined when nobody answered.

    Raises
    ------
    ScaleError
        `counts` does not have one entry for each point of `scale`.
    CountError, AxisError
        A count is impossible, or the table has no scores.
    ArgumentError
        `boxes` or `confidence` lies outside its domain.

    Notes
    -----
    Weighted: ``Σw`` in the boxes over ``Σw``, Wilson on Kish's effective base.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT
    >>> top_box([0, 1, 1, 1, 1], scale=FIVE_POINT).value
    0.25
    """
    return share_of(
        score_cells(counts, scale=scale), _end(scale, boxes, scale.higher_is_better), confidence
    )


def bottom_box(counts, *, scale, boxes=1, confidence=0.95):
    """Share of respondents at the bad end of a rating scale.

    Parameters
    ----------
    counts : array_like of int, shape (k,), or CountTable
        Respondents at each point of `scale`, lowest point first.
    scale : Scale
        The scale the ratings were given on.
    boxes : int, default 1
        How many points count.
    confidence : float in (0, 1), default 0.95
        Level of the Wilson interval.

    Returns
    -------
    Estimate
        Shares in [0, 1]; undefined when nobody answered.

    Raises
    ------
    ScaleError
        `counts` does not have one entry for each point of `scale`.
    CountError, AxisError
        A count is impossible, or the table has no scores.
    ArgumentError
        `boxes` or `confidence` lies outside its domain.
    """
    return share_of(
        score_cells(counts, scale=scale),
        _end(scale, boxes, not scale.higher_is_better),
        confidence,
    )


@takes(numbers=("boxes",))
def net_box(counts, *, scale, boxes=2, confidence=0.95):
    """Share at the good end minus share at the bad end.

    Parameters
    ----------
    counts : array_like of int, shape (k,), or CountTable
        Respondents at each point of `scale`, lowest point first.
    scale : Scale
        The scale the ratings were given on.
    boxes : int, default 2
        How many points count at either end.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    Estimate
        In [-1, 1]; undefined when nobody answered.

    Raises
    ------
    ScaleError
        `counts` does not have one entry for each point of `scale`.
    CountError, AxisError
        A count is impossible, or the table has no scores.
    ArgumentError
        The two ends overlap, or `confidence` lies outside its domain.

    Notes
    -----
    The trinomial variance ``p₊ + p₋ − (p₊ − p₋)²`` and the adjusted Wald
    interval of the Net Promoter Score, see `scoring.nps`.
    """
    if 2 * boxes > scale.length:
        raise ArgumentError(
            f"{boxes} boxes at either end overlap on a scale of {scale.length} points."
        )
    cells = score_cells(counts, scale=scale)
    apart = {"missing": cells.missing, "not_applicable": cells.not_applicable}
    if cells.weight == 0:
        return undefined(confidence=checked_confidence(confidence), method="adjusted_wald", **apart)
    top = cells.w @ _end(scale, boxes, scale.higher_is_better) / cells.weight
    bottom = cells.w @ _end(scale, boxes, not scale.higher_is_better) / cells.weight
    interval = adjusted_wald(float(top), float(bottom), cells.effective_base, confidence=confidence)
    small = cells.base < LOW_BASE
    return Estimate(
        value=float(top - bottom),
        low=interval.low,
        high=interval.high,
        base=cells.base,
        effective_base=cells.effective_base,
        confidence=confidence,
        method="adjusted_wald",
        status=Status.LOW_BASE if small else Status.OK,
        reasons=(Reason.LOW_BASE,) if small else (),
        **apart,
    )


def share_of(cells, chosen, confidence):
    """Share of respondents at some points of a scale.

    Parameters
    ----------
    cells : ScoreCells
        Counts of the question.
    chosen : numpy.ndarray of bool, shape (k,)
        Which points count.
    confidence : float in (0, 1)
        Level of the Wilson interval.

    Returns
    -------
    Estimate
        Undefined when nobody answered.

    Raises
    ------
    ArgumentError
        `confidence` lies outside its domain.
    """
    return proportion(
        float(cells.w[chosen].sum()),
        cells.weight,
        effective_base=cells.effective_base if cells.is_weighted else None,
        respondents=cells.base,
        confidence=confidence,
        missing=cells.missing,
        not_applicable=cells.not_applicable,
    )


def _end(scale, boxes, at_top):
    if isinstance(boxes, bool) or not isinstance(boxes, int) or not 1 <= boxes <= scale.length:
        raise ArgumentError(
            f"boxes must be a whole number from 1 to {scale.length}; got {boxes!r}."
        )
    position = np.arange(scale.length)
    return position >= scale.length - boxes if at_top else position < boxes


def _standard_deviation(cells):
    n = cells.base
    if n < 2 or cells.weight == 0:
        return None
    m = cells.w @ cells.points / cells.weight
    spread = float(cells.w @ (cells.points - m) ** 2 / cells.weight)
    return math.sqrt(spread * n / (n - 1))


def _median(cells):
    if cells.weight == 0:
        return None
    half = cells.weight / 2
    reached = np.cumsum(cells.w)
    tolerance = 1e-12 * cells.weight
    lower = cells.points[np.argmax(reached >= half - tolerance)]
    upper = cells.points[np.argmax(reached > half + tolerance)]
    return float(lower + upper) / 2


def _on_hundred(mean, scale):
    def place(value):
        span = (value - scale.lowest) / (scale.highest - scale.lowest)
        return 100.0 * (span if scale.higher_is_better else 1.0 - span)

    if not mean.is_defined:
        return mean
    ends = sorted((place(mean.low), place(mean.high))) if mean.has_interval else (None, None)
    return Estimate(
        value=place(mean.value),
        low=ends[0],
        high=ends[1],
        base=mean.base,
        effective_base=mean.effective_base,
        confidence=mean.confidence,
        method=mean.method,
        status=mean.status,
        reasons=mean.reasons,
        missing=mean.missing,
        not_applicable=mean.not_applicable,
    )


MEASURES = (
    Measure(
        key="top_box",
        name="Top box",
        definition="Share of respondents at the best point of the scale.",
        formula="n(best point) / n",
        denominator="Respondents who gave a rating",
        scale="any rating scale",
        unit="share",
        interval="Wilson score interval; on Kish's effective base when weighted",
        source="Jones & Sasser (1995), Harvard Business Review; interval: Wilson (1927)",
    ),
    Measure(
        key="top_two_box",
        name="Top two boxes",
        definition="Share of respondents at the two best points of the scale.",
        formula="n(two best points) / n",
        denominator="Respondents who gave a rating",
        scale="any rating scale",
        unit="share",
        interval="Wilson score interval; on Kish's effective base when weighted",
        source="Common practice; interval: Wilson (1927)",
    ),
    Measure(
        key="bottom_two_box",
        name="Bottom two boxes",
        definition="Share of respondents at the two worst points of the scale.",
        formula="n(two worst points) / n",
        denominator="Respondents who gave a rating",
        scale="any rating scale",
        unit="share",
        interval="Wilson score interval; on Kish's effective base when weighted",
        source="Common practice; interval: Wilson (1927)",
    ),
    Measure(
        key="net_box",
        name="Net box",
        definition="Share at the two best points minus share at the two worst.",
        formula="top two − bottom two",
        denominator="Respondents who gave a rating",
        scale="any rating scale with four or more points",
        unit="share",
        interval="Adjusted Wald for a trinomial difference",
        source="Interval: Rocks (2016), The American Statistician 70:365-372",
    ),
    Measure(
        key="mean_score",
        name="Mean score",
        definition="Arithmetic mean of the ratings; shown only beside the top box.",
        formula="Σ k·n(k) / n",
        denominator="Respondents who gave a rating",
        scale="any rating scale",
        unit="score",
        interval="Student's t with n − 1 degrees of freedom",
        source="Common practice",
    ),
    Measure(
        key="score_out_of_100",
        name="Score out of 100",
        definition="The mean placed on 0 to 100, where 100 is the good end of the scale.",
        formula="100 (mean − min) / (max − min)",
        denominator="Respondents who gave a rating",
        scale="any rating scale",
        unit="points",
        interval="Student's t, rescaled",
        source="Fornell et al. (1996), Journal of Marketing 60(4):7-18, for the rescaling",
    ),
)
