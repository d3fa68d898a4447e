"""Yes or no."""

from django.utils.translation import gettext_lazy as _

from surveys.definitions import ready_choices
from surveys.enums import MeasureRole
from surveys.question_types.answer_type import Counted, Group
from surveys.question_types.choosing import OneChoice


class YesNo(OneChoice):
    """Two choices, of which yes counts 1 and no counts 0."""

    label = _("Yes or no")
    group = Group.CHOICES
    counted = Counted.RATED
    place = 10
    seconds = 6
    roles = (MeasureRole.REPURCHASE, MeasureRole.PROFILE)
    has_fixed_choices = True

    @property
    def presets(self):
        """Both answers with their words."""
        return (self.preset(self.code, self.label, choices=ready_choices.yes_or_no),)


handler = YesNo()
