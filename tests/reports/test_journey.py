"""Scores along the journey: in the order asked, without those who did not use a touchpoint."""

import re
from datetime import UTC, datetime

import pytest

from reports.exporters.bulletin import draw_bulletin
from surveys.enums import MeasureRole
from tests import factories
from tests.reports.exporters.reading import figures_of
from tests.reports.exporters.reading import text_of as text_of_pdf
from tests.reports.test_pages import page, text_of

WHEN = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def journey(db):
    """A visit in three touchpoints, of which parking is used by few."""
    survey = factories.make_survey()
    draft = factories.make_draft(survey)
    draft.questions.get(key="staff").delete()
    overall, details = draft.sections.all()
    for place, key in enumerate(("parking", "waiting", "table")):
        factories.make_rating(
            details if place else overall,
            key,
            role=MeasureRole.ATTRIBUTE,
            position=10 + place,
            not_applicable=True,
        )
    factories.publish(draft)
    return survey


def answer(survey, number, **answers):
    shared = {"overall": "4", "parking": "na", "waiting": "4", "table": "5"}
    rows = [{"answers": shared | answers, "submitted_at": WHEN}] * number
    factories.make_responses(survey, rows)


def section_of(response):
    found = re.search(r'<section id="journey".*?</section>', response.content.decode(), re.S)
    return found and re.sub(
        r"\s+", " ", re.sub(r"<svg.*?</svg>|<[^>]+>", " ", found[0], flags=re.S)
    )


def test_touchpoints_stand_in_the_order_asked(staff_client, journey):
    answer(journey, 10, parking="5")

    said = section_of(page(staff_client, "reports:questions", journey))

    places = [said.index(f"How about {key}?") for key in ("parking", "waiting", "table")]
    assert places == sorted(places)
    assert "Details" in said


def test_who_did_not_use_a_touchpoint_is_no_low_score(staff_client, journey):
    answer(journey, 6, parking="5")
    answer(journey, 30)

    said = section_of(page(staff_client, "reports:questions", journey))

    assert re.search(r"parking\? Overall 100\.0% \S+ to 100\.0% 5\.00 of 5 – 6 \(few\) 30", said)
    assert "How about waiting? Details 0.0% 0.0% to 9.6% 4.00 of 5 – 36 0" in said


def test_drawing_names_every_point_with_its_base(staff_client, journey):
    answer(journey, 20, parking="3")

    content = page(staff_client, "reports:questions", journey).content.decode()

    alt = re.search(r'id="journey".*?<svg[^>]*aria-label="([^"]+)"', content, re.S)[1]
    assert "3. How about table?: 100.0%" in alt
    assert alt.count("n = 20") == 3


def test_a_touchpoint_with_few_answers_shows_nothing(staff_client, journey):
    answer(journey, 4, parking="5")
    answer(journey, 10)

    said = section_of(page(staff_client, "reports:questions", journey))

    assert "1. How about parking? Overall – hidden: fewer than 5 answers" in said


def test_two_attributes_are_no_journey(staff_client, xerox_survey):
    assert section_of(page(staff_client, "reports:questions", xerox_survey)) is None


def test_a_battery_under_one_heading_is_no_journey(staff_client, journey):
    first = journey.versions.get().sections.first()
    first.questions.update(section=journey.versions.get().sections.last())
    answer(journey, 10)

    assert section_of(page(staff_client, "reports:questions", journey)) is None


def test_questions_without_titled_sections_are_no_journey(staff_client, journey):
    journey.versions.get().sections.update(title={})
    answer(journey, 10)

    assert section_of(page(staff_client, "reports:questions", journey)) is None
    assert "Scores along the journey" not in text_of(
        page(staff_client, "reports:questions", journey)
    )


def test_files_and_bulletin_have_the_figures_of_the_page(staff_client, journey):
    answer(journey, 10, parking="5")
    answer(journey, 10, parking="5", table="3")
    answer(journey, 6)

    shown = figures_of(staff_client, journey, "journey")
    bulletin = text_of_pdf(
        draw_bulletin(survey=journey, unit=None, level="full", language="en").content
    )

    assert [(row["Row"], row["As shown"]) for row in shown if row["Figure"] == "Top box"] == [
        ("1. How about parking?", "100.0%"),
        ("2. How about waiting?", "0.0%"),
        ("3. How about table?", "61.5%"),
    ]
    assert "Scores along the journey" in bulletin
    for row in shown:
        assert row["As shown"] in bulletin
        assert row["Interval as shown"] in bulletin
