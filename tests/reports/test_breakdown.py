"""Breaking a measure down: counts, comparisons, what is hidden, and views that are kept."""

import re

import pytest
from django.urls import reverse

from reports.attributes import attributes_of
from reports.breakdown.breakdown import answered_cube, breakdown
from reports.breakdown.measures import measures_of
from reports.dataset import Selection, published_questionnaires
from reports.models import SavedView
from surveys.enums import AttributeKind, Role
from surveys.models import CustomerAttribute, Response, Stage, Unit
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst(client):
    """A signed-in analyst."""
    user = factories.make_user(Role.ANALYST)
    client.force_login(user)
    return user


def broken_down(survey, measure, *keys, **conditions):
    """A breakdown of everything that an analyst sees."""
    questionnaires = published_questionnaires(survey)
    chosen = measures_of(questionnaires, "en")[measure]
    cube = answered_cube(Selection(survey), questionnaires, chosen)
    attributes = attributes_of(cube, questionnaires, survey)
    return breakdown(
        cube,
        chosen,
        [attributes[key] for key in keys],
        conditions,
    )


def test_each_group_counts_its_own_answers(random_survey):
    found = broken_down(random_survey, "top_box", "unit-2")

    rows = Response.objects.filter(is_test=False, satisfaction__isnull=False)
    for group in found.shown:
        own = rows.filter(placement__unit_id=group.values[0])
        best = own.filter(satisfaction=5).count()
        assert group.estimate.base == own.count()
        assert group.estimate.value == pytest.approx(best / own.count())
        assert group.at_stake == own.count() - best
    assert found.total.base == rows.count()
    assert len(found.shown) == 4


def test_groups_are_sorted_by_how_many_people_they_are_about(random_survey):
    found = broken_down(random_survey, "top_box", "unit-2", "segment")

    stakes = [group.at_stake for group in found.shown]
    assert stakes == sorted(stakes, reverse=True)
    assert sum(stakes) > 0


@pytest.mark.parametrize("measure", ["top_box", "mean", "nps", "loyal", "top_box:staff"])
def test_every_measure_has_its_interval_base_and_comparison(random_survey, measure):
    found = broken_down(random_survey, measure, "segment")

    assert len(found.shown) == 3
    for group in found.shown:
        assert group.estimate.low <= group.estimate.value <= group.estimate.high
        assert group.estimate.base >= 5
        assert group.difference is not None
        assert 0 <= group.p_adjusted <= 1


def test_a_clear_difference_is_called_clear_and_chance_is_not(survey):
    shops = [factories.make_unit(f"Shop {place}") for place in range(3)]
    answers = {"again": None, "recommend": None, "staff": None, "comment": None}
    factories.make_responses(
        survey,
        [
            {
                "answers": answers | {"overall": "5" if place < best else "4"},
                "placement": shop.placement,
                "submitted_at": factories.datetime(2026, 3, 1, tzinfo=factories.UTC),
            }
            for shop, best in zip(shops, (10, 50, 52), strict=True)
            for place in range(100)
        ],
    )

    found = {g.names[0]: g for g in broken_down(survey, "top_box", "unit-1").groups}

    assert found["Shop 0"].is_different
    assert found["Shop 0"].difference < 0
    assert found["Shop 1"].difference > 0
    assert broken_down(survey, "top_box", "unit-1").groups[0].names == ("Shop 0",)


def test_a_small_group_and_the_one_beside_it_are_hidden(survey):
    shops = [factories.make_unit(f"Shop {place}") for place in range(3)]
    answers = {"again": None, "recommend": None, "staff": None, "comment": None, "overall": "4"}
    factories.make_responses(
        survey,
        [
            {
                "answers": answers,
                "placement": shop.placement,
                "submitted_at": factories.datetime(2026, 3, 1, tzinfo=factories.UTC),
            }
            for shop, number in zip(shops, (3, 20, 30), strict=True)
            for place in range(number)
        ],
    )

    found = broken_down(survey, "top_box", "unit-1")

    assert {group.names[0] for group in found.groups if group.is_hidden} == {"Shop 0", "Shop 1"}
    assert found.rows()[1][1:] == tuple((f"Shop {n}", *(None,) * 7) for n in range(2))


def test_the_page_shows_what_the_address_asks_for(client, analyst, random_survey):
    address = reverse("reports:breakdown", args=[random_survey.slug])

    page = client.get(address, {"measure": "nps", "by": "segment", "and_by": "unit-2"})
    text = page.content.decode()

    assert page.status_code == 200
    assert "Net Promoter Score by Segment × Unit, level 2" in text
    assert 'aria-sort="descending"' in text
    assert "Segment 1" in text


def test_a_filter_narrows_every_group(client, analyst, random_survey):
    address = reverse("reports:breakdown", args=[random_survey.slug])
    unit = Unit.objects.get(name="Shop 1")

    page = client.get(address, {"by": "segment", "unit": unit.code}).content.decode()

    base = Response.objects.filter(is_test=False, placement__unit=unit).count()
    assert f"{base} answers" in page


@pytest.mark.parametrize(
    "wrong",
    [{"measure": "salary"}, {"by": "name"}, {"unit": "nowhere"}, {"period": "2026-13"}],
)
def test_an_address_that_means_nothing_is_not_found(client, analyst, random_survey, wrong):
    address = reverse("reports:breakdown", args=[random_survey.slug])

    assert client.get(address, wrong).status_code == 404


