"""What answers a question can have, as far as rules tell them apart."""

from enum import StrEnum

from surveys.enums import QuestionType
from surveys.question_types import parts_of

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


def entry_of(question, subject):
    """The question, or the part of it, whose answer a subject is; None when there is none."""
    entries = (part for part in parts_of(question) if subject == f"answer.{part.key}")
    return next(entries, None)


def operators_of(question):
    """The operators that make sense with the answers to a question."""
    return OPERATORS[kind_of(question)] + ALWAYS
