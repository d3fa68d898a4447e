"""A rating on a scale of three to eleven points."""

from django.utils.translation import gettext_lazy as _

from surveys.definitions import ready_choices
from surveys.enums import MeasureRole
from surveys.question_types.answer_type import Group
from surveys.question_types.choosing import OnScale


class Rating(OnScale):
    """Points with a value each; all or only the two ends have words."""

    label = _("Rating scale")
    group = Group.SCALES
    place = 10
    seconds = 8
    roles = (
        MeasureRole.OVERALL,
        MeasureRole.EFFORT,
        MeasureRole.REPURCHASE,
        MeasureRole.ATTRIBUTE,
    )

    @property
    def presets(self):
        """The ready label sets."""
        return (
            self.preset(
                "satisfaction",
                _("Rating: very dissatisfied … very satisfied"),
                choices=ready_choices.satisfaction_scale,
                roles=(MeasureRole.OVERALL, MeasureRole.ATTRIBUTE),
            ),
            self.preset(
                "quality",
                _("Rating: very poor … very good"),
                choices=ready_choices.quality_scale,
                roles=(MeasureRole.ATTRIBUTE,),
            ),
            self.preset(
                "intention",
                _("Rating: definitely not … definitely"),
                choices=ready_choices.intention_scale,
                roles=(MeasureRole.REPURCHASE,),
            ),
            self.preset(
                "effort",
                _("Effort: 1 very difficult … 7 very easy"),
                choices=ready_choices.effort_scale,
                roles=(MeasureRole.EFFORT,),
            ),
        )


handler = Rating()
