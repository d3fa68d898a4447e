"""All questions of the newest version, with who did not answer them and why."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.dataset import published_questionnaires
from reports.drivers.expectations import expectation_groups
from reports.drivers.expectations_view import ExpectationGroupsView, expectation_groups_view
from reports.words import formatting, wording
from surveys.texts import text_in

from .journey import JourneyView, journey_view
from .summaries import NumberSummary, WrittenSummary, question_summaries
from .view import DistributionView, question_view


@dataclass(frozen=True, slots=True)
class QuestionRow:
    """One question as results page and bulletin show it, and who did not answer it."""

    view: DistributionView
    left_out: tuple[tuple[str, str], ...]
    is_written: bool


@dataclass(frozen=True, slots=True)
class QuestionList:
    """The questions of one selection of answers."""

    title: str
    responses: str
    rows: tuple[QuestionRow, ...] = ()
    expectations: ExpectationGroupsView | None = None
    journey: JourneyView | None = None
    obstacle: str = ""


def withheld_list(selection):
    """No question of a selection that would give others away."""
    return QuestionList(_title(selection.survey), "", obstacle=wording.withheld_words())


def question_list(selection):
    """Every question that the newest version asks."""
    if selection.excluded_count() < settings.MINIMUM_BASE:
        selection = selection.without_excluded
    survey = selection.survey
    asked = published_questionnaires(survey)
    responses = selection.rows().count()
    obstacle = _obstacle(asked, responses)
    summaries = () if obstacle else question_summaries(selection, asked)
    return QuestionList(
        title=_title(survey),
        responses=formatting.answers(responses),
        rows=tuple(_row(summary, survey) for summary in summaries),
        expectations=None if obstacle else _expectations(selection, asked),
        journey=None if obstacle else journey_view(asked[0], summaries),
        obstacle=obstacle,
    )


def _expectations(selection, asked):
    return expectation_groups_view(
        expectation_groups(selection, asked), selection.survey.default_language
    )


def _title(survey):
    return text_in(survey.title, get_language(), survey.default_language)


def _obstacle(asked, responses):
    if not asked:
        return _("This survey is not published yet.")
    if not responses:
        return _("No answers yet.")
    if responses < settings.MINIMUM_BASE:
        few = _("Fewer than %(minimum)s answers: nothing is shown until there are more.")
        return few % {"minimum": settings.MINIMUM_BASE}
    return ""


def _row(summary, survey):
    view = question_view(summary, survey)
    left_out = () if view.obstacle else tuple(_left_out(summary, survey.default_language))
    return QuestionRow(view, left_out, isinstance(summary, WrittenSummary))


def _left_out(summary, default):
    """Names and numbers of those who are not in the base, each kind apart."""
    counts = summary.counts.tally if isinstance(summary, NumberSummary) else summary.counts
    yield _("Skipped"), formatting.count(counts.skipped)
    aside = [choice for choice in summary.question.choices if not choice.is_scored]
    for choice in aside if hasattr(counts, "count_of") else ():
        label = text_in(choice.label, get_language(), default)
        yield label, formatting.count(counts.count_of(choice.code))
    yield _("Not shown"), formatting.count(counts.not_shown)
    if getattr(counts, "other_versions", 0):
        yield _("In versions that asked otherwise"), formatting.count(counts.other_versions)
