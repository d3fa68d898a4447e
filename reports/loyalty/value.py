"""What customers are worth beside what they say: concentration, and scores weighted by value.

Value is the sum of the amounts of a customer's events in the period. Weighted
figures are shown only where no single customer holds more than a tenth of the
weight: else they would tell what that customer answered.
"""

from dataclasses import dataclass, replace

import numpy as np
from django.conf import settings

from reports.dataset import Days, scale_of, valued_answers
from scoring.comparison import top_box_difference
from scoring.concentration import Concentration, customers_holding, share_of_top
from scoring.results import Estimate
from scoring.satisfaction import top_box
from scoring.weight_types import SurveyWeights
from scoring.weighted_means import weighted_mean, weighted_share

HELD = 0.8
TOP_SHARES = (0.04, 0.1, 0.2)
LARGEST_SHARE = 0.1


@dataclass(frozen=True, slots=True)
class BothWays:
    """One figure of the same customers, each counted alike and by value."""

    key: str
    plain: Estimate
    weighted: Estimate

    @property
    def difference(self):
        """Weighted minus plain."""
        return self.weighted.value - self.plain.value


@dataclass(frozen=True, slots=True)
class ValueResult:
    """Value of the customers of a selection, and how satisfied those are who hold it.

    `obstacle` says why there is nothing: "anonymous", "no_amounts", "withheld".
    `weighting_obstacle` and `groups_obstacle` are "too_few", "one_customer" or
    "not_asked" where only that part is not there.
    """

    customers: int = 0
    total: float = 0.0
    holding: Concentration | None = None
    tops: tuple[Concentration, ...] = ()
    answered: int = 0
    weighted: tuple[BothWays, ...] = ()
    weighting_obstacle: str = ""
    most_valuable: Estimate | None = None
    others: Estimate | None = None
    comparison: object | None = None
    groups_obstacle: str = ""
    best: int | None = None
    obstacle: str = ""


def value_result(selection, days: Days, questionnaires, *, may_show=True):
    """Concentration and value-weighted satisfaction of the customers of a selection."""
    if selection.survey.is_anonymous:
        return ValueResult(obstacle="anonymous")
    asked = on_one_scale(questionnaires)
    found = valued_answers(selection, days, questionnaires=asked)
    if len(found.values) < settings.MINIMUM_BASE:
        return ValueResult(obstacle="no_amounts")
    values = np.array(found.values)
    holding = customers_holding(values, share=HELD)
    told = ValueResult(
        customers=len(values),
        total=float(values.sum()),
        holding=holding,
        tops=tuple(share_of_top(values, top=top) for top in TOP_SHARES),
    )
    if not asked or not may_show:
        why = "withheld" if asked else "not_asked"
        return replace(told, weighting_obstacle=why, groups_obstacle=why)
    scale = scale_of(asked[0].overall)
    told = replace(told, best=scale.best, answered=sum(s is not None for s in found.scores))
    told = _with_weighted(told, values, found.scores, scale)
    return _with_groups(told, found.scores, scale)


def on_one_scale(questionnaires):
    """Those that ask for overall satisfaction on the scale of the newest."""
    asking = [one for one in questionnaires if one.overall and one.overall.values]
    return [one for one in asking if one.overall.values == asking[0].overall.values]


def _with_weighted(told, values, scores, scale):
    known = [(score, value) for score, value in zip(scores, values, strict=True) if score]
    if len(known) < settings.MINIMUM_BASE:
        return replace(told, weighting_obstacle="too_few")
    weights = [value for _score, value in known]
    if max(weights) > LARGEST_SHARE * sum(weights):
        return replace(told, weighting_obstacle="one_customer")
    points = [score for score, _value in known]
    hits = [score == scale.best for score in points]
    alike, by_value = SurveyWeights([1.0] * len(points)), SurveyWeights(weights)
    return replace(
        told,
        weighted=(
            BothWays(
                "top_box",
                weighted_share(hits, alike).estimate,
                weighted_share(hits, by_value).estimate,
            ),
            BothWays(
                "mean",
                weighted_mean(points, alike).estimate,
                weighted_mean(points, by_value).estimate,
            ),
        ),
    )


def _with_groups(told, scores, scale):
    """Those who hold most of the value beside all others; both or none are shown."""
    members = set(told.holding.members)
    counts = [np.zeros(scale.length, dtype=int) for _group in range(2)]
    for place, score in enumerate(scores):
        if score is not None:
            counts[place not in members][scale.points.index(score)] += 1
    if min(n.sum() for n in counts) < settings.MINIMUM_BASE:
        return replace(told, groups_obstacle="too_few")
    most, others = counts
    return replace(
        told,
        most_valuable=top_box(most, scale=scale),
        others=top_box(others, scale=scale),
        comparison=top_box_difference(others, most, scale=scale),
    )
