"""Kano's classes of an item from its functional and its dysfunctional question."""

from dataclasses import dataclass, replace

import numpy as np

from .counts import CountTable
from .errors import CountError
from .estimating import share_estimate
from .measure import Measure
from .results import Estimate

CLASSES = ("A", "O", "M", "I", "R", "Q")

# rows: "if it is there", columns: "if it is missing"; both from 1 "I like it"
# over 2 "it must be so", 3 "I do not care", 4 "I can live with it" to 5 "I dislike it"
EVALUATION = (
    ("Q", "A", "A", "A", "O"),
    ("R", "I", "I", "I", "M"),
    ("R", "I", "I", "I", "M"),
    ("R", "I", "I", "I", "M"),
    ("R", "R", "R", "R", "Q"),
)


@dataclass(frozen=True, slots=True)
class KanoResult:
    """How respondents class one item.

    Parameters
    ----------
    base : int
        Respondents who answered both questions.
    counts : dict of str to int
        Respondents by class: A attractive, O one-dimensional, M must-be,
        I indifferent, R reverse, Q questionable.
    shares : dict of str to Estimate
        The same as shares with Wilson's interval.
    modal : tuple of str
        The most frequent class; several where they tie.
    better, worse : Estimate
        Coefficients of Berger et al.: share that would be pleased to have it
        (0 to 1), and share that would be displeased to miss it (-1 to 0).
    """

    base: int
    counts: dict
    shares: dict[str, Estimate]
    modal: tuple[str, ...]
    better: Estimate
    worse: Estimate


def kano(table, *, confidence=0.95):
    """Class one item by Kano's table.

    Parameters
    ----------
    table : CountTable or array_like of int, shape (5, 5)
        Respondents by functional answer (rows, "if it is there") and
        dysfunctional answer (columns, "if it is missing"), each from 1 "I
        like it" to 5 "I dislike it". A `CountTable` has the axes
        "functional" and "dysfunctional" with the levels 1 to 5; its weights
        are not used.
    confidence : float in (0, 1), default 0.95
        Level of Wilson's intervals.

    Returns
    -------
    KanoResult
        Shares are undefined on an empty base; better and worse also when
        nobody is in A, O, M or I.

    Raises
    ------
    AxisError
        The table has other axes or levels.
    CountError
        The array is not 5 by 5, or holds a number that is no count.
    ArgumentError
        `confidence` is not between 0 and 1.

    Notes
    -----
    ``better = (A+O)/(A+O+M+I)``, ``worse = -(O+M)/(A+O+M+I)``. A tie for the
    most frequent class is reported as a tie.

    References
    ----------
    .. [1] Kano, N. et al. (1984). Attractive quality and must-be quality.
       J Japanese Soc Quality Control 14(2), 39-48.
    .. [2] Berger, C. et al. (1993). Kano's methods for understanding
       customer-defined quality. Center for Quality of Management J 2(4), 3-36.

    Examples
    --------
    >>> table = np.zeros((5, 5), dtype=int)
    >>> table[0, 4], table[1, 4] = 6, 4
    >>> result = kano(table)
    >>> result.modal, result.better.value, result.worse.value
    (('O',), 0.6, -1.0)
    """
    cells = _checked(table)
    counts = dict.fromkeys(CLASSES, 0)
    for row, classes in zip(cells, EVALUATION, strict=True):
        for n, name in zip(row, classes, strict=True):
            counts[name] += int(n)
    base = sum(counts.values())
    most = max(counts.values())
    wanted = sum(counts[name] for name in "AOMI")
    worse = share_estimate(counts["O"] + counts["M"], wanted, confidence=confidence)
    return KanoResult(
        base,
        counts,
        {name: share_estimate(n, base, confidence=confidence) for name, n in counts.items()},
        tuple(name for name in CLASSES if base and counts[name] == most),
        share_estimate(counts["A"] + counts["O"], wanted, confidence=confidence),
        _turned(worse),
    )


def _checked(table):
    if isinstance(table, CountTable):
        table = table.sum_to("functional", "dysfunctional")
        return table.keep("functional", range(1, 6)).keep("dysfunctional", range(1, 6)).n
    cells = np.asarray(table)
    if cells.shape != (5, 5):
        raise CountError(f"Kano's table has 5 by 5 cells; got shape {cells.shape}.")
    levels = range(1, 6)
    return CountTable.from_counts([("functional", levels), ("dysfunctional", levels)], cells).n


def _turned(share):
    if not share.is_defined:
        return share
    return replace(share, value=-share.value, low=-share.high, high=-share.low)


MEASURES = (
    Measure(
        key="kano_class",
        name="Kano class",
        definition="Class of an item by how respondents would feel with it and without it.",
        formula="table of functional by dysfunctional answer; better (A+O)/(A+O+M+I), "
        "worse -(O+M)/(A+O+M+I)",
        denominator="Respondents who answered both questions; better and worse without R and Q",
        scale="1–5 from 'I like it' to 'I dislike it', twice",
        unit="share",
        interval="Wilson",
        source="Kano et al. (1984); Berger et al. (1993)",
    ),
)
