"""One choice from a list."""

from django.utils.translation import gettext_lazy as _

from surveys.question_types.choosing import OneChoice
from surveys.question_types.own_lists import OwnList


class SingleChoice(OwnList, OneChoice):
    """One of the designer's own answers."""

    label = _("Single choice")
    place = 20
    seconds = 9

    @property
    def presets(self):
        """A list of one's own."""
        label = _("Single choice from your own list")
        return (self.preset(self.code, label, needs_lines=True),)


handler = SingleChoice()
