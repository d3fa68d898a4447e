"""One walk through the rows: how often each pair of score and loyalty occurs, in constant memory.

Cells are counted as they are written; what they mean is decided afterwards
(`recoding`), on the few different values that there are.
"""

import math
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from .errors import FileProblem

MOST_VALUES = 1_000
"""More different values than this are no score, no loyalty and no segment."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Which columns are read; weight and segment may be left out."""

    score: str
    loyalty: str
    weight: str | None = None
    segment: str | None = None


@dataclass(slots=True)
class RawCounts:
    """Sums (n, Σw, Σw²) for each (score, loyalty, segment) as written in the file."""

    cells: dict = field(default_factory=dict)
    rows: int = 0
    filtered: int = 0
    too_long: int = 0
    bad_weights: int = 0


def column_named(table, name):
    """The column of this name, upper or lower case; raises `FileProblem` with all names."""
    for wanted in (lambda text: text, str.casefold):
        found = [c for c in table.columns if wanted(c) == wanted(name)]
        if len(found) > 1:
            raise FileProblem(
                _("%(file)s has the column “%(name)s” twice.") % {"file": table.name, "name": name}
            )
        if found:
            return found[0]
    raise FileProblem(
        _("%(file)s has no column “%(name)s”. Its columns are: %(columns)s.")
        % {"file": table.name, "name": name, "columns": listed(table.columns)}
    )


def listed(columns, most=40):
    """Column names in one line."""
    shown = ", ".join(column[:60] for column in columns[:most])
    return f"{shown}, …" if len(columns) > most else shown


def count_rows(table, columns, *, conditions=()):
    """Count the rows of a table; `conditions` are pairs of column and value that must hold."""
    place = {name: position for position, name in enumerate(table.columns)}
    names = (columns.score, columns.loyalty, columns.segment, columns.weight)
    wanted = [place.get(name) for name in names]
    where = [(place[column], value) for column, value in conditions]
    counts, width = RawCounts(), len(table.columns)
    for row in table.rows:
        if not row:
            continue
        if any(_cell(row, position) != value for position, value in where):
            counts.filtered += 1
            continue
        counts.rows += 1
        if len(row) > width and any(cell.strip() for cell in row[width:]):
            counts.too_long += 1
            continue
        *key, weight = [_cell(row, position) for position in wanted]
        mass = number_in(weight) if columns.weight else 1.0
        if mass is None or mass < 0:
            counts.bad_weights += 1
            continue
        _add(counts.cells, tuple(key), mass, columns)
    return counts


def _cell(row, position):
    """The text at a position; nothing where the row ends before it or no column was named."""
    return row[position].strip() if position is not None and position < len(row) else ""


def _add(cells, key, mass, columns):
    sums = cells.get(key)
    if sums is None:
        if len(cells) >= MOST_VALUES:
            _refuse_many_values(cells, columns)
        sums = cells[key] = [0, 0.0, 0.0]
    sums[0] += 1
    sums[1] += mass
    sums[2] += mass * mass


def _refuse_many_values(cells, columns):
    names = (columns.score, columns.loyalty, columns.segment)
    sizes = [len({key[i] for key in cells}) for i in range(3)]
    widest = sizes.index(max(sizes))
    example = next(iter(cells))[widest]
    raise FileProblem(
        _(
            "Column “%(name)s” holds too many different values, such as “%(example)s”, "
            "to be a score, a loyalty or a segment."
        )
        % {"name": names[widest], "example": example[:40]}
    )


def number_in(text):
    """The number that a cell holds, with a decimal point or comma, or None."""
    try:
        number = float(text.strip().replace(",", ".", 1)) if text.strip() else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None
