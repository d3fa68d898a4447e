"""Customers from files."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.imports.customers import CustomerImporter
from surveys.imports.running import run_import
from surveys.models import Customer
from tests import factories

from .conftest import nothing_written

HEADER = ["external_id", "name", "email", "language", "unit", "segment"]
ANN = ["C1", "Ann", "ann@example.org", "en", "", "prime"]
WANG = ["C2", "王芳", "", "zh-hans", "", "main"]


def test_customers_are_added(run, write_csv):
    unit = factories.make_unit()
    rows = [[*row[:4], unit.code, row[5]] for row in (ANN, WANG)]

    code, said = run("import_customers", write_csv(HEADER, *rows))

    assert code == 0
    assert "2 new, 0 changed, 0 unchanged, 0 refused" in said
    assert Customer.objects.get(external_id="C2").name == "王芳"
    assert set(Customer.objects.values_list("unit", flat=True)) == {unit.pk}


def test_same_file_twice_changes_nothing(run, write_csv):
    path = write_csv(HEADER, ANN, WANG)
    run("import_customers", path)

    with nothing_written(Customer):
        code, said = run("import_customers", path)

    assert code == 0
    assert "0 new, 0 changed, 2 unchanged, 0 refused" in said


def test_only_columns_of_the_file_are_changed(run, write_csv):
    customer = factories.make_customer(email="old@example.org", name="Ann")
    customer.opted_out_at = datetime(2026, 1, 1, tzinfo=UTC)
    customer.save()

    run("import_customers", write_csv(["external_id", "email"], [customer.external_id, ""]))

    after = Customer.objects.get()
    assert (after.email, after.name) == ("", "Ann")
    assert (after.opted_out_at, after.created_at) == (customer.opted_out_at, customer.created_at)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["", "x", "", "", "", ""], "external_id is empty"),
        (["C3", "x", "no-address", "", "", ""], "no e-mail address"),
        (["C3", "x", "", "xx", "", ""], "language"),
        (["C3", "x", "", "", "nowhere", ""], "unit “nowhere” is not known"),
        (["C3", "x" * 201, "", "", "", ""], "200 are the most"),
        (["C1", "x", "", "", "", ""], "earlier row"),
    ],
)
def test_one_bad_row_stops_everything(run, write_csv, row, words):
    path = write_csv(HEADER, ANN, row)

    with nothing_written(Customer):
        code, said = run("import_customers", path)

    assert code == 2
    assert "Row 3: " in said
    assert words in said


def test_good_rows_are_kept_on_request(run, write_csv):
    path = write_csv(HEADER, ANN, ["", "nobody"], WANG)

    code, said = run("import_customers", path, good_rows_only=True)

    assert code == 0
    assert "2 new, 0 changed, 0 unchanged, 1 refused" in said
    assert Customer.objects.count() == 2


def test_dry_run_counts_and_writes_nothing(run, write_csv):
    with nothing_written(Customer):
        code, said = run("import_customers", write_csv(HEADER, ANN), dry_run=True)

    assert code == 0
    assert "1 new" in said
    assert "nothing was written" in said


def test_missing_column_is_said_with_those_that_are_there(run, write_csv):
    code, said = run("import_customers", write_csv(["number", "姓名"], ["1", "王芳"]))

    assert code == 2
    assert "no column “external_id”; its columns are: number, 姓名." in said


def test_guessed_encoding_is_told(run, write_csv):
    path = write_csv(HEADER, WANG, ["C4", "北京的李伟", "", "", "", ""], encoding="gb18030")

    _code, said = run("import_customers", path)

    assert "Read as gb18030, in which a cell says “王芳”" in said


def test_workbook_is_imported(run, write_xlsx):
    code, _said = run("import_customers", write_xlsx(["External ID", "Name"], [17, "Ann"]))

    assert code == 0
    assert Customer.objects.get().external_id == "17"


def test_unused_columns_are_named(run, write_csv):
    _code, said = run("import_customers", write_csv(["external_id", "colour"], ["1", "red"]))

    assert "not used: colour" in said


def test_batches_and_queries_grow_together(write_csv, db, django_assert_max_num_queries):
    rows = [[f"C{number}", "Ann", "", "", "", ""] for number in range(1500)]
    path = write_csv(HEADER, *rows)

    with django_assert_max_num_queries(60):
        outcome = run_import(CustomerImporter(), path)

    assert outcome.new == 1500


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    rows=st.lists(
        st.lists(
            st.text('C０1王 @.ée,;"\n\u3000－', max_size=6)
            | st.sampled_from(["", "en", "prime", "a@b.example", "C1"]),
            max_size=7,
        ),
        max_size=6,
    ),
    delimiter=st.sampled_from(",;\t"),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_any_table_is_imported_once_or_refused_whole(db, write_csv, rows, delimiter, encoding):
    Customer.objects.all().delete()
    path = write_csv(HEADER, *rows, delimiter=delimiter, encoding=encoding)

    outcome = run_import(CustomerImporter(), path)
    again = run_import(CustomerImporter(), path)

    assert Customer.objects.count() == (0 if outcome.refused else outcome.new)
    assert again.new == (outcome.new if outcome.refused else 0)
    assert again.changed == 0
