"""Every answer to one question by everything that answers can be broken down by.

The cells of a survey are read once; every filter and every
breakdown of a page is then a sum over them. The cells are kept in memory for
as long as the answers stay as they are.
"""

from dataclasses import dataclass, field

import numpy as np
from django.db.models import CharField, Count, F, Max, OuterRef, Subquery, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Substr

from surveys.models import ExclusionDecision, Response, ResponseRevision, Survey

from .cells import Cells, joined
from .classes import classes_by_score
from .entries import kept_entries
from .follow_up_rows import forget_followed
from .kept_days import forget_days
from .lists import lineages_of
from .memory import Memory
from .once import once
from .reading import (
    COLUMNS,
    document_columns,
    from_document,
    groupings,
    in_groups,
    reading_of,
    recent_sums,
    trait_columns,
)

MOST_KEPT = 12
NOT_ASKED_BY = ("placement", "month", "answer")
FIELDS = {
    name: COLUMNS[name]
    for name in ("segment", "channel", "language", "touchpoint", "link", "wave", "version")
}
NAMES = ("placement", "month", *FIELDS, "satisfaction_class", "answer")


@dataclass(frozen=True, slots=True, eq=False)
class Column:
    """One attribute of the answers: its values, and which of them each cell has.

    A value of ``None`` is "not known".
    """

    key: str
    values: tuple
    codes: np.ndarray


@dataclass(frozen=True, slots=True, eq=False)
class Cube:
    """Cells of a survey: the attributes of each, the answer given, and how many gave it."""

    columns: dict[str, Column]
    versions: np.ndarray
    answers: np.ndarray
    n: np.ndarray
    depth: int
    remembered: dict = field(default_factory=dict)

    def remember(self, name, make):
        """What was once worked out from these cells."""
        if name not in self.remembered:
            self.remembered[name] = make()
        return self.remembered[name]

    def where(self, keep):
        """The cells for which `keep` holds."""
        columns = {
            key: Column(key, column.values, column.codes[keep])
            for key, column in self.columns.items()
        }
        return Cube(columns, self.versions[keep], self.answers[keep], self.n[keep], self.depth)

    def is_in(self, conditions):
        """Which cells meet every condition, a mapping of attributes to values."""
        met = np.ones(len(self.n), dtype=bool)
        for key, value in conditions.items():
            column = self.columns.get(key)
            if column is None or value not in column.values:
                return np.zeros(len(self.n), dtype=bool)
            met &= column.codes == column.values.index(value)
        return met


def cube_of(selection, questionnaires, *, column=None, key=None):
    """The cells of a selection by the answers in a column, or in the documents under `key`.

    With neither, every response counts alike.
    """
    reading = reading_of(selection.survey, questionnaires)
    state = data_state(selection.survey) if reading is None else reading.state
    versions = tuple(questionnaire.version_id for questionnaire in questionnaires)
    traits = (tuple(trait_columns()), groupings())
    name = (selection.scope_key(), column, key, versions, traits, state)
    return _cubes.kept(name, lambda: _read(selection, questionnaires, column, key, reading))


def data_state(survey):
    """Changes whenever an answer is stored, mixed in, changed, left out or taken back."""
    responses = survey.responses.aggregate(n=Count("*"), day=Max("submitted_on"))
    decided = ExclusionDecision.objects.filter(response__survey=survey).aggregate(last=Max("pk"))
    changed = ResponseRevision.objects.filter(response__survey=survey).aggregate(last=Max("pk"))
    waiting = survey.responses.filter(awaits_mixing=True).count()
    return (*responses.values(), waiting, decided["last"], changed["last"])


def months_of(survey):
    """Every month from the first answer to the last, such as "2026-03"."""
    return once(("months", survey.pk), lambda: _months_of(survey))


def _months_of(survey):
    days = Response.objects.filter(survey=OuterRef("pk")).order_by("submitted_on")
    days = days.values("submitted_on")
    ends = Survey.objects.filter(pk=survey.pk).values_list(
        Subquery(days[:1]), Subquery(days.reverse()[:1])
    )
    first, last = ends.get()
    if first is None:
        return []
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]


