"""The counted days of surveys in the memory of this process, as long as they stay as they are."""

from collections import OrderedDict, defaultdict
from dataclasses import dataclass
from functools import reduce
from operator import or_
from threading import Lock

import numpy as np
from django.db.models import Q

from reports.models import RollupDay

from .cells import Cells, joined, unpacked

MOST_NAMED = 200
MOST_CELLS = 3_000_000


@dataclass(frozen=True, slots=True, eq=False)
class KeptDays:
    """The cells of the counted days of one survey.

    `tokens` says under which token each day was counted, `asked` which columns
    its cells have and which versions they are of.
    """

    tokens: dict
    asked: dict
    cells: Cells

    def usable(self, counted, asking):
        """The days that are here as they are counted now, with every column that they need.

        `asking` has for each column the versions that may fill it.
        """
        return {
            day
            for day, token in counted.items()
            if self.tokens.get(day) == token and not self._lacks(day, asking)
        }

    def _lacks(self, day, asking):
        columns, versions = self.asked[day]
        return any(versions & filling for name, filling in asking.items() if name not in columns)

    def cells_of(self, days, names):
        """The cells of these days; a column that no day has is empty."""
        cells = self.cells
        if len(days) < len(self.tokens):
            cells = cells.where(cells.is_in("day", days))
        return cells.with_columns(names)


def kept_days(counted):
    """The counted days by survey; those that are not in memory as they are counted are read."""
    with _lock:
        known = {pk: _kept.get(pk) for pk in counted}
    missing = {pk: _missing(known[pk], tokens) for pk, tokens in counted.items()}
    read = _read(missing, counted)
    found = {}
    for pk, tokens in counted.items():
        found[pk] = known[pk]
        if found[pk] is None or found[pk].tokens != tokens:
            found[pk] = _renewed(known[pk], tokens, read[pk])
    _keep(found)
    return found


def forget_days():
    """Let go of every day in the memory of this process."""
    with _lock:
        _kept.clear()


def _missing(known, tokens):
    if known is None:
        return set(tokens)
    return {day for day, token in tokens.items() if known.tokens.get(day) != token}


def _read(missing, counted):
    """Tokens and cells of these days by survey; of few days only these, of many all."""
    found = defaultdict(dict)
    wanted = [
        Q(survey=pk, day__in=days)
        if len(days) < min(MOST_NAMED, len(counted[pk]))
        else Q(survey=pk)
        for pk, days in missing.items()
        if days
    ]
    if wanted:
        rows = RollupDay.objects.filter(reduce(or_, wanted), is_counted=True)
        columns = ("survey", "day", "token", "cells")
        for pk, day, token, cells in (
            rows.order_by("survey", "day").values_list(*columns).iterator()
        ):
            if day in missing[pk]:
                found[pk][day] = (token, _of_day(unpacked(bytes(cells)), day))
    return found


def _of_day(cells, day):
    """The cells of one day, with the day as a column."""
    codes = np.zeros(len(cells.n), dtype=np.uint8)
    return Cells(cells.values | {"day": (day,)}, cells.codes | {"day": codes}, cells.n)


def _renewed(known, counted, read):
    before = {} if known is None else known.tokens
    same = {day for day, token in before.items() if counted.get(day) == token}
    parts = [cells for _token, cells in read.values()]
    asked = {
        day: (frozenset(cells.values), frozenset(cells.values["version"]))
        for day, (_token, cells) in read.items()
    }
    tokens = {day: token for day, (token, _cells) in read.items()}
    if same:
        parts.insert(0, known.cells.where(known.cells.is_in("day", same)))
        asked |= {day: known.asked[day] for day in same}
        tokens |= {day: before[day] for day in same}
    names = dict.fromkeys(name for part in parts for name in part.values)
    return KeptDays(tokens, asked, joined(parts, list(names)))


_kept = OrderedDict()
_lock = Lock()


def _keep(found):
    with _lock:
        for pk, days in found.items():
            _kept[pk] = days
            _kept.move_to_end(pk)
        while len(_kept) > 1 and sum(len(days.cells.n) for days in _kept.values()) > MOST_CELLS:
            _kept.popitem(last=False)
