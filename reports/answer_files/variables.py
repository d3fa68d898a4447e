"""What a survey asked over all its versions, as the columns of a table of answers.

A question keeps its key over the versions and so its column. Where the same key
meant something else (another type, another scale), the older versions have a
column of their own, ``<key>@<version>``: nothing is ever pooled that differs.
"""

from dataclasses import dataclass

from surveys.question_types import handler_of
from surveys.question_types.answer_type import Counted
from surveys.question_types.choosing import SeveralChoices
from surveys.questionnaire import ChoiceItem, QuestionItem

NOT_SHOWN = object()


@dataclass(frozen=True, slots=True)
class Variable:
    """One entry of the answers document and the versions in which it means the same.

    `items` has the question (or the row of one) by the id of the version that
    asked it; `choices` are those of all versions, the oldest first, each with
    the words of the newest.
    """

    name: str
    key: str
    numbers: tuple[int, ...]
    items: dict[int, QuestionItem]
    choices: tuple[ChoiceItem, ...]
    is_words: bool = False

    @property
    def question(self):
        """The question as the newest version asks it."""
        return next(iter(self.items.values()))

    @property
    def handler(self):
        """The type of the question."""
        return handler_of(self.question)

    @property
    def is_number(self):
        """Whether the answer is a number that was written."""
        return not self.is_words and self.handler.counted is Counted.NUMBERS

    @property
    def has_one_choice(self):
        """Whether an answer is the code of one choice."""
        return bool(self.choices) and not self.has_several

    @property
    def has_several(self):
        """Whether an answer is a list of codes."""
        return bool(self.choices) and (self.is_ranked or isinstance(self.handler, SeveralChoices))

    @property
    def is_ranked(self):
        """Whether an answer is a list of codes in the customer's order."""
        return self.handler.counted is Counted.PUT_FIRST

    def entry(self, row):
        """What the response holds: an answer, None for "left out", or `NOT_SHOWN`."""
        if row.version_id not in self.items:
            return NOT_SHOWN
        return row.answers.get(self.key, NOT_SHOWN)


def variables_of(questionnaires):
    """The variables of a survey; `questionnaires` are its versions, newest first."""
    groups = {}
    for questionnaire in questionnaires:
        for key, item, is_words in _entries(questionnaire):
            for group in groups.setdefault(key, []):
                if _means_the_same(group[0], (item, is_words)):
                    break
            else:
                group = [(item, is_words), {}, []]
                groups[key].append(group)
            group[1][questionnaire.version_id] = item
            group[2].append(questionnaire.number)
    return tuple(
        _variable(key, place, group)
        for key, several in groups.items()
        for place, group in enumerate(several)
    )


def _entries(questionnaire):
    """Every key of the answers document, with what is counted under it and whether it is words."""
    for question in questionnaire.questions:
        parts = {part.key: part for part in handler_of(question).parts(question)}
        for key in handler_of(question).keys(question):
            yield key, parts.get(key, question), key not in parts


def _means_the_same(one, other):
    (item, is_words), (older, was_words) = one, other
    if is_words or was_words:
        return is_words == was_words
    if item.type != older.type:
        return False
    if handler_of(item).is_scale and item.values != older.values:
        return False
    known = {choice.code: choice.value for choice in item.choices}
    return all(known.get(choice.code, choice.value) == choice.value for choice in older.choices)


def _variable(key, place, group):
    (_item, is_words), items, numbers = group
    choices = {}
    for item in () if is_words else reversed(items.values()):
        choices |= {choice.code: choice for choice in item.choices}
    name = key if place == 0 else f"{key}@{numbers[0]}"
    return Variable(name, key, tuple(numbers), items, tuple(choices.values()), is_words)
