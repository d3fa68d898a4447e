"""Several choices from a list."""

from django.utils.translation import gettext_lazy as _

from surveys.enums import MeasureRole
from surveys.question_types.answer_type import Group
from surveys.question_types.choosing import SeveralChoices


class MultipleChoice(SeveralChoices):
    """Any number of the designer's own answers."""

    label = _("Multiple choice")
    group = Group.CHOICES
    place = 30
    seconds = 14
    roles = (MeasureRole.PROFILE,)

    @property
    def presets(self):
        """A list of one's own."""
        label = _("Multiple choice from your own list")
        return (self.preset(self.code, label, needs_lines=True),)


handler = MultipleChoice()
