"""The measures that can be broken down, each with its interval, its test and what is at stake."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.dataset import scale_of
from reports.words import formatting
from scoring.comparison import mean_difference, share_difference, top_box_difference
from scoring.intervals import proportion
from scoring.nps import nps
from scoring.nps_comparison import nps_difference
from scoring.satisfaction import mean_score, top_box
from scoring.scales import RECOMMENDATION
from surveys.enums import MeasureRole
from surveys.texts import text_in

DETRACTOR_TO = 6


@dataclass(frozen=True, slots=True, eq=False)
class BrokenMeasure:
    """One measure of one question.

    `level_of` gives the place of an answer on `points`, by version and answer;
    `at_stake` counts the people whom the figure finds wanting.
    """

    key: str
    name: str
    column: str | None
    item_key: str | None
    points: tuple
    levels: dict
    estimate: Callable
    against_rest: Callable
    at_stake: Callable
    at_stake_name: str
    form: Callable
    form_of_difference: Callable
    definition: str

    def level_of(self, version, answer):
        """The place of the answer on the scale, or None."""
        return self.levels.get(version, {}).get(answer)


def measures_of(questionnaires, language):
    """Every measure that a survey can be broken down by, by key, the leading ones first."""
    found = []
    if overall := _versions_asking(questionnaires, MeasureRole.OVERALL):
        found += _ratings(overall, column="satisfaction", keys=("top_box", "mean"))
    if recommending := _versions_asking(questionnaires, MeasureRole.RECOMMENDATION):
        found.append(_net_score(recommending))
    if returning := [
        pair
        for pair in _versions_asking(questionnaires, MeasureRole.REPURCHASE)
        if pair[1].loyal_from is not None
    ]:
        found.append(_stated_loyalty(returning))
    for item in _rated_attributes(questionnaires):
        asking = [(q, same) for q in questionnaires if (same := _same(q, item))]
        name = text_in(item.text, language, questionnaires[0].default_language)
        found += _ratings(asking, item_key=item.key, keys=(f"top_box:{item.key}",), name=name)
    return {one.key: one for one in found}


def _versions_asking(questionnaires, role):
    """Pairs of a version and its question, of the versions on the newest scale."""
    pairs = [(q, question) for q in questionnaires for question in q.with_role(role)[:1]]
    pairs = [pair for pair in pairs if pair[1].values]
    return [pair for pair in pairs if pair[1].values == pairs[0][1].values]


def _rated_attributes(questionnaires):
    found = {}
    for questionnaire in questionnaires:
        for item in questionnaire.items:
            if item.role == MeasureRole.ATTRIBUTE and item.values:
                found.setdefault(item.key, item)
    return found.values()


def _same(questionnaire, item):
    same = questionnaire.item(item.key)
    return same if same and same.values == item.values else None


def _ratings(asking, *, keys, column=None, item_key=None, name=""):
    question = asking[0][1]
    scale = scale_of(question)
    points = scale.points
    levels = {
        q.version_id: {
            (choice.value if column else choice.code): points.index(choice.value)
            for choice in asked.scored_choices
            if choice.value is not None
        }
        for q, asked in asking
    }
    best = points.index(scale.best)
    shared = {
        "column": column,
        "item_key": item_key,
        "points": points,
        "levels": levels,
        "at_stake": lambda n: int(n.sum() - n[best]),
        "at_stake_name": _("Not the best score"),
    }
    top = BrokenMeasure(
        key=keys[0],
        name=_("Top box: %(question)s") % {"question": name} if name else _("Top box"),
        estimate=lambda n: top_box(n, scale=scale),
        against_rest=lambda n, rest: top_box_difference(rest, n, scale=scale),
        form=formatting.percent,
        form_of_difference=formatting.percentage_points,
        definition="top_box",
        **shared,
    )
    if len(keys) == 1:
        return [top]
    mean = BrokenMeasure(
        key=keys[1],
        name=_("Mean"),
        estimate=lambda n: mean_score(n, scale=scale),
        against_rest=lambda n, rest: mean_difference(rest, n, scale=scale),
        form=formatting.mean,
        form_of_difference=formatting.difference_of_means,
        definition="mean_score",
        **shared,
    )
    return [top, mean]


def _net_score(asking):
    points = RECOMMENDATION.points
    return BrokenMeasure(
        key="nps",
        name=_("Net Promoter Score"),
        column="recommendation",
        item_key=None,
        points=points,
        levels={
            questionnaire.version_id: {point: place for place, point in enumerate(points)}
            for questionnaire, _question in asking
        },
        estimate=lambda n: nps(n).score,
        against_rest=nps_difference,
        at_stake=lambda n: int(n[: DETRACTOR_TO + 1].sum()),
        at_stake_name=_("Detractors (0–6)"),
        form=formatting.net_score,
        form_of_difference=formatting.net_score,
        definition="nps",
    )


def _stated_loyalty(asking):
    return BrokenMeasure(
        key="loyal",
        name=_("Stated loyalty"),
        column="repurchase",
        item_key=None,
        points=(False, True),
        levels={
            q.version_id: {value: int(value >= question.loyal_from) for value in question.values}
            for q, question in asking
        },
        estimate=lambda n: proportion(n[1], n.sum()),
        against_rest=lambda n, rest: share_difference(rest[1], rest.sum(), n[1], n.sum()),
        at_stake=lambda n: int(n[0]),
        at_stake_name=_("Not loyal"),
        form=formatting.percent,
        form_of_difference=formatting.percentage_points,
        definition="loyalty_curve",
    )
