"""Several things rated on one scale."""

from django.utils.translation import gettext_lazy as _

from surveys.definitions import ready_choices
from surveys.enums import MeasureRole
from surveys.question_types import settings
from surveys.question_types.answer_type import Group
from surveys.question_types.rows import Rows


class Matrix(Rows):
    """One scale and a row for each thing; every row is a rating of its own in the results."""

    label = _("Matrix of ratings")
    group = Group.SCALES
    place = 60
    seconds = 30
    roles = (MeasureRole.ATTRIBUTE,)
    settings = (settings.Rows("rows", _("Lines to rate")),)

    @property
    def presets(self):
        """The two label sets that are used most."""
        return (
            self.preset(
                "matrix",
                _("Matrix: several lines, very dissatisfied … very satisfied"),
                choices=ready_choices.satisfaction_scale,
                roles=self.roles,
                needs_lines=True,
                lines_are_rows=True,
            ),
            self.preset(
                "quality_matrix",
                _("Matrix: several lines, very poor … very good"),
                choices=ready_choices.quality_scale,
                roles=self.roles,
                needs_lines=True,
                lines_are_rows=True,
            ),
        )

    def rows(self, question):
        """The lines that the designer wrote."""
        return [(row["code"], row["label"]) for row in self.setting(question, "rows")]


handler = Matrix()
