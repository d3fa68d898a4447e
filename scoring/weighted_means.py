"""Weighted means and shares with the errors that belong to their kind of weights."""

from dataclasses import dataclass, replace
from math import sqrt
from numbers import Real

import numpy as np

from .argument_types import takes
from .errors import ArgumentError
from .intervals import t_quantile, wilson
from .measure import Measure
from .results import Estimate, Reason, undefined
from .score_sums import mean_estimate, score_sums, share_estimate, top_points
from .weight_types import (
    DesignEffect,
    FrequencyWeights,
    ImportanceWeights,
    SurveyWeights,
    design_effect,
)


@dataclass(frozen=True, slots=True)
class WeightedFigure:
    """A weighted figure with its standard error and what the weights cost.

    Parameters
    ----------
    estimate : Estimate
        The figure.
    standard_error : float or None
        ``None`` where the weights tell nothing about it.
    design_effect : DesignEffect or None
        Kish's; ``None`` for weights that are no survey weights.
    """

    estimate: Estimate
    standard_error: float | None
    design_effect: DesignEffect | None = None


@dataclass(frozen=True, slots=True)
class WeightedScore:
    """Mean and top box of a weighted item.

    Parameters
    ----------
    mean, top_box : WeightedFigure
        Weighted, with linearised standard errors. The top box carries
        Wilson's interval at the effective base.
    unweighted_mean, unweighted_top_box : Estimate
        The same respondents without weights.
    by_stratum : tuple of (level, WeightedScore)
        The same for every level of the strata's axis, if one was named.
    """

    mean: WeightedFigure
    top_box: WeightedFigure
    unweighted_mean: Estimate
    unweighted_top_box: Estimate
    by_stratum: tuple = ()


@takes(lists=("values",))
def weighted_mean(values, weights, *, confidence=0.95):
    """Mean of rows with weights of a stated kind.

    Parameters
    ----------
    values : sequence of float or None, shape (rows,)
        One value for each row; ``None`` is a blank and is counted apart.
    weights : FrequencyWeights, SurveyWeights or ImportanceWeights
        One for each row. The kind decides the error, never the estimate.
    confidence : float in (0, 1), default 0.95
        Level of the t interval.

    Returns
    -------
    WeightedFigure
        Survey weights: linearised error. Frequency weights: the error of the
        repeated rows. Importance weights: no error and no interval.

    Raises
    ------
    ArgumentError
        The weights are of no stated kind or of another length, a value is not
        finite, or `confidence` is not between 0 and 1.

    Notes
    -----
    Linearised: ``n/(n−1) Σw²(x − m)²/(Σw)²``, R's ``svymean`` for independent
    rows. ``DescrStatsW`` of statsmodels is not used: it takes every weight
    for a frequency, which makes the error of survey weights far too small.

    References
    ----------
    .. [1] Lumley, T. (2010). Complex Surveys: A Guide to Analysis Using R.

    Examples
    --------
    >>> figure = weighted_mean([1, 5, 4, 4, 3], SurveyWeights([2.5] * 5))
    >>> figure.estimate.value, round(figure.standard_error, 3)
    (3.4, 0.678)
    """
    values, weights_known, missing = _rows(values, weights)
    importance = isinstance(weights, ImportanceWeights)
    base = _base(weights, weights_known)
    effect = None
    if isinstance(weights, SurveyWeights):
        effect = design_effect(SurveyWeights(weights_known))
    if base == 0:
        empty = undefined(confidence=confidence, method="t", missing=missing)
        return WeightedFigure(empty, None, effect)
    total = weights_known.sum()
    mean = float((weights_known * values).sum() / total)
    effective = effect.effective_base if effect else float(base)
    error, reason = None, Reason.IMPORTANCE_WEIGHTS
    if not importance:
        error, reason = _error(values, weights_known, mean, weights)
    half = t_quantile(confidence, base - 1) * error if error else None
    estimate = Estimate(
        value=mean,
        low=None if half is None else mean - half,
        high=None if half is None else mean + half,
        base=base,
        effective_base=effective,
        confidence=confidence,
        method="none" if importance else "t",
        reasons=_together(effect, (reason,) if reason else ()),
        missing=missing,
    )
    return WeightedFigure(estimate, error, effect)


