"""How many rows a file has, before anybody walks through it."""

import zipfile

from django.utils.translation import gettext as _

from .errors import FileRefused
from .table_files import PACKED, open_table

BLOCK_BYTES = 1024 * 1024
ROW = b"<row"


def rows_in(path, *, name=None, encoding=None, most):
    """About how many rows there are; raises `FileRefused` when there are more than `most`."""
    with open(path, "rb") as stream:
        is_workbook = stream.read(4) == PACKED
    with open_table(path, encoding=encoding, name=name) as table:
        number = _rows_of_workbook(path) if is_workbook else _rows_of_table(table, most)
        if number > most:
            raise FileRefused(
                _(
                    "%(file)s goes on after row %(limit)d; "
                    "more rows cannot be imported at once. Split the file."
                )
                % {"file": table.name, "limit": most + 1}
            )
    return number


def _rows_of_table(table, most):
    number = 0
    for number, _row in enumerate(table.rows, start=1):
        if number > most:
            break
    return number


def _rows_of_workbook(path):
    """The rows of the longest sheet, counted in its text: reading the cells takes much longer."""
    with zipfile.ZipFile(path) as archive:
        sheets = [name for name in archive.namelist() if "/worksheets/sheet" in name]
        return max((_rows_of_sheet(archive, name) for name in sheets), default=0)


def _rows_of_sheet(archive, name):
    number, tail = 0, b""
    with archive.open(name) as sheet:
        while block := sheet.read(BLOCK_BYTES):
            text = tail + block
            number += text.count(ROW)
            tail = text[-len(ROW) + 1 :]
    return number
