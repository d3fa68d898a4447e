"""Events from files."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from surveys.models import Event
from tests import factories

from .conftest import nothing_written

HEADER = ["external_id", "customer", "kind", "occurred_at", "unit", "amount", "staff"]


@pytest.fixture
def customer(db):
    return factories.make_customer()


def row(who, **changed):
    """A purchase of the customer."""
    usual = {
        "external_id": "E1",
        "customer": who.external_id,
        "kind": "purchase",
        "occurred_at": "2026-01-31 14:05",
        "unit": "",
        "amount": "１２３．５",
        "staff": "王",
    }
    return list((usual | changed).values())


def test_event_is_added(run, write_csv, customer):
    code, _said = run("import_events", write_csv(HEADER, row(customer)))

    event = Event.objects.get()
    assert code == 0
    assert (event.customer, event.kind.code, event.amount) == (
        customer,
        "purchase",
        Decimal("123.50"),
    )
    assert event.occurred_at == datetime(2026, 1, 31, 14, 5, tzinfo=UTC)


def test_same_file_twice_changes_nothing(run, write_csv, customer):
    path = write_csv(HEADER, row(customer))
    run("import_events", path)

    with nothing_written(Event):
        _code, said = run("import_events", path)

    assert "1 unchanged" in said


def test_corrected_event_is_changed(run, write_csv, customer):
    run("import_events", write_csv(HEADER, row(customer)))

    _code, said = run("import_events", write_csv(HEADER, row(customer, amount="99")))

    assert "0 new, 1 changed" in said
    assert Event.objects.get().amount == 99


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"customer": "nobody"}, "customer “nobody” is not known"),
        ({"kind": "theft"}, "kind “theft” is not known"),
        ({"kind": ""}, "kind is empty"),
        ({"occurred_at": "31.1.2026"}, "no date"),
        ({"amount": "1,234"}, "no amount"),
    ],
)
def test_bad_event_is_refused(run, write_csv, customer, changed, words):
    with nothing_written(Event):
        code, said = run("import_events", write_csv(HEADER, row(customer, **changed)))

    assert code == 2
    assert words in said
