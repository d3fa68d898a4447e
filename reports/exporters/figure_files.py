"""The tables of a results page as files: CSV in a ZIP, and XLSX.

Both hold the figures at full precision and as shown, and beside them what they
rest on and how each measure is defined.
"""

import csv
import math
from dataclasses import astuple
from io import BytesIO, StringIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils.translation import gettext as _

from surveys.formulas import LIKE_A_FORMULA, cell

BYTE_ORDER_MARK = "\ufeff"  # without it a spreadsheet takes Chinese for Latin
LONGEST_SHEET_NAME = 31
NOT_IN_SHEET_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def figure_head():
    """The names of the columns of a figure, in the order of its fields."""
    return [
        _("Row"),
        _("Figure"),
        _("Value"),
        _("Low"),
        _("High"),
        _("Base"),
        _("Confidence"),
        _("Method"),
        _("As shown"),
        _("Interval as shown"),
        _("Remark"),
    ]


def figures_csv(tables, scope, definitions):
    """A ZIP of three CSV files: figures, scope and definitions."""
    head = [_("Key"), _("Table"), *figure_head()]
    rows = [[t.key, t.title, *astuple(figure)] for t in tables for figure in t.figures]
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("figures.csv", csv_text([head, *rows]))
        archive.writestr("scope.csv", csv_text(scope))
        archive.writestr("definitions.csv", csv_text(definition_rows(definitions)))
    return out.getvalue()


def figures_xlsx(tables, scope, definitions):
    """A workbook with a sheet for each table, and one for scope and one for definitions."""
    import xlsxwriter

    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheets = SheetNames()
        write_sheet(book, sheets.unique(_("Scope")), scope)
        for table in tables:
            rows = [figure_head(), *(astuple(figure) for figure in table.figures)]
            write_sheet(book, sheets.unique(table.title), rows, has_head=True)
        rows = definition_rows(definitions)
        write_sheet(book, sheets.unique(_("Definitions")), rows, has_head=True)
    return out.getvalue()


def definition_rows(definitions):
    """A row for each measure, under a head."""
    head = [_("Measure"), _("Name"), _("Version"), _("Definition"), _("Formula"), _("Base")]
    head += [_("Interval"), _("Source")]
    keys = ("key", "name", "version", "definition", "formula", "denominator", "interval", "source")
    return [head, *([found[key] for key in keys] for found in definitions)]


def csv_text(rows):
    """Rows as the text of a CSV file in which nothing is a formula."""
    out = StringIO()
    csv.writer(out).writerows([cell(value) for value in row] for row in rows)
    return BYTE_ORDER_MARK + storable(out.getvalue())


class SheetNames:
    """Names of sheets as Excel takes them: short, each once, without its signs."""

    def __init__(self):
        self.taken = set()

    def unique(self, title):
        """A name for a sheet that is not taken yet."""
        plain = title.translate(NOT_IN_SHEET_NAMES).lstrip("'=+-@＝＋－＠\t\r\n\0 ").rstrip("' ")
        plain = " ".join(plain.split()) or "-"
        name, number = plain[:LONGEST_SHEET_NAME].strip(), 1
        while name.casefold() in self.taken:
            number += 1
            ending = f" {number}"
            name = plain[: LONGEST_SHEET_NAME - len(ending)].strip() + ending
        self.taken.add(name.casefold())
        return name


def write_sheet(book, name, rows, *, has_head=False):
    """Write rows to a new sheet; its texts are texts and its numbers numbers."""
    sheet = book.add_worksheet(name)
    formats = Formats(book)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            formats.write(sheet, number, column, value, is_head=has_head and number == 0)
    if has_head:
        sheet.freeze_panes(1, 0)
    sheet.set_column(0, 1, 32)
    sheet.set_column(2, 12, 14)


class Formats:
    """How cells of a workbook are written: never as a formula."""

    def __init__(self, book):
        self.head = book.add_format({"bold": True})
        self.marked_head = book.add_format({"bold": True, "quote_prefix": True})
        self.marked = book.add_format({"quote_prefix": True})

    def write(self, sheet, row, column, value, *, is_head=False):
        """Write one cell; None leaves it empty."""
        if value is None or value == "":
            return
        if isinstance(value, (int, float)) and math.isfinite(value):
            sheet.write_number(row, column, value)
            return
        value = storable(str(value))
        is_marked = LIKE_A_FORMULA.match(value)
        plain, marked = (self.head, self.marked_head) if is_head else (None, self.marked)
        sheet.write_string(row, column, value, marked if is_marked else plain)


def storable(text):
    """A text without halves of signs, which no file can hold."""
    return text.encode("utf-8", "replace").decode()
