"""Agreeing to something, or not."""

from django.utils.translation import gettext_lazy as _

from surveys.definitions import ready_choices
from surveys.question_types.answer_type import Group
from surveys.question_types.choosing import OneChoice


class Consent(OneChoice):
    """A statement and two answers; who does not agree answers the survey all the same.

    What was agreed to is frozen with the version. The time is that of the
    response: a moment, or in an anonymous survey the day.
    """

    label = _("Consent")
    group = Group.OTHER
    place = 10
    seconds = 12
    has_fixed_choices = True
    offers = ()

    @property
    def presets(self):
        """Both answers with their words."""
        return (self.preset(self.code, self.label, choices=ready_choices.consent_choices),)


handler = Consent()
