"""Saved filters: who meets which conditions, and what is no condition."""

from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.enums import AttributeKind
from surveys.errors import SurveyError
from surveys.models import Account, Customer, CustomerAttribute, RespondentType, Segment, Stage
from surveys.selectors.customer_filters import check_conditions, matching_filter
from surveys.services.customer_lists import add_choice, add_entry
from tests import factories

pytestmark = pytest.mark.django_db


def found(*conditions):
    """Names of the customers who meet all of these."""
    rows = matching_filter({"all": list(conditions)})
    return set(rows.values_list("name", flat=True))


@pytest.fixture
def people():
    """Ann of the shop in the north knows much of herself, Bob of the south nothing."""
    north = factories.make_unit("North")
    shop, south = factories.make_unit("Shop", parent=north), factories.make_unit("South")
    for name, kind in (("visits", "number"), ("since", "date"), ("hobby", "text")):
        add_entry(model=CustomerAttribute, name={"en": name}, code=name, kind=kind)
    grade = add_entry(
        model=CustomerAttribute, name={"en": "Grade"}, code="grade", kind=AttributeKind.CHOICE
    )
    add_choice(attribute=grade, name={"en": "Gold"})
    ann = factories.make_customer(
        name="Ann",
        unit=shop,
        language="en",
        segment=Segment.objects.get(code="prime"),
        stage=Stage.objects.get(code="growth"),
        respondent_type=RespondentType.objects.get(code="dealer"),
        account=Account.objects.create(external_id="A-1"),
        account_role="buyer",
        attributes={"visits": 5, "since": "2024-03-01", "hobby": "chess", "grade": "gold"},
    )
    bob = factories.make_customer(name="Bob", unit=south)
    return {"north": north, "ann": ann, "bob": bob}


@pytest.mark.parametrize(
    "condition",
    [
        {"field": "segment", "is": "prime"},
        {"field": "stage", "is": "growth"},
        {"field": "type", "is": "dealer"},
        {"field": "role", "is": "buyer"},
        {"field": "language", "is": "en"},
        {"field": "account", "is": "A-1"},
        {"field": "attribute.hobby", "is": "chess"},
        {"field": "attribute.grade", "is": "gold"},
        {"field": "attribute.visits", "is": 5},
        {"field": "attribute.visits", "at_least": 5},
        {"field": "attribute.visits", "at_most": 10},
        {"field": "attribute.since", "at_most": "2024-12-31"},
        {"field": "attribute.since", "at_least": "2024-03-01"},
    ],
)
def test_one_is_it_and_the_other_is_not(people, condition):
    assert found(condition) == {"Ann"}
    if "is" in condition:
        assert found({"field": condition["field"], "is_not": condition["is"]}) == {"Bob"}


def test_unit_includes_those_below_it(people):
    code = people["north"].code

    assert found({"field": "unit", "is": code}) == {"Ann"}
    assert found({"field": "unit", "is_not": code}) == {"Bob"}


def test_no_condition_is_everybody(people):
    assert found() == {"Ann", "Bob"}
    assert matching_filter({}).count() == 2


def test_every_condition_must_be_met(people):
    assert (
        found({"field": "segment", "is": "prime"}, {"field": "language", "is_not": "en"}) == set()
    )


def test_event_within_days(people):
    now = timezone.now()
    factories.make_event(people["ann"], occurred_at=now - timedelta(days=3))
    factories.make_event(people["bob"], occurred_at=now - timedelta(days=30))

    assert found({"field": "event.purchase", "within_days": 7}) == {"Ann"}
    assert found({"field": "event.purchase", "not_within_days": 7}) == {"Bob"}
    assert found({"field": "event.renewal", "within_days": 7}) == set()


def test_last_answer_and_how_satisfied_it_was(people, survey):
    now = timezone.now()
    factories.make_response(
        survey, {"overall": "1"}, customer=people["ann"], submitted_at=now - timedelta(days=90)
    )
    factories.make_response(
        survey, {"overall": "5"}, customer=people["ann"], submitted_at=now - timedelta(days=2)
    )
    factories.make_response(
        survey, {"overall": "3"}, customer=people["bob"], submitted_at=now - timedelta(days=40)
    )

    assert found({"field": "last_answer", "within_days": 7}) == {"Ann"}
    assert found({"field": "last_answer", "not_within_days": 7}) == {"Bob"}
    assert found({"field": "satisfaction", "is": "high"}) == {"Ann"}
    assert found({"field": "satisfaction", "is": "moderate"}) == {"Bob"}
    assert found({"field": "satisfaction", "is": "low"}) == set()


@pytest.mark.parametrize(
    "wrong",
    [
        [],
        {"any": []},
        {"all": "x"},
        {"all": [{"field": "shoe size", "is": 44}]},
        {"all": [{"field": "segment", "is": "unknown"}]},
        {"all": [{"field": "segment", "at_least": "prime"}]},
        {"all": [{"field": "segment"}]},
        {"all": [{"field": "segment", "is": ["prime"]}]},
        {"all": [{"field": "attribute.visits", "is": "many"}]},
        {"all": [{"field": "attribute.since", "at_least": "yesterday"}]},
        {"all": [{"field": "attribute.unknown", "is": "x"}]},
        {"all": [{"field": "event.purchase", "within_days": 0}]},
        {"all": [{"field": "event.purchase", "within_days": True}]},
        {"all": [{"field": "event.unknown", "within_days": 3}]},
        {"all": [{"field": "unit", "is": "\x00"}]},
        {"all": [{"field": "event.\x00", "within_days": 3}]},
        {"all": [{"field": "attribute.\x00", "is": "x"}]},
        {"all": [{"field": "segment", "is": "prime"}] * 21},
    ],
)
def test_what_is_no_condition_is_refused_with_a_sentence(people, wrong):
    with pytest.raises(SurveyError) as refusal:
        check_conditions(wrong)

    assert str(refusal.value).endswith((".", "”."))
    assert Customer.objects.count() == 2
