"""Reading a table row by row: CSV in any encoding, Excel workbooks, SPSS files, standard input."""

import csv
import gzip
import io
import math
import sys
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.utils.translation import gettext as _

from surveys.imports.encodings import delimiter_of

from .encodings import checked_encoding, encoding_of
from .errors import FileProblem

SAMPLE_BYTES = 256 * 1024
LONGEST_CELL = 10 * 1024 * 1024
LARGEST_WORKBOOK = 2 * 1024**3
ROWS_AT_ONCE = 50_000


@dataclass(slots=True)
class Table:
    """The columns of a file and its rows, which can be walked through once.

    `labels` maps a column to the words that an SPSS file has for its values.
    """

    name: str
    columns: list[str]
    rows: object
    labels: dict = field(default_factory=dict)


@contextmanager
def open_table(path, *, encoding=None, sheet=None):
    """Open a file, or standard input for ``-``, as a `Table`; raises `FileProblem`."""
    if path == "-":
        yield _read_stream(sys.stdin.buffer, _("standard input"), encoding, sheet)
        return
    file = Path(path)
    if file.is_dir():
        raise FileProblem(_("%(path)s is a directory; name a file in it.") % {"path": path})
    try:
        stream = file.open("rb")
    except FileNotFoundError:
        raise FileProblem(_("There is no file %(path)s.") % {"path": path}) from None
    except OSError as error:
        raise FileProblem(
            _("%(path)s cannot be opened: %(reason)s.") % {"path": path, "reason": error.strerror}
        ) from None
    with stream:
        yield _read_stream(stream, file.name, encoding, sheet, file)


def _read_stream(stream, name, encoding, sheet, file=None):
    try:
        start = stream.peek(8)[:8]
    except (OSError, EOFError) as error:
        raise FileProblem(_unreadable(name, error)) from None
    if not start:
        raise FileProblem(_("%(name)s is empty: it has no bytes at all.") % {"name": name})
    if start.startswith(b"\x1f\x8b"):
        return _read_stream(io.BufferedReader(gzip.GzipFile(fileobj=stream)), name, encoding, sheet)
    if start.startswith(b"PK\x03\x04"):
        return _read_workbook(stream, name, sheet)
    if start[:4] in (b"$FL2", b"$FL3"):
        return _read_spss(file, name)
    if start.startswith(b"\xd0\xcf\x11\xe0"):
        raise FileProblem(
            _("%(name)s is in the old Excel format; save it as .xlsx or .csv.") % {"name": name}
        )
    return _read_text(stream, name, encoding)


def _read_text(stream, name, encoding):
    try:
        sample = stream.read(SAMPLE_BYTES)
    except (OSError, EOFError) as error:
        raise FileProblem(_unreadable(name, error)) from None
    chosen = checked_encoding(encoding) if encoding else encoding_of(sample)
    text = io.TextIOWrapper(_Rejoined(sample, stream), encoding=chosen, newline="")
    delimiter = delimiter_of(sample.decode(chosen, errors="replace"))
    csv.field_size_limit(LONGEST_CELL)
    rows = _checked_rows(csv.reader(text, delimiter=delimiter), name, chosen)
    header = next((row for row in rows if any(cell.strip() for cell in row)), None)
    if header is None:
        raise FileProblem(_("%(name)s holds no line with column names.") % {"name": name})
    columns = [cell.strip().lstrip("\ufeff") for cell in header]
    if any("\x00" in column for column in columns):
        raise FileProblem(_("%(name)s is not a text file.") % {"name": name})
    return Table(name, columns, rows)


def _checked_rows(reader, name, encoding):
    """Rows of a CSV reader, with a sentence for whatever stops it."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except UnicodeDecodeError:
            raise FileProblem(
                _(
                    "%(name)s cannot be read as %(encoding)s after line %(line)s; "
                    "name its encoding with --encoding."
                )
                % {"name": name, "encoding": encoding, "line": reader.line_num}
            ) from None
        except (csv.Error, OSError, EOFError) as error:
            raise FileProblem(_unreadable(name, error)) from None


def _read_workbook(stream, name, sheet):
    import warnings

    from openpyxl import load_workbook

    content = stream if stream.seekable() else io.BytesIO(stream.read())
    try:
        with zipfile.ZipFile(content) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_WORKBOOK:
                raise FileProblem(
                    _("%(name)s unpacks to more than 2 GB; save it as .csv.") % {"name": name}
                )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of styles that do not matter here
            book = load_workbook(content, read_only=True, data_only=True)
    except FileProblem:
        raise
    except Exception as error:  # a broken archive fails in many ways inside openpyxl
        raise FileProblem(_unreadable(name, error, kind="Excel")) from None
    if sheet and sheet not in book.sheetnames:
        raise FileProblem(
            _("%(name)s has no sheet “%(sheet)s”; it has %(sheets)s.")
            % {"name": name, "sheet": sheet, "sheets": ", ".join(book.sheetnames)}
        )
    rows = _workbook_rows(book[sheet] if sheet else book.worksheets[0], name)
    header = next((row for row in rows if any(row)), None)
    if header is None:
        raise FileProblem(_("%(name)s holds no line with column names.") % {"name": name})
    return Table(name, [cell.strip() for cell in header], rows)


def _workbook_rows(sheet, name):
    try:
        for row in sheet.iter_rows(values_only=True):
            yield [_as_text(cell) for cell in row]
    except Exception as error:  # parts of a workbook are read only now, and can be broken too
        raise FileProblem(_unreadable(name, error, kind="Excel")) from None


def _read_spss(file, name):
    import pyreadstat

    if file is None:
        raise FileProblem(_("An SPSS file is read from the disk; name the file itself."))
    try:
        _frame, meta = pyreadstat.read_sav(file, metadataonly=True)
    except Exception as error:  # the reader's own errors have no common class
        raise FileProblem(_unreadable(name, error, kind="SPSS")) from None
    labels = {
        column: {_as_text(value): text for value, text in words.items()}
        for column, words in meta.variable_value_labels.items()
    }
    return Table(name, list(meta.column_names), _spss_rows(file, name), labels)


def _spss_rows(file, name):
    import pyreadstat

    try:
        chunks = pyreadstat.read_file_in_chunks(pyreadstat.read_sav, file, chunksize=ROWS_AT_ONCE)
        for frame, _meta in chunks:
            for row in frame.itertuples(index=False, name=None):
                yield [_as_text(cell) for cell in row]
    except Exception as error:
        raise FileProblem(_unreadable(name, error, kind="SPSS")) from None


def _as_text(cell):
    """A cell as it would stand in a CSV file; whole numbers lose their ``.0``."""
    if cell is None or (isinstance(cell, float) and math.isnan(cell)):
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _unreadable(name, error, kind=""):
    reason = " ".join(str(error).split()) or type(error).__name__
    if kind:
        return _("%(name)s is not a readable %(kind)s file: %(reason)s.") % {
            "name": name,
            "kind": kind,
            "reason": reason.rstrip("."),
        }
    return _("%(name)s cannot be read: %(reason)s.") % {
        "name": name,
        "reason": reason.rstrip("."),
    }


class _Rejoined(io.RawIOBase):
    """A stream with the sample that was read from it put back in front."""

    def __init__(self, start, rest):
        self._start, self._rest = memoryview(start), rest

    def readable(self):
        """Reading is all it does."""
        return True

    def readinto(self, buffer):
        """Give the sample first, then the rest."""
        if self._start:
            size = min(len(buffer), len(self._start))
            buffer[:size], self._start = self._start[:size], self._start[size:]
            return size
        block = self._rest.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)
