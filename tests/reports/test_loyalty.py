"""Loyalty: counted by hand, fractions shown, value that tells of nobody."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from reports.dataset import Days, Selection, customer_counts, published_questionnaires
from reports.loyalty.value import value_result
from surveys.enums import Role, SurveyMode
from surveys.models import Customer, Event, EventKind
from tests import factories
from tests.reports.test_pages import page, signed_in, text_of

pytestmark = pytest.mark.django_db

YEAR = Days(datetime(2026, 1, 1).date(), datetime(2026, 6, 30).date(), UTC)


def buys(customer, *days, kind="purchase", amount=None):
    for day in days:
        moment = datetime.fromisoformat(day).replace(tzinfo=UTC)
        factories.make_event(customer, kind=kind, occurred_at=moment, amount=amount)


def many(number, **fields):
    return [factories.make_customer(**fields) for _ in range(number)]


def counted(survey, **options):
    return customer_counts(Selection(survey), YEAR, inactive_after=90)


def test_customers_are_counted_by_what_they_did(survey):
    once, twice, earlier, back, gone, idle = many(6)
    buys(once, "2026-02-01")
    buys(twice, "2026-02-01", "2026-03-01")
    buys(earlier, "2025-08-01")
    buys(back, "2025-12-01", "2026-05-01")
    buys(gone, "2025-12-01")
    buys(idle, "2026-03-01", kind="complaint")

    found = counted(survey)

    assert (found.members, found.active) == (6, 4)
    assert (found.buyers, found.repeat_buyers) == (3, 1)
    assert (found.earlier_buyers, found.returned) == (3, 1)  # earlier, back, gone; back came again
    assert (found.active_at_start, found.lost) == (2, 1)  # back and gone; gone bought no more
    assert found.complaints == 1


def test_last_day_counts_and_the_next_does_not(survey):
    inside, outside = many(2)
    buys(inside, "2026-06-30T23:59:59")
    buys(outside, "2026-07-01T00:00:00")

    assert counted(survey).buyers == 1


def test_unit_narrows_the_customers(survey):
    unit = factories.make_unit()
    buys(factories.make_customer(unit=unit), "2026-02-01")
    buys(factories.make_customer(), "2026-02-01")

    found = customer_counts(
        Selection(survey, unit.placement.__class__.objects.filter(unit=unit)),
        YEAR,
        inactive_after=90,
    )

    assert found.buyers == 1


def test_complaints_that_nobody_imports_are_not_none(survey):
    buys(factories.make_customer(), "2026-02-01")

    assert counted(survey).complaints is None


@pytest.fixture
def lived(survey):
    """Forty customers over a year: answers, purchases, complaints."""
    customers = many(40)
    for number, customer in enumerate(customers):
        buys(customer, "2025-11-05", amount=10 + number)
        if number % 2:
            buys(customer, "2026-02-05", "2026-03-05", amount=10 + number)
        if number % 10 == 0:
            buys(customer, "2026-02-20", kind="complaint")
    rows = [
        {
            "answers": {"overall": str(5 if number % 4 == 0 else 3), "recommend": "9"},
            "customer": customer,
            "submitted_at": datetime(2026, 2, 10, tzinfo=UTC) + timedelta(days=number),
        }
        for number, customer in enumerate(customers)
    ]
    factories.make_responses(survey, rows)
    return survey


def test_page_shows_each_indicator_with_its_fraction(staff_client, lived):
    text = text_of(page(staff_client, "reports:loyalty", lived, period="2026"))

    assert "10 of 40 answers" in text  # satisfaction
    assert "20 of 20 customers" in text  # repurchase: all who bought did so twice
    assert "20 of 40 customers" in text  # return rate
    assert "4 complaints, 24 customers" in text
    assert "Complaints per 100 customers 16.7" in text
    assert "Social interaction Not recorded" in text
    assert "What customers said and what they did, by quarters" in text


def test_manager_sees_the_own_units_alone(lived):
    unit = factories.make_unit()
    client = signed_in(factories.make_user(Role.MANAGER, unit=unit))

    text = text_of(page(client, "reports:loyalty", lived))

    assert "40 customers" not in text
    assert page(client, "reports:loyalty", lived, unit="x").status_code == 404


def test_survey_without_answers_has_a_sentence(staff_client, survey):
    assert "No answers yet" in text_of(page(staff_client, "reports:loyalty", survey))


def test_who_is_not_signed_in_is_asked(survey):
    assert page(Client(), "reports:loyalty", survey).status_code == 302


def valued(survey, values, scores):
    """Customers with these values; those with a score answered."""
    customers = Customer.objects.bulk_create(
        Customer(external_id=f"V{number}") for number in range(len(values))
    )
    kind = EventKind.objects.get(code="purchase")
    Event.objects.bulk_create(
        Event(
            external_id=f"E{number}",
            customer=customer,
            kind=kind,
            occurred_at=datetime(2026, 3, 1, tzinfo=UTC),
            amount=value,
        )
        for number, (customer, value) in enumerate(zip(customers, values, strict=True))
    )
    factories.make_responses(
        survey,
        [
            {
                "answers": {"overall": str(score)},
                "customer": customer,
                "submitted_at": datetime(2026, 4, 1, tzinfo=UTC),
            }
            for customer, score in zip(customers, scores, strict=True)
            if score
        ],
    )
    return value_result(Selection(survey), YEAR, published_questionnaires(survey))


def test_four_of_a_hundred_hold_eighty_percent(survey):
    """The book's case: 4% of the customers hold 80% of the value."""
    found = valued(survey, [200] * 4 + [200 / 96] * 96, [5] * 50 + [3] * 50)

    assert found.holding.customers == 4
    assert found.holding.share_of_value == pytest.approx(0.8, abs=0.001)
    assert found.groups_obstacle == "too_few"  # four answers are under the minimum base
    assert found.most_valuable is None
    assert found.others is None


def test_scores_by_value_stand_beside_the_plain_ones(survey):
    """Ten customers worth 100 each and satisfied, thirty worth 10 each and not."""
    found = valued(survey, [100] * 10 + [10] * 30, [5] * 10 + [3] * 30)

    top_box = next(one for one in found.weighted if one.key == "top_box")
    assert top_box.plain.value == 0.25
    assert top_box.weighted.value == pytest.approx(1000 / 1300)
    assert top_box.difference == pytest.approx(1000 / 1300 - 0.25)
    assert top_box.weighted.low < top_box.weighted.value < top_box.weighted.high
    assert found.most_valuable.value > found.others.value


def test_one_large_customer_hides_the_weighted_score(survey):
    """Else the weighted score would tell what that customer answered."""
    found = valued(survey, [500] + [10] * 39, [1] + [5] * 39)

    assert found.weighted == ()
    assert found.weighting_obstacle == "one_customer"


def test_anonymous_answers_have_no_value():
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)

    assert value_result(Selection(survey), YEAR, ()).obstacle == "anonymous"
