"""Past responses of one survey: one row for each, one column for each question key."""

import secrets

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from surveys.errors import InvalidAnswers, NotAnswerable
from surveys.models import Unit
from surveys.question_types import handler_of
from surveys.questionnaire import questionnaire_of
from surveys.selectors.doors import version_to_answer
from surveys.services.changed_days import note_changed_days
from surveys.services.import_responses import (
    CONFLICT,
    NEW,
    UNCHANGED,
    CannotImport,
    imported_response,
    what_imported_are,
)
from surveys.texts import text_in
from surveys.validators import errors_in

from .cells import identifier_cell, known_cell, moment_cell, plain, shown
from .columns import Column
from .customers_by_number import customers_by_number, refuse_unknown_customers
from .errors import FileRefused, RowRefused
from .running import Importer
from .spellings import spellings

OWN_COLUMNS = ("external_id", "answered_at", "customer", "language", "unit")


class ResponseImporter(Importer):
    """Reads a choice by its code, its value or its label; an empty cell is a skipped question.

    A question without a column was not asked. An answer that was imported
    before is never changed; if it came with other answers the row is refused.
    """

    def __init__(self, survey):
        self.survey, self.days = survey, set()
        try:
            self.questionnaire = questionnaire_of(version_to_answer(survey))
        except NotAnswerable:
            raise FileRefused(
                _("The survey “%(survey)s” has no published version to check answers against.")
                % {"survey": survey.slug}
            ) from None
        self.columns = (*own_columns(), *question_columns(self.questionnaire))

    def begin(self, columns):
        """Find the questions that the file has, and the lists that rows refer to."""
        questions = self.questionnaire.questions
        self._refuse_columns(questions, columns)
        self.asked = [
            (key, question)
            for question in questions
            for key in handler_of(question).keys(question)
            if key in columns
        ]
        self.codes = {question.key: codes_by_text(question) for _key, question in self.asked}
        self.languages = {code.lower(): code for code in self.questionnaire.languages}
        self.units = {unit.code.lower(): unit for unit in Unit.objects.all()}
        self.waves = list(self.survey.waves.all())
        self.has_customers = "customer" in columns

    def check(self, cells):
        """One response; its customer is looked up with the whole batch."""
        answers = {key: self._answer(key, question, cells[key]) for key, question in self.asked}
        errors = errors_in(self.questionnaire.questions, answers)
        for key, sentence in errors.items():
            raise RowRefused(f"{key}: {sentence} (“{shown(cells.get(key, ''))}”)")
        language = known_cell(cells.get("language", ""), "language", self.languages)
        return {
            "external_id": identifier_cell(cells["external_id"], "external_id"),
            "customer": plain(cells.get("customer", "")),
            "answered_at": moment_cell(
                cells["answered_at"], "answered_at", time_zone=self.survey.time_zone
            ),
            "language": language or self.questionnaire.default_language,
            "unit": known_cell(cells.get("unit", ""), "unit", self.units),
            "answers": answers,
        }

    def stage(self, rows, outcome, staging):
        """Find the responses of a batch that are not here yet."""
        rows = self._with_customers(rows, outcome)
        made = [(row, response) for row in rows if (response := self._made(row, outcome))]
        results = what_imported_are([response for _row, response in made])
        new = [
            response for (_row, response), what in zip(made, results, strict=True) if what == NEW
        ]
        if self.survey.is_anonymous:
            secrets.SystemRandom().shuffle(new)
        staging.insert(new)
        self.days |= {response.submitted_on for response in new}
        for (row, _response), result in zip(made, results, strict=True):
            if result == CONFLICT:
                outcome.refuse(
                    row.number,
                    _("external_id “%(id)s” was imported before with other answers.")
                    % {"id": shown(row.values["external_id"])},
                    row.cells,
                )
            outcome.new += result == NEW
            outcome.unchanged += result == UNCHANGED

    def write(self, staging):
        """Write the answers, and say of which days they are."""
        super().write(staging)
        note_changed_days(self.survey.pk, self.days)

    def shown(self, values):
        """The answers beside what stands in the columns of our own."""
        texts = super().shown({name: v for name, v in values.items() if name != "answers"})
        texts["unit"] = values["unit"].code if values["unit"] else ""
        return texts | {key: shown(cell_of(answer)) for key, answer in values["answers"].items()}

    def _refuse_columns(self, questions, columns):
        for question in questions:
            if question.key in OWN_COLUMNS:
                raise FileRefused(
                    _("The question “%(key)s” has the name of a column of its own meaning.")
                    % {"key": question.key}
                )
            keys = handler_of(question).keys(question)
            if question.is_required and keys and not columns & set(keys):
                raise FileRefused(
                    _("There is no column for the question “%(key)s”, which must be answered.")
                    % {"key": question.key}
                )
        if not columns & set(keys_of(questions)):
            raise FileRefused(_("No column has the name of a question of this survey."))

    def _answer(self, key, question, cell):
        if not cell.strip():
            return None
        codes = self.codes[question.key]
        return handler_of(question).entry_from_cell(
            question, key, cell, lambda text: codes.get(comparable(text), plain(text))
        )

    def _with_customers(self, rows, outcome):
        """The rows with their customer in place of its number."""
        numbers = {row.values["customer"] for row in rows} - {""}
        if self.survey.is_anonymous:
            numbers |= {row.values["external_id"] for row in rows}
        customers = customers_by_number(numbers)
        if self.survey.is_anonymous:
            return self._without_path_to(customers, rows, outcome)
        rows = refuse_unknown_customers(rows, customers, outcome)
        for row in rows:
            row.values["customer"] = customers.get(row.values["customer"])
        return rows

    def _without_path_to(self, customers, rows, outcome):
        """The rows of an anonymous survey that lead to nobody."""
        kept = []
        for row in rows:
            if row.values["customer"] or row.values["external_id"] in customers:
                reason = _("this survey is anonymous, and the row names a customer.")
                outcome.refuse(row.number, reason, row.cells)
                continue
            row.values["customer"] = None
            kept.append(row)
        return kept

    def _made(self, row, outcome):
        try:
            response = imported_response(
                survey=self.survey, questionnaire=self.questionnaire, **row.values
            )
        except (InvalidAnswers, CannotImport) as refusal:
            outcome.refuse(row.number, refusal, row.cells)
            return None
        day = response.submitted_on
        response.wave = next((w for w in self.waves if w.starts_on <= day <= w.ends_on), None)
        return response


