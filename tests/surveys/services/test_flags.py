"""Signs of careless or false answering: flagged, never left out by themselves."""

from datetime import UTC, datetime, timedelta

import pytest

from surveys.enums import FlagKind, SurveyMode
from surveys.models import Response, ResponseFlag
from surveys.services.flags import (
    FEWEST_FOR_A_MEDIAN,
    RULE_VERSION,
    examine_again,
    examine_next_responses,
)
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
ANSWERS = {"overall": "5", "again": "4", "recommend": "9", "staff": "3", "comment": None}


@pytest.fixture
def grid(db):
    """A survey with five attributes on one scale and a comment."""
    survey = factories.make_survey()
    version = factories.make_draft(survey)
    section = version.sections.last()
    for position in range(5):
        factories.make_rating(section, f"item{position}", role="attribute", position=position + 5)
    factories.publish(version)
    return survey


def make(survey, number=1, *, every=timedelta(hours=1), link=None, seconds=None, **answers):
    """Answers one after the other."""
    rows = [
        {
            "answers": ANSWERS | answers,
            "submitted_at": NOON + every * place,
            "public_link": link,
            "seconds": seconds,
        }
        for place in range(number)
    ]
    return factories.make_responses(survey, rows)


def examine_all():
    while examine_next_responses():
        pass


def kinds_of(response):
    return set(response.flags.values_list("kind", flat=True))


def test_ordinary_answers_have_no_flag(survey):
    make(survey, 30, seconds=60)

    examine_all()

    assert not ResponseFlag.objects.exists()
    assert set(Response.objects.values_list("examined_by_rule", flat=True)) == {RULE_VERSION}


def test_a_third_of_the_median_is_too_fast(survey):
    make(survey, FEWEST_FOR_A_MEDIAN, seconds=90)
    [fast] = make(survey, seconds=29)
    [quick] = make(survey, seconds=30)

    examine_all()

    assert (kinds_of(fast), kinds_of(quick)) == ({FlagKind.TOO_FAST}, set())


def test_few_known_times_make_no_median(survey):
    make(survey, FEWEST_FOR_A_MEDIAN - 2, seconds=90)
    [fast] = make(survey, seconds=29)

    examine_all()

    assert not kinds_of(fast)


def test_under_two_seconds_a_question_is_too_fast(survey):
    [impossible], [hasty] = make(survey, seconds=7), make(survey, seconds=8)

    examine_all()

    assert (kinds_of(impossible), kinds_of(hasty)) == ({FlagKind.TOO_FAST}, set())


def test_later_answers_are_compared_with_earlier_ones(survey):
    make(survey, FEWEST_FOR_A_MEDIAN, seconds=90)
    examine_all()
    [fast] = make(survey, seconds=20)

    examine_all()

    assert kinds_of(fast) == {FlagKind.TOO_FAST}


def test_same_answer_to_a_whole_grid_is_a_straight_line(grid):
    items = {f"item{number}": "4" for number in range(5)}
    [straight] = make(grid, **items | {"overall": "4", "again": "4", "staff": "4"})
    [honest] = make(grid, **items | {"overall": "5"})

    examine_all()

    assert kinds_of(straight) == {FlagKind.STRAIGHT_LINE}
    assert not kinds_of(honest)


def test_rows_of_a_matrix_make_a_grid(db):
    survey = factories.make_survey()
    version = factories.make_draft(survey)
    version.questions.exclude(key="comment").delete()
    matrix = factories.make_rating(
        version.sections.last(), "parts", role="attribute", position=5, type="matrix"
    )
    rows = [{"code": f"row{number}", "label": {"en": f"Row {number}"}} for number in range(5)]
    matrix.settings = {"rows": rows}
    matrix.save()
    factories.publish(version)
    answers = {f"parts.row{number}": "4" for number in range(5)}
    [straight], [varied] = make(survey, **answers), make(survey, **answers | {"parts.row2": "2"})

    examine_all()

    assert (kinds_of(straight), kinds_of(varied)) == ({FlagKind.STRAIGHT_LINE}, set())


def test_same_answers_in_a_burst_are_repeated(survey):
    link = factories.make_public_link(survey)
    burst = make(survey, 3, every=timedelta(minutes=4), link=link)
    spread = make(survey, 4, every=timedelta(hours=2), link=link, overall="1")

    examine_all()

    assert all(kinds_of(response) == {FlagKind.DUPLICATE} for response in burst)
    assert not any(kinds_of(response) for response in spread)


def test_repetition_flags_those_that_were_looked_at_before(survey):
    link = factories.make_public_link(survey)
    first = make(survey, 2, every=timedelta(minutes=1), link=link)
    examine_all()
    assert not kinds_of(first[0])

    make(survey, 1, link=link)
    examine_all()

    assert kinds_of(first[0]) == {FlagKind.DUPLICATE}


def test_many_by_one_link_within_a_minute_are_repeated(survey):
    link, other = (factories.make_public_link(survey) for _ in range(2))
    many = [
        make(survey, 1, link=link, overall=str(1 + n % 5), recommend=str(n))[0] for n in range(10)
    ]
    few = [make(survey, 1, link=other, recommend=str(n))[0] for n in range(9)]

    examine_all()

    assert all(kinds_of(response) == {FlagKind.DUPLICATE} for response in many)
    assert not any(kinds_of(response) for response in few)


def test_same_words_on_one_day_are_repeated_without_a_time(db):
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)
    link = factories.make_public_link(survey)
    spiteful = make(survey, 2, link=link, comment="The worst shop in the whole town.")
    short = make(survey, 5, link=link, comment="Good.")

    examine_all()

    assert all(kinds_of(response) == {FlagKind.DUPLICATE} for response in spiteful)
    assert not any(kinds_of(response) for response in short)


def test_customer_who_is_staff_is_flagged(survey):
    user = factories.make_user()
    user.email = "Ada@example.org"
    user.save()
    customer = factories.make_customer(email="ada@example.org")
    [response] = factories.make_responses(
        survey, [{"answers": ANSWERS, "submitted_at": NOON, "customer": customer}]
    )

    examine_all()

    assert kinds_of(response) == {FlagKind.STAFF}


def test_looking_twice_flags_once(survey):
    make(survey, seconds=1)
    examine_all()
    Response.objects.update(examined_by_rule=0)

    examine_all()

    assert ResponseFlag.objects.count() == 1


def test_looking_anew_compares_with_all_that_are_known_now(survey):
    [fast] = make(survey, seconds=29)
    examine_all()
    make(survey, FEWEST_FOR_A_MEDIAN, seconds=90)
    examine_all()
    assert not kinds_of(fast)

    examine_again(survey=survey)
    examine_all()

    assert kinds_of(fast) == {FlagKind.TOO_FAST}


def test_flag_leaves_nothing_out(survey):
    [response] = make(survey, seconds=1)

    examine_all()

    response.refresh_from_db()
    assert kinds_of(response)
    assert not response.is_excluded
