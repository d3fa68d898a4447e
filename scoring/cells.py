"""One rating question's counts in a common form, whether they came as a vector or as a table."""

from dataclasses import dataclass

import numpy as np

from .counts import MISSING, NOT_APPLICABLE, CountTable
from .errors import AxisError, CountError
from .scales import counts_on


@dataclass(frozen=True, slots=True, eq=False)
class ScoreCells:
    """Counts, Σw and Σw² at each point of a scale.

    Parameters
    ----------
    points : numpy.ndarray of float, shape (k,)
        The points of the scale, lowest first.
    n, w, w2 : numpy.ndarray of float, shape (k,)
        Respondents, sums of weights and of squared weights.
    missing, not_applicable : int
        Respondents outside the base.
    """

    points: np.ndarray
    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray
    missing: int = 0
    not_applicable: int = 0

    @property
    def base(self):
        """Respondents in the base."""
        return int(self.n.sum())

    @property
    def weight(self):
        """Sum of weights."""
        return float(self.w.sum())

    @property
    def is_weighted(self):
        """Whether any weight differs from one."""
        return not (np.array_equal(self.n, self.w) and np.array_equal(self.n, self.w2))

    @property
    def effective_base(self):
        """Kish's effective base, (Σw)²/Σw²; 0 for an empty base."""
        squares = float(self.w2.sum())
        return self.weight**2 / squares if squares else 0.0


def score_cells(counts, *, scale, axis="score"):
    """Read the counts of one rating question.

    Parameters
    ----------
    counts : array_like of int, shape (k,), or CountTable
        Respondents at each point of `scale`, lowest first; or a table with an
        axis of scores, whose other axes are summed over. Levels `MISSING` and
        `NOT_APPLICABLE` are counted apart.
    scale : Scale
        The scale the ratings were given on.
    axis : str, default "score"
        Name of the axis of scores; a table with one axis needs no name.

    Returns
    -------
    ScoreCells
        The cells, lowest point first.

    Raises
    ------
    ScaleError
        A vector does not have one entry for each point of `scale`.
    CountError
        A vector holds fractions: weights belong in a table.
    AxisError
        The table has no such axis, or a level that is no point of `scale`.
    """
    points = np.array(scale.points, dtype=float)
    if not isinstance(counts, CountTable):
        n = counts_on(scale, counts)
        if (n != np.floor(n)).any():
            raise CountError(
                "Counts of respondents must be whole; give weighted answers as a CountTable."
            )
        return ScoreCells(points, n, n, n)
    name = counts.axes[0].name if len(counts.axes) == 1 else axis
    table = counts.sum_to(name)
    levels = table.axes[0].levels
    known = {*scale.points, MISSING, NOT_APPLICABLE}
    if strange := [level for level in levels if level not in known]:
        raise AxisError(
            f"Axis {name!r} has levels {strange!r} that are no points of the scale "
            f"{scale.lowest} to {scale.highest}."
        )
    where = {level: i for i, level in enumerate(levels)}
    apart = {level: int(table.n[where[level]]) if level in where else 0 for level in known}
    return ScoreCells(
        points,
        *(
            np.array([cells[where[p]] if p in where else 0 for p in scale.points], dtype=float)
            for cells in (table.n, table.w, table.w2)
        ),
        missing=apart[MISSING],
        not_applicable=apart[NOT_APPLICABLE],
    )
