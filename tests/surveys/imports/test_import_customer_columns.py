"""What customer files say beside name and address: stage, account, attributes, opting out."""

from datetime import UTC, datetime

import pytest

from surveys.enums import AttributeKind
from surveys.models import Account, AttributeChoice, Customer, CustomerAttribute, Stage, StageChange
from tests import factories

from .conftest import nothing_written


@pytest.fixture
def import_rows(run, write_csv):
    """Imports rows of customers; gives what was said."""

    def import_them(*rows, **options):
        return run("import_customers", write_csv(*rows), **options)[1]

    return import_them


def make_attribute(code, kind, *choices):
    """A typed field that staff defined."""
    attribute = CustomerAttribute.objects.create(code=code, name={"en": code.title()}, kind=kind)
    for choice in choices:
        AttributeChoice.objects.create(
            attribute=attribute, code=choice, name={"en": choice.title(), "zh-hans": "金卡"}
        )
    return attribute


def test_coming_into_a_stage_is_history(import_rows):
    import_rows(["external_id", "stage"], ["1", "growth"])
    import_rows(["external_id", "stage"], ["1", "maturity"])
    import_rows(["external_id", "stage"], ["1", "maturity"])

    stages = StageChange.objects.values_list("customer__external_id", "stage__code")
    assert list(stages) == [("1", "growth"), ("1", "maturity")]


def test_file_without_stages_changes_none(import_rows):
    import_rows(["external_id", "stage"], ["1", "growth"])
    import_rows(["external_id", "name"], ["1", "Ann"])

    assert Customer.objects.get().stage == Stage.objects.get(code="growth")
    assert StageChange.objects.count() == 1


def test_list_entries_may_be_named_in_any_language(import_rows):
    stage = Stage.objects.get(code="growth")
    import_rows(["external_id", "stage"], ["1", stage.name["zh-hans"]])

    assert Customer.objects.get().stage == stage


def test_opting_out_wins_over_any_later_file(import_rows):
    import_rows(["external_id", "opted_out"], ["1", "yes"])
    first = Customer.objects.get().opted_out_at
    assert first is not None

    import_rows(["external_id", "opted_out"], ["1", "no"])
    import_rows(["external_id", "opted_out"], ["1", "yes"])

    assert Customer.objects.get().opted_out_at == first


def test_opting_out_is_a_change_and_then_none(import_rows):
    import_rows(["external_id"], ["1"])

    assert "1 changed" in import_rows(["external_id", "opted_out"], ["1", "yes"])
    assert "1 unchanged" in import_rows(["external_id", "opted_out"], ["1", "yes"])


@pytest.mark.parametrize(("address", "is_tried_again"), [("new@x.org", True), ("old@x.org", False)])
def test_only_a_new_address_is_written_to_again(import_rows, address, is_tried_again):
    customer = factories.make_customer(
        email="old@x.org", email_bounced_at=datetime(2026, 1, 1, tzinfo=UTC)
    )

    import_rows(["external_id", "email", "name"], [customer.external_id, address, "Ann"])

    customer.refresh_from_db()
    assert (customer.email_bounced_at is None) == is_tried_again
    assert customer.name == "Ann"


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (AttributeKind.TEXT, " a text ", "a text"),
        (AttributeKind.NUMBER, "12", 12),
        (AttributeKind.NUMBER, "0.5", 0.5),
        (AttributeKind.DATE, "2026年1月31日", "2026-01-31"),
        (AttributeKind.CHOICE, "gold", "gold"),
        (AttributeKind.CHOICE, "金卡", "gold"),
    ],
)
def test_attributes_are_typed(import_rows, kind, cell, value):
    make_attribute("card", kind, *(["gold"] if kind == AttributeKind.CHOICE else []))

    import_rows(["external_id", "attribute.card"], ["1", cell])

    assert Customer.objects.get().attributes == {"card": value}


def test_attributes_of_other_columns_stay_and_an_empty_cell_takes_one_away(import_rows):
    make_attribute("card", AttributeKind.TEXT)
    make_attribute("city", AttributeKind.TEXT)
    import_rows(["external_id", "attribute.card", "attribute.city"], ["1", "gold", "Taipei"])

    import_rows(["external_id", "attribute.card"], ["1", ""])

    assert Customer.objects.get().attributes == {"city": "Taipei"}


@pytest.mark.parametrize(
    ("columns", "cells", "words"),
    [
        (["attribute.size"], ["large"], "attribute.size is no number"),
        (["time_zone"], ["Moon/Crater"], "no time zone such as Asia/Taipei"),
        (["stage"], ["nowhere"], "stage “nowhere” is not known"),
        (["account"], ["A-9"], "bring in the accounts first"),
        (["account_role"], ["buyer"], "belongs to no account"),
        (["account_role"], ["king"], "account_role “king” is not known"),
        (["opted_out"], ["perhaps"], "neither yes nor no"),
    ],
)
def test_bad_cell_is_refused_with_its_row(import_rows, columns, cells, words):
    make_attribute("size", AttributeKind.NUMBER)

    with nothing_written(Customer, StageChange):
        said = import_rows(["external_id", *columns], ["1", *cells])

    assert "Row 2: " in said
    assert words in said


def test_leaving_an_account_ends_the_role_in_it(import_rows):
    account = Account.objects.create(external_id="A-1")
    customer = factories.make_customer(account=account, account_role="buyer")

    import_rows(["external_id", "account"], [customer.external_id, ""])

    customer.refresh_from_db()
    assert (customer.account, customer.account_role) == (None, "")


def test_role_may_come_without_the_account_that_is_known(import_rows):
    account = Account.objects.create(external_id="A-1")
    customer = factories.make_customer(account=account)

    import_rows(["external_id", "account_role"], [customer.external_id, "Buyer"])

    customer.refresh_from_db()
    assert (customer.account, customer.account_role) == (account, "buyer")


def test_when_and_whether_somebody_was_asked_is_not_the_files(import_rows):
    asked_at = datetime(2026, 1, 1, tzinfo=UTC)
    customer = factories.make_customer(asked_at=asked_at)

    import_rows(["external_id", "name"], [customer.external_id, "Ann"])

    customer.refresh_from_db()
    assert (customer.asked_at, customer.name) == (asked_at, "Ann")
