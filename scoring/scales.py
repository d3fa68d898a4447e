"""Rating scales: which points there are, which end is good, and what they are fit for."""

from dataclasses import dataclass

import numpy as np

from .errors import ScaleError


@dataclass(frozen=True, slots=True)
class Scale:
    """An ordered rating scale of whole-numbered points.

    Parameters
    ----------
    lowest, highest : int
        The first and the last point; every whole number between is a point.
    higher_is_better : bool, default True
        Direction: False where a high number means a bad experience, as in
        the first version of the customer effort score.
    name : str, default ""
        What the scale is called, for error messages.

    Raises
    ------
    ScaleError
        `highest` is not above `lowest`.
    """

    lowest: int
    highest: int
    higher_is_better: bool = True
    name: str = ""

    def __post_init__(self):
        if self.highest <= self.lowest:
            raise ScaleError(
                f"A scale needs at least two points; got {self.lowest} to {self.highest}."
            )

    @property
    def points(self):
        """Every point, lowest first."""
        return tuple(range(self.lowest, self.highest + 1))

    @property
    def length(self):
        """How many points the scale has."""
        return self.highest - self.lowest + 1

    @property
    def best(self):
        """The point at the good end."""
        return self.highest if self.higher_is_better else self.lowest

    def rescale(self, value):
        """Place `value` on 0 to 100, where 100 is the good end.

        Parameters
        ----------
        value : float
            A score or a mean of scores on this scale.

        Returns
        -------
        float
            ``100 (value - min) / (max - min)``, turned round when low is good.

        Raises
        ------
        ScaleError
            `value` lies outside the scale.

        Examples
        --------
        >>> FIVE_POINT.rescale(4)
        75.0
        """
        if not self.lowest <= value <= self.highest:
            raise ScaleError(f"{value} lies outside the scale {self.lowest} to {self.highest}.")
        share = (value - self.lowest) / (self.highest - self.lowest)
        return 100.0 * (share if self.higher_is_better else 1.0 - share)


FIVE_POINT = Scale(1, 5, name="1–5")
SEVEN_POINT = Scale(1, 7, name="1–7")
TEN_POINT = Scale(1, 10, name="1–10")
RECOMMENDATION = Scale(0, 10, name="0–10")
EFFORT_1 = Scale(1, 5, higher_is_better=False, name="CES 1.0")
EFFORT_2 = Scale(1, 7, name="CES 2.0")


def counts_on(scale, counts):
    """Check a vector of counts against its scale.

    Parameters
    ----------
    scale : Scale
        The scale the ratings were given on.
    counts : array_like of float, shape (k,)
        Respondents (or sums of weights) at each point, lowest point first.

    Returns
    -------
    numpy.ndarray of float, shape (k,)
        The counts.

    Raises
    ------
    ScaleError
        There is not one entry for each point, or an entry is negative, not
        finite or not a number.

    Examples
    --------
    >>> counts_on(FIVE_POINT, [0, 1, 1, 1, 1]).sum()
    np.float64(4.0)
    """
    try:
        array = np.asarray(counts, dtype=float)
    except (TypeError, ValueError) as error:
        raise ScaleError(f"Counts must be numbers; got {counts!r}.") from error
    if array.shape != (scale.length,):
        raise ScaleError(
            f"The scale {scale.lowest} to {scale.highest} has {scale.length} points; "
            f"got counts of shape {array.shape}."
        )
    if not np.isfinite(array).all() or (array < 0).any():
        raise ScaleError("Counts must be finite and not negative.")
    return array
