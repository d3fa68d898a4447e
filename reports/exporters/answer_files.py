"""Answers row by row as files; nothing but one piece of them is in memory.

CSV and XLSX are written as the rows come; files for SPSS and Stata by a process of
their own (`statistics_files`).
"""

import csv
from datetime import date
from io import TextIOWrapper
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _

from surveys.formulas import cell

from .errors import ExportFailed
from .figure_files import BYTE_ORDER_MARK, Formats, SheetNames, csv_text, write_sheet
from .statistics_files import write_answers_dta, write_answers_sav

MOST_SHEET_ROWS = 1_048_575


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


WRITERS = {
    "csv": write_answers_csv,
    "xlsx": write_answers_xlsx,
    "sav": write_answers_sav,
    "dta": write_answers_dta,
}


def _readable(value):
    """A day or a moment as ISO says it; everything else as it is."""
    return value.isoformat() if isinstance(value, date) else value
