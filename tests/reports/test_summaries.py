"""Results: what is shown, what is hidden, and the states of a survey's first days."""

from datetime import UTC, datetime

import pytest

from reports.dataset import Selection
from reports.enums import Loyalty
from reports.presentation import results_view
from reports.summaries import survey_results
from scoring.results import Status, to_plain
from surveys.enums import SurveyMode
from tests import factories

ALL = tuple(Loyalty)
MARCH = datetime(2026, 3, 1, tzinfo=UTC)


def fill(survey, table):
    """Answers from a table of score → (respondents, loyal respondents)."""
    rows = [
        {
            "answers": {"overall": str(score), "again": "5" if place < loyal else "1"},
            "submitted_at": MARCH,
        }
        for score, (n, loyal) in table.items()
        for place in range(n)
    ]
    factories.make_responses(survey, rows)


def stated(survey):
    return survey_results(Selection(survey), loyalties=(Loyalty.STATED,)).curve(Loyalty.STATED)


def test_curve_of_a_survey_has_its_step_and_findings(xerox_survey):
    results = survey_results(Selection(xerox_survey), loyalties=(Loyalty.STATED,))

    curve = results.curve(Loyalty.STATED)
    assert curve.step.ratio.value == pytest.approx(6)
    assert [finding.kind for finding in curve.findings] == ["ratio_top_to_next", "bend_found"]
    assert results.satisfaction.top_box.value == pytest.approx(0.35)


def test_fewer_than_the_minimum_shows_nothing(survey):
    fill(survey, {5: (4, 4)})

    results = survey_results(Selection(survey), loyalties=ALL, with_distributions=True)

    assert results.is_hidden
    assert (results.satisfaction, results.curves, results.distributions) == (None, (), ())
    assert "Fewer than 5" in results_view(results).headline


def test_small_point_is_hidden_with_its_complement(survey):
    fill(survey, {1: (2, 1), 2: (20, 5), 3: (30, 9), 4: (40, 10), 5: (50, 40)})

    curve = stated(survey)

    assert [point.is_hidden for point in curve.points] == [True, True, False, False, False]
    assert curve.points[0].share.value is None
    assert curve.points[0].loyal is None


def test_hidden_share_stands_nowhere_in_the_results(survey):
    """What is hidden is not told by a step, a sentence or a line either."""
    fill(survey, {3: (30, 9), 4: (3, 2), 5: (50, 40)})

    curve = stated(survey)

    assert curve.step is None
    assert all("share_next" not in finding.numbers for finding in curve.findings)


def test_low_base_is_marked(survey):
    fill(survey, {4: (8, 2), 5: (30, 20)})

    points = {point.score: point for point in stated(survey).points}

    assert points[4].share.status is Status.LOW_BASE
    assert points[5].share.status is Status.OK


@pytest.mark.parametrize(
    "table",
    [
        {},
        {5: (1, 1)},
        {5: (5, 5)},
        {5: (40, 40)},
        {5: (40, 0)},
        {1: (40, 0), 5: (40, 40)},
        {1: (5, 5), 2: (5, 0), 3: (5, 5), 4: (5, 0), 5: (5, 5)},
    ],
    ids=["none", "one", "five alike", "all loyal", "none loyal", "divided", "zigzag"],
)
def test_any_first_days_give_words_and_no_impossible_number(survey, table):
    fill(survey, table)

    results = survey_results(Selection(survey), loyalties=ALL, with_distributions=True)
    view = results_view(results)

    assert view.headline
    for curve in results.curves:
        to_plain([point.share for point in curve.points])
    for curve in view.curves:
        assert curve.obstacle or curve.sentences
    assert "nan" not in repr(view).lower().replace("finance", "")


def test_anonymous_survey_says_why_it_has_no_observed_curve(db):
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)
    fill(survey, {4: (10, 2), 5: (10, 8)})

    curve = survey_results(Selection(survey), loyalties=ALL).curve(Loyalty.OBSERVED)

    assert curve.obstacle == "anonymous"


def test_survey_without_events_says_so(xerox_survey):
    curve = survey_results(Selection(xerox_survey), loyalties=ALL).curve(Loyalty.OBSERVED)

    assert curve.obstacle == "no_events"


def test_question_that_is_not_asked_is_no_curve(db):
    survey = factories.make_survey()
    version = factories.make_draft(survey)
    version.questions.filter(key="again").delete()
    factories.publish(version)
    fill_scores = [{"answers": {"overall": "5"}, "submitted_at": MARCH} for _ in range(9)]
    factories.make_responses(survey, fill_scores)

    assert stated(survey).obstacle == "not_asked"


def test_survey_without_overall_question_says_so(db):
    survey = factories.make_survey()
    version = factories.make_draft(survey)
    version.questions.filter(key="overall").update(role="")
    factories.publish(version)

    view = results_view(survey_results(Selection(survey)))

    assert "does not ask for overall satisfaction" in view.obstacle