def test_a_manager_sees_own_units_only(client, random_survey):
    shop = Unit.objects.get(name="Shop 1")
    client.force_login(factories.make_user(Role.MANAGER, unit=shop))

    page = client.get(reverse("reports:breakdown", args=[random_survey.slug]), {"by": "segment"})
    text = page.content.decode()

    base = Response.objects.filter(is_test=False, placement__unit=shop).count()
    assert f"{base} answers" in text
    assert "Shop 2" not in text


def test_the_number_of_queries_does_not_grow(
    client, analyst, random_survey, django_assert_max_num_queries
):
    with django_assert_max_num_queries(23):
        client.get(
            reverse("reports:breakdown", args=[random_survey.slug]),
            {"by": "unit-2", "and_by": "segment"},
        )


def save(client, survey, **fields):
    """Send the form that keeps a view."""
    address = reverse("reports:view_save", args=[survey.slug])
    return client.post(address, {"query": "by=segment&measure=nps&evil=1", "share": ""} | fields)


def test_a_view_is_kept_with_its_choices_and_opens_again(client, analyst, random_survey):
    save(client, random_survey, name="By segment")

    view = SavedView.objects.get()
    page = client.get(reverse("reports:breakdown", args=[random_survey.slug]) + f"?{view.query}")
    assert view.query == "by=segment&measure=nps"
    assert "Net Promoter Score by Segment" in page.content.decode()
    assert re.search(r'href="[^"]+by=segment[^"]+">By segment</a>', page.content.decode())


@pytest.mark.parametrize(
    ("share", "is_seen"), [("", False), ("role:viewer", True), ("role:designer", False)]
)
def test_a_view_is_seen_by_those_with_whom_it_is_shared(
    client, analyst, random_survey, share, is_seen
):
    save(client, random_survey, name="Mine", share=share)
    client.force_login(factories.make_user(Role.VIEWER))

    page = client.get(reverse("reports:breakdown", args=[random_survey.slug])).content.decode()

    assert (">Mine</a>" in page) is is_seen


def test_a_view_can_be_shared_with_a_unit(client, analyst, random_survey):
    shop, other = Unit.objects.get(name="Shop 1"), Unit.objects.get(name="Shop 2")
    save(client, random_survey, name="For the shop", share=f"unit:{shop.code}")
    address = reverse("reports:breakdown", args=[random_survey.slug])

    seen = []
    for unit in (shop, other):
        client.force_login(factories.make_user(Role.MANAGER, unit=unit))
        seen.append(">For the shop</a>" in client.get(address).content.decode())

    assert seen == [True, False]


def test_only_the_owner_removes_a_view(client, analyst, random_survey):
    save(client, random_survey, name="Mine", share="role:viewer")
    address = reverse("reports:view_remove", args=[SavedView.objects.get().pk])

    client.force_login(factories.make_user(Role.VIEWER))
    assert client.post(address).status_code == 404
    client.force_login(analyst)
    assert client.get(address).status_code == 405
    assert client.post(address).status_code == 302
    assert not SavedView.objects.exists()


def test_what_is_known_of_customers_breaks_answers_down_as_it_was_when_they_answered():
    survey = factories.make_published_survey()
    growth, decline = (Stage.objects.get(code=code) for code in ("growth", "decline"))
    tier = CustomerAttribute.objects.create(
        code="tier", name={"en": "Tier"}, kind=AttributeKind.CHOICE
    )
    tier.choices.create(code="gold", name={"en": "Gold card"})
    customers = [
        factories.make_customer(stage=stage, attributes={"tier": "gold"} if stage == growth else {})
        for stage in (growth, decline)
        for _time in range(6)
    ]
    for customer in customers:
        factories.make_response(survey, {"overall": "5"}, customer=customer)
    type(customers[0]).objects.update(stage=decline, attributes={})

    by_stage = broken_down(survey, "top_box", "trait-stage")
    by_tier = broken_down(survey, "top_box", "trait-attribute.tier")

    assert {group.values[0]: group.estimate.base for group in by_stage.shown} == {
        str(growth.pk): 6,
        str(decline.pk): 6,
    }
    assert {group.values[0]: group.estimate.base for group in by_tier.shown} == {
        "gold": 6,
        None: 6,
    }


def test_traits_are_called_as_staff_call_them(analyst, client):
    survey = factories.make_published_survey()
    for stage in Stage.objects.filter(code__in=("growth", "decline")):
        for _time in range(6):
            customer = factories.make_customer(stage=stage)
            factories.make_response(survey, {"overall": "5"}, customer=customer)

    address = reverse("reports:breakdown", args=[survey.slug])
    page = client.get(address, {"by": "trait-stage"}).content.decode()

    assert "Stage" in page
    assert "Growth" in page
    assert "Decline" in page


def test_answers_about_an_event_are_broken_down_by_who_handled_it():
    survey = factories.make_published_survey()
    for staff in ("Ada", "Ben"):
        for _time in range(6):
            customer = factories.make_customer()
            event = factories.make_event(customer, kind="repair_done", staff=staff)
            invitation, _token = factories.make_invitation(survey, customer, event=event)
            factories.make_response(survey, {"overall": "5"}, invitation=invitation)

    found = broken_down(survey, "top_box", "trait-handler")

    assert {group.names[0]: group.estimate.base for group in found.shown} == {"Ada": 6, "Ben": 6}
