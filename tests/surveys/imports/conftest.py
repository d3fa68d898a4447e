"""Files as they come, and the commands that read them."""

import contextlib
import csv
import io
from io import StringIO

import openpyxl
import pytest
from django.core.management import call_command


@pytest.fixture
def write_csv(tmp_path):
    """Writes rows into a CSV file; gives its path."""

    def write(*rows, encoding="utf-8", delimiter=",", name="table.csv"):
        text = io.StringIO()
        csv.writer(text, delimiter=delimiter).writerows(rows)
        path = tmp_path / name
        path.write_bytes(text.getvalue().encode(encoding))
        return path

    return write


@pytest.fixture
def write_xlsx(tmp_path):
    """Writes rows into a workbook; gives its path."""

    def write(*rows, name="table.xlsx"):
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)
        book.save(tmp_path / name)
        return tmp_path / name

    return write


@pytest.fixture
def run(db):
    """Runs a command; gives its exit code and everything it said."""

    def run_command(name, path, **options):
        said = StringIO()
        code = 0
        try:
            call_command(name, str(path), stdout=said, stderr=said, **options)
        except SystemExit as end:
            code = end.code
        return code, said.getvalue()

    return run_command


@contextlib.contextmanager
def nothing_written(*models):
    """The tables are the same afterwards as before."""
    before = [list(model.objects.order_by("pk").values()) for model in models]
    yield
    assert [list(model.objects.order_by("pk").values()) for model in models] == before
