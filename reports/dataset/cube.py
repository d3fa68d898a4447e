"""Every answer to one question by everything that answers can be broken down by.

One grouped query reads the cells of a survey; every filter and every
breakdown of a page is then a sum over them. The cells are kept in memory for
as long as the answers stay as they are.
"""

from collections import OrderedDict
from dataclasses import dataclass, field
from threading import Lock

import numpy as np
from django.db.models import CharField, Count, F, Max, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, Substr

from surveys.enums import MeasureRole, QuestionType
from surveys.models import ExclusionDecision, UnitPlacement

MOST_KEPT = 12
FIELDS = {
    "segment": "segment_id",
    "channel": "channel",
    "language": "language",
    "touchpoint": "touchpoint",
    "link": "public_link_id",
    "wave": "wave_id",
    "version": "version_id",
}
PROFILE_TYPES = (QuestionType.SINGLE_CHOICE, QuestionType.YES_NO)


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


def profile_questions(questionnaires):
    """The profile questions that have one answer of a list, of all versions, newest first."""
    found = {}
    for questionnaire in questionnaires:
        for question in questionnaire.with_role(MeasureRole.PROFILE):
            if question.type in PROFILE_TYPES:
                found.setdefault(question.key, question)
    return found


def cube_of(selection, questionnaires, *, column=None, key=None):
    """The cells of a selection by the answers in a column, or in the documents under `key`.

    With neither, every response counts alike.
    """
    state = (selection.scope_key(), column, key, data_state(selection.survey))
    return _kept(state, lambda: _read(selection, questionnaires, column, key))


def data_state(survey):
    """Changes whenever an answer is stored, mixed in, left out or taken back."""
    responses = survey.responses.aggregate(n=Count("*"), day=Max("submitted_on"))
    decided = ExclusionDecision.objects.filter(response__survey=survey).aggregate(last=Max("pk"))
    published = survey.versions.aggregate(last=Max("published_at"))
    waiting = survey.responses.filter(awaits_mixing=True).count()
    return (*responses.values(), waiting, decided["last"], published["last"])


def months_of(survey):
    """Every month from the first answer to the last, such as "2026-03"."""
    days = survey.responses.values_list("submitted_on", flat=True)
    first, last = (days.order_by(order).first() for order in ("submitted_on", "-submitted_on"))
    if first is None:
        return []
    numbers = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    return [f"{number // 12}-{number % 12 + 1:02}" for number in numbers]


def _read(selection, questionnaires, column, key):
    profiles = list(profile_questions(questionnaires))
    month = Substr(Cast("submitted_on", CharField()), 1, 7)
    named = {f"profile_{place}": KeyTextTransform(k, "answers") for place, k in enumerate(profiles)}
    answer = F(column) if column else KeyTextTransform(key, "answers") if key else Value(0)
    rows = (
        selection.rows()
        .annotate(month=month, answer=answer, **named)
        .order_by()
        .values_list("placement_id", "month", *FIELDS.values(), "answer", *named)
        .annotate(people=Count("pk"))
    )
    cells = list(rows)
    keys = ["placement", "month", *FIELDS, "answer", *(f"profile-{k}" for k in profiles), "people"]
    by_key = dict(zip(keys, zip(*cells, strict=True) if cells else ((),) * len(keys), strict=True))
    answers, n = by_key.pop("answer"), np.array(by_key.pop("people"), dtype=np.int64)
    columns = _unit_columns(by_key.pop("placement")) | _period_columns(by_key.pop("month"))
    depth = sum(name.startswith("unit-") for name in columns)
    columns |= {name: _column(name, values) for name, values in by_key.items()}
    return Cube(
        columns=columns,
        versions=np.array(by_key["version"], dtype=np.int64),
        answers=np.array(answers, dtype=object),
        n=n,
        depth=depth,
    )


def _column(key, values):
    found = sorted(set(values), key=lambda value: (value is None, str(value)))
    place = {value: number for number, value in enumerate(found)}
    codes = np.fromiter((place[value] for value in values), dtype=np.int32, count=len(values))
    return Column(key, tuple(found), codes)


def _unit_columns(placements):
    lineages = dict(
        UnitPlacement.objects.filter(pk__in=set(placements) - {None}).values_list("pk", "lineage")
    )
    paths = {
        pk: [int(part) for part in lineage.split("/") if part] for pk, lineage in lineages.items()
    }
    depth = max(map(len, paths.values()), default=0)
    return {
        f"unit-{level + 1}": _column(
            f"unit-{level + 1}",
            [
                path[level] if len(path := paths.get(placement, ())) > level else None
                for placement in placements
            ],
        )
        for level in range(depth)
    }


def _period_columns(months):
    return {
        "year": _column("year", [month[:4] for month in months]),
        "quarter": _column("quarter", [_quarter(month) for month in months]),
        "month": _column("month", months),
    }


def _quarter(month):
    return f"{month[:4]}-Q{(int(month[5:]) + 2) // 3}"


_cubes = OrderedDict()
_lock = Lock()


def _kept(state, read):
    with _lock:
        if state in _cubes:
            _cubes.move_to_end(state)
            return _cubes[state]
    cube = read()
    with _lock:
        _cubes[state] = cube
        while len(_cubes) > MOST_KEPT:
            _cubes.popitem(last=False)
    return cube
