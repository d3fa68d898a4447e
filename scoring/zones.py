"""Zones of the satisfaction scale, and quadrants of satisfaction by loyalty."""

from dataclasses import dataclass

import numpy as np

from .argument_types import takes
from .counts import MISSING, NOT_APPLICABLE, CountTable
from .errors import ArgumentError, AxisError, CountError
from .intervals import checked_confidence, proportion
from .loyalty_cells import loyalty_cells
from .measure import Measure
from .results import Estimate
from .satisfaction_classes import class_cuts, goodness
from .scales import counts_on


@dataclass(frozen=True, slots=True)
class Zone:
    """One zone of the satisfaction scale.

    Parameters
    ----------
    name : str
        "defection", "indifference" or "affection".
    scores : tuple of int
        The scores in it, worst first.
    share : Estimate
        Share of all respondents.
    loyal : Estimate
        Share of loyal respondents within the zone.
    """

    name: str
    scores: tuple[int, ...]
    share: Estimate
    loyal: Estimate


ZONES = ("defection", "indifference", "affection")


def zones(counts, *, scale, indifference_from=None, affection_from=None, confidence=0.95):
    """Zones of defection, indifference and affection.

    Parameters
    ----------
    counts : CountTable or pair of array_like of int, shape (k,)
        Satisfaction by loyalty, see `scoring.loyalty_cells.loyalty_cells`.
    scale : Scale
        The scale of the scores.
    indifference_from, affection_from : int, optional
        Worst score of either zone. Left out: the middle of the scale and its
        best point, which on five points makes 1–2, 3–4 and 5.
    confidence : float in (0, 1), default 0.95
        Level of the Wilson intervals.

    Returns
    -------
    tuple of Zone
        Worst zone first; shares sum to 1.

    Raises
    ------
    ScaleError, CountError, AxisError
        The counts do not fit.
    ArgumentError
        The cut points are not on the scale or out of order.

    Notes
    -----
    Cut points are on the score and fixed beforehand. Zones drawn from the
    observed loyalty and then compared in loyalty would prove themselves.

    References
    ----------
    .. [1] Heskett, Jones, Loveman, Sasser & Schlesinger (1994). Putting the
       service-profit chain to work. Harvard Business Review.
    .. [2] Jones & Sasser (1995). Why satisfied customers defect. Harvard
       Business Review.
    """
    checked_confidence(confidence)
    cells = loyalty_cells(counts, scale=scale)
    rank = goodness(scale)
    middle, high = (rank[cut] for cut in class_cuts(scale, indifference_from, affection_from))
    order = np.arange(scale.length)
    total_w2 = float(cells.w2.sum())
    effective = float(cells.w.sum()) ** 2 / total_w2 if total_w2 else 0.0
    found = []
    for name, inside in zip(
        ZONES, (order < middle, (order >= middle) & (order < high), order >= high), strict=True
    ):
        weight, squares = float(cells.w[inside].sum()), float(cells.w2[inside].sum())
        found.append(
            Zone(
                name=name,
                scores=tuple(
                    score for score, here in zip(cells.scores, inside, strict=True) if here
                ),
                share=proportion(
                    weight,
                    float(cells.w.sum()),
                    effective_base=effective if cells.is_weighted else None,
                    respondents=cells.base,
                    confidence=confidence,
                    missing=cells.missing,
                    not_applicable=cells.not_applicable,
                ),
                loyal=proportion(
                    float(cells.loyal_w[inside].sum()),
                    weight,
                    effective_base=weight**2 / squares if cells.is_weighted and squares else None,
                    respondents=int(cells.n[inside].sum()),
                    confidence=confidence,
                ),
            )
        )
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Quadrant:
    """One quadrant of satisfaction by loyalty.

    Parameters
    ----------
    name : str
        "loyalist" (satisfied and loyal), "mercenary" (satisfied, not loyal),
        "hostage" (not satisfied, loyal) or "defector" (neither).
    n : int
        Respondents in it.
    share : Estimate
        Share of all respondents with both answers.
    """

    name: str
    n: int
    share: Estimate


@dataclass(frozen=True, slots=True)
class Quadrants:
    """All four quadrants, whose shares sum to 1, and the two extreme corners.

    Parameters
    ----------
    loyalist, mercenary, hostage, defector : Quadrant
        Mercenaries are satisfied but not loyal (the satisfaction trap);
        hostages come back although they are not satisfied, which is a risk
        and not a success.
    apostle, terrorist : Quadrant
        The corners best/best and worst/worst; parts of loyalist and defector.
    """

    loyalist: Quadrant
    mercenary: Quadrant
    hostage: Quadrant
    defector: Quadrant
    apostle: Quadrant
    terrorist: Quadrant

    @property
    def four(self):
        """The four quadrants, in the order loyalist, mercenary, hostage, defector."""
        return self.loyalist, self.mercenary, self.hostage, self.defector


