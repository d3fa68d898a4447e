"""A questionnaire as it is printed: what is written, ticked or left blank for each question."""

from dataclasses import dataclass, replace

from django.utils import translation
from django.utils.translation import gettext as _

from surveys.enums import QuestionType
from surveys.question_types import handler_of
from surveys.question_types.choosing import SeveralChoices
from surveys.question_types.rows import Rows
from surveys.rules.words import RuleWords

from .rule_subjects import names_for_rules


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """One question on paper.

    `form` is "text" (nothing to fill in), "line", "lines", "scale", "list" or
    "rows", whose labels are `rows`; `mark` is how a choice is marked: "round", "square" or "place".
    `condition` says in words for whom the question is; it is "" for everybody.
    """

    question: object
    form: str
    mark: str = "round"
    rows: tuple = ()
    condition: str = ""


def paper_sections(questionnaire, language):
    """The sections, for whom they are, and their questions, as they are printed."""
    names = names_for_rules(language) if questionnaire.has_rules else {}
    with translation.override(language):
        words = RuleWords(questionnaire, language, names)
        return [
            (
                section,
                _condition(section, words),
                [
                    replace(_on_paper(question), condition=_condition(question, words))
                    for question in section.questions
                ],
            )
            for section in questionnaire.sections
        ]


def _condition(part, words):
    if not part.rule:
        return ""
    return _("Only if %(conditions)s.") % {"conditions": words.said(part.rule)}


def _on_paper(question):
    handler = handler_of(question)
    if isinstance(handler, Rows):
        labels = tuple(label for _code, label in handler.rows(question))
        return PaperQuestion(question, "rows", rows=labels)
    if not handler.keys(question):
        return PaperQuestion(question, "text")
    if not handler.has_choices:
        return PaperQuestion(
            question, "lines" if question.type == QuestionType.LONG_TEXT else "line"
        )
    if handler.is_scale:
        return PaperQuestion(question, "scale")
    if question.type == QuestionType.RANKING:
        return PaperQuestion(question, "list", "place")
    return PaperQuestion(
        question, "list", "square" if isinstance(handler, SeveralChoices) else "round"
    )
