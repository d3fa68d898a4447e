"""Answers row by row as files; nothing but one piece of them is in memory.

CSV and XLSX are written as the rows come. SPSS and Stata files are written by
pyreadstat, which wants whole columns: numbers are kept there in four bytes each.
"""

import csv
import math
from array import array
from datetime import date, datetime
from io import TextIOWrapper
from string import ascii_lowercase
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _

from .errors import ExportFailed
from .figure_files import BYTE_ORDER_MARK, Formats, SheetNames, csv_text, storable, write_sheet
from .formulas import cell
from .statistics_names import stata_names

MOST_SHEET_ROWS = 1_048_575
LONGEST_SHARED = 30  # shorter than the key of a response, of which no two are alike
EPOCH = datetime(1970, 1, 1)


def write_answers_csv(table, path, progress):
    """A ZIP of the answers, the code book and what they rest on."""
    with ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("scope.csv", csv_text(table.scope))
        archive.writestr("code_book.csv", csv_text(table.code_book))
        with (
            archive.open("answers.csv", "w", force_zip64=True) as binary,
            TextIOWrapper(binary, "utf-8", errors="replace", newline="") as out,
        ):
            out.write(BYTE_ORDER_MARK)
            writer = csv.writer(out)
            writer.writerow([cell(column.name) for column in table.columns])
            for row in progress(table.rows()):
                writer.writerow([cell(_readable(value)) for value in row])


def write_answers_xlsx(table, path, progress):
    """A workbook of the answers, the code book and what they rest on."""
    import xlsxwriter

    if table.total > MOST_SHEET_ROWS:
        raise ExportFailed(
            _("A sheet of XLSX holds %(most)s rows at most; take CSV.") % {"most": MOST_SHEET_ROWS}
        )
    options = {"constant_memory": True, "tmpdir": str(path.parent)}
    with xlsxwriter.Workbook(str(path), options) as book:
        names, formats = SheetNames(), Formats(book)
        write_sheet(book, names.unique(_("Scope")), table.scope)
        write_sheet(book, names.unique(_("Code book")), table.code_book, has_head=True)
        sheet = book.add_worksheet(names.unique(_("Answers")))
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(table.columns):
            formats.write(sheet, 0, place, column.name, is_head=True)
        for number, row in enumerate(progress(table.rows()), 1):
            for place, value in enumerate(row):
                formats.write(sheet, number, place, _readable(value))
        sheet.activate()


def write_answers_sav(table, path, progress):
    """An SPSS file with labels of variables and values, and missing values."""
    import pyreadstat

    frame = _frame(table, progress)
    pyreadstat.write_sav(
        frame,
        str(path),
        column_labels=[storable(column.label)[:255] for column in table.columns],
        variable_value_labels=_value_labels(table.columns, [c.name for c in table.columns]),
        missing_ranges={c.name: _ranges(c.missing) for c in table.columns if c.missing},
        variable_format={c.name: "F8.2" for c in table.columns if c.kind is float},
        row_compress=True,
    )


def write_answers_dta(table, path, progress):
    """A Stata file; names are shorter there and missing values are its own (.a, .b …)."""
    import pyreadstat

    names = stata_names([column.name for column in table.columns])
    frame = _frame(table, progress)
    letters = {c.name: dict(zip(c.missing, ascii_lowercase)) for c in table.columns if c.missing}  # noqa: B905
    for name, found in letters.items():
        frame[name] = _with_letters(frame[name], found)
    frame.columns = names
    labels = _value_labels(table.columns, names)
    for column, name in zip(table.columns, names, strict=True):
        found = letters.get(column.name, {})
        if found:
            labels[name] = {found.get(v, v): words for v, words in labels[name].items()}
    pyreadstat.write_dta(
        frame,
        str(path),
        column_labels=[storable(column.label)[:80] for column in table.columns],
        variable_value_labels=labels,
        missing_user_values={
            name: sorted(letters[column.name].values())
            for column, name in zip(table.columns, names, strict=True)
            if column.missing
        },
        version=15,
    )


def _with_letters(values, letters):
    """Numbers, and for those that are no answer the letter by which Stata knows it."""
    import numpy as np
    import pandas as pd

    known = {}
    cells = [
        known.setdefault(value, letters.get(value, value)) if value == value else np.nan  # noqa: PLR0124
        for value in values.tolist()
    ]
    return pd.Series(cells, dtype=object)


WRITERS = {
    "csv": write_answers_csv,
    "xlsx": write_answers_xlsx,
    "sav": write_answers_sav,
    "dta": write_answers_dta,
}


def _readable(value):
    """A day or a moment as ISO says it; everything else as it is."""
    return value.isoformat() if isinstance(value, date) else value


def _frame(table, progress):
    """The columns of a table for pyreadstat; the lists are given free one by one."""
    import pandas as pd

    columns = [array(TYPES[c.kind]) if c.kind in TYPES else [] for c in table.columns]
    shared = {}
    for row in progress(table.rows()):
        for column, values, value in zip(table.columns, columns, row, strict=True):
            values.append(STORED.get(column.kind, _stored_text)(value, shared))
    found = {}
    for column in reversed(table.columns):
        found[column.name] = _series(column.kind, columns.pop())
    return pd.DataFrame({c.name: found.pop(c.name) for c in table.columns}, copy=False)


TYPES = {float: "f", datetime: "d"}
STORED = {
    float: lambda value, shared: math.nan if value is None else value,
    datetime: lambda value, shared: math.nan if value is None else _local_seconds(value),
    date: lambda value, shared: shared.setdefault(value, value),
}


def _stored_text(value, shared):
    """A text; short ones are kept once however often they occur."""
    if value is None:
        return ""
    text = storable(value)
    return shared.setdefault(text, text) if len(text) < LONGEST_SHARED else text


def _local_seconds(moment):
    """Seconds since 1970 of the time that a clock on the wall showed."""
    return (moment.replace(tzinfo=None) - EPOCH).total_seconds()


def _series(kind, values):
    import numpy as np
    import pandas as pd

    if kind is float:
        return np.frombuffer(values, dtype="f4")
    if kind is datetime:
        return pd.to_datetime(np.frombuffer(values), unit="s")
    return pd.Series(values, dtype=object)


def _ranges(missing):
    return [{"lo": min(missing), "hi": max(missing)}]


def _value_labels(columns, names):
    return {
        name: {value: storable(words)[:120] for value, words in column.labels.items()}
        for column, name in zip(columns, names, strict=True)
        if column.labels
    }
