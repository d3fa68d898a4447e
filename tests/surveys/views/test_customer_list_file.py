"""The list of customers as a file, and customers by their last overall answer."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from surveys.enums import AccessKind, AttributeKind, Role, SurveyKind
from surveys.models import AccessRecord, CustomerAttribute, Response
from tests import factories

pytestmark = pytest.mark.django_db

LIST, FILE = reverse("surveys:customer_list"), reverse("surveys:customer_list_file")


def signed_in(role, unit=None):
    client = Client()
    client.force_login(factories.make_user(role, unit=unit))
    return client


def rows_of(reply):
    text = b"".join(reply.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_has_whom_the_page_shows_and_each_is_noted(staff_client, administrator):
    wanted = [factories.make_customer(name=f"Lee {n}") for n in range(3)]
    factories.make_customer(name="Bob")

    rows = rows_of(staff_client.get(FILE, {"q": "Lee"}))

    assert {row["Customer number"] for row in rows} == {one.external_id for one in wanted}
    noted = AccessRecord.objects.filter(user=administrator, what=AccessKind.LIST)
    assert set(noted.values_list("customer", flat=True)) == {one.pk for one in wanted}


def test_no_cell_is_a_formula_and_attributes_stand_in_columns(staff_client):
    visits = CustomerAttribute.objects.create(code="visits", name={}, kind=AttributeKind.NUMBER)
    factories.make_customer(name="=1+1", phone="+44 1", attributes={visits.code: -3})

    [row] = rows_of(staff_client.get(FILE))

    assert row["Name"] == "'=1+1"
    assert row["Telephone"] == "'+44 1"
    assert row["visits"] == "-3"


def test_a_manager_gets_own_units_and_an_analyst_no_addresses():
    shop, other = factories.make_unit("Shop"), factories.make_unit("Other")
    own = factories.make_customer(unit=shop, email="ann@example.org")
    factories.make_customer(unit=other)

    managed = rows_of(signed_in(Role.MANAGER, shop).get(FILE))
    analysed = rows_of(signed_in(Role.ANALYST).get(FILE))

    assert [row["Customer number"] for row in managed] == [own.external_id]
    assert managed[0]["E-mail"] == "ann@example.org"
    assert len(analysed) == 2
    assert "E-mail" not in analysed[0]
    assert signed_in(Role.VIEWER).get(FILE).status_code == 404


def shown(client, wanted):
    return client.get(LIST, {"satisfaction": wanted}).content.decode()


def test_customers_are_found_by_the_last_overall_answer(staff_client, survey):
    falling, rising = (factories.make_customer(name=name) for name in ("Fay", "Ray"))
    for customer, scores in ((falling, "51"), (rising, "15")):
        for day, score in enumerate(scores, 1):
            factories.make_response(
                survey,
                {"overall": score},
                customer=customer,
                submitted_at=factories.datetime(2026, 3, day, tzinfo=factories.UTC),
            )

    low, high = shown(staff_client, "low"), shown(staff_client, "high")

    assert "Fay" in low
    assert "Ray" not in low
    assert "Ray" in high
    assert "Fay" not in high


def test_answers_that_the_reader_may_not_see_find_nobody(survey):
    shop, other = factories.make_unit("Shop"), factories.make_unit("Other")
    customer = factories.make_customer(name="Fay", unit=shop)
    response = factories.make_response(survey, {"overall": "1"}, customer=customer)
    Response.objects.filter(pk=response.pk).update(placement=other.placement)
    staff_survey = factories.make_published_survey(kind=SurveyKind.EMPLOYEE)
    employee = factories.make_customer(name="Emp", unit=shop)
    factories.make_response(staff_survey, {"overall": "1"}, customer=employee)

    assert "Fay" not in shown(signed_in(Role.MANAGER, shop), "low")
    analyst = shown(signed_in(Role.ANALYST), "low")
    assert "Fay" in analyst
    assert "Emp" not in analyst
    assert "Emp" in shown(signed_in(Role.ADMINISTRATOR), "low")
