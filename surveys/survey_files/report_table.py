"""The report of an imported file as a CSV table."""

import csv
import io

from django.utils.translation import gettext as _

from surveys.enums import Fate

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def report_csv(lines):
    """A table with a row for each stored line; no cell is taken for a formula."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow([_("Place in the file"), _("What"), _("Outcome"), _("Why")])
    for line in lines:
        cells = (line["place"], line["what"], Fate(line["fate"]).label, line["reason"])
        table.writerow([_not_a_formula(str(cell)) for cell in cells])
    return "\ufeff" + text.getvalue()


def _not_a_formula(cell):
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
