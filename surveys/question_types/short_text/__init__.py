"""One line of text."""

from django.utils.translation import gettext_lazy as _

from surveys.enums import MeasureRole
from surveys.question_types.writing import Writing


class ShortText(Writing):
    """A few words."""

    label = _("Short text")
    place = 10
    seconds = 15
    roles = (MeasureRole.COMMENT, MeasureRole.PROFILE)


handler = ShortText()
