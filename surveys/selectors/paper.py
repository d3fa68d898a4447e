"""A questionnaire as it is printed: what is written, ticked or left blank for each question."""

from dataclasses import dataclass

from surveys.enums import QuestionType
from surveys.question_types import handler_of
from surveys.question_types.choosing import SeveralChoices
from surveys.question_types.rows import Rows


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """One question on paper.

    `form` is "text" (nothing to fill in), "line", "lines", "scale", "list" or
    "rows", whose labels are `rows`; `mark` is how a choice is marked: "round", "square" or "place".
    """

    question: object
    form: str
    mark: str = "round"
    rows: tuple = ()


def paper_sections(questionnaire):
    """The sections with their questions as they are printed."""
    return [
        (section, [_on_paper(question) for question in section.questions])
        for section in questionnaire.sections
    ]


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
