"""A day."""

import re
import unicodedata
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.question_types.writing import Writing

DAY = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})\Z")
FIRST_YEAR, LAST_YEAR = 1900, 2200


class Date(Writing):
    """A day as ISO text; year, month and day may also come with points or strokes."""

    label = gettext_lazy("Date")
    place = 40
    seconds = 10
    roles = ()

    def read(self, question, form_values):
        """The day in a posted form, the text that is none, or None."""
        text = form_values.get(question.key, "").strip()
        return _day(text) if text else None

    def error_in(self, question, answer):
        """A sentence when the answer cannot be taken, else None."""
        if answer is None:
            return _("Please give a date.") if question.is_required else None
        if not isinstance(answer, str) or not _is_day(answer):
            return _("Please write a date as year-month-day, such as 2026-03-31.")
        return None

    def from_cell(self, question, cell, code_of):
        """The day, or the text that is none."""
        return _day(cell.strip())


def _day(text):
    found = DAY.match(unicodedata.normalize("NFKC", text))
    return "{:0>4}-{:0>2}-{:0>2}".format(*found.groups()) if found else text


def _is_day(text):
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return False
    try:
        return FIRST_YEAR <= date.fromisoformat(text).year <= LAST_YEAR
    except ValueError:
        return False


handler = Date()
