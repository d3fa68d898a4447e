"""Everything as open files, and back again."""

import csv
import json
import zipfile
from datetime import UTC, datetime

import pytest
from django.core.management import call_command

from surveys.models import (
    Account,
    Customer,
    CustomerAttribute,
    Event,
    RespondentType,
    Stage,
    Unit,
)
from surveys.services.customer_lists import add_entry
from tests import factories


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_everything_is_written(random_survey, tmp_path, capsys):
    factories.make_customer(name="=Tea & Co", email="tea@example.org")

    call_command("export_all", str(tmp_path / "out"))

    out = tmp_path / "out"
    assert {row["code"] for row in rows_of(out / "units.csv")} == set(
        Unit.objects.values_list("code", flat=True)
    )
    assert len(rows_of(out / "customers.csv")) == Customer.objects.count()
    assert len(rows_of(out / "events.csv")) == Event.objects.count()
    folder = out / random_survey.slug
    assert json.loads((folder / "version-1.json").read_text("utf-8"))["sections"]
    with zipfile.ZipFile(folder / "answers.zip") as archive:
        answers = archive.read("answers.csv").decode("utf-8-sig")
    counted = random_survey.responses.filter(is_test=False).count()
    assert len(list(csv.DictReader(answers.splitlines()))) == counted
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_customers_units_and_events_go_in_again_unchanged(random_survey, tmp_path, capsys):
    factories.make_customer(name="Tea & Co", email="tea@example.org", unit=Unit.objects.last())
    call_command("export_all", str(tmp_path / "out"))
    before = [list(model.objects.order_by("pk").values()) for model in (Unit, Customer, Event)]

    for name in ("units", "customers", "events"):
        call_command(f"import_{name}", str(tmp_path / "out" / f"{name}.csv"))

    after = [list(model.objects.order_by("pk").values()) for model in (Unit, Customer, Event)]
    assert after == before


def test_everything_known_of_customers_goes_in_again(db, tmp_path, capsys):
    add_entry(model=CustomerAttribute, name={"en": "Visits"}, code="visits", kind="number")
    add_entry(model=CustomerAttribute, name={"en": "Since"}, code="since", kind="date")
    factories.make_customer(
        time_zone="Asia/Taipei",
        stage=Stage.objects.get(code="growth"),
        respondent_type=RespondentType.objects.get(code="dealer"),
        account=Account.objects.create(external_id="A-1", name="Works"),
        account_role="buyer",
        attributes={"visits": 3, "since": "2024-03-01"},
        opted_out_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    call_command("export_all", str(tmp_path / "out"))
    before = Customer.objects.values().get()

    call_command("import_customers", str(tmp_path / "out" / "customers.csv"))
    assert Customer.objects.values().get() == before
    Customer.objects.all().delete()
    call_command("import_customers", str(tmp_path / "out" / "customers.csv"))

    made_anew = {"id", "created_at", "opted_out_at"}
    after = Customer.objects.values().get()
    assert after["opted_out_at"]
    assert {name: after[name] for name in before.keys() - made_anew} == {
        name: before[name] for name in before.keys() - made_anew
    }


def test_a_folder_that_is_there_is_not_touched(db, tmp_path, capsys):
    (tmp_path / "kept.txt").write_text("kept")

    with pytest.raises(SystemExit):
        call_command("export_all", str(tmp_path))

    assert "is there already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
