"""The page of all questions: each counted, with those apart who did not answer it."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from surveys.enums import QuestionType, Role
from surveys.models import Choice, Question
from tests import factories
from tests.reports.test_pages import page, signed_in, text_of

WHEN = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def every_type(db):
    """A survey with a matrix, a ranking and a number beside the usual questions."""
    survey = factories.make_survey()
    draft = factories.make_draft(survey)
    section = draft.sections.last()
    rows = {
        "rows": [{"code": "tea", "label": {"en": "Tea"}}, {"code": "cake", "label": {"en": "Cake"}}]
    }
    factories.make_rating(
        section, "food", role="", position=5, type=QuestionType.MATRIX, settings=rows
    )
    ranking = Question.objects.create(
        version=draft,
        section=section,
        key="rank",
        type=QuestionType.RANKING,
        text={"en": "What matters most?"},
        position=6,
    )
    for place, code in enumerate(("price", "speed")):
        Choice.objects.create(question=ranking, code=code, label={"en": code}, position=place)
    Question.objects.create(
        version=draft,
        section=section,
        key="visits",
        type=QuestionType.NUMBER,
        text={"en": "How many visits?"},
        position=7,
    )
    factories.publish(draft)
    answers = {
        "overall": "5",
        "again": None,
        "recommend": "9",
        "staff": "na",
        "comment": "Good",
        "food.tea": "4",
        "food.cake": "2",
        "rank": ["speed", "price"],
        "visits": "3",
    }
    several = [answers] * 6 + [answers | {"staff": "4"}] * 5 + [{"overall": "1", "staff": None}] * 2
    factories.make_responses(survey, [{"answers": one, "submitted_at": WHEN} for one in several])
    return survey


def section_of(response, key):
    found = re.search(
        rf'<section id="question-{re.escape(key)}".*?</section>', response.content.decode(), re.S
    )
    return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", found[0], flags=re.S))


def test_every_question_stands_there_and_can_be_jumped_to(staff_client, every_type):
    response = page(staff_client, "reports:questions", every_type)

    content = response.content.decode()
    keys = re.findall(r'href="#question-([\w.]+)"', content)
    assert keys == [
        "overall",
        "again",
        "recommend",
        "staff",
        "comment",
        "food.tea",
        "food.cake",
        "rank",
        "visits",
    ]
    assert all(f'id="question-{key}"' in content for key in keys)


def test_who_did_not_answer_is_said_apart(staff_client, every_type):
    response = page(staff_client, "reports:questions", every_type)

    assert "Skipped: 2 Does not apply: 6 Not shown: 0" in section_of(response, "staff")
    assert "Skipped: 0 Not shown: 2" in section_of(response, "comment")
    assert "Skipped: 0 Not shown: 2" in section_of(response, "visits")
    assert "Mean 3.0" in section_of(response, "visits")
    assert "put first" in section_of(response, "rank")
    assert "11 answers" in section_of(response, "food.cake")


def test_figures_are_those_of_the_overview(staff_client, random_survey):
    overview = text_of(page(staff_client, "reports:results", random_survey))
    questions = text_of(page(staff_client, "reports:questions", random_survey))

    figures = re.findall(r"(?:Top box \(5 of 5\)|Mean) [\d.]+%?", overview)
    assert len(figures) >= 6
    assert not [figure for figure in figures if figure not in questions]


def test_comments_are_led_to_only_who_may_read_them(staff_client, every_type):
    address = reverse("reports:comments", args=[every_type.slug])
    viewer = signed_in(factories.make_user(Role.VIEWER))

    assert address in page(staff_client, "reports:questions", every_type).content.decode()
    assert address not in page(viewer, "reports:questions", every_type).content.decode()


def test_few_or_no_answers_show_nothing(staff_client, survey):
    assert "No answers yet." in text_of(page(staff_client, "reports:questions", survey))
    factories.make_responses(survey, [{"answers": {"overall": "5"}, "submitted_at": WHEN}] * 4)
    assert "Fewer than 5 answers" in text_of(page(staff_client, "reports:questions", survey))


def test_survey_without_overall_question_shows_its_questions(staff_client, survey):
    version = survey.versions.get()
    version.questions.filter(key="overall").update(role="")
    factories.make_responses(survey, [{"answers": {"overall": "5"}, "submitted_at": WHEN}] * 6)

    assert "How about overall?" in text_of(page(staff_client, "reports:questions", survey))