def cell_of(answer):
    """An answer as a short text."""
    if isinstance(answer, list):
        return ", ".join(map(str, answer))
    return "" if answer is None else str(answer)


def own_columns():
    """The columns beside the questions."""
    return (
        Column(
            "external_id",
            gettext_lazy("Answer number"),
            gettext_lazy(
                "What the other system calls the answer; the same number is the same answer."
            ),
            spellings("responses", "external_id"),
            "R-1",
            is_required=True,
        ),
        Column(
            "answered_at",
            gettext_lazy("Answered"),
            gettext_lazy("A day or a time, such as 2026-01-31 or 2026-01-31 14:05."),
            spellings("responses", "answered_at"),
            "2026-01-31 14:05",
            is_required=True,
            may_be_constant=True,
        ),
        Column(
            "customer",
            gettext_lazy("Customer number"),
            gettext_lazy(
                "The number of a customer who is here already; not in an anonymous survey."
            ),
            spellings("responses", "customer"),
            "C-1001",
        ),
        Column(
            "language",
            gettext_lazy("Language"),
            gettext_lazy("A code such as en, zh-hans or zh-hant; empty for the survey's own."),
            spellings("responses", "language"),
            "en",
            may_be_constant=True,
        ),
        Column(
            "unit",
            gettext_lazy("Unit"),
            gettext_lazy("The code of a unit."),
            spellings("responses", "unit"),
            "north-1",
            may_be_constant=True,
        ),
    )


def question_columns(questionnaire):
    """A column for each key that answers have; a question's own words name it too."""
    return tuple(
        Column(
            key,
            _label(questionnaire, question, key),
            key,
            tuple(question.text.values()) if key == question.key else (),
        )
        for question in questionnaire.questions
        for key in handler_of(question).keys(question)
    )


def _label(questionnaire, question, key):
    """The words of a question; with the key where it is one of several."""
    words = text_in(question.text, get_language(), questionnaire.default_language)
    return words if words and key == question.key else f"{words} ({key})".strip()


def keys_of(questions):
    """The names of the columns that answers to these questions have."""
    return [key for question in questions for key in handler_of(question).keys(question)]


def codes_by_text(question):
    """The code of each choice by everything that a file may call it; codes come before labels."""
    names = {}
    for choice in question.choices:
        for label in choice.label.values():
            names.setdefault(comparable(label), set()).add(choice.code)
    by_text = {text: codes.pop() for text, codes in names.items() if len(codes) == 1}
    by_text |= {str(choice.value): choice.code for choice in question.scored_choices}
    return by_text | {comparable(choice.code): choice.code for choice in question.choices}


def comparable(text):
    """A text in the form in which it is compared."""
    return plain(text).casefold()
