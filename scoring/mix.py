"""How much of a change between two waves is a change in who answered."""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from .errors import ArgumentError, AxisError, ScaleError
from .intervals import normal_quantile
from .measure import Measure
from .results import Estimate, Reason, undefined
from .score_sums import score_sums, top_points


@dataclass(frozen=True, slots=True)
class MixAdjustedChange:
    """A raw change taken apart into change within segments and change of mix.

    Parameters
    ----------
    raw : float or None
        Later minus earlier over all respondents.
    adjusted : Estimate
        The change within segments at the average mix of the two waves.
    mix : float or None
        The rest: what the shifted mix of segments makes. `raw` is the sum.
    mix_share : float or None
        `mix` over `raw`; below 0 or above 1 where the two parts pull in
        opposite directions, ``None`` where the raw change is 0.
    segments : tuple of (level, float, float, float)
        Segment, its average share, and its figure in the earlier and later wave.
    """

    raw: float | None
    adjusted: Estimate
    mix: float | None
    mix_share: float | None
    segments: tuple = ()


def mix_adjusted_change(
    earlier, later, *, scale, axis="segment", measure="top_box", boxes=1, confidence=0.95
):
    """Change between two waves with the mix of segments held still.

    Parameters
    ----------
    earlier, later : CountTable
        With an axis "score" and the axis of the segments; both weighted or
        both not.
    scale : Scale
        The scale the ratings were given on.
    axis : str, default "segment"
        The segments.
    measure : {"top_box", "mean", "nps"}, default "top_box"
        The figure; an NPS is in points and demands the scale 0–10.
    boxes : int, default 1
        Points that make the top box.
    confidence : float in (0, 1), default 0.95
        Level of the interval of the adjusted change.

    Returns
    -------
    MixAdjustedChange
        Undefined when a wave is empty, or a segment has respondents in one
        wave only (merge it with another). No interval when a segment has a
        single respondent, or nothing varies within segments.

    Raises
    ------
    AxisError
        A table lacks an axis, or the waves have different segments.
    ScaleError
        The scores do not belong to the scale, or an NPS is asked on another than 0–10.
    ArgumentError
        An option lies outside its domain.

    Notes
    -----
    Kitagawa's decomposition: ``Σ ½(s1 + s2)(m2 − m1) + Σ ½(m1 + m2)(s2 − s1)``
    over segments with shares s and figures m; both parts add up to the raw
    change exactly. The interval takes the mix as known and uses linearised
    variances within segments.

    References
    ----------
    .. [1] Kitagawa, E. M. (1955). Components of a difference between two rates.
       Journal of the American Statistical Association 50, 1168–1194.

    Examples
    --------
    >>> from scoring.counts import CountTable
    >>> from scoring.scales import FIVE_POINT
    >>> axes = [("segment", ("a", "b")), ("score", (4, 5))]
    >>> before = CountTable.from_counts(axes, [[80, 20], [20, 80]])
    >>> after = CountTable.from_counts(axes, [[40, 10], [30, 120]])
    >>> change = mix_adjusted_change(before, after, scale=FIVE_POINT)
    >>> round(change.raw, 3), round(change.adjusted.value, 3), round(change.mix_share, 3)
    (0.15, 0.0, 1.0)
    """
    values = _point_values(scale, measure, boxes)
    z = normal_quantile(confidence)
    waves = [_segments(table, axis, scale) for table in (earlier, later)]
    if waves[0].keys() != waves[1].keys():
        raise AxisError(f"The two waves have different levels on axis {axis!r}.")
    base = sum(sums.base for wave in waves for sums in wave.values())
    if not all(any(sums.base for sums in wave.values()) for wave in waves):
        return _undefined(Reason.EMPTY_BASE, base, confidence)
    raw = _overall(waves[1], values) - _overall(waves[0], values)
    pairs = {level: (sums, waves[1][level]) for level, sums in waves[0].items()}
    pairs = {level: pair for level, pair in pairs.items() if pair[0].base or pair[1].base}
    if not all(one.base and two.base for one, two in pairs.values()):
        return _undefined(Reason.EMPTY_CELL, base, confidence, raw)
    average = _average_shares(pairs)
    figures = {
        level: tuple(_figure(sums, values) for sums in pair) for level, pair in pairs.items()
    }
    within = sum(average[level] * (two - one) for level, (one, two) in figures.items())
    error, reasons = _error(pairs, average, values)
    adjusted = Estimate(
        value=within,
        low=within - z * error if error else None,
        high=within + z * error if error else None,
        base=base,
        effective_base=sum(sums.effective_base for wave in waves for sums in wave.values()),
        confidence=confidence,
        method="stratified",
        reasons=reasons,
    )
    return MixAdjustedChange(
        raw=raw,
        adjusted=adjusted,
        mix=raw - within,
        mix_share=(raw - within) / raw if raw else None,
        segments=tuple((level, average[level], *figures[level]) for level in pairs),
    )


def _point_values(scale, measure, boxes):
    points = np.array(scale.points, dtype=float)
    if measure == "mean":
        return points
    if measure == "top_box":
        return np.isin(points, top_points(scale, boxes)).astype(float)
    if measure != "nps":
        raise ArgumentError(f'measure is "top_box", "mean" or "nps"; got {measure!r}.')
    if (scale.lowest, scale.highest) != (0, 10) or not scale.higher_is_better:
        raise ScaleError(f"An NPS demands the scale 0–10; got {scale.lowest}–{scale.highest}.")
    return np.where(points >= 9, 100.0, np.where(points <= 6, -100.0, 0.0))


def _segments(table, axis, scale):
    return {
        level: score_sums(table.where(**{axis: level}), scale=scale)
        for level in table.axis(axis).levels
    }


def _overall(wave, values):
    total = sum(sums.w.sum() for sums in wave.values())
    return float(sum((sums.w * values).sum() for sums in wave.values()) / total)


def _average_shares(pairs):
    """Share of each segment, averaged over the two waves."""
    totals = [sum(pair[wave].w.sum() for pair in pairs.values()) for wave in (0, 1)]
    return {
        level: float(
            sum(sums.w.sum() / total for sums, total in zip(pair, totals, strict=True)) / 2
        )
        for level, pair in pairs.items()
    }


def _figure(sums, values):
    return float((sums.w * values).sum() / sums.w.sum())


def _error(pairs, average, values):
    """Standard error of the change within segments, or ``None`` with the reason."""
    total = 0.0
    for level, pair in pairs.items():
        for sums in pair:
            variance = _variance(sums, values)
            if variance is None:
                return None, (Reason.SINGLE_RESPONDENT,)
            total += average[level] ** 2 * variance
    return (sqrt(total), ()) if total > 0 else (None, (Reason.ZERO_VARIANCE,))


def _variance(sums, values):
    if sums.base < 2:
        return None
    spread = (sums.w2 * (values - _figure(sums, values)) ** 2).sum() / sums.w.sum() ** 2
    return float(sums.base / (sums.base - 1) * spread)


def _undefined(reason, base, confidence, raw=None):
    adjusted = undefined(reason, base=base, confidence=confidence, method="stratified")
    return MixAdjustedChange(raw, adjusted, None, None)


MEASURES = (
    Measure(
        key="mix_adjusted_change",
        name="Mix-adjusted change",
        definition="The change between two waves within segments, at their average mix.",
        formula="Σ ½(s1 + s2)(m2 − m1)",
        denominator="Respondents of both waves with a known segment who answered the item",
        scale="any",
        unit="share, score or points",
        interval="normal, stratified",
        source="Kitagawa (1955), JASA 50, 1168–1194",
    ),
)
