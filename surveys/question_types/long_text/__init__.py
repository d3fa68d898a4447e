"""Several lines of text."""

from django.utils.translation import gettext_lazy as _

from surveys.question_types.writing import Writing


class LongText(Writing):
    """As much as the customer wants to say."""

    label = _("Long text")
    place = 20
    seconds = 30
    longest = 100_000

    @property
    def presets(self):
        """A comment, as a rule."""
        return (self.preset(self.code, self.label, roles=self.roles),)


handler = LongText()
