"""Units: the tree of the organisation, where a parent may stand below its children in the file."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.models import Unit
from surveys.services.units import add_unit, move_unit, rename_unit

from .cells import identifier_cell, plain, shown, text_cell
from .columns import Column
from .running import Importer
from .spellings import spellings


class UnitImporter(Importer):
    """Adds, renames and moves units; none is ever removed.

    A unit without a parent stands at the top. Without a column of parents, units
    that are here stay where they are.
    """

    columns = (
        Column(
            "code",
            gettext_lazy("Code"),
            gettext_lazy("A short name that never changes, such as north-1."),
            spellings("units", "code"),
            "north-1",
            is_required=True,
        ),
        Column(
            "name",
            gettext_lazy("Name"),
            gettext_lazy("As reports show it."),
            spellings("units", "name"),
            "North, first branch",
            is_required=True,
        ),
        Column(
            "parent",
            gettext_lazy("Code of the unit above"),
            gettext_lazy("Empty for a unit at the top. It may stand further down in the file."),
            spellings("units", "parent"),
            "north",
            may_be_constant=True,
        ),
    )

    def begin(self, columns):
        """Remember how the tree stands now."""
        self.has_parents = "parent" in columns
        self.stored, parents, trail = {}, {}, []
        for unit in Unit.objects.get_tree():
            trail = [*trail[: unit.depth - 1], unit]
            self.stored[unit.code] = unit
            parents[unit.code] = trail[-2].code if len(trail) > 1 else ""
        self.parents_before, self.rows = parents, {}

    def check(self, cells):
        """One unit."""
        values = {
            "code": identifier_cell(cells["code"], "code", 60),
            "name": identifier_name(cells["name"]),
        }
        if self.has_parents:
            values["parent"] = plain(cells["parent"])
        return values

    def stage(self, rows, outcome, staging):
        """Only collect: a unit can be placed when everything above it is known."""
        self.rows |= {row.values["code"]: row for row in rows}

    def finish(self, outcome, staging):
        """Decide where every unit stands."""
        self.parents, self.placed = dict(self.parents_before), []
        for code, row in self.rows.items():
            self.parents[code] = row.values.get("parent", self.parents_before.get(code, ""))
        lines = {code: self._line_above(code) for code in self.rows}
        for code in sorted(self.rows, key=lambda code: len(lines[code] or ())):
            row = self.rows[code]
            if lines[code] is None:
                outcome.refuse(row.number, self._reason(code), row.cells)
            else:
                self._count(code, row.values["name"], outcome)

    def write(self, staging):
        """Place units from the top down."""
        for code, name in self.placed:
            self._place(code, name)

    def _line_above(self, code):
        """Codes from this unit up to the top, or None when the top cannot be reached."""
        line = []
        while code:
            if code in line or code not in self.parents:
                return None
            line.append(code)
            code = self.parents[code]
        return line

    def _reason(self, code):
        parent = self.parents[code]
        if parent not in self.parents:
            return _("parent “%(parent)s” is no unit.") % {"parent": shown(parent)}
        return _("the unit would stand below itself, or below a unit that was refused.")

    def _count(self, code, name, outcome):
        unit = self.stored.get(code)
        if unit is None:
            outcome.new += 1
        elif unit.name != name or self._is_moved(code):
            outcome.changed += 1
        else:
            outcome.unchanged += 1
            return
        self.placed.append((code, name))

    def _place(self, code, name):
        parent = self.stored.get(self.parents[code])
        unit = self.stored.get(code)
        if unit is None:
            self.stored[code] = add_unit(code=code, name=name, parent=parent)
            return
        if unit.name != name:
            self.stored[code] = rename_unit(unit=unit, name=name)
        if self._is_moved(code):
            self.stored[code] = move_unit(unit=unit, parent=parent)

    def _is_moved(self, code):
        return self.parents[code] != self.parents_before[code]


def identifier_name(cell):
    """A name that must be there, kept as it was written."""
    identifier_cell(cell, "name", 200)
    return text_cell(cell, "name", 200)
