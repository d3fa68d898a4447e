"""After two customers were made one, files may go on using both numbers."""

import pytest

from surveys.models import Customer, Event
from surveys.services.merging import merge_customers


@pytest.fixture
def ann(db):
    """Ann, who was C-1 and C-2 before."""
    kept = Customer.objects.create(external_id="K-1", name="Ann")
    merge_customers(kept=kept, merged=Customer.objects.create(external_id="K-2"))
    return kept


def test_row_with_the_old_number_updates_the_customer(ann, run, write_csv):
    code, _said = run("import_customers", write_csv(["external_id", "name"], ["K-2", "Ann Lee"]))

    ann.refresh_from_db()
    assert (code, ann.name, Customer.objects.count()) == (0, "Ann Lee", 1)


@pytest.mark.parametrize("order", [1, -1])
def test_row_with_the_present_number_counts_when_both_are_in_the_file(ann, run, write_csv, order):
    rows = [["K-1", "Ann"], ["K-2", "Old Ann"]][::order]

    _code, said = run("import_customers", write_csv(["external_id", "name"], *rows))

    assert "0 new, 0 changed, 2 unchanged, 0 refused" in said


def test_event_of_the_old_number_is_the_customers(ann, run, write_csv):
    run(
        "import_events",
        write_csv(
            ["external_id", "customer", "kind", "occurred_at"],
            ["E-1", "K-2", "purchase", "2026-01-31"],
        ),
    )

    assert Event.objects.get().customer == ann
