"""Everything that was collected as open files: what another system needs to go on.

Units, accounts, customers and events have the columns that the imports take; each survey
has a folder with its versions as documents and its answers with their code book.
"""

import csv
import json
from pathlib import Path

from django.utils.translation import override

from reports.answer_files.table import CODES, answer_table
from reports.dataset import Selection
from surveys.formulas import cell
from surveys.models import Account, Customer, CustomerAttribute, Event, Survey, Unit
from surveys.services.definitions import export_version

from .answer_files import write_answers_csv
from .figure_files import storable

PIECE = 2000
ACCOUNT = ("external_id", "name")
CUSTOMER = ("external_id", *Customer.DETAILS, "opted_out")
EVENT = ("external_id", "customer", "kind", "occurred_at", "unit", "amount", "staff")
FOREIGN = {
    "unit": "unit__code",
    "segment": "segment__code",
    "customer": "customer__external_id",
    "kind": "kind__code",
    "stage": "stage__code",
    "respondent_type": "respondent_type__code",
    "account": "account__external_id",
    "opted_out": "opted_out_at",
}


def write_everything(folder, *, language):
    """Write all files into an empty folder; yields the path of each and its rows."""
    yield _write(folder / "units.csv", ("code", "name", "parent"), _units())
    yield _write(folder / "accounts.csv", ACCOUNT, _rows(Account, ACCOUNT))
    codes = list(CustomerAttribute.objects.values_list("code", flat=True))
    head = (*CUSTOMER, *(f"attribute.{code}" for code in codes))
    yield _write(folder / "customers.csv", head, _customers(codes))
    yield _write(folder / "events.csv", EVENT, _rows(Event, EVENT))
    for survey in Survey.objects.order_by("pk"):
        yield from _write_survey(survey, folder / survey.slug, language)


def _write_survey(survey, folder, language):
    folder.mkdir()
    for version in survey.versions.order_by("number"):
        path = folder / f"version-{version.number}.json"
        document = json.dumps(export_version(version), ensure_ascii=False, indent=1)
        path.write_text(document, encoding="utf-8")
        yield path, 1
    selection = Selection(survey, with_excluded=True)
    if not selection.rows().exists():
        return
    with override(language):
        table = answer_table(selection, cells=CODES, language=language, with_customers=True)
        path = folder / "answers.zip"
        write_answers_csv(table, path, lambda rows: rows)
    yield path, table.total


def _rows(model, head):
    columns = [FOREIGN.get(column, column) for column in head]
    return model.objects.order_by("pk").values_list(*columns).iterator(chunk_size=PIECE)


def _customers(codes):
    """Each customer, with "yes" for who asked not to be surveyed, and the attributes."""
    for *known, opted_out_at, attributes in _rows(Customer, (*CUSTOMER, "attributes")):
        yield (*known, "yes" if opted_out_at else "", *(attributes.get(code) for code in codes))


def _units():
    trail = []
    for unit in Unit.objects.get_tree():
        trail = [*trail[: unit.depth - 1], unit.code]
        yield unit.code, unit.name, trail[-2] if len(trail) > 1 else ""


def _write(path: Path, head, rows):
    count = 0
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(head)
        for row in rows:
            writer.writerow([_text(value) for value in row])
            count += 1
    return path, count


def _text(value):
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return cell(storable(value)) if isinstance(value, str) else value
