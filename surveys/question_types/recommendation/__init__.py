"""Willingness to recommend from 0 to 10."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.definitions import ready_choices
from surveys.enums import MeasureRole
from surveys.question_types.answer_type import Group
from surveys.question_types.choosing import OnScale


class Recommendation(OnScale):
    """Eleven points, from which the Net Promoter Score is counted."""

    label = gettext_lazy("0–10 recommendation")
    group = Group.SCALES
    place = 20
    seconds = 9
    roles = (MeasureRole.RECOMMENDATION,)
    has_fixed_choices = True
    usual_ends = (gettext_lazy("Not at all likely"), gettext_lazy("Extremely likely"))

    @property
    def presets(self):
        """The one scale there is."""
        return (
            self.preset(
                self.code,
                gettext_lazy("Recommendation: 0 … 10"),
                choices=ready_choices.recommendation_scale,
                roles=self.roles,
            ),
        )

    def mistakes_in_scale(self, question):
        """The net score is defined for these eleven points only."""
        if question.values != tuple(range(11)):
            yield _("The recommendation scale runs from 0 to 10.")


handler = Recommendation()
