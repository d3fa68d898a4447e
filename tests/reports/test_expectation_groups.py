"""Basic and latent items apart: meeting what is taken for granted is no delight."""

from datetime import UTC, datetime, timedelta

import pytest

from reports.dataset import Selection, expectation_counts, published_questionnaires
from reports.drivers.expectations import expectation_groups
from reports.exporters.bulletin import draw_bulletin
from scoring.results import Status
from surveys.enums import ExpectationLevel, MeasureRole, QuestionType, SurveyMode
from surveys.models import Choice, Question
from tests import factories
from tests.reports.exporters.reading import figures_of
from tests.reports.exporters.reading import text_of as text_of_pdf
from tests.reports.test_pages import page, text_of

WHEN = datetime(2026, 3, 1, tzinfo=UTC)
BASIC, LATENT = ExpectationLevel.BASIC, ExpectationLevel.LATENT
PLAIN = {"overall": "4", "clean": "3", "safe": "3", "gift": "3", "music": "as"}


def make_marked_survey(**fields):
    """Two basic ratings, a latent one, and a latent item against expectation."""
    survey = factories.make_survey(**fields)
    draft = factories.make_draft(survey)
    section = draft.sections.last()
    for place, (key, level) in enumerate({"clean": BASIC, "safe": BASIC, "gift": LATENT}.items()):
        factories.make_rating(
            section,
            key,
            role=MeasureRole.ATTRIBUTE,
            position=10 + place,
            not_applicable=True,
            expectation=level,
        )
    music = Question.objects.create(
        version=draft,
        section=section,
        key="music",
        type=QuestionType.AGAINST_EXPECTATION,
        text={"en": "The music was …"},
        role=MeasureRole.AGAINST_EXPECTATION,
        expectation=LATENT,
        position=20,
    )
    for place, code in enumerate(("below", "as", "beyond")):
        Choice.objects.create(
            question=music, code=code, label={"en": code}, value=place + 1, position=place
        )
    factories.publish(draft)
    return survey


@pytest.fixture
def marked(db):
    return make_marked_survey()


def answer(survey, number, customer=None, **answers):
    rows = [{"answers": PLAIN | answers, "submitted_at": WHEN, "customer": customer}] * number
    factories.make_responses(survey, rows)


def groups_of(survey):
    return expectation_groups(Selection(survey), published_questionnaires(survey))


def best_of(survey):
    return {group.level: group.best for group in groups_of(survey).groups}


def test_meeting_every_basic_item_does_not_raise_the_delight_figure(marked):
    answer(marked, 20, gift="5")
    answer(marked, 20)
    before = best_of(marked)
    marked.responses.all().delete()
    answer(marked, 20, gift="5", clean="5", safe="5")
    answer(marked, 20, clean="5", safe="5")

    after = best_of(marked)

    assert (before[BASIC].value, after[BASIC].value) == (0, 1)
    assert (after[LATENT].value, after[LATENT].low) == (before[LATENT].value, before[LATENT].low)


def test_delight_raises_the_figure_of_latent_items_alone(marked):
    answer(marked, 10)
    answer(marked, 10, gift="5", music="beyond")

    best = best_of(marked)

    assert best[LATENT].value == 0.5
    assert best[BASIC].value == 0


def test_each_respondent_counts_once_with_the_items_answered(marked):
    answer(marked, 6, clean="5", safe="na")
    answer(marked, 6, clean="5", safe="1")
    answer(marked, 6, clean=None, safe=None)

    best = best_of(marked)[BASIC]

    assert (best.value, best.base) == (0.75, 12)
    assert best.low < 0.75 < best.high


def test_counts_come_by_one_query(marked, django_assert_num_queries):
    answer(marked, 6)
    asked = published_questionnaires(marked)

    with django_assert_num_queries(2):  # and which waves are reported apart
        counts = expectation_counts(Selection(marked), questionnaires=asked)

    assert counts.of(BASIC) == {(0, 2): 6}
    assert [item.key for item in counts.items[LATENT]] == ["gift", "music"]


