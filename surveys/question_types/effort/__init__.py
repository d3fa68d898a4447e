"""How easy it was, from 1 to 7."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.definitions import ready_choices
from surveys.enums import MeasureRole
from surveys.question_types.answer_type import Group
from surveys.question_types.choosing import OnScale


class Effort(OnScale):
    """Seven points from very difficult to very easy."""

    label = gettext_lazy("Effort, 1–7")
    group = Group.SCALES
    place = 30
    seconds = 8
    roles = (MeasureRole.EFFORT,)
    has_fixed_choices = True
    usual_ends = (gettext_lazy("Very difficult"), gettext_lazy("Very easy"))

    @property
    def presets(self):
        """The one scale there is."""
        label = gettext_lazy("Effort: 1 very difficult … 7 very easy")
        choices = ready_choices.effort_scale
        return (self.preset(self.code, label, choices=choices, roles=self.roles),)

    def mistakes_in_scale(self, question):
        """The score is defined for these seven points only."""
        if question.values != tuple(range(1, 8)):
            yield _("The effort scale runs from 1 to 7.")


handler = Effort()
