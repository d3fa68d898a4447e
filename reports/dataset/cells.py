"""Counts by many attributes at once, column by column: what a roll-up keeps.

A million answers are some twenty columns of small numbers, which numpy sums
by any of them in a few hundredths of a second.
"""

import json
import zlib
from dataclasses import dataclass
from datetime import date
from math import prod

import numpy as np

DENSE = 1 << 22
MOST_KEYS = 1 << 62


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """How often each combination of values occurs.

    `values` holds the values of each column, `codes` which of them each cell has.
    """

    values: dict[str, tuple]
    codes: dict[str, np.ndarray]
    n: np.ndarray

    @classmethod
    def from_rows(cls, names, rows):
        """From rows of values with their count at the end."""
        rows = list(rows)
        columns = list(zip(*rows, strict=True)) if rows else [()] * (len(names) + 1)
        values, codes = {}, {}
        for name, column in zip(names, columns[:-1], strict=True):
            values[name] = tuple(sorted(set(column), key=lambda v: (v is None, str(v))))
            places = {value: place for place, value in enumerate(values[name])}
            codes[name] = _narrow([places[value] for value in column], len(places))
        return cls(values, codes, np.array(columns[-1], dtype=np.uint32))

    def where(self, keep):
        """The cells for which `keep` holds."""
        kept = {name: codes[keep] for name, codes in self.codes.items()}
        return Cells(self.values, kept, self.n[keep])

    def is_in(self, name, wanted):
        """Which cells have one of these values."""
        return np.array([value in wanted for value in self.values[name]], dtype=bool)[
            self.codes[name]
        ]

    def sums(self, names, keep=None):
        """Each combination of values of these columns with its count."""
        found = self.summed(names, keep)
        columns = [found.column(name).tolist() for name in names]
        return [(*key, count) for *key, count in zip(*columns, found.n.tolist(), strict=True)]

    def column(self, name):
        """The value that each cell has in a column."""
        values = np.empty(len(self.values[name]), dtype=object)
        values[:] = self.values[name]
        return values[self.codes[name]]

    def with_columns(self, names):
        """With every one of these columns, empty where there was none."""
        lacking = [name for name in names if name not in self.values]
        nothing = np.zeros(len(self.n), dtype=np.uint8)
        return Cells(
            self.values | dict.fromkeys(lacking, (None,) if len(self.n) else ()),
            self.codes | dict.fromkeys(lacking, nothing),
            self.n,
        )

    def derived(self, name, source, change):
        """With one more column, whose value follows from that of another."""
        changed = [change(value) for value in self.values[source]]
        return self._with(name, changed, self.codes[source])

    def paired(self, name, sources, change=lambda pair: pair):
        """With one more column, whose value follows from those of two others."""
        first, second = sources
        values = self.values[second]
        changed = [change((one, other)) for one in self.values[first] for other in values]
        codes = self.codes[first].astype(np.int64) * len(values) + self.codes[second]
        return self._with(name, changed, codes)

    def _with(self, name, changed, codes):
        known = tuple(dict.fromkeys(changed))
        numbers = _narrow([known.index(value) for value in changed], len(known))
        codes = numbers[codes] if changed else codes
        return Cells(self.values | {name: known}, self.codes | {name: codes}, self.n)

    def summed(self, names, keep=None):
        """The same as cells of their own: each combination of values of these columns once."""
        sizes = {name: max(1, len(self.values[name])) for name in names}
        if prod(sizes.values()) <= DENSE:
            codes, n = self._summed_in_place(sizes, keep)
        else:
            codes, n = self._summed_in_order(sizes, keep)
        return Cells({name: self.values[name] for name in names}, codes, n)

    def _summed_in_place(self, sizes, keep):
        """Where there are few combinations, each has a place of its own."""
        key = np.zeros(len(self.n), dtype=np.int32)
        for name, size in sizes.items():
            if size > 1:
                key *= size
                key += self.codes[name]
        sums = np.bincount(key, weights=self.n if keep is None else self.n * keep)
        found = np.flatnonzero(sums)
        n, codes = sums[found].astype(np.int64), {}
        for name, size in reversed(sizes.items()):
            found, codes[name] = np.divmod(found, size)
        return codes, n

    def _summed_in_order(self, sizes, keep):
        """Where there are many, those that occur are sorted."""
        cells = self if keep is None else self.where(keep)
        key, most = np.zeros(len(cells.n), dtype=np.int64), 1
        for name, size in sizes.items():
            if most * size > MOST_KEYS:
                known, key = np.unique(key, return_inverse=True)
                most = len(known)
            key = key * size + cells.codes[name]
            most *= size
        _known, first, place = np.unique(key, return_index=True, return_inverse=True)
        codes = {name: cells.codes[name][first] for name in sizes}
        return codes, np.bincount(place, weights=cells.n).astype(np.int64)


def joined(parts, names):
    """The cells of several parts under one numbering of values; a column that lacks is ``None``."""
    values, codes = {}, {}
    for name in names:
        places, pieces = {}, []
        for part in parts:
            known = part.values.get(name, (None,))
            numbers = np.array(
                [places.setdefault(value, len(places)) for value in known], dtype=np.int32
            )
            own = part.codes.get(name)
            pieces.append(
                np.full(len(part.n), numbers[0], dtype=np.int32) if own is None else numbers[own]
            )
        values[name] = tuple(places)
        codes[name] = _narrow(np.concatenate(pieces) if pieces else [], len(places))
    n = np.concatenate([part.n for part in parts]) if parts else np.array([], dtype=np.uint32)
    return Cells(values, codes, n)


def in_no_order(cells):
    """An order that tells nothing but the values."""
    return np.lexsort([*cells.codes.values(), cells.n])


def packed(cells, order=slice(None)):
    """The cells as bytes."""
    head = json.dumps(
        {"values": cells.values, "types": {k: c.dtype.str for k, c in cells.codes.items()}},
        default=date.isoformat,
    ).encode()
    body = [codes[order].tobytes() for codes in cells.codes.values()]
    body.append(cells.n[order].astype("<u4").tobytes())
    return zlib.compress(b"".join([len(head).to_bytes(4, "little"), head, *body]), 1)


def unpacked(content):
    """The cells that were packed."""
    content = zlib.decompress(content)
    at = 4 + int.from_bytes(content[:4], "little")
    head = json.loads(content[4:at])
    length = (len(content) - at) // (4 + sum(int(t[-1]) for t in head["types"].values()))
    codes = {}
    for name, kind in head["types"].items():
        codes[name] = np.frombuffer(content, dtype=kind, count=length, offset=at)
        at += codes[name].nbytes
    values = {
        name: tuple(map(date.fromisoformat, known) if name == "day" else known)
        for name, known in head["values"].items()
    }
    return Cells(values, codes, np.frombuffer(content, dtype="<u4", count=length, offset=at))


def _narrow(codes, values):
    kind = np.uint8 if values <= 1 << 8 else np.uint16 if values <= 1 << 16 else np.uint32
    return np.asarray(codes, dtype=kind)
