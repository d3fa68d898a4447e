"""Answers broken down by numbers, days and texts that are known of customers."""

from datetime import UTC, datetime

import pytest

from reports.attributes import attributes_of
from reports.breakdown.breakdown import answered_cube, breakdown
from reports.breakdown.measures import measures_of
from reports.dataset import Selection, forget_cells, one_reading, published_questionnaires
from reports.models import RollupDay
from reports.rollups import rebuild, wrong_days
from surveys.enums import AttributeKind
from surveys.errors import SurveyError
from surveys.models import CustomerAttribute
from surveys.services.customer_lists import change_entry
from tests import factories

pytestmark = pytest.mark.django_db

MAY = datetime(2026, 5, 1, 12, tzinfo=UTC)


def attribute(kind, grouping="", code="known"):
    entry = CustomerAttribute.objects.create(code=code, name={"en": "Known"}, kind=kind)
    return change_entry(entry=entry, grouping=grouping)


def give(survey, values, each=10):
    """Ten answers for each value, of customers who had it."""
    factories.make_responses(
        survey,
        [
            {
                "answers": {"overall": str(1 + place % 5)},
                "traits": None if value is None else {"attribute.known": value},
                "submitted_at": MAY,
            }
            for value in values
            for place in range(each)
        ],
    )


def groups_of(survey):
    """Name and base of each group of the attribute, or None where it groups nothing."""
    forget_cells()
    with one_reading():
        asked = published_questionnaires(survey)
        measure = measures_of(asked, "en")["top_box"]
        cube = answered_cube(Selection(survey), asked, measure)
        found = attributes_of(cube, asked, survey).get("trait-attribute.known")
        if found is None:
            return None
        groups = breakdown(cube, measure, [found], {}).groups
        return {group.names[0]: group.estimate and group.estimate.base for group in groups}


NUMBERS = [0, 4.5, 5, 19, 20, 300, "old text", None]
IN_GROUPS = {"under 5": 20, "5 to under 20": 20, "20 and more": 20, "Not known": 20}


@pytest.mark.parametrize("is_counted", [False, True])
def test_numbers_are_put_into_groups_by_their_edges(survey, is_counted):
    attribute(AttributeKind.NUMBER, "5,20")
    give(survey, NUMBERS)
    if is_counted:
        rebuild(survey)

    assert groups_of(survey) == IN_GROUPS


def test_other_edges_hold_for_days_that_were_counted_before(survey):
    entry = attribute(AttributeKind.NUMBER, "100")
    give(survey, NUMBERS)
    rebuild(survey)
    assert groups_of(survey) == {"under 100": 50, "100 and more": 10, "Not known": 20}

    change_entry(entry=entry, grouping="5, 20")

    assert groups_of(survey) == IN_GROUPS
    assert not RollupDay.objects.filter(survey=survey, is_counted=True).exists()
    rebuild(survey)
    assert wrong_days(survey) == []
    assert groups_of(survey) == IN_GROUPS


@pytest.mark.parametrize(
    ("kind", "grouping", "values", "expected"),
    [
        (AttributeKind.DATE, "year", ["2024-03-01", "2024-11-30", "2025-01-01"], {"2024", "2025"}),
        (AttributeKind.DATE, "month", ["2024-03-01", "2024-11-30"], {"2024-03", "2024-11"}),
        (AttributeKind.TEXT, "each", ["red", "blue"], {"red", "blue"}),
    ],
)
def test_days_and_texts_are_put_into_groups(survey, kind, grouping, values, expected):
    attribute(kind, grouping)
    give(survey, values)

    assert set(groups_of(survey)) == expected


@pytest.mark.parametrize("kind", [AttributeKind.NUMBER, AttributeKind.DATE, AttributeKind.TEXT])
def test_without_a_rule_nothing_is_grouped(survey, kind):
    attribute(kind)
    give(survey, ["2024-03-01", "2025-03-01"])

    assert groups_of(survey) is None


def test_edges_are_kept_to_the_last_digit():
    near = "0.1234567890123456, 0.1234567890123457, 1000000"

    assert attribute(AttributeKind.NUMBER, near).grouping == near


@pytest.mark.parametrize("wrong", ["5, 1", "a", "1, 1", "nan", ",".join(map(str, range(13)))])
def test_edges_that_make_no_groups_are_refused_and_nothing_changes(wrong):
    entry = attribute(AttributeKind.NUMBER, "1, 5")

    with pytest.raises(SurveyError, match="from the lowest up"):
        change_entry(entry=entry, grouping=wrong)

    entry.refresh_from_db()
    assert entry.grouping == "1, 5"


def test_a_text_with_many_values_is_refused_with_their_number():
    entry = attribute(AttributeKind.TEXT)
    for number in range(31):
        factories.make_customer(attributes={"known": f"word {number}"})

    with pytest.raises(SurveyError, match="31 different values"):
        change_entry(entry=entry, grouping="each")


def test_staff_give_the_edges_on_the_page_of_the_attribute(staff_client):
    entry = attribute(AttributeKind.NUMBER)
    page = f"/manage/customers/lists/attributes/{entry.pk}/"

    refused = staff_client.post(page, {"name__en": "Known", "grouping": "5, 1"})
    staff_client.post(page, {"name__en": "Known", "grouping": "1, 5"})

    assert "from the lowest up" in refused.content.decode()
    entry.refresh_from_db()
    assert entry.grouping == "1, 5"
