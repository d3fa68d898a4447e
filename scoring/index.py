"""Satisfaction index (ACSI-type) and loyalty index: several items on one 0–100 scale."""

from dataclasses import dataclass, replace
from enum import StrEnum
from math import ceil

import numpy as np

from .answers import answer_column, answer_rows
from .argument_types import takes
from .errors import ArgumentError, ScaleError
from .estimating import mean_estimate
from .measure import Measure
from .results import Estimate
from .scales import TEN_POINT, Scale


@dataclass(frozen=True, slots=True)
class IndexResult:
    """An index with everything needed to print it honestly.

    Parameters
    ----------
    index : Estimate
        Mean of the respondents' indexes, 0 to 100.
    items : tuple of str
        Names of the items.
    weights : tuple of float
        Weight of each item, summing to 1.
    item_means : tuple of (float or None)
        Mean of each item on 0 to 100, over those who answered it.
    item_bases : tuple of int
        How many answered each item.
    respondents : tuple of (float or None)
        Index of each respondent, ``None`` where too few items were answered.
    """

    index: Estimate
    items: tuple[str, ...]
    weights: tuple[float, ...]
    item_means: tuple[float | None, ...]
    item_bases: tuple[int, ...]
    respondents: tuple[float | None, ...]


class LoyaltyKind(StrEnum):
    """What side of loyalty an item asks about."""

    BEHAVIOURAL = "behavioural"
    EMOTIONAL = "emotional"
    COGNITIVE = "cognitive"


@dataclass(frozen=True, slots=True)
class LoyaltyItem:
    """One item of a loyalty index.

    Parameters
    ----------
    name : str
        What the item is called.
    kind : LoyaltyKind
        Behavioural, emotional or cognitive.
    scale : Scale
        The scale it was answered on; items of one index may differ.
    weight : float, default 1.0
        Importance in the index, relative to the other items.
    """

    name: str
    kind: LoyaltyKind
    scale: Scale
    weight: float = 1.0


def index_from_means(item_means, *, weights=None, scale=TEN_POINT):
    """Index from the means of its items, without an interval.

    Parameters
    ----------
    item_means : array_like of float, shape (k,)
        Mean of each item on `scale`.
    weights : array_like of float, shape (k,), optional
        Importance of each item; equal when not given.
    scale : Scale, default TEN_POINT
        The scale of every item.

    Returns
    -------
    float
        0 (all at the bad end) to 100 (all at the good end).

    Raises
    ------
    ArgumentError
        A weight is negative or not finite, all are zero, or their number is wrong.
    ScaleError
        A mean lies outside the scale.

    Notes
    -----
    ``100 (Σ w m / Σ w - min) / (max - min)``, turned round on a scale whose
    low end is good. An interval needs respondents: see `satisfaction_index`.

    References
    ----------
    .. [1] Fornell, C. et al. (1996). The American Customer Satisfaction
       Index. J Marketing 60(4), 7-18.

    Examples
    --------
    >>> round(index_from_means([8.2, 7.6, 7.3]), 2)
    74.44
    """
    means = answer_column(item_means, name="item means")
    importance = _checked_importance(weights, len(means))
    return float(importance @ [scale.rescale(mean) for mean in means] / importance.sum())


def satisfaction_index(
    answers,
    *,
    scale=TEN_POINT,
    items=None,
    weights=None,
    survey_weights=None,
    minimum_answered=None,
    confidence=0.95,
):
    """Satisfaction index (ACSI-type) with an interval.

    Needs rows: the interval rests on each respondent's own index.

    Parameters
    ----------
    answers : array_like of float, shape (n, k)
        One row for each respondent, one column for each item, NaN where blank.
        The usual three: overall, against expectations, against the ideal.
    scale : Scale, default TEN_POINT
        The scale of every item.
    items : sequence of str, optional
        Names of the items.
    weights : array_like of float, shape (k,), optional
        Importance of each item; equal when not given.
    survey_weights : array_like of float, shape (n,), optional
        Weight of each respondent.
    minimum_answered : int, optional
        Items that a respondent must have answered; two of three by default,
        in general two thirds of the items, rounded up.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    IndexResult
        The index in 0 to 100, its weights and each respondent's index.

    Raises
    ------
    ArgumentError
        Answers, weights or options are impossible.
    CountError
        A survey weight is negative or missing.
    ScaleError
        An answer lies outside the scale.

    Notes
    -----
    A respondent's index is the weighted mean of the items answered, the
    weights scaled to sum to one over just these. The interval is a t interval
    of the mean of these indexes (linearised with survey weights), cut to
    0–100. Equal weights are the default: on the public ECSI data the
    estimated weights move the index by 0.6 points. "ACSI" is a trade mark
    and its weights are not published.

    References
    ----------
    .. [1] Fornell, C. et al. (1996). The American Customer Satisfaction
       Index. J Marketing 60(4), 7-18.

    Examples
    --------
    >>> result = satisfaction_index([[10, 10, 10], [1, 1, 1], [1, None, None]])
    >>> result.index.value, result.index.base, result.index.missing
    (50.0, 2, 1)
    """
    rows = answer_rows(answers)
    scales = (scale,) * rows.shape[1]
    return _index(
        rows,
        scales,
        names=items,
        weights=weights,
        survey_weights=survey_weights,
        minimum=minimum_answered,
        confidence=confidence,
    )


