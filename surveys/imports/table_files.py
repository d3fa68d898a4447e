"""Reading a table from a CSV file or an Excel workbook, one row at a time.

However long the file is, only one row of it is in memory (of a workbook also
its table of shared texts, whose size is limited).
"""

import csv
import io
import warnings
import zipfile
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

from django.utils.translation import gettext as _

from .encodings import (
    MARKS,
    SAMPLE_BYTES,
    delimiter_of,
    encoding_of,
    named_encoding,
    reading_of,
)
from .errors import FileRefused
from .mojibake import repaired

LONGEST_LINE = 4 * 1024**2
LONGEST_CELL = 1024 * 1024
LARGEST_UNPACKED_BYTES = 400 * 1024**2
LARGEST_SHARED_TEXTS_BYTES = 48 * 1024**2
LARGEST_OTHER_PART_BYTES = 16 * 1024**2
SHARED_TEXTS = "sharedStrings.xml"
PROLOGUE_BYTES = 64 * 1024
OLD_EXCEL, PACKED = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"


@dataclass(slots=True)
class Table:
    """The column names of a file, and its rows with the numbers they have in a spreadsheet.

    `encoding` is an `Encoding`, or None for a workbook. `rows` gives pairs of a
    number and a list of texts, and can be walked through once.
    """

    name: str
    columns: list[str]
    rows: object
    encoding: object = None


@contextmanager
def open_table(path, *, encoding=None, name=None):
    """Open a file as a `Table`; raises `FileRefused`, also while the rows are read.

    `name` is what sentences call the file, if it is not the name it has.
    """
    file = Path(path)
    name = name or file.name
    try:
        stream = file.open("rb")
    except OSError as error:
        raise FileRefused(
            _("%(file)s cannot be opened: %(reason)s.") % {"file": name, "reason": error.strerror}
        ) from None
    with stream:
        start = stream.read(4)
        stream.seek(0)
        if not start:
            raise FileRefused(_("%(file)s is empty.") % {"file": name})
        if start == OLD_EXCEL:
            raise FileRefused(
                _("%(file)s is in the old Excel format; save it as .xlsx or .csv.") % {"file": name}
            )
        read = _open_workbook if start == PACKED else _open_text
        yield _with_header(name, *read(stream, name, encoding))


def _with_header(name, rows, encoding):
    """The table below the first row that has anything in it."""
    cells = next((cells for _number, cells in rows if any(cell.strip() for cell in cells)), None)
    if not cells:
        raise FileRefused(_("%(file)s has no row with column names.") % {"file": name})
    while cells and not cells[-1].strip():
        cells.pop()
    return Table(name, [cell.strip() for cell in cells], rows, encoding)


def _open_text(stream, name, encoding):
    _refuse_other_files(stream, name)
    encoding, reading = reading_of(encoding)
    chosen = named_encoding(encoding) if encoding else encoding_of(stream, name)
    sample = stream.read(SAMPLE_BYTES).decode(chosen.name, errors="replace")
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding=chosen.name, newline="")
    rows = _text_rows(text, delimiter_of(sample), name)
    return (_repaired(rows, reading) if reading else rows), chosen


def _refuse_other_files(stream, name):
    """Stop at a picture, or whatever else has bytes that no text has."""
    sample = stream.read(SAMPLE_BYTES)
    stream.seek(0)
    if b"\0" in sample and not any(sample.startswith(mark) for mark, _encoding in MARKS):
        raise FileRefused(_("%(file)s is not a table in text form.") % {"file": name})


def _repaired(rows, reading):
    """The rows as they were before their UTF-8 was read as something else."""
    for number, cells in rows:
        yield number, [repaired(cell, reading) for cell in cells]


def _lines(text):
    """The lines of a text; one without end is cut, and so refused as a row that is too long."""
    while line := text.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise csv.Error(_("the line is too long"))
        yield line


def _text_rows(text, delimiter, name):
    csv.field_size_limit(LONGEST_CELL)
    try:
        yield from _numbered(csv.reader(_lines(text), delimiter=delimiter), name, text.encoding)
    finally:
        with suppress(ValueError):  # the file is closed by whoever opened it, perhaps already
            text.detach()


def _numbered(reader, name, encoding):
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except UnicodeDecodeError:
            raise FileRefused(
                _("%(file)s cannot be read as %(encoding)s in row %(row)d.")
                % {"file": name, "encoding": encoding, "row": number}
            ) from None
        except (csv.Error, OSError) as error:
            raise FileRefused(
                _("%(file)s cannot be read in row %(row)d: %(reason)s.")
                % {"file": name, "row": number, "reason": error}
            ) from None
        yield number, cells


def _open_workbook(stream, name, encoding):
    from openpyxl import load_workbook

    try:
        _refuse_bombs(stream, name)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that do not matter here
            book = load_workbook(stream, read_only=True, data_only=True)
            sheet = book.worksheets[0]
            sheet.reset_dimensions()  # a file may claim a million columns and have three
    except FileRefused:
        raise
    except Exception as error:  # a broken archive fails in many ways inside openpyxl
        raise _broken_workbook(name, error) from None
    return _workbook_rows(sheet, name), None


def _refuse_bombs(stream, name):
    """Stop before unpacking when the parts are too big; what they claim is what can be read."""
    with zipfile.ZipFile(stream) as archive:
        parts = archive.infolist()
    shared = sum(part.file_size for part in parts if part.filename.endswith(SHARED_TEXTS))
    if (
        sum(part.file_size for part in parts) > LARGEST_UNPACKED_BYTES
        or shared > LARGEST_SHARED_TEXTS_BYTES
        or any(
            part.file_size > LARGEST_OTHER_PART_BYTES
            for part in parts
            if "/worksheets/" not in part.filename and not part.filename.endswith(SHARED_TEXTS)
        )
    ):
        raise FileRefused(
            _("%(file)s unpacks to more than %(limit)d MB; save it as .csv.")
            % {"file": name, "limit": LARGEST_UNPACKED_BYTES // 1024**2}
        )
    _refuse_entities(stream)
    stream.seek(0)


def _refuse_entities(stream):
    """No workbook has a document type; one that has wants its entities to be expanded."""
    with zipfile.ZipFile(stream) as archive:
        for name in archive.namelist():
            with archive.open(name) as part:
                if b"<!DOCTYPE" in part.read(PROLOGUE_BYTES):
                    raise zipfile.BadZipFile


def _workbook_rows(sheet, name):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
                yield number, [as_text(cell) for cell in cells]
    except Exception as error:  # parts of a workbook are unpacked only now
        raise _broken_workbook(name, error) from None


def _broken_workbook(name, error):
    return FileRefused(
        _("%(file)s is not a readable Excel workbook (%(reason)s).")
        % {"file": name, "reason": type(error).__name__}
    )


def as_text(cell):
    """A cell as it would stand in a CSV file: whole numbers without .0, times as ISO 8601."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return str(cell)