@takes(numbers=("satisfied_from", "loyal_from"))
def quadrants(
    counts, *, satisfaction_scale, loyalty_scale, satisfied_from, loyal_from, confidence=0.95
):
    """Quadrants of satisfaction by loyalty, at fixed cut points.

    Parameters
    ----------
    counts : CountTable or array_like of int, shape (k, m)
        Respondents by satisfaction (rows, lowest first) and loyalty (columns,
        lowest first); or a table with axes "score" and "loyalty".
    satisfaction_scale, loyalty_scale : Scale
        Scales of the two questions; a yes/no loyalty is ``Scale(0, 1)``.
    satisfied_from, loyal_from : int
        Worst score that counts as satisfied, and as loyal; the same for every
        segment.
    confidence : float in (0, 1), default 0.95
        Level of the Wilson intervals.

    Returns
    -------
    Quadrants
        Undefined shares when nobody answered.

    Raises
    ------
    ScaleError, CountError, AxisError
        The counts do not fit the scales.
    ArgumentError
        A cut point is not on its scale or leaves one side empty.

    References
    ----------
    .. [1] Jones & Sasser (1995). Why satisfied customers defect. Harvard
       Business Review.

    Examples
    --------
    >>> from scoring.scales import Scale
    >>> found = quadrants(
    ...     [[30, 10], [20, 40]], satisfaction_scale=Scale(0, 1),
    ...     loyalty_scale=Scale(0, 1), satisfied_from=1, loyal_from=1)
    >>> found.hostage.share.value, found.mercenary.n
    (0.1, 20)
    """
    checked_confidence(confidence)
    table = _two_way(counts, satisfaction_scale, loyalty_scale)
    satisfied = _at_least(satisfaction_scale, satisfied_from, "satisfied_from")
    loyal = _at_least(loyalty_scale, loyal_from, "loyal_from")
    best = np.outer(_only_best(satisfaction_scale), _only_best(loyalty_scale))
    worst = np.outer(_only_worst(satisfaction_scale), _only_worst(loyalty_scale))
    masks = {
        "loyalist": np.outer(satisfied, loyal),
        "mercenary": np.outer(satisfied, ~loyal),
        "hostage": np.outer(~satisfied, loyal),
        "defector": np.outer(~satisfied, ~loyal),
        "apostle": best,
        "terrorist": worst,
    }
    return Quadrants(
        **{name: _quadrant(name, table, mask, confidence) for name, mask in masks.items()}
    )


def _quadrant(name, table, mask, confidence):
    n, w, w2 = table
    squares = float(w2.sum())
    weighted = not (np.array_equal(n, w) and np.array_equal(n, w2))
    return Quadrant(
        name=name,
        n=int(n[mask].sum()),
        share=proportion(
            float(w[mask].sum()),
            float(w.sum()),
            effective_base=float(w.sum()) ** 2 / squares if weighted and squares else None,
            respondents=int(n.sum()),
            confidence=confidence,
        ),
    )


def _two_way(counts, satisfaction_scale, loyalty_scale):
    if isinstance(counts, CountTable):
        table = counts.sum_to("score", "loyalty")
        for axis, scale in zip(table.axes, (satisfaction_scale, loyalty_scale), strict=True):
            strange = set(axis.levels) - {*scale.points, MISSING, NOT_APPLICABLE}
            if strange:
                raise AxisError(f"Axis {axis.name!r} has levels {strange!r} outside its scale.")
        return tuple(
            np.array(
                [
                    [_cell(table, array, row, column) for column in loyalty_scale.points]
                    for row in satisfaction_scale.points
                ],
                dtype=float,
            )
            for array in (table.n, table.w, table.w2)
        )
    try:
        rows = list(counts)
    except TypeError:
        raise CountError("Give a table of counts: satisfaction by loyalty.") from None
    if len(rows) != satisfaction_scale.length:
        raise CountError(
            f"The table needs one row for each of {satisfaction_scale.length} satisfaction "
            f"scores; got {len(rows)}."
        )
    array = np.array([counts_on(loyalty_scale, row) for row in rows])
    if (array != np.floor(array)).any():
        raise CountError("Counts of respondents must be whole; give weights as a CountTable.")
    return array, array, array


def _cell(table, array, row, column):
    first, second = (axis.levels for axis in table.axes)
    if row not in first or column not in second:
        return 0.0
    return array[first.index(row), second.index(column)]


def _at_least(scale, cut, name):
    rank = goodness(scale)
    if cut not in rank or rank[cut] == 0:
        raise ArgumentError(
            f"{name} must be a point of the scale {scale.lowest} to {scale.highest} above its "
            f"worst; got {cut!r}."
        )
    return np.array([rank[point] >= rank[cut] for point in scale.points])


def _only_best(scale):
    return np.array([point == scale.best for point in scale.points])


def _only_worst(scale):
    worst = scale.lowest if scale.higher_is_better else scale.highest
    return np.array([point == worst for point in scale.points])


MEASURES = (
    Measure(
        key="zones",
        name="Zones of defection, indifference and affection",
        definition="Shares of respondents in three zones of the satisfaction scale.",
        formula="n(zone) / n",
        denominator="Respondents with a score and a known loyalty",
        scale="any rating scale of three or more points",
        unit="share",
        interval="Wilson score interval",
        source="Heskett et al. (1994); Jones & Sasser (1995), Harvard Business Review",
    ),
    Measure(
        key="quadrants",
        name="Satisfaction–loyalty quadrants",
        definition="Shares satisfied and loyal, satisfied only, loyal only, and neither.",
        formula="n(quadrant) / n",
        denominator="Respondents who answered both questions",
        scale="any two rating questions with fixed cut points",
        unit="share",
        interval="Wilson score interval",
        source="Jones & Sasser (1995), Harvard Business Review",
    ),
)
