"""What was expected and what was experienced, on one scale."""

from django.utils.translation import gettext_lazy as _

from surveys.definitions import ready_choices
from surveys.enums import MeasureRole
from surveys.question_types.answer_type import Group
from surveys.question_types.rows import Rows
from surveys.question_types.settings import Words

EXPECTED = ready_choices.in_languages(ready_choices.EXPECTED)
PERCEIVED = ready_choices.in_languages(ready_choices.PERCEIVED)


class ExpectationPair(Rows):
    """Two ratings of the same thing; the gap is perceived minus expected."""

    label = _("Expectation and perception")
    group = Group.SCALES
    place = 70
    seconds = 16
    roles = (MeasureRole.EXPECTATION_PAIR,)
    settings = (
        Words(
            "expected",
            _("Words for the expectation"),
            EXPECTED,
        ),
        Words(
            "perceived",
            _("Words for the experience"),
            PERCEIVED,
        ),
    )

    @property
    def presets(self):
        """The labels of quality fit both halves."""
        return (
            self.preset(
                self.code, self.label, choices=ready_choices.quality_scale, roles=self.roles
            ),
        )

    def rows(self, question):
        """Expected first, as it came first."""
        return [(code, self.setting(question, code)) for code in ("expected", "perceived")]


handler = ExpectationPair()