@takes(lists=("items",))
def loyalty_index(answers, *, items, survey_weights=None, minimum_answered=None, confidence=0.95):
    """Loyalty index from items of several kinds and scales.

    Needs rows: the interval rests on each respondent's own index.

    Parameters
    ----------
    answers : array_like of float, shape (n, k)
        One row for each respondent, one column for each item, NaN where blank.
    items : sequence of LoyaltyItem
        The items in the order of the columns, with kind, scale and weight.
    survey_weights : array_like of float, shape (n,), optional
        Weight of each respondent.
    minimum_answered : int, optional
        Items that a respondent must have answered; two thirds by default.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    IndexResult
        The index in 0 to 100 with the weight of each item.

    Raises
    ------
    ArgumentError
        Answers, weights or options are impossible.
    CountError
        A survey weight is negative or missing.
    ScaleError
        An answer lies outside its scale.

    Notes
    -----
    Each item is placed on 0–100 by its own scale before it is weighted, so
    that a 0–10 item does not outweigh a 1–5 item. Stated items and what
    customers did are different things: an index that mixes them says so in
    the kinds of its items.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT, RECOMMENDATION
    >>> items = (
    ...     LoyaltyItem("buy again", LoyaltyKind.BEHAVIOURAL, FIVE_POINT, 2),
    ...     LoyaltyItem("recommend", LoyaltyKind.EMOTIONAL, RECOMMENDATION),
    ... )
    >>> loyalty_index([[5, 4], [5, 10]], items=items).respondents
    (80.0, 100.0)
    """
    rows = answer_rows(answers)
    items = tuple(items)
    if not all(isinstance(item, LoyaltyItem) for item in items):
        raise ArgumentError("Each item of a loyalty index is a LoyaltyItem with kind and scale.")
    return _index(
        rows,
        tuple(item.scale for item in items),
        names=[item.name for item in items],
        weights=[item.weight for item in items],
        survey_weights=survey_weights,
        minimum=minimum_answered,
        confidence=confidence,
    )


def _index(rows, scales, *, names, weights, survey_weights, minimum, confidence):
    k = rows.shape[1]
    names = tuple(names) if names is not None else tuple(f"item {i + 1}" for i in range(k))
    if len(names) != k or len(scales) != k:
        raise ArgumentError(f"The answers have {k} items; got {len(names)} names.")
    minimum = ceil(2 * k / 3) if minimum is None else minimum
    if not 1 <= minimum <= k:
        raise ArgumentError(f"Between 1 and {k} items must be answered; got {minimum!r}.")
    importance = _checked_importance(weights, k)
    rescaled = np.column_stack([_rescaled(rows[:, i], scales[i]) for i in range(k)])
    respondents = _respondent_indexes(rescaled, importance, minimum)
    estimate = mean_estimate(respondents, weights=survey_weights, confidence=confidence)
    return IndexResult(
        _cut_to_scale(estimate),
        names,
        tuple((importance / importance.sum()).tolist()),
        tuple(mean_estimate(column, weights=survey_weights).value for column in rescaled.T),
        tuple((~np.isnan(rescaled)).sum(axis=0).tolist()),
        tuple(None if np.isnan(value) else float(value) for value in respondents),
    )


def _checked_importance(weights, k):
    try:
        array = np.ones(k) if weights is None else np.asarray(weights, dtype=float)
    except (TypeError, ValueError) as error:
        raise ArgumentError(f"Weights must be numbers; got {weights!r}.") from error
    if array.shape != (k,):
        raise ArgumentError(f"There must be one weight for each of {k} items; got {weights!r}.")
    if not np.isfinite(array).all() or (array < 0).any() or array.sum() == 0:
        raise ArgumentError(f"Weights must be positive somewhere, negative nowhere: {weights!r}.")
    return array


def _rescaled(column, scale):
    answered = column[~np.isnan(column)]
    if ((answered < scale.lowest) | (answered > scale.highest)).any():
        raise ScaleError(f"An answer lies outside the scale {scale.lowest} to {scale.highest}.")
    share = (column - scale.lowest) / (scale.highest - scale.lowest)
    return 100.0 * (share if scale.higher_is_better else 1.0 - share)


def _respondent_indexes(rescaled, importance, minimum):
    answered = ~np.isnan(rescaled)
    weight = answered @ importance
    known = (answered.sum(axis=1) >= minimum) & (weight > 0)
    sums = np.where(answered, rescaled, 0.0) @ importance
    indexes = np.clip(sums / np.where(known, weight, 1.0), 0.0, 100.0)
    return np.where(known, indexes, np.nan)


def _cut_to_scale(estimate):
    if not estimate.has_interval:
        return estimate
    return replace(estimate, low=max(0.0, estimate.low), high=min(100.0, estimate.high))


MEASURES = (
    Measure(
        key="satisfaction_index",
        name="Satisfaction index (ACSI-type)",
        definition="Weighted mean of several satisfaction items, placed on 0 to 100.",
        formula="100 (Σ w m / Σ w - min) / (max - min)",
        denominator="Respondents who answered at least two thirds of the items",
        scale="any, the same for all items",
        unit="score",
        interval="t interval of the respondents' indexes; linearised with weights",
        source="Fornell et al. (1996), J Marketing 60(4), 7-18",
    ),
    Measure(
        key="loyalty_index",
        name="Loyalty index",
        definition="Weighted mean of chosen loyalty items, each placed on 0 to 100.",
        formula="Σ w 100 (x - min) / (max - min) / Σ w",
        denominator="Respondents who answered at least two thirds of the items",
        scale="any, each item its own",
        unit="score",
        interval="t interval of the respondents' indexes; linearised with weights",
        source="Weights chosen by the organisation and printed beside the index",
    ),
)
