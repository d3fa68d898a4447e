"""Everything as open files, and back again."""

import csv
import json
import zipfile

import pytest
from django.core.management import call_command

from surveys.models import Customer, Event, Unit
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


def test_a_folder_that_is_there_is_not_touched(db, tmp_path, capsys):
    (tmp_path / "kept.txt").write_text("kept")

    with pytest.raises(SystemExit):
        call_command("export_all", str(tmp_path))

    assert "is there already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["kept.txt"]