@takes(lists=("hits",))
def weighted_share(hits, weights, *, confidence=0.95):
    """Share of rows with weights of a stated kind.

    Parameters
    ----------
    hits : sequence of bool or None, shape (rows,)
        Whether each row counts; ``None`` is a blank and is counted apart.
    weights : FrequencyWeights, SurveyWeights or ImportanceWeights
        One for each row.
    confidence : float in (0, 1), default 0.95
        Level of Wilson's interval at the effective base.

    Returns
    -------
    WeightedFigure
        `standard_error` is the linearised one, which is 0 at a share of 0 or
        1; the interval is Wilson's and stays honest there.

    Raises
    ------
    ArgumentError
        As for `weighted_mean`, or a hit is neither true nor false.

    References
    ----------
    .. [1] Korn, E. L. & Graubard, B. I. (1998). Confidence intervals for
       proportions with small expected number of positive counts estimated
       from survey data. Survey Methodology 24, 193–201.

    Examples
    --------
    >>> weighted_share([True, False], SurveyWeights([3, 1])).estimate.value
    0.75
    """
    hits = list(hits)
    if any(hit is not None and hit not in (0, 1) for hit in hits):
        raise ArgumentError("Each hit is true, false or None.")
    figure = weighted_mean(hits, weights, confidence=confidence)
    found = figure.estimate
    if found.value is None or isinstance(weights, ImportanceWeights):
        return figure
    interval = wilson_effective(
        min(1.0, found.value), found.effective_base, base=found.base, confidence=confidence
    )
    error = 0.0 if found.base > 1 and figure.standard_error is None else figure.standard_error
    estimate = Estimate(
        interval.value,
        interval.low,
        interval.high,
        found.base,
        found.effective_base,
        confidence,
        "wilson",
        reasons=_together(figure.design_effect, ()),
        missing=found.missing,
    )
    return WeightedFigure(estimate, error, figure.design_effect)


@takes(numbers=("effective_base",))
def wilson_effective(share, effective_base, *, base=None, confidence=0.95):
    """Wilson's interval of a weighted share at its effective base.

    Parameters
    ----------
    share : float in [0, 1]
        The weighted share.
    effective_base : float
        Kish's effective base; 0 for nobody.
    base : int, optional
        Respondents; the whole part of `effective_base` when not given.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    Estimate
        Undefined where the effective base is 0.

    Raises
    ------
    ArgumentError
        The share or the base is impossible.

    Notes
    -----
    A linearised variance is 0 at a share of 0 or 1; this interval is not.

    References
    ----------
    .. [1] Kish, L. (1965). Survey Sampling.

    Examples
    --------
    >>> round(wilson_effective(0, 12.4).high, 4)
    0.2365
    """
    if not 0 <= effective_base < np.inf:
        raise ArgumentError(f"An effective base is 0 or more; got {effective_base!r}.")
    base = int(effective_base) if base is None else base
    if effective_base == 0:
        return undefined(base=base, confidence=confidence, method="wilson")
    if not (isinstance(share, Real) and 0 <= share <= 1):
        raise ArgumentError(f"A share lies between 0 and 1; got {share!r}.")
    low, high = wilson(share * effective_base, effective_base, confidence=confidence)
    return Estimate(share, low, high, base, float(effective_base), confidence, "wilson")


def weighted_score(table, *, scale, strata=None, boxes=1, confidence=0.95):
    """Weighted mean and top box of an item from its count table, also by stratum.

    Parameters
    ----------
    table : CountTable
        With an axis "score", Σw and Σw² in its cells; weights are survey weights.
    scale : Scale
        The scale the ratings were given on.
    strata : str, optional
        Axis to break the figures down by.
    boxes : int, default 1
        How many points at the good end make the top box.
    confidence : float in (0, 1), default 0.95
        Level of the intervals.

    Returns
    -------
    WeightedScore
        Strata are domains of the whole sample, so their errors use its size.

    Raises
    ------
    ScaleError, AxisError, ArgumentError
        The table does not fit the scale, an axis is unknown, or an option is
        impossible.

    Notes
    -----
    R: ``svymean`` and ``svyby`` of the survey package for independent rows.

    References
    ----------
    .. [1] Lumley, T. (2010). Complex Surveys: A Guide to Analysis Using R.

    Examples
    --------
    >>> from scoring.counts import CountTable
    >>> from scoring.scales import FIVE_POINT
    >>> cells = [(4, 10, 30.0, 90.0), (5, 10, 10.0, 10.0)]
    >>> table = CountTable.from_cells([("score", (4, 5))], cells)
    >>> weighted_score(table, scale=FIVE_POINT).mean.estimate.value
    4.25
    """
    whole = score_sums(table, scale=scale)
    top = top_points(scale, boxes)
    by_stratum = ()
    if strata is not None:
        by_stratum = tuple(
            (
                level,
                _score_of(
                    score_sums(table.where(**{strata: level}), scale=scale),
                    top,
                    whole.base,
                    confidence,
                ),
            )
            for level in table.axis(strata).levels
        )
    found = _score_of(whole, top, whole.base, confidence)
    return WeightedScore(
        found.mean, found.top_box, found.unweighted_mean, found.unweighted_top_box, by_stratum
    )


