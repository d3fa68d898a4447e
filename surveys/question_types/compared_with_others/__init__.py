"""Worse than, the same as or better than others."""

from django.utils.translation import gettext_lazy as _

from surveys.definitions import ready_choices
from surveys.question_types.choosing import ThreeWay


class ComparedWithOthers(ThreeWay):
    """How one stands beside others whom the customer knows."""

    label = _("Compared with others")
    place = 50
    ready = ready_choices.AGAINST_OTHERS


handler = ComparedWithOthers()
