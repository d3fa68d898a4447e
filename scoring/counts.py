"""Count tables: the sufficient statistics that every measure from counts is computed on.

A survey's answers enter the library as one table of cells. Each cell holds
how many respondents fell into it and the sums of their weights and squared
weights, so the cost of scoring depends on the number of cells and never on
the number of respondents. Tables add up: two halves of a survey, counted
apart, make the whole.
"""

from dataclasses import dataclass

import numpy as np

from .errors import AxisError, CountError


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension of a table.

    Parameters
    ----------
    name : str
        What the axis holds, such as ``"score"``, ``"loyal"`` or ``"segment"``.
    levels : tuple of hashable
        Its levels in order. Levels for answers that are no rating are
        `MISSING` and `NOT_APPLICABLE`.

    Raises
    ------
    AxisError
        A level stands twice.
    """

    name: str
    levels: tuple

    def __post_init__(self):
        if len(set(self.levels)) != len(self.levels):
            raise AxisError(f"A level stands twice on axis {self.name!r}: {self.levels!r}.")

    def index(self, level):
        """Position of `level`.

        Parameters
        ----------
        level : hashable
            One of `levels`.

        Returns
        -------
        int
            Its position.

        Raises
        ------
        AxisError
            There is no such level.
        """
        try:
            return self.levels.index(level)
        except ValueError:
            raise AxisError(
                f"Axis {self.name!r} has no level {level!r}; it has {self.levels!r}."
            ) from None


MISSING = "missing"
NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True, eq=False)
class CountTable:
    """Immutable cells of counts, Σw and Σw² over named axes.

    Parameters
    ----------
    axes : tuple of Axis
        The dimensions, in the order of the arrays' dimensions.
    n : numpy.ndarray of int64
        Respondents in each cell.
    w, w2 : numpy.ndarray of float
        Sums of survey weights and of their squares in each cell; equal to
        `n` where nobody is weighted.

    Raises
    ------
    CountError
        The arrays do not have the shape of the axes, or hold a value that is
        negative, fractional (`n`) or not finite.
    """

    axes: tuple[Axis, ...]
    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray

    def __post_init__(self):
        shape = tuple(len(axis.levels) for axis in self.axes)
        for name in ("n", "w", "w2"):
            object.__setattr__(self, name, _checked(name, getattr(self, name), shape))

    @classmethod
    def from_counts(cls, axes, n):
        """Table of unweighted counts.

        Parameters
        ----------
        axes : iterable of (str, iterable)
            Name and levels of each axis.
        n : array_like of int
            Respondents in each cell, shaped like the axes.

        Returns
        -------
        CountTable
            With `w` and `w2` equal to `n`.

        Raises
        ------
        CountError
            The shape or a value of `n` is impossible.

        Examples
        --------
        >>> CountTable.from_counts([("score", (4, 5))], [10, 60]).base
        70
        """
        counts = np.asarray(n)
        return cls(_axes(axes), counts, counts, counts)

    @classmethod
    def from_cells(cls, axes, cells):
        """Table from a listing of cells, such as a grouped query returns.

        Parameters
        ----------
        axes : iterable of (str, iterable)
            Name and levels of each axis.
        cells : iterable of tuple
            ``(*levels, n)`` for unweighted or ``(*levels, n, w, w2)`` for
            weighted counts. Cells may come in any order and may repeat.

        Returns
        -------
        CountTable
            Cells that were not listed are empty.

        Raises
        ------
        AxisError
            A cell names a level that its axis does not have.
        CountError
            A cell has the wrong length or an impossible value.
        """
        axes = _axes(axes)
        shape = tuple(len(axis.levels) for axis in axes)
        n, w, w2 = np.zeros(shape, dtype=np.int64), np.zeros(shape), np.zeros(shape)
        positions = [{level: i for i, level in enumerate(axis.levels)} for axis in axes]
        for cell in cells:
            levels, sums = cell[: len(axes)], cell[len(axes) :]
            if len(sums) not in (1, 3):
                raise CountError(f"A cell needs n, or n, w and w2 after its levels; got {cell!r}.")
            try:
                index = tuple(
                    position[level] for position, level in zip(positions, levels, strict=True)
                )
            except KeyError as error:
                raise AxisError(f"Cell {cell!r} names an unknown level {error}.") from None
            n[index] += sums[0]
            w[index] += sums[1] if len(sums) == 3 else sums[0]
            w2[index] += sums[2] if len(sums) == 3 else sums[0]
        return cls(axes, n, w, w2)

    @property
    def base(self):
        """Respondents in all cells."""
        return int(self.n.sum())

    @property
    def is_weighted(self):
        """Whether any weight differs from one."""
        return not (np.array_equal(self.w, self.n) and np.array_equal(self.w2, self.n))

    def axis(self, name):
        """The axis called `name`.

        Parameters
        ----------
        name : str
            Name of an axis.

        Returns
        -------
        Axis
            The axis.

        Raises
        ------
        AxisError
            There is none of that name.
        """
        return self.axes[self._position(name)]

    def __add__(self, other):
        """Pool two tables over the same axes.

        Parameters
        ----------
        other : CountTable
            A table with the same axes and levels, in the same order.

        Returns
        -------
        CountTable
            Cell by cell sums.

        Raises
        ------
        AxisError
            The axes differ.
        """
        if not isinstance(other, CountTable):
            return NotImplemented
        if self.axes != other.axes:
            raise AxisError("Only tables with the same axes and levels can be added.")
        return CountTable(self.axes, self.n + other.n, self.w + other.w, self.w2 + other.w2)

    def __eq__(self, other):
        if not isinstance(other, CountTable):
            return NotImplemented
        return self.axes == other.axes and all(
            np.array_equal(getattr(self, name), getattr(other, name)) for name in ("n", "w", "w2")
        )

    __hash__ = None

    def sum_to(self, *names):
        """Sum over every axis but the named ones.

        Parameters
        ----------
        *names : str
            Axes to keep, in the order wanted.

        Returns
        -------
        CountTable
            A table with just these axes.

        Raises
        ------
        AxisError
            An axis is unknown.
        """
        keep = [self._position(name) for name in names]
        drop = tuple(i for i in range(len(self.axes)) if i not in keep)
        rest = [i for i in range(len(self.axes)) if i in keep]
        order = [rest.index(i) for i in keep]
        return self._map(
            tuple(self.axes[i] for i in keep),
            lambda cells: cells.sum(axis=drop).transpose(order),
        )

    def where(self, **levels):
        """Keep the cells at one level of one or more axes.

        Parameters
        ----------
        **levels : hashable
            Axis name to level; these axes vanish from the table.

        Returns
        -------
        CountTable
            The slice.

        Raises
        ------
        AxisError
            An axis or level is unknown.
        """
        index = [slice(None)] * len(self.axes)
        for name, level in levels.items():
            index[self._position(name)] = self.axis(name).index(level)
        axes = tuple(axis for axis in self.axes if axis.name not in levels)
        return self._map(axes, lambda cells: cells[tuple(index)])

    def keep(self, name, levels):
        """Keep some levels of one axis, in the order given.

        Parameters
        ----------
        name : str
            The axis.
        levels : iterable of hashable
            Levels to keep.

        Returns
        -------
        CountTable
            A table whose axis `name` has just these levels.

        Raises
        ------
        AxisError
            The axis or a level is unknown.
        """
        position = self._position(name)
        levels = tuple(levels)
        index = [self.axes[position].index(level) for level in levels]
        axes = (*self.axes[:position], Axis(name, levels), *self.axes[position + 1 :])
        return self._map(axes, lambda cells: cells.take(index, axis=position))

    def count(self, **levels):
        """Respondents at the given levels.

        Parameters
        ----------
        **levels : hashable
            Axis name to level.

        Returns
        -------
        int
            Their number; 0 when an axis does not have the level.

        Raises
        ------
        AxisError
            An axis is unknown.
        """
        if any(level not in self.axis(name).levels for name, level in levels.items()):
            return 0
        return self.where(**levels).base

    def _map(self, axes, change):
        return CountTable(axes, change(self.n), change(self.w), change(self.w2))

    def _position(self, name):
        for position, axis in enumerate(self.axes):
            if axis.name == name:
                return position
        raise AxisError(f"No axis {name!r}; the table has {[axis.name for axis in self.axes]}.")


def _axes(axes):
    return tuple(Axis(name, tuple(levels)) for name, levels in axes)


def _checked(name, cells, shape):
    try:
        array = np.asarray(cells, dtype=float)
    except (TypeError, ValueError) as error:
        raise CountError(f"{name} must hold numbers.") from error
    if array.shape != shape:
        raise CountError(f"{name} has shape {array.shape}; the axes ask for {shape}.")
    if not np.isfinite(array).all() or (array < 0).any():
        raise CountError(f"{name} must be finite and not negative.")
    if name == "n":
        if (array != np.floor(array)).any():
            raise CountError("n counts respondents and must be whole; weights belong in w and w2.")
        array = array.astype(np.int64)
    array = array.copy()
    array.setflags(write=False)
    return array
