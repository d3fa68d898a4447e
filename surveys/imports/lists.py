"""The lists that cells name entries of: by the code, or by the name in any language."""

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.models import Unit
from surveys.texts import text_in

from .cells import plain, shown
from .errors import RowRefused


class KnownList:
    """Entries that a cell may name; an empty cell names none."""

    def __init__(self, column, entries):
        """`entries` are triples of the stored value, the code, and the names it may have."""
        self.column = column
        self.codes = {value: code for value, code, _names in entries}
        self.by_text = _by_text(entries)

    def value(self, cell):
        """What is stored for a cell, or None; raises `RowRefused`."""
        text = plain(cell)
        if not text:
            return None
        if text.casefold() not in self.by_text:
            raise RowRefused(
                _("%(column)s “%(cell)s” is not known here.")
                % {"column": self.column, "cell": shown(text)}
            )
        return self.by_text[text.casefold()]

    def code(self, value):
        """The code of a stored value."""
        return self.codes.get(value, "")


def ready_list(column, model):
    """The entries of a list that staff may change."""
    return KnownList(
        column, [(one.pk, one.code, tuple(one.name.values())) for one in model.objects.all()]
    )


def unit_list(column):
    """The units, by code; a name only where one unit has it."""
    units = Unit.objects.values_list("pk", "code", "name")
    return KnownList(column, [(pk, code, (name,)) for pk, code, name in units])


def fixed_list(column, choices):
    """The entries of an enumeration."""
    return KnownList(column, [(code, code, (str(name),)) for code, name in choices])


def named_choices(model):
    """Pairs of code and name of a ready list, for choosing one."""
    entries = model.objects.all()
    return tuple((one.code, text_in(one.name, get_language())) for one in entries)


def unit_choices():
    """Pairs of code and name of all units."""
    return tuple(
        (code, f"{name} ({code})") for code, name in Unit.objects.values_list("code", "name")
    )


def language_choices():
    """The languages that customers are written to in."""
    return tuple(settings.LANGUAGES)


def _by_text(entries):
    """Stored values by what a cell may say; a name of two entries says nothing."""
    names = {}
    for value, _code, called in entries:
        for name in called:
            names.setdefault(plain(name).casefold(), set()).add(value)
    by_text = {name: values.pop() for name, values in names.items() if len(values) == 1}
    return by_text | {code.casefold(): value for value, code, _called in entries}
