"""Typed attributes of customers, read from columns that are called `attribute.<code>`."""

from django.utils.translation import get_language, gettext_lazy

from surveys.enums import AttributeKind
from surveys.models import CustomerAttribute
from surveys.texts import text_in

from .cells import moment_cell, number_cell, text_cell
from .columns import Column
from .lists import KnownList

PREFIX = "attribute."
LONGEST_TEXT = 1000
HELP = {
    AttributeKind.TEXT: gettext_lazy("A text."),
    AttributeKind.NUMBER: gettext_lazy("A number such as 1234.5."),
    AttributeKind.DATE: gettext_lazy("A day such as 2026-01-31."),
    AttributeKind.CHOICE: gettext_lazy("The code or the name of an entry of its list."),
}


class AttributeCells:
    """Reads the cells of all attributes that staff defined."""

    def __init__(self):
        attributes = CustomerAttribute.objects.prefetch_related("choices")
        self.attributes = {one.code: one for one in attributes}
        self.lists = {
            one.code: KnownList(
                PREFIX + one.code,
                [(choice.code, choice.code, tuple(choice.name.values())) for choice in choices],
            )
            for one in attributes
            if (choices := one.choices.all())
        }

    @property
    def columns(self):
        """A column for each attribute."""
        return tuple(
            Column(
                PREFIX + code,
                text_in(one.name, get_language()),
                HELP[one.kind],
                (code, *one.name.values()),
            )
            for code, one in self.attributes.items()
        )

    def read(self, cells):
        """The attributes of one row by code; None clears one."""
        found = {}
        for column, cell in cells.items():
            if column.startswith(PREFIX):
                code = column.removeprefix(PREFIX)
                found[code] = self._value(code, column, cell)
        return found

    def _value(self, code, column, cell):
        if not cell.strip():
            return None
        kind = self.attributes[code].kind
        if kind == AttributeKind.NUMBER:
            return number_cell(cell, column)
        if kind == AttributeKind.DATE:
            return moment_cell(cell, column, time_zone="UTC").date().isoformat()
        if kind == AttributeKind.CHOICE and code in self.lists:
            return self.lists[code].value(cell)
        return text_cell(cell, column, LONGEST_TEXT)


def merged(stored, given):
    """Stored attributes with those of a row; an empty cell takes one away."""
    together = stored | given
    return {code: value for code, value in together.items() if value is not None}
