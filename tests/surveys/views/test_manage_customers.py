"""Staff pages for customers."""

import pytest
from django.test import Client
from django.urls import reverse

from surveys.enums import Role
from tests import factories

LIST = "/manage/customers/"


@pytest.fixture
def customer(survey):
    """A customer who bought, was asked, answered, and gets a mail."""
    survey.sends_thanks = True
    survey.save()
    customer = factories.make_customer(name="Ann Lee", email="ann@example.org")
    factories.make_event(customer, amount="12.50")
    factories.make_response(survey, {"overall": "4"}, customer=customer)
    return customer


def page_of(customer):
    """The address of a customer's page."""
    return reverse("surveys:customer_detail", args=[customer.pk])


def test_list_names_the_customers(staff_client, customer):
    content = staff_client.get(LIST).content.decode()

    assert "Ann Lee" in content
    assert page_of(customer) in content


@pytest.mark.parametrize(("wanted", "is_found"), [("LEE", True), ("ann@", True), ("Bob", False)])
def test_search_looks_at_number_name_and_address(staff_client, customer, wanted, is_found):
    content = staff_client.get(LIST, {"q": wanted}).content.decode()

    assert (page_of(customer) in content) is is_found


@pytest.mark.parametrize("page", ["0", "99", "x", "2"])
def test_any_page_number_leads_somewhere(staff_client, customer, page):
    assert staff_client.get(LIST, {"page": page}).status_code == 200


def test_search_survives_strange_signs(staff_client, customer):
    assert staff_client.get(LIST, {"q": "a\x00'%_<"}).status_code == 200


def test_page_tells_everything_in_time_order(staff_client, customer):
    content = staff_client.get(page_of(customer)).content.decode()

    places = [content.index(words) for words in ("Thank-you mail", "Invitation", "Purchase")]
    assert places == sorted(places)
    assert "overall satisfaction: 4" in content


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.VIEWER, None])
def test_customers_do_not_exist_for_others(customer, role):
    client = Client()
    client.force_login(factories.make_user(role))

    assert client.get(LIST).status_code == 404
    assert client.get(page_of(customer)).status_code == 404


def test_visitors_are_asked_to_sign_in(client, customer):
    assert client.get(LIST).status_code == 302
    assert client.get(page_of(customer)).status_code == 302


def test_unknown_customer_is_not_found(staff_client, db):
    assert staff_client.get(f"{LIST}999999/").status_code == 404


def test_pages_are_only_read(staff_client, customer):
    assert staff_client.post(LIST).status_code == 405
    assert staff_client.post(page_of(customer)).status_code == 405


def test_list_takes_the_same_number_of_queries(staff_client, db, django_assert_num_queries):
    unit = factories.make_unit()
    factories.make_customer(unit=unit)
    staff_client.get(LIST)
    with django_assert_num_queries(9) as first:
        staff_client.get(LIST)

    for _more in range(2):
        factories.make_customer(unit=unit)

    with django_assert_num_queries(len(first)):
        staff_client.get(LIST)
