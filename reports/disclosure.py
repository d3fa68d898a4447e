"""Which results may be shown, so that nobody's answer can be worked out from several of them.

A result counts the people who meet some conditions, such as "segment A and
March". README.md states the rule and proves what it gives. It is applied to
every result that the filters and the breakdowns could show, not only to those
on one page: whether a result is shown never depends on what was looked at before.
"""

from dataclasses import dataclass

import numpy as np
from django.conf import settings

MOST_COLUMNS = 16
MOST_HIDDEN = 300


@dataclass(frozen=True, slots=True, eq=False)
class CrossTable:
    """All combinations of some attributes that somebody has.

    `codes` has a row for each combination; `cell_of` says in which of them
    each cell of the cube is.
    """

    keys: tuple[str, ...]
    codes: np.ndarray
    sizes: np.ndarray
    cell_of: np.ndarray
    hidden: np.ndarray


def disclosure_of(cube):
    """The rule for a cube; what it finds is kept as long as the cube."""
    minimum = settings.MINIMUM_BASE
    return cube.remember(("disclosure", minimum), lambda: Disclosure(cube, minimum=minimum))


class Disclosure:
    """What may be shown of one cube, to readers who see all of it and nothing else."""

    def __init__(self, cube, *, minimum):
        self.cube = cube
        self.minimum = minimum
        self.keys = [key for key, column in cube.columns.items() if len(column.values) > 1]
        self._tables = {}

    def shows(self, conditions):
        """Whether the people who meet the conditions may be shown."""
        met = self.cube.is_in(conditions)
        size = int(self.cube.n[met].sum())
        if size < self.minimum:
            return False
        telling = {key: value for key, value in conditions.items() if key in self.keys}
        if not telling:
            return True
        table = self.table(telling)
        return not table.hidden[table.cell_of[np.argmax(met)]]

    def table(self, keys):
        """The cross-table of some attributes, with its hidden cells marked."""
        ordered = tuple(sorted(keys, key=list(self.cube.columns).index))
        if ordered not in self._tables:
            self._tables[ordered] = self._cross(ordered)
        return self._tables[ordered]

    def _cross(self, keys):
        stacked = np.stack([self.cube.columns[key].codes for key in keys], axis=1)
        codes, cell_of = np.unique(stacked, axis=0, return_inverse=True)
        cell_of = cell_of.reshape(-1)
        sizes = np.bincount(cell_of, weights=self.cube.n, minlength=len(codes)).astype(np.int64)
        hidden = sizes < self.minimum
        for cell in np.flatnonzero(~hidden):
            hidden[cell] = self._has_near_twin(cell_of == cell, keys, int(sizes[cell]))
        others = [self.cube.columns[key].codes for key in self.keys if key not in keys]
        families = _families(codes, cell_of, others)
        _hide_complements(sizes, hidden, families, self.minimum)
        return CrossTable(keys, codes, sizes, cell_of, hidden)

    def _has_near_twin(self, inside, keys, size):
        """Whether a result that comes first differs from this one by too few people.

        Such a result can only ask for what more than half of these people
        have in common: all of those are tried, shown or not.
        """
        needed = max(size - self.minimum + 1, size // 2 + 1)
        common = []
        for place, key in enumerate(self.keys):
            codes = self.cube.columns[key].codes
            held = np.bincount(codes[inside], weights=self.cube.n[inside])
            if held.max() >= needed:
                common.append((place, codes != held.argmax()))
        if len(common) > MOST_COLUMNS:
            return True
        masks = np.zeros(len(self.cube.n), dtype=np.int64)
        own = 0
        for bit, (place, differs) in enumerate(common):
            masks |= differs.astype(np.int64) << bit
            own |= (self.keys[place] in keys) << bit
        others = _meeting(masks[~inside], self.cube.n[~inside], len(common))
        same = _meeting(masks[inside], self.cube.n[inside], len(common))
        apart = size - same + others
        is_near = (apart > 0) & (apart < self.minimum) & (same + others >= self.minimum)
        near = np.flatnonzero(is_near)
        return any(_comes_first(int(conditions), own) for conditions in near)


def _comes_first(one, other):
    return (one.bit_count(), one) < (other.bit_count(), other)


def _meeting(masks, n, bits):
    """For every set of conditions, how many people meet all of it.

    `masks` holds the conditions that each cell fails.
    """
    failing = np.bincount(masks, weights=n, minlength=1 << bits).astype(np.int64)
    cube = failing.reshape((2,) * bits) if bits else failing
    for axis in range(bits):
        cube = np.cumsum(cube, axis=axis)
    return cube.reshape(-1)[::-1]


def _families(codes, cell_of, others):
    """Cells that make up another result: whoever knows all but one of them knows the last.

    Along each attribute they make up the result without it; where another
    attribute follows from the cell, as the region from the shop, also the
    result that asks for that instead.
    """
    found = []
    for place in range(codes.shape[1]):
        rest = np.unique(np.delete(codes, place, axis=1), axis=0, return_inverse=True)[1]
        rest = rest.reshape(-1)
        found += _groups(rest)
        for other in others:
            lowest = np.full(len(codes), np.iinfo(np.int32).max)
            highest = np.full(len(codes), -1)
            np.minimum.at(lowest, cell_of, other)
            np.maximum.at(highest, cell_of, other)
            split = lowest != highest
            broken = set(zip(rest[cell_of[split[cell_of]]], other[split[cell_of]], strict=True))
            both = np.stack([rest, lowest], axis=1)
            for group in _groups(np.unique(both, axis=0, return_inverse=True)[1].reshape(-1)):
                whole = group[~split[group]]
                if len(whole) and tuple(both[whole[0]]) not in broken:
                    found.append(whole)
    return found


def _groups(labels):
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.flatnonzero(np.diff(labels[order])) + 1)


def _hide_complements(sizes, hidden, families, minimum):
    """Hide more cells, until what is hidden does not follow from the totals."""
    while _complete_families(sizes, hidden, families, minimum) or _hide_what_follows(
        sizes, hidden, families
    ):
        pass


def _complete_families(sizes, hidden, families, minimum):
    changed = False
    again = True
    while again:
        again = False
        for family in families:
            within = family[hidden[family]]
            shown = family[~hidden[family]]
            if len(within) and len(shown) and (len(within) < 2 or sizes[within].sum() < minimum):
                hidden[shown[np.argmin(sizes[shown])]] = True
                changed = again = True
    return changed


def _hide_what_follows(sizes, hidden, families):
    """Hide a neighbour of a hidden cell whose size the totals of several families give away."""
    places = np.flatnonzero(hidden)
    if not 0 < len(places) <= MOST_HIDDEN:
        if len(places):
            changed = not hidden.all()
            hidden[:] = True
            return changed
        return False
    equations = np.array([np.isin(places, family) for family in families], dtype=float)
    equations = equations[equations.any(axis=1)]
    _u, strengths, directions = np.linalg.svd(equations)
    free = directions[int((strengths > 1e-9).sum()) :]
    known = places[~(np.abs(free) > 1e-9).any(axis=0)] if len(free) else places
    for family in families:
        shown = family[~hidden[family]]
        if len(shown) and np.isin(family, known).any():
            hidden[shown[np.argmin(sizes[shown])]] = True
            return True
    return False
