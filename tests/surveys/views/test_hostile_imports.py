"""Files that mean harm, or are broken, through the upload: a sentence, soon, and nothing stored."""

import io
import zipfile
from functools import cache

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from surveys.models import Customer, ImportRun
from surveys.services.import_work import work_on_next_import
from tests.measured import seconds_and_megabytes
from tests.surveys.imports.conftest import nothing_written


@pytest.fixture(autouse=True)
def own_media(settings, tmp_path):
    """Files of the tests lie nowhere else."""
    settings.MEDIA_ROOT = tmp_path / "media"
    return settings.MEDIA_ROOT


def packed(**parts):
    """An archive with these parts, in place of those of a good workbook."""
    content = io.BytesIO()
    good = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["external_id", "name"])
    book.active.append(["1", "Ann"])
    book.save(good)
    with zipfile.ZipFile(good) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    members |= {name.replace("__", "/") + ".xml": part for name, part in parts.items()}
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, part in members.items():
            archive.writestr(name, part)
    return content.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "'
    + b"ha" * 50
    + b'">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + at, b"&%c;" % (97 + at) * 20) for at in range(9))
    + b"]><worksheet><sheetData><row><c t='inlineStr'><is><t>&j;</t></is></c></row>"
    + b"</sheetData></worksheet>"
)
SHEET = b"<worksheet xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'><sheetData>"
CELL = b"<c t='inlineStr'><is><t>external_id</t></is></c>"


@cache
def bomb():
    """A gigabyte of rows in a small archive."""
    content = io.BytesIO(packed())
    with (
        zipfile.ZipFile(content, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("xl/worksheets/sheet9.xml", "w", force_zip64=True) as part,
    ):
        for _megabyte in range(1000):
            part.write(b"<row></row>" * 95_000)
    return content.getvalue()


HOSTILE = {
    "a million rows": ("a.csv", lambda: b"external_id\n" + b"1,x\n" * 1_000_000),
    "a million rows in a workbook": (
        "a.xlsx",
        lambda: packed(
            xl__worksheets__sheet1=SHEET
            + b"<row>"
            + CELL
            + b"</row>"
            + b"<row/>" * 1_000_000
            + b"</sheetData></worksheet>"
        ),
    ),
    "10,000 columns": ("a.csv", lambda: b"external_id" + b",a" * 10_000 + b"\n1\n"),
    "10,000 columns in a workbook": (
        "a.xlsx",
        lambda: packed(
            xl__worksheets__sheet1=SHEET
            + b"<row>"
            + CELL * 10_000
            + b"</row></sheetData></worksheet>"
        ),
    ),
    "zip bomb": ("a.xlsx", bomb),
    "billion laughs": ("a.xlsx", lambda: packed(xl__worksheets__sheet1=LAUGHS)),
    "laughing texts": ("a.xlsx", lambda: packed(xl__sharedStrings=LAUGHS)),
    "many texts": (
        "a.xlsx",
        lambda: packed(xl__sharedStrings=b"<sst>" + b"<si><t>a</t></si>" * 4_000_000 + b"</sst>"),
    ),
    "broken sheet": ("a.xlsx", lambda: packed(xl__worksheets__sheet1=b"<a")),
    "truncated": ("a.xlsx", lambda: packed()[:2000]),
    "one line without end": ("a.csv", lambda: b"external_id\n" + b"x" * 30_000_000),
    "quote without end": ("a.csv", lambda: b'external_id\n"' + b"x\n" * 5_000_000),
    "NUL": ("a.csv", lambda: b"external_id\n1\x00\n"),
    "a picture": ("a.csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 30),
    "a picture called xlsx": ("a.xlsx", lambda: b"\x89PNG\r\n\x1a\n" + bytes(600)),
    "old excel": ("a.xlsx", lambda: b"\xd0\xcf\x11\xe0" + bytes(600)),
    "empty": ("a.csv", lambda: b""),
    "only blanks": ("a.csv", lambda: b" \n\n ,,\n"),
    "too large": ("a.csv", lambda: b"external_id\n" + b"1234567\n" * 9_000_000),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused_at_the_door(staff_client, own_media, case):
    name, content = HOSTILE[case]
    with nothing_written(ImportRun, Customer):
        page = staff_client.post(
            reverse("surveys:import_start"),
            {"kind": "customers", "file": SimpleUploadedFile(name, content())},
        )

    assert page.status_code == 200
    (sentence,) = page.context["form"].errors["file"]
    assert name in sentence
    assert len(sentence) < 250
    assert not any(path.is_file() for path in own_media.rglob("*"))


def test_bytes_that_are_no_text_are_asked_about_or_refused(staff_client):
    """Whatever is chosen, nothing is stored before somebody has seen the rows."""
    content = b"external_id,name\n1,\xff\xfe\x81\x20\x9d\n"
    with nothing_written(Customer):
        staff_client.post(
            reverse("surveys:import_start"),
            {"kind": "customers", "file": SimpleUploadedFile("a.csv", content)},
        )
        while work_on_next_import():
            pass


@pytest.mark.parametrize(
    "case",
    [
        "a million rows",
        "a million rows in a workbook",
        "10,000 columns in a workbook",
        "zip bomb",
        "laughing texts",
        "many texts",
        "one line without end",
        "quote without end",
    ],
)
def test_refusal_takes_little_time_and_memory(case, tmp_path):
    name, content = HOSTILE[case]
    path = tmp_path / name
    path.write_bytes(content())
    script = (
        "import sys, django; django.setup()\n"
        "from surveys.imports.encoding_choices import encoding_choices\n"
        "from surveys.imports.errors import FileRefused\n"
        "from surveys.imports.measuring import rows_in\n"
        "from surveys.imports.table_files import open_table\n"
        "try:\n"
        "  encoding_choices(sys.argv[1])\n"
        "  with open_table(sys.argv[1]) as table:\n"
        "    if len(table.columns) > 500: raise FileRefused('columns')\n"
        "  rows_in(sys.argv[1], most=300_000); sys.exit(1)\n"
        "except FileRefused: pass\n"
    )

    seconds, megabytes = seconds_and_megabytes(script, str(path))

    assert seconds < 10
    assert megabytes < 300


def test_good_workbook_is_not_refused(staff_client):
    """Control: the file that the hostile ones are made from is taken."""
    staff_client.post(
        reverse("surveys:import_start"),
        {"kind": "customers", "file": SimpleUploadedFile("a.xlsx", packed())},
    )

    assert ImportRun.objects.get().columns == ["external_id", "name"]
