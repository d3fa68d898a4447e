"""The questions in the bulletin: all in short form for a manager, with tables in the full one."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.drivers.expectations_view import expectation_groups_view
from reports.models import ReportLevel
from reports.overview.attention import question_words, rated_attributes
from reports.questions.journey import journey_view
from reports.words import formatting

from .contents import on_paper

FEW = 4  # with fewer rated questions there is no best and worst
NAMED = 3
MOST_CHOICES = 30


@dataclass(frozen=True, slots=True)
class NamedMark:
    """A question with its mark, in words."""

    question: str
    value: str
    interval: str
    base: str


def journey(contents):
    """The touchpoints in the order in which they were asked."""
    results = contents.view.results
    view = journey_view(results.questionnaire, results.distributions)
    return view and {"view": view, "draws_chart": True, "table": on_paper(view.table)}


def expectations(contents):
    """The items taken for granted and those not looked for."""
    view = expectation_groups_view(contents.findings.expectations, contents.survey.default_language)
    return view and {"view": view}


def questions(contents):
    """Every question, or for a manager as many as there is room for, rated ones first."""
    items = contents.view.distributions
    if contents.level == ReportLevel.FULL:
        asked = [(item, item.table and on_paper(item.table, MOST_CHOICES)) for item in items]
        return {"asked": asked, **_extremes(contents)}
    asked = [item for item in items if item.metrics or item.drawing]
    most = len(asked) if contents.most_questions is None else contents.most_questions
    chosen = sorted(asked, key=lambda item: item.drawing is None)[:most]
    return {
        "items": [item for item in asked if item in chosen],
        "left_out": _left_out(len(chosen), len(items)),
    }


def _left_out(shown, number):
    if shown == number:
        return ""
    text = _("%(shown)s of %(all)s questions; the full bulletin has all of them.")
    return text % {"shown": formatting.count(shown), "all": formatting.count(number)}


def _extremes(contents):
    """The rated questions with the highest and the lowest marks."""
    results = contents.view.results
    rated = rated_attributes(results)
    if len(rated) < FEW:
        return {}
    survey, number = results.selection.survey, min(NAMED, len(rated) // 2)
    marks = [_named(item, survey) for item in rated]
    return {"lowest": marks[:number], "highest": marks[: -number - 1 : -1]}


def _named(item, survey):
    top_box = item.satisfaction.top_box
    return NamedMark(
        question=question_words(item.question, survey),
        value=formatting.percent(top_box.value),
        interval=formatting.interval(top_box),
        base=formatting.answers(top_box.base),
    )
