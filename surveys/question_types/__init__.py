"""Question types: one module each says how an answer is read, checked and expressed.

An answer, as it is stored, is a choice's code, a list of codes or a text;
None means that the question was shown and skipped. A question that was not
shown has no entry at all.
"""

from surveys.enums import QuestionType

from .choice import MultipleChoice, SingleChoice
from .text import LongText, ShortText

HANDLERS = {
    QuestionType.RATING: SingleChoice(template="rating"),
    QuestionType.RECOMMENDATION: SingleChoice(template="recommendation"),
    QuestionType.YES_NO: SingleChoice(template="single_choice"),
    QuestionType.SINGLE_CHOICE: SingleChoice(template="single_choice"),
    QuestionType.MULTIPLE_CHOICE: MultipleChoice(template="multiple_choice"),
    QuestionType.SHORT_TEXT: ShortText(template="short_text"),
    QuestionType.LONG_TEXT: LongText(template="long_text"),
}


def handler_of(question):
    """The handler of a question's type."""
    return HANDLERS[QuestionType(question.type)]