def _read(selection, questionnaires, column, key, reading):
    if reading is None or key:
        cells = _rows_counted(selection, questionnaires, column, key)
    else:
        cells = _cells_counted(reading, selection, questionnaires, column)
    columns = _unit_columns(cells) | _period_columns(cells)
    depth = sum(name.startswith("unit-") for name in columns)
    names = [name for name in cells.values if name not in NOT_ASKED_BY]
    columns |= {name: _column(name, cells, name, lambda value: value) for name in names}
    return Cube(
        columns=columns,
        versions=np.array(cells.column("version"), dtype=np.int64),
        answers=cells.column("answer"),
        n=cells.n.astype(np.int64),
        depth=depth,
    )


def _cells_counted(reading, selection, questionnaires, column):
    """The cells from days counted before."""
    names = [*NAMES, *document_columns(questionnaires)]
    parts = [
        _with_class(part, questionnaires)
        .derived("month", "day", lambda day: f"{day:%Y-%m}")
        .derived("answer", column or "version", (lambda value: value) if column else lambda _v: 0)
        .summed(names, reading.met(part, selection))
        for part in reading.parts
    ]
    return joined(parts, names).summed(names)


def _with_class(cells, questionnaires):
    """The same with the class of satisfaction of each answer."""
    classes = classes_by_score(questionnaires)
    return cells.paired("satisfaction_class", ("version", "satisfaction"), classes.get)


def _rows_counted(selection, questionnaires, column, key):
    """The same by one grouped query over the rows."""
    documents = document_columns(questionnaires)
    month = Substr(Cast("submitted_on", CharField()), 1, 7)
    named = {f"document_{place}": from_document(name) for place, name in enumerate(documents)}
    answer = F(column) if column else KeyTextTransform(key, "answers") if key else Value(0)
    rows = (
        selection.rows()
        .annotate(month=month, answer=answer, **named)
        .order_by()
        .values_list("placement_id", "month", *FIELDS.values(), "satisfaction", "answer", *named)
        .annotate(people=Count("pk"))
    )
    names = ["placement", "month", *FIELDS, "satisfaction", "answer", *documents]
    cells = in_groups(_with_class(Cells.from_rows(names, rows), questionnaires))
    return cells.summed([*NAMES, *documents])


def _column(key, cells, source, value_of):
    """An attribute whose value follows from that of a column of the cells."""
    changed = [value_of(value) for value in cells.values[source]]
    present = np.zeros(len(changed), dtype=bool)
    present[cells.codes[source]] = True
    used = {value for value, is_used in zip(changed, present.tolist(), strict=True) if is_used}
    found = sorted(used, key=lambda value: (value is None, str(value)))
    place = {value: number for number, value in enumerate(found)}
    numbers = np.array([place.get(value, -1) for value in changed], dtype=np.int32)
    codes = numbers[cells.codes[source]] if changed else np.array([], dtype=np.int32)
    return Column(key, tuple(found), codes)


def _unit_columns(cells):
    placements = {cells.values["placement"][code] for code in np.unique(cells.codes["placement"])}
    paths = lineages_of(placements - {None})
    depth = max(map(len, paths.values()), default=0)

    def unit_at(level):
        return lambda placement: (
            path[level] if len(path := paths.get(placement, ())) > level else None
        )

    names = [f"unit-{level + 1}" for level in range(depth)]
    return {
        name: _column(name, cells, "placement", unit_at(level)) for level, name in enumerate(names)
    }


def _period_columns(cells):
    return {
        "year": _column("year", cells, "month", lambda month: month[:4]),
        "quarter": _column("quarter", cells, "month", _quarter),
        "month": _column("month", cells, "month", lambda month: month),
    }


def _quarter(month):
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


_cubes = Memory(MOST_KEPT)


def forget_cells():
    """Let go of everything that this process has read; the next view reads it again."""
    forget_days()
    forget_followed()
    recent_sums.forget()
    kept_entries.forget()
    _cubes.forget()
