"""One choice from a list."""

from django.utils.translation import gettext_lazy as _

from surveys.enums import MeasureRole
from surveys.question_types.answer_type import Group
from surveys.question_types.choosing import OneChoice


class SingleChoice(OneChoice):
    """One of the designer's own answers."""

    label = _("Single choice")
    group = Group.CHOICES
    place = 20
    seconds = 9
    roles = (MeasureRole.PROFILE,)

    @property
    def presets(self):
        """A list of one's own."""
        label = _("Single choice from your own list")
        return (self.preset(self.code, label, needs_lines=True),)


handler = SingleChoice()
