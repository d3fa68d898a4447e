"""The columns that a kind of file has, and finding them under the names that people give them."""

import unicodedata
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .errors import FileRefused


@dataclass(frozen=True, slots=True)
class Column:
    """One column of ours; `names` are what spreadsheets call it, `example` stands in the template.

    `choices` are pairs of a code and a name where the cells come from a list.
    """

    name: str
    label: object
    help_text: object = ""
    names: tuple = ()
    example: str = ""
    is_required: bool = False
    may_be_constant: bool = False
    choices: tuple = ()


@dataclass(frozen=True, slots=True)
class Matching:
    """Where our columns stand in a file, and what is the same in every row."""

    places: dict
    constants: dict = field(default_factory=dict)

    @property
    def columns(self):
        """The columns of ours that the rows have."""
        return {*self.places, *self.constants}

    def texts(self, cells):
        """One row as texts by column of ours."""
        width = len(cells)
        texts = {name: cells[at] if at < width else "" for name, at in self.places.items()}
        return texts | self.constants


def column_name(column):
    """A column name in the form in which it is compared: small letters and underscores."""
    return "_".join(unicodedata.normalize("NFKC", column).lower().replace("-", " ").split())


def matched_by_name(importer, table):
    """The matching of a file whose columns have our own names."""
    known = {column_name(one.name): one.name for one in importer.columns}
    names = [known.get(column_name(column)) for column in table.columns]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise FileRefused(
            _("%(file)s has the column “%(column)s” more than once.")
            % {"file": table.name, "column": twice[0]}
        )
    missing = [name for name in importer.required if name not in names]
    if missing:
        raise FileRefused(
            _("%(file)s has no column “%(column)s”; its columns are: %(columns)s.")
            % {
                "file": table.name,
                "column": missing[0],
                "columns": ", ".join(column[:40] for column in table.columns[:20]),
            }
        )
    return Matching({name: place for place, name in enumerate(names) if name})


def guessed_places(importer, columns):
    """Where columns of ours probably stand, by their names in any of our languages."""
    by_name = {}
    for column in importer.columns:
        for name in (column.name, *column.names):
            by_name.setdefault(_bare(name), column.name)
    places = {}
    for place, column in enumerate(columns):
        ours = by_name.get(_bare(column))
        if ours and ours not in places:
            places[ours] = place
    return places


def _bare(name):
    """A column name without case, spaces and signs between its words."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in text if sign.isalnum() or sign == ".")
