"""Several choices from a list."""

from django.utils.translation import gettext_lazy as _

from surveys.enums import ChoiceKind
from surveys.question_types.choosing import SeveralChoices
from surveys.question_types.own_lists import OwnList


class MultipleChoice(OwnList, SeveralChoices):
    """Any number of the designer's own answers."""

    label = _("Multiple choice")
    place = 30
    seconds = 14
    offers = (ChoiceKind.OTHER, ChoiceKind.EXCLUSIVE, *OwnList.offers[1:])

    @property
    def presets(self):
        """A list of one's own."""
        label = _("Multiple choice from your own list")
        return (self.preset(self.code, label, needs_lines=True),)

    def inputs(self, question):
        """A box for each choice."""
        return len(question.choices) + 1


handler = MultipleChoice()
