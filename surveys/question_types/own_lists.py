"""Lists of the designer's own: "other, please say", and a random order."""

from django.utils.translation import gettext_lazy as _

from surveys.enums import ChoiceKind, MeasureRole

from .answer_type import Group
from .settings import Flag
from .writing import error_in_text

LONGEST_OTHER = 500
RANDOM_ORDER = Flag(
    "random_order",
    _("Show the answers in a random order"),
    help_text=_("Each customer has an order of their own, which stays the same for them."),
)


class OwnList:
    """A closed question with a list of one's own; goes in front of a class of `choosing`."""

    group = Group.CHOICES
    roles = (MeasureRole.PROFILE,)
    settings = (RANDOM_ORDER,)
    offers = (ChoiceKind.OTHER, ChoiceKind.NOT_APPLICABLE, ChoiceKind.DONT_KNOW)

    def is_shuffled(self, question):
        """Whether each customer sees the choices in an order of their own."""
        return self.setting(question, "random_order")

    def keys(self, question):
        """The choice, and the words of "other" where the list has it."""
        return (question.key, other_key(question)) if other_of(question) else (question.key,)

    def entries(self, question, form_values):
        """The choice with the words of "other"; writing them means choosing it."""
        entries = super().entries(question, form_values)
        other = other_of(question)
        if not other:
            return entries
        words = form_values.get(other_key(question), "").strip() or None
        if words and entries[question.key] is None:
            entries[question.key] = self.picked(question, other.code)
        if self._is_other(question, entries[question.key]):
            entries[other_key(question)] = words
        return entries

    def kept(self, question, answers):
        """The choice; the words of "other" only with it."""
        answer = answers.get(question.key)
        kept = {question.key: answer}
        if self._is_other(question, answer):
            kept[other_key(question)] = answers.get(other_key(question))
        return kept

    def error_among(self, question, answers):
        """What is wrong with the choice, else with the words."""
        words = answers.get(other_key(question))
        is_written = words is not None and self._is_other(question, answers.get(question.key))
        return super().error_among(question, answers) or (
            error_in_text(words, LONGEST_OTHER) if is_written else None
        )

    def entry_from_cell(self, question, key, cell, code_of):
        """The words of "other" as they stand there, or a choice."""
        if key == question.key:
            return self.from_cell(question, cell, code_of)
        return cell.strip()

    def shown(self, question, page, options):
        """Where "other" is written."""
        own = super().shown(question, page, options)
        other = other_of(question)
        if not other:
            return own
        words = page.answers.get(other_key(question))
        return own | {
            "other": {
                "id": f"q-{question.key}-words",
                "name": other_key(question),
                "label": page.say(other.label),
                "written": words if isinstance(words, str) else "",
            }
        }

    @staticmethod
    def _is_other(question, answer):
        other = other_of(question)
        picked = answer if isinstance(answer, list) else [answer]
        return other is not None and other.code in picked


def other_of(question):
    """The choice "other, please say", or None."""
    return next((choice for choice in question.choices if choice.kind == ChoiceKind.OTHER), None)


def other_key(question):
    """The key of the entry that holds the words of "other"."""
    return f"{question.key}.other"
