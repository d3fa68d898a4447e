"""What answers a question can have, as far as rules tell them apart."""

from dataclasses import replace
from enum import StrEnum

from surveys.enums import QuestionType
from surveys.question_types import parts_of
from surveys.question_types.own_lists import other_key, other_of
from surveys.texts import text_in

from .conditions import Operator

SEVERAL = (QuestionType.MULTIPLE_CHOICE, QuestionType.RANKING)


class AnswerKind(StrEnum):
    """How the answers to a question, or a circumstance, can be compared."""

    SCALE = "scale"
    CHOICE = "choice"
    SEVERAL = "several"
    NUMBER = "number"
    WORDS = "words"


OPERATORS = {
    AnswerKind.CHOICE: (Operator.IS, Operator.IS_ONE_OF, Operator.IS_NOT),
    AnswerKind.SEVERAL: (Operator.CONTAINS, Operator.IS_NOT),
    AnswerKind.NUMBER: (
        Operator.IS,
        Operator.IS_NOT,
        Operator.IS_AT_LEAST,
        Operator.IS_AT_MOST,
    ),
    AnswerKind.WORDS: (),
}
OPERATORS[AnswerKind.SCALE] = (
    *OPERATORS[AnswerKind.CHOICE],
    Operator.IS_AT_LEAST,
    Operator.IS_AT_MOST,
)
ALWAYS = (Operator.IS_ANSWERED, Operator.IS_NOT_ANSWERED)


def kind_of(question):
    """How the answers to a question can be compared."""
    if question.type in SEVERAL:
        return AnswerKind.SEVERAL
    if question.type == QuestionType.NUMBER:
        return AnswerKind.NUMBER
    if not question.choices:
        return AnswerKind.WORDS
    is_scale = question.type != QuestionType.YES_NO and question.values
    return AnswerKind.SCALE if is_scale else AnswerKind.CHOICE


def entries_of(question):
    """The answers to a question that rules and texts can name: its parts, and "other" in words."""
    other = other_of(question)
    if other is None:
        return parts_of(question)
    words = replace(
        question,
        key=other_key(question),
        type=QuestionType.SHORT_TEXT.value,
        text=_joined(question.text, other.label),
        choices=(),
        settings={},
    )
    return (*parts_of(question), words)


def _joined(text, label):
    """The question with the words of the answer "other"."""
    default = next(iter(text), "en")
    return {
        code: f"{text_in(text, code, default)} – {text_in(label, code, default)}" for code in text
    }


def entry_of(question, subject):
    """The question, or the part of it, whose answer a subject is; None when there is none."""
    entries = (entry for entry in entries_of(question) if subject == f"answer.{entry.key}")
    return next(entries, None)


def operators_of(question):
    """The operators that make sense with the answers to a question."""
    return OPERATORS[kind_of(question)] + ALWAYS
