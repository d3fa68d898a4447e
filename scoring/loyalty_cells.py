"""Satisfaction by loyalty in a common form, whether counts came as two vectors or as a table."""

from dataclasses import dataclass

import numpy as np

from .cells import score_cells
from .counts import MISSING, NOT_APPLICABLE, CountTable
from .errors import AxisError, CountError

LOYAL_LEVELS = (True, 1, "loyal")
NOT_LOYAL_LEVELS = (False, 0, "not_loyal")


@dataclass(frozen=True, slots=True, eq=False)
class LoyaltyCells:
    """Respondents and loyal respondents at each point, from the bad end to the good end.

    Parameters
    ----------
    scores : tuple of int
        The points of the scale, worst first.
    n, w, w2 : numpy.ndarray of float, shape (k,)
        Respondents with a score and a known loyalty, and sums of their
        weights and squared weights.
    loyal_n, loyal_w, loyal_w2 : numpy.ndarray of float, shape (k,)
        The same for those who are loyal.
    missing, not_applicable : int
        Respondents left out because score or loyalty is blank or does not apply.
    """

    scores: tuple[int, ...]
    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray
    loyal_n: np.ndarray
    loyal_w: np.ndarray
    loyal_w2: np.ndarray
    missing: int = 0
    not_applicable: int = 0

    @property
    def base(self):
        """Respondents in the base."""
        return int(self.n.sum())

    @property
    def is_weighted(self):
        """Whether any weight differs from one."""
        return not (np.array_equal(self.n, self.w) and np.array_equal(self.n, self.w2))

    @property
    def x(self):
        """Predictor of the curve: steps towards the good end, on the scale's own numbers."""
        return np.array(sorted(self.scores), dtype=float)

    @property
    def used(self):
        """Which points have respondents with a weight."""
        return (self.n > 0) & (self.w > 0)

    @property
    def effective(self):
        """Kish's effective base at each point; 0 where nobody is."""
        return np.divide(self.w**2, self.w2, out=np.zeros_like(self.w), where=self.w2 > 0)

    @property
    def share(self):
        """Share of loyal respondents at each point; 0 where nobody is."""
        return np.divide(self.loyal_w, self.w, out=np.zeros_like(self.w), where=self.w > 0)

    @property
    def effective_loyal(self):
        """Loyal respondents on the effective base of their point."""
        return self.share * self.effective


def loyalty_cells(counts, *, scale, score_axis="score", loyal_axis="loyal"):
    """Read satisfaction by loyalty.

    Parameters
    ----------
    counts : CountTable or pair of array_like of int, shape (k,)
        A table with an axis of scores and an axis of loyalty with the levels
        True and False (or 1 and 0, "loyal" and "not_loyal"); or the pair
        ``(n, loyal)``: respondents and loyal respondents at each point of
        `scale`, lowest first.
    scale : Scale
        The scale of the scores; its direction says which end is good.
    score_axis, loyal_axis : str
        Names of the two axes of a table.

    Returns
    -------
    LoyaltyCells
        From the bad end to the good end.

    Raises
    ------
    ScaleError
        A vector does not have one entry for each point of `scale`.
    CountError
        A count is impossible, or there are more loyal respondents than respondents.
    AxisError
        The table lacks an axis or holds an unknown level.
    """
    if isinstance(counts, CountTable):
        everybody, loyal, apart = _split(counts, scale, score_axis, loyal_axis)
    else:
        everybody, loyal = _pair(counts, scale)
        apart = (0, 0)
    order = slice(None) if scale.higher_is_better else slice(None, None, -1)
    return LoyaltyCells(
        scale.points[order],
        *(part[order] for part in (everybody.n, everybody.w, everybody.w2)),
        *(part[order] for part in (loyal.n, loyal.w, loyal.w2)),
        missing=apart[0],
        not_applicable=apart[1],
    )


def _pair(counts, scale):
    try:
        n, loyal = counts
    except (TypeError, ValueError):
        raise CountError(
            "Give a CountTable, or the pair (n, loyal): respondents and loyal respondents "
            "at each point."
        ) from None
    everybody, loyal = score_cells(n, scale=scale), score_cells(loyal, scale=scale)
    if (loyal.n > everybody.n).any():
        raise CountError("There cannot be more loyal respondents than respondents at a point.")
    return everybody, loyal


def _split(table, scale, score_axis, loyal_axis):
    levels = table.axis(loyal_axis).levels
    known = (*LOYAL_LEVELS, *NOT_LOYAL_LEVELS, MISSING, NOT_APPLICABLE)
    if strange := [level for level in levels if level not in known]:
        raise AxisError(
            f"Axis {loyal_axis!r} has the levels {strange!r}; it needs True for loyal and False "
            "for not loyal, and may have the levels of missing answers."
        )

    def at(*wanted):
        kept = table.keep(loyal_axis, [level for level in levels if level in wanted])
        return score_cells(kept.sum_to(score_axis), scale=scale)

    loyal, everybody = at(*LOYAL_LEVELS), at(*LOYAL_LEVELS, *NOT_LOYAL_LEVELS)
    blank = at(MISSING)
    missing = everybody.missing + blank.base + blank.missing
    not_applicable = table.base - everybody.base - missing
    return everybody, loyal, (missing, not_applicable)
