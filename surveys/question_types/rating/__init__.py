"""A rating on a scale of three to eleven points."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from surveys.definitions import ready_choices
from surveys.enums import MeasureRole
from surveys.question_types.answer_type import Group
from surveys.question_types.choosing import OnScale
from surveys.question_types.settings import OneOf


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

    settings = (
        OneOf(
            "look",
            _("Shown as"),
            "plain",
            words=(("plain", _("Words or numbers")), ("stars", _("Stars")), ("faces", _("Faces"))),
        ),
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
                "liking",
                _("Rating: dislike very much … like very much"),
                choices=ready_choices.liking_scale,
                roles=(MeasureRole.ATTRIBUTE,),
            ),
            self.preset(
                "agreement",
                _("Rating: strongly disagree … strongly agree"),
                choices=ready_choices.agreement_scale,
                roles=(MeasureRole.ATTRIBUTE,),
            ),
            self.preset(
                "ten_points",
                _("Rating: numbers from 1 to 10"),
                choices=ready_choices.ten_point_scale,
                roles=(MeasureRole.ATTRIBUTE,),
            ),
        )

    def mistakes_in_scale(self, question):
        """Three to eleven points; with two it is a choice, with more nobody can tell them apart."""
        if not 3 <= len(question.values) <= 11:
            yield gettext("A rating scale has three to eleven points.")

    def shown(self, question, page, options):
        """Stars or a face beside the words of each point, where they are wanted."""
        own = super().shown(question, page, options)
        look = self.setting(question, "look")
        marks = marks_for(look, len(options)) if look != "plain" else None
        return own | {"look": look, "marked": marks and list(zip(options, marks, strict=True))}


def marks_for(look, count):
    """What is drawn beside each point: a number of stars, or the mouth of a face as a path."""
    if look == "stars":
        return ["★" * n if count <= 5 else f"★ {n}" for n in range(1, count + 1)]
    depths = [round(9 * (2 * place / max(count - 1, 1) - 1), 1) for place in range(count)]
    return [f"M12 {27 - d / 2:g}Q20 {27 + d:g} 28 {27 - d / 2:g}" for d in depths]


handler = Rating()
