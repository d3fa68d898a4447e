"""The first question inside the mail: each answer is a link that chooses it on the page.

Opening the link stores nothing, so that a mail scanner that opens every link
answers nothing; the customer sees the choice and sends it.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from surveys.errors import NotAnswerable
from surveys.question_types import handler_of
from surveys.questionnaire import frozen_questionnaire
from surveys.rules.piping import has_placeholder
from surveys.selectors.doors import version_to_answer
from surveys.texts import text_in

MOST_CHOICES = 11
LONGEST_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class FirstQuestion:
    """The words of the question, and its choices as pairs of words and address."""

    words: str
    choices: tuple[tuple[str, str], ...]

    @property
    def is_row(self):
        """Whether the choices are as short as numbers."""
        return all(len(words) <= LONGEST_IN_A_ROW for words, _address in self.choices)

    @property
    def ends(self):
        """The first and the last choice, in words."""
        return self.choices[0][0], self.choices[-1][0]


def first_question(asking, language):
    """The first question of the survey for a mail, or None when it cannot stand in one."""
    question = question_for_mails(asking.survey)
    if question is None:
        return None
    default = asking.survey.default_language
    choices = tuple(
        (text_in(choice.label, language, default), _address(asking.link, question, choice))
        for choice in question.choices
    )
    return FirstQuestion(text_in(question.text, language, default), choices)


def question_for_mails(survey):
    """The question that the first page begins with, if one click can choose its answer."""
    try:
        questionnaire = frozen_questionnaire(version_to_answer(survey).pk)
    except NotAnswerable:
        return None
    section = questionnaire.sections[0]
    question = next(iter(section.questions), None)
    if question is None or section.rule or question.rule or has_placeholder(question.text):
        return None
    if not 1 < len(question.choices) <= MOST_CHOICES:
        return None
    picked = handler_of(question).picked
    is_single = all(picked(question, choice.code) == choice.code for choice in question.choices)
    return question if is_single else None


def _address(link, question, choice):
    joint = "&" if "?" in link else "?"
    return link + joint + urlencode({"a": f"{question.key}:{choice.code}"})
