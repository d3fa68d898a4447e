"""Below, as or beyond what was expected."""

from django.utils.translation import gettext_lazy as _

from surveys.definitions import ready_choices
from surveys.enums import MeasureRole
from surveys.question_types.choosing import ThreeWay


class AgainstExpectation(ThreeWay):
    """The share "beyond" is the delight rate."""

    label = _("Below, as or beyond expected")
    place = 40
    roles = (MeasureRole.AGAINST_EXPECTATION,)
    ready = ready_choices.AGAINST_EXPECTATION


handler = AgainstExpectation()
