"""One table of answers, as every format writes it: columns, rows, and what they rest on."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.dataset import published_questionnaires, row_keys, rows_in_order, versions_in_use
from reports.words import formatting
from surveys.texts import text_in

from .columns import (
    Column,
    circumstances,
    coded_columns,
    left_out_column,
    numbered_columns,
    numbers_of,
    version_column,
    worded_columns,
)
from .scope import scope_rows
from .variables import variables_of

WORDS, CODES, NUMBERS = "words", "codes", "numbers"
COLUMNS = {WORDS: worded_columns, CODES: coded_columns, NUMBERS: numbered_columns}


@dataclass(frozen=True, slots=True)
class AnswerTable:
    """The answers of a selection; `keys` are their keys, in the order in which they are written."""

    columns: tuple[Column, ...]
    keys: bytes
    scope: list
    code_book: list

    @property
    def total(self):
        """How many rows there are to write."""
        return len(self.keys) // 16

    def rows(self) -> Iterator[list]:
        """The cells of each response, read piece by piece."""
        cells = [column.cell for column in self.columns]
        for row in rows_in_order(self.keys):
            yield [cell(row) for cell in cells]


def answer_table(selection, *, cells, language, unit=None, with_customers=False):
    """The table of a selection in the language that is active."""
    survey = selection.survey
    used = versions_in_use(selection)
    questionnaires = published_questionnaires(survey)
    asked = [q for q in questionnaires if q.version_id in used] or questionnaires[:1]
    variables = variables_of(asked)
    columns = [
        *circumstances(selection, with_customers=with_customers),
        version_column(asked),
        *COLUMNS[cells](variables, language, survey.default_language),
        left_out_column(variables),
    ]
    keys = row_keys(selection, in_random_order=survey.is_anonymous)
    period = formatting.period(selection.first_day, selection.last_day)
    scope = scope_rows(
        survey,
        unit=unit,
        with_excluded=selection.with_excluded,
        responses=len(keys) // 16,
        period="" if period == formatting.NOTHING else period,
        notes=_notes(survey),
    )
    code_book = _code_book(columns, language, survey.default_language)
    return AnswerTable(tuple(columns), keys, scope, code_book)


def _notes(survey):
    yield _("An empty cell: not shown, or left out; the column response.left_out tells which.")
    yield _("A column with @ and a number holds the answers to older versions of a question.")
    if survey.is_anonymous:
        yield _("Anonymous answers: in random order, with the day only.")
        yield _("What only few answers share, such as a unit, is left empty.")


def _code_book(columns, language, default):
    """A row for each column, and one for each choice of a question."""
    rows = [
        [_("Column"), _("Question"), _("Type"), _("Versions"), _("Code"), _("Number"), _("Words")]
    ]
    told = set()
    for column in columns:
        variable = column.variable
        kind = variable.handler.label if variable else ""
        versions = ", ".join(map(str, variable.numbers)) if variable else ""
        rows.append([column.name, column.label, str(kind), versions, None, None, None])
        if variable is None or variable.name in told:
            continue
        told.add(variable.name)
        numbers = numbers_of(variable) if variable.choices else {}
        for choice in variable.choices:
            words = text_in(choice.label, language, default)
            rows.append([variable.name, None, None, None, choice.code, numbers[choice.code], words])
    return rows