def _score_of(sums, top, sample_size, confidence):
    plain = type(sums)(sums.points, sums.n, sums.n, sums.n)
    effect = design_effect(sums)
    hit = np.isin(sums.points, top).astype(float)
    mean_error = _domain_error(sums, sums.points, sample_size)
    mean = mean_estimate(sums, confidence=confidence)
    if mean.low is not None:
        half = t_quantile(confidence, sample_size - 1) * mean_error
        low = max(float(sums.points[0]), mean.value - half)
        high = min(float(sums.points[-1]), mean.value + half)
        mean = replace(mean, low=low, high=high, reasons=_together(effect, mean.reasons))
    share = share_estimate(sums, top, confidence=confidence)
    if share.is_defined:
        share = replace(share, reasons=_together(effect, share.reasons))
    return WeightedScore(
        mean=WeightedFigure(mean, mean_error, effect),
        top_box=WeightedFigure(share, _domain_error(sums, hit, sample_size), effect),
        unweighted_mean=mean_estimate(plain, confidence=confidence),
        unweighted_top_box=share_estimate(plain, top, confidence=confidence),
    )


def _domain_error(sums, values, sample_size):
    """Linearised error of a domain's mean in a sample of independent rows."""
    total = sums.w.sum()
    if total == 0 or sample_size < 2 or sums.base < 2:
        return None
    mean = (sums.w * values).sum() / total
    spread = (sums.w2 * (values - mean) ** 2).sum() / total**2
    return float(sqrt(sample_size / (sample_size - 1) * spread))


def _rows(values, weights):
    if not isinstance(weights, FrequencyWeights | SurveyWeights | ImportanceWeights):
        raise ArgumentError(
            "Say what the weights are: FrequencyWeights, SurveyWeights or ImportanceWeights."
        )
    entries = list(values)
    if len(entries) != len(weights.values):
        raise ArgumentError(f"{len(entries)} values need as many weights.")
    known = np.array([entry is not None for entry in entries], dtype=bool)
    try:
        numbers = np.array([float(entry) for entry in entries if entry is not None])
    except (TypeError, ValueError) as error:
        raise ArgumentError("Values must be numbers, or None for a blank.") from error
    if not np.isfinite(numbers).all():
        raise ArgumentError("Values must be finite; a blank is None.")
    blank = weights.values[~known]
    missing = blank.sum() if isinstance(weights, FrequencyWeights) else len(blank)
    return numbers, weights.values[known], int(missing)


def _base(weights, known):
    if isinstance(weights, FrequencyWeights):
        return int(known.sum())
    return int((known > 0).sum())


def _error(values, w, mean, weights):
    """Standard error of the mean, or ``None`` with the reason why there is none."""
    if isinstance(weights, FrequencyWeights):
        n, squares = w.sum(), w
    else:
        n, squares = len(w), w**2
    if n < 2:
        return None, Reason.SINGLE_RESPONDENT
    if np.ptp(values[w > 0]) == 0:
        return None, Reason.ZERO_VARIANCE
    return float(sqrt(n / (n - 1) * (squares * (values - mean) ** 2).sum()) / w.sum()), None


def _together(effect, reasons):
    return (*(effect.reasons if effect else ()), *reasons)


MEASURES = (
    Measure(
        key="weighted_mean",
        name="Weighted mean",
        definition="The mean score when each respondent counts with a survey weight.",
        formula="Σwx / Σw",
        denominator="Weighted respondents who answered the item",
        scale="any",
        unit="score",
        interval="t with the linearised standard error",
        source="Lumley (2010), Complex Surveys",
    ),
    Measure(
        key="weighted_share",
        name="Weighted share",
        definition="The share of respondents when each counts with a survey weight.",
        formula="Σ(w of those counted) / Σw",
        denominator="Weighted respondents who answered the item",
        scale="any",
        unit="share",
        interval="Wilson at the effective base",
        source="Kish (1965), Survey Sampling",
    ),
)
