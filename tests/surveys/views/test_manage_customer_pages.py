"""Staff pages around customers: adding, lists, filters, panels, units, merging, privacy, staff."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from surveys.enums import Role
from surveys.models import (
    AccessRecord,
    Account,
    Customer,
    CustomerAttribute,
    CustomerFilter,
    Erasure,
    EventKind,
    Panel,
    RetentionRule,
    Segment,
    Stage,
    Survey,
    Unit,
)
from surveys.services.customer_lists import add_choice, add_entry
from tests import factories

pytestmark = pytest.mark.django_db


def page(name, *arguments):
    """The address of a page."""
    return reverse(f"surveys:{name}", args=arguments)


def text_of(reply):
    return reply.content.decode()


def signed_in(role, unit=None):
    client = Client()
    client.force_login(factories.make_user(role, unit=unit))
    return client


# Adding and changing --------------------------------------------------------


def test_customer_is_added_by_the_form(staff_client):
    reply = staff_client.post(
        page("add_customer"), {"external_id": " K-1 ", "email": "ann@example.org"}
    )

    customer = Customer.objects.get()
    assert reply.url == page("customer_detail", customer.pk)
    assert (customer.external_id, customer.email) == ("K-1", "ann@example.org")


def test_wrong_input_is_told_and_nothing_is_lost(staff_client):
    said = text_of(
        staff_client.post(
            page("add_customer"), {"external_id": "K-1", "name": "Ann Lee", "account": "no-such"}
        )
    )

    assert "no account with this number" in said
    assert "Ann Lee" in said
    assert not Customer.objects.exists()


def test_attributes_are_asked_by_their_kind(staff_client):
    add_entry(model=CustomerAttribute, name={"en": "Visits"}, code="visits", kind="number")
    grade = add_entry(model=CustomerAttribute, name={"en": "Grade"}, code="grade", kind="choice")
    add_choice(attribute=grade, name={"en": "Gold"})
    customer = factories.make_customer(attributes={"older": "kept"})
    form = page("customer_edit", customer.pk)

    wrong = staff_client.post(form, {"attribute__visits": "many"})
    staff_client.post(form, {"attribute__visits": "3", "attribute__grade": "gold"})

    customer.refresh_from_db()
    assert "is no value of" in text_of(wrong)
    assert customer.attributes == {"visits": 3, "grade": "gold", "older": "kept"}
    shown = text_of(staff_client.get(page("customer_detail", customer.pk)))
    assert "Gold" in shown


def test_opting_out_asks_first(staff_client):
    customer = factories.make_customer()
    address = page("customer_opt_out", customer.pk)

    assert "Do not ask this customer any more?" in text_of(staff_client.get(address))
    assert Customer.objects.get().may_be_asked
    staff_client.post(address)
    assert not Customer.objects.get().may_be_asked
    staff_client.post(page("customer_opt_in", customer.pk))
    assert Customer.objects.get().may_be_asked


def test_list_is_narrowed(staff_client):
    region = factories.make_unit("Region")
    shop = factories.make_unit("Shop", parent=region)
    prime = Segment.objects.get(code="prime")
    factories.make_customer(name="Ann Lee", unit=shop, segment=prime)
    factories.make_customer(name="Bob Wu", opted_out_at=timezone.now())

    by_unit = text_of(staff_client.get(page("customer_list"), {"unit": region.code}))
    by_segment = text_of(staff_client.get(page("customer_list"), {"segment": "prime"}))
    refusing = text_of(staff_client.get(page("customer_list"), {"asking": "no"}))

    for said in (by_unit, by_segment):
        assert "Ann Lee" in said and "Bob Wu" not in said  # noqa: PT018
    assert "Bob Wu" in refusing
    assert "Ann Lee" not in refusing


# Who may look ---------------------------------------------------------------


def test_manager_looks_at_customers_of_own_units_and_changes_nothing():
    north, south = factories.make_unit("North"), factories.make_unit("South")
    own = factories.make_customer(name="Ann", email="ann@example.org", unit=north)
    other = factories.make_customer(name="Bob", unit=south)
    client = signed_in(Role.MANAGER, north)

    listed = text_of(client.get(page("customer_list")))
    assert "Ann" in listed
    assert "Bob" not in listed
    assert "ann@example.org" in text_of(client.get(page("customer_detail", own.pk)))
    assert client.get(page("customer_detail", other.pk)).status_code == 404
    for name in ("customer_edit", "customer_erase", "customer_merge", "customer_file"):
        assert client.get(page(name, own.pk)).status_code == 403


def test_analyst_sees_what_happened_but_no_address():
    customer = factories.make_customer(name="Ann", email="ann@example.org", phone="0911222333")
    client = signed_in(Role.ANALYST)

    for address in (page("customer_list"), page("customer_detail", customer.pk)):
        said = text_of(client.get(address))
        assert "Ann" in said
        assert "ann@example.org" not in said
        assert "0911222333" not in said
    assert "Ann" not in text_of(client.get(page("customer_list"), {"q": "0911"}))


def test_manager_reads_only_answers_given_in_own_units(survey):
    north, south = factories.make_unit("North"), factories.make_unit("South")
    customer = factories.make_customer(unit=south)
    factories.make_response(survey, {"overall": "2"}, customer=customer)
    Customer.objects.update(unit=north)
    client = signed_in(Role.MANAGER, north)

    assert "overall satisfaction" not in text_of(client.get(page("customer_detail", customer.pk)))


def test_anonymous_answers_never_stand_on_the_page(staff_client):
    survey = factories.make_published_survey(mode="anonymous_invited")
    customer = factories.make_customer()
    factories.make_response(survey, {"overall": "2"}, customer=customer)

    said = text_of(staff_client.get(page("customer_detail", customer.pk)))

    assert "overall satisfaction" not in said
    assert "Answered" in said  # that they answered is known


def test_each_look_is_noted(staff_client, administrator):
    customer = factories.make_customer()

    staff_client.get(page("customer_detail", customer.pk))
    staff_client.get(page("customer_file", customer.pk))

    looks = AccessRecord.objects.values_list("user", "customer", "what")
    assert sorted(looks) == [
        (administrator.pk, customer.pk, "file"),
        (administrator.pk, customer.pk, "page"),
    ]
    log = text_of(staff_client.get(page("access_log"), {"user": administrator.pk}))
    assert log.count(f">{customer.external_id}<") == 2


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.MANAGER, Role.ANALYST, Role.VIEWER])
def test_log_is_the_administrators(role):
    unit = factories.make_unit() if role == Role.MANAGER else None

    assert signed_in(role, unit).get(page("access_log")).status_code == 404
    assert signed_in(role, unit).get(page("staff_list")).status_code == 404


# Lists ----------------------------------------------------------------------


def test_entry_is_added_renamed_and_moved(staff_client):
    staff_client.post(page("customer_lists", "segments"), {"name__en": "Students"})
    students = Segment.objects.get(code="students")
    staff_client.post(
        page("list_entry_edit", "segments", students.pk),
        {"name__en": "Pupils", "name__zh-hant": "學生"},
    )
    staff_client.post(page("list_entry_move", "segments", students.pk), {"direction": "up"})

    students.refresh_from_db()
    assert students.name == {"en": "Pupils", "zh-hant": "學生"}
    assert list(Segment.objects.values_list("code", flat=True))[-2] == "students"


def test_entry_that_is_used_is_only_taken_out_of_use(staff_client):
    prime = Segment.objects.get(code="prime")
    customer = factories.make_customer(segment=prime)

    staff_client.post(page("list_entry_remove", "segments", prime.pk))
    staff_client.post(page("list_entry_use", "segments", prime.pk), {"use": "no"})

    prime.refresh_from_db()
    assert not prime.is_active
    assert Customer.objects.get(pk=customer.pk).segment == prime
    assert "Prime customers" in text_of(staff_client.get(page("customer_edit", customer.pk)))
    assert "Prime customers" not in text_of(staff_client.get(page("add_customer")))


def test_entry_that_nothing_names_is_removed(staff_client):
    entry = add_entry(model=EventKind, name={"en": "Visit"})

    staff_client.post(page("list_entry_remove", "events", entry.pk))

    assert not EventKind.objects.filter(pk=entry.pk).exists()


@pytest.mark.parametrize(
    ("stage_set", "codes"),
    [
        ("six", ["prospect", "development", "growth", "maturity", "decline", "ending"]),
        ("three", ["development", "maintenance", "conversion"]),
        ("five", ["contact", "expansion", "maintenance", "decline", "ending"]),
    ],
)
def test_ready_stages_are_loaded_and_customers_keep_theirs(staff_client, stage_set, codes):
    growth = Stage.objects.get(code="growth")
    customer = factories.make_customer(stage=growth)

    staff_client.post(page("stages_load"), {"stage_set": stage_set})

    in_use = Stage.objects.filter(is_active=True)
    assert list(in_use.values_list("code", flat=True)) == codes
    assert Customer.objects.get(pk=customer.pk).stage == growth


def test_values_of_an_attribute(staff_client):
    grade = add_entry(model=CustomerAttribute, name={"en": "Grade"}, code="grade", kind="choice")
    staff_client.post(page("attribute_choice_add", grade.pk), {"name__en": "Gold"})
    gold = grade.choices.get()
    factories.make_customer(attributes={"grade": "gold"})

    staff_client.post(page("attribute_choice_remove", gold.pk))
    staff_client.post(page("attribute_choice_edit", gold.pk), {"name__en": "Best"})

    assert grade.choices.get().name == {"en": "Best"}


# Filters and panels ---------------------------------------------------------


def test_filter_counts_before_it_is_saved(staff_client):
    prime = Segment.objects.get(code="prime")
    factories.make_customer(name="Ann", segment=prime)
    factories.make_customer(name="Bob")
    query = {"field": "segment", "op": "is", "value": "prime"}

    said = text_of(staff_client.get(page("customer_filter_add"), query))
    staff_client.post(page("customer_filter_add"), query | {"name": "Best", "save": "yes"})

    assert "1 customer" in said
    assert "Bob" not in said
    kept = CustomerFilter.objects.get()
    assert kept.conditions == {"all": [{"field": "segment", "is": "prime"}]}
    assert "Best" in text_of(staff_client.get(page("customer_filter_list")))
    assert "selected" in text_of(staff_client.get(page("customer_filter_edit", kept.pk)))


@pytest.mark.parametrize(
    "query",
    [
        {"field": "nothing", "op": "is", "value": "x"},
        {"field": "event.purchase", "op": "within_days", "value": "soon"},
        {"field": "segment", "op": "is", "value": ""},
        {"field": "segment"},
        {"add": "nothing"},
        {"remove": "x"},
    ],
)
def test_odd_addresses_of_a_filter_lead_to_a_page(staff_client, query):
    assert staff_client.get(page("customer_filter_add"), query).status_code == 200


def test_panel_takes_pasted_numbers_and_tells_unknown_ones(staff_client):
    ann = factories.make_customer(email="Ann@Example.org")
    bob = factories.make_customer()
    staff_client.post(page("panel_list"), {"name": "Voices"})
    panel = Panel.objects.get()

    reply = staff_client.post(
        page("panel_add_pasted", panel.pk),
        {"customers": f"{bob.external_id}\nann@example.org, nobody-7"},
        follow=True,
    )

    assert set(panel.customers.all()) == {ann, bob}
    assert "nobody-7" in text_of(reply)
    staff_client.post(page("panel_remove_customer", panel.pk, bob.pk))
    assert list(panel.customers.all()) == [ann]


def test_panel_takes_everybody_of_a_filter(staff_client):
    kept = CustomerFilter.objects.create(name="All", conditions={"all": []})
    panel = Panel.objects.create(name="Voices")
    factories.make_customer()

    for _twice in range(2):
        staff_client.post(page("panel_add_by_filter", panel.pk), {"customer_filter": kept.pk})

    assert panel.customers.count() == 1


# Units and accounts ---------------------------------------------------------


def test_unit_is_added_renamed_moved_and_closed(staff_client):
    company = factories.make_unit("Company")
    staff_client.post(page("unit_tree"), {"name": "Shop", "code": "shop-9"})
    shop = Unit.objects.get(code="shop-9")

    staff_client.post(page("unit_edit", shop.pk), {"name": "Store", "parent": company.pk})
    staff_client.post(page("unit_use", shop.pk), {"use": "no"})

    shop.refresh_from_db()
    assert (shop.name, shop.is_active) == ("Store", False)
    assert Unit.objects.get_parent(shop) == company
    assert "Closed" in text_of(staff_client.get(page("unit_tree")))


def test_closing_a_unit_loses_nothing(staff_client, survey):
    unit = factories.make_unit()
    customer = factories.make_customer(unit=unit)
    response = factories.make_response(survey, {"overall": "4"}, customer=customer)

    staff_client.post(page("unit_use", unit.pk), {"use": "no"})

    response.refresh_from_db()
    assert response.placement.unit == unit
    assert Customer.objects.get().unit == unit


def test_account_has_its_people_with_roles_answers_and_events(staff_client, survey):
    account = Account.objects.create(external_id="A-1", name="Works")
    customer = factories.make_customer(name="Ann", account=account, account_role="decider")
    factories.make_event(customer)
    factories.make_response(survey, {"overall": "4"}, customer=customer)

    said = text_of(staff_client.get(page("account_page", account.pk)))

    for words in ("Ann", "Decider", "Purchase", str(survey)):
        assert words in said


# Merging and privacy --------------------------------------------------------


def test_duplicates_are_compared_and_merged(staff_client):
    ann = factories.make_customer(name="Ann", email="ann@example.org")
    twin = factories.make_customer(name="Anna", email="ANN@example.org")
    side_by_side = page("customer_merge_with", ann.pk, twin.pk)

    assert side_by_side in text_of(staff_client.get(page("duplicate_list")))
    assert "cannot be undone" in text_of(staff_client.get(side_by_side))
    staff_client.post(side_by_side, {"keep_name": "other"})

    assert Customer.objects.get().name == "Anna"


def test_file_holds_what_is_known(staff_client, survey):
    customer = factories.make_customer(name="Ann", email="ann@example.org")
    factories.make_event(customer, staff="Sue")
    factories.make_response(survey, {"overall": "4", "comment": "Fine."}, customer=customer)

    file = json.loads(staff_client.get(page("customer_file", customer.pk)).content)

    assert file["customer"]["email"] == "ann@example.org"
    assert file["events"][0]["staff"] == "Sue"
    told = {one["key"]: (one["answer"], one["in_words"]) for one in file["answers"][0]["answers"]}
    assert told["comment"] == ("Fine.", [])
    assert told["overall"] == ("4", ["4"])


def test_erasing_wants_the_number_once_more(staff_client):
    customer = factories.make_customer()
    address = page("customer_erase", customer.pk)

    wrong = staff_client.post(address, {"number": "other"})
    assert "not the number" in text_of(wrong)
    assert not Erasure.objects.exists()

    staff_client.post(address, {"number": customer.external_id})
    assert Erasure.objects.get().customer == customer


def test_rule_says_who_would_go_before_it_is_switched_on(staff_client):
    old = factories.make_customer()
    Customer.objects.update(created_at="2020-01-01T00:00Z")
    factories.make_customer()

    said = text_of(staff_client.get(page("retention"), {"months": "24"}))

    assert "1 customer would go" in said
    assert old.external_id in said
    assert not RetentionRule.objects.exists()
    staff_client.post(page("retention"), {"months": "24", "is_active": "on", "access_months": "6"})
    assert RetentionRule.current().is_active
    assert "older than 6 months is deleted" in text_of(staff_client.get(page("access_log")))


# Staff ----------------------------------------------------------------------


def test_work_of_somebody_who_leaves_passes_on(staff_client, administrator):
    leaver = factories.make_user(Role.DESIGNER)
    survey = factories.make_survey(created_by=leaver)
    client = Client()
    client.force_login(leaver)

    staff_client.post(page("staff_deactivate", leaver.pk), {"heir": administrator.pk})

    leaver.refresh_from_db()
    assert not leaver.is_active
    assert Survey.objects.get(pk=survey.pk).created_by == administrator
    assert client.get(page("survey_list")).status_code == 302
    staff_client.post(page("staff_activate", leaver.pk))
    leaver.refresh_from_db()
    assert leaver.is_active


def test_nobody_closes_their_own_account(staff_client, administrator):
    heir = factories.make_user(Role.DESIGNER)

    said = text_of(staff_client.post(page("staff_deactivate", administrator.pk), {"heir": heir.pk}))

    assert "their own account" in said