def test_rows_of_a_matrix_are_marked_with_it(db):
    survey = factories.make_survey()
    draft = factories.make_draft(survey)
    labels = [{"code": code, "label": {"en": code}} for code in ("tea", "cake")]
    factories.make_rating(
        draft.sections.last(),
        "food",
        role=MeasureRole.ATTRIBUTE,
        position=9,
        type=QuestionType.MATRIX,
        settings={"rows": labels},
        expectation=BASIC,
    )
    factories.publish(draft)
    answers = {"overall": "4", "food.tea": "5", "food.cake": "1"}
    factories.make_responses(survey, [{"answers": answers, "submitted_at": WHEN}] * 5)

    assert best_of(survey)[BASIC].value == 0.5


def test_a_version_that_asked_otherwise_is_not_pooled(marked):
    answer(marked, 6, clean="5", safe="5")
    marked.versions.update(state="closed", closed_at=datetime(2030, 1, 1, tzinfo=UTC))
    draft = factories.make_draft(marked)
    factories.make_rating(
        draft.sections.last(),
        "clean",
        role=MeasureRole.ATTRIBUTE,
        position=9,
        values=range(1, 8),
        expectation=BASIC,
    )
    factories.publish(draft)

    assert best_of(marked)[BASIC].base == 0


def test_few_answers_are_hidden(marked):
    answer(marked, 4)

    assert {best.status for best in best_of(marked).values()} == {Status.SUPPRESSED}


def test_nothing_is_said_where_nothing_is_marked(staff_client, xerox_survey):
    assert groups_of(xerox_survey) is None
    assert (
        'id="expectations"'
        not in page(staff_client, "reports:questions", xerox_survey).content.decode()
    )


def test_page_shows_both_groups_with_base_and_interval(staff_client, marked):
    answer(marked, 30, gift="5")
    answer(marked, 30)

    text = text_of(page(staff_client, "reports:questions", marked))

    assert "Basic items 2 0.0% 0.0% to 6.0% 60" in text
    assert "Latent items 2 25.0%" in text
    assert "By length of the relationship" not in text


def known_since(years):
    customer = factories.make_customer()
    factories.make_event(customer, occurred_at=WHEN - timedelta(days=365 * years + 30))
    return customer


def test_lengths_of_the_relationship_stand_apart(staff_client, marked):
    answer(marked, 20, known_since(0), gift="5")
    answer(marked, 20, known_since(2))
    answer(marked, 20, known_since(4))
    answer(marked, 20)

    lengths = {row.length: row.best[LATENT] for row in groups_of(marked).lengths}

    assert {length: best.value for length, best in lengths.items()} == {
        "under_1": 0.5,
        "from_1_to_3": 0,
        "from_3": 0,
        "unknown": 0,
    }
    assert all(best.base == 20 for best in lengths.values())
    text = text_of(page(staff_client, "reports:questions", marked))
    assert "Under a year: Latent items 50.0%" in text


def test_a_short_length_is_hidden_with_another_one(marked):
    answer(marked, 3, known_since(0))
    answer(marked, 10, known_since(2))
    answer(marked, 20, known_since(4))

    hidden = {row.length for row in groups_of(marked).lengths if not row.best[BASIC].is_defined}

    assert hidden == {"under_1", "from_1_to_3"}


def test_lengths_are_not_told_of_a_part_nor_of_anonymous_answers(marked):
    answer(marked, 10, known_since(0))
    answer(marked, 10, known_since(2))
    asked = published_questionnaires(marked)
    anonymous = make_marked_survey(mode=SurveyMode.ANONYMOUS)
    answer(anonymous, 10)

    part = expectation_groups(Selection(marked, language="en"), asked)

    assert groups_of(marked).lengths
    assert part.lengths == ()
    assert groups_of(anonymous).lengths == ()


def test_files_and_bulletin_have_the_figures_of_the_page(staff_client, marked):
    answer(marked, 20, known_since(0), gift="5")
    answer(marked, 20, known_since(2))

    shown = figures_of(staff_client, marked, "expectations")
    bulletin = text_of_pdf(
        draw_bulletin(survey=marked, unit=None, level="full", language="en").content
    )

    assert [(row["Row"], row["As shown"], row["Base"]) for row in shown[:2]] == [
        ("Basic items", "0.0%", "40"),
        ("Latent items", "25.0%", "40"),
    ]
    assert "Under a year: Latent items" in [row["Row"] for row in shown]
    for row in shown:
        assert f"{row['As shown']} {row['Interval as shown']} {row['Base']}" in bulletin
