"""Findings: what a result says, free of any language.

A finding holds a kind, a direction and numbers; the sentence is written
elsewhere, once for each language. A direction other than `Direction.NONE`
stands only where a test said so after correction, and no kind of finding
names a cause.
"""

from dataclasses import dataclass, field
from enum import StrEnum


class Direction(StrEnum):
    """Which way a difference points, when a test says that it does."""

    HIGHER = "higher"
    LOWER = "lower"
    NONE = "none"


class Certainty(StrEnum):
    """How much the data can carry."""

    CLEAR = "clear"
    NO_CLEAR_DIFFERENCE = "no_clear_difference"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing worth saying about a result.

    Parameters
    ----------
    kind : str
        What is said, such as ``"ratio_top_to_next"`` or ``"no_bend"``; every
        kind is listed where it is made, and has one sentence in each language.
    certainty : Certainty
        Whether the data can carry it.
    direction : Direction, default Direction.NONE
        Which way, where a test said so.
    numbers : dict of str to float, int or None
        The figures of the sentence at full precision, by name.
    """

    kind: str
    certainty: Certainty
    direction: Direction = Direction.NONE
    numbers: dict = field(default_factory=dict)
