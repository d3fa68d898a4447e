"""Life table: purchases by intervals of time since the score."""

from dataclasses import dataclass

import numpy as np

from .answers import answer_column
from .errors import ArgumentError
from .estimating import share_estimate
from .event_times import event_times
from .measure import Measure
from .results import Estimate


@dataclass(frozen=True, slots=True)
class LifeTableRow:
    """One interval of a life table.

    Parameters
    ----------
    start, end : float
        The interval, without its start (the first one with it).
    at_risk, events, censored : int
        Customers who entered it, bought in it, and left follow-up in it.
    hazard : Estimate
        Purchases over those who entered, with Wilson's interval.
    hazard_actuarial : Estimate
        The same, those who left counted as half.
    survival : float or None
        Product of one less the actuarial hazards up to the end.
    """

    start: float
    end: float
    at_risk: int
    events: int
    censored: int
    hazard: Estimate
    hazard_actuarial: Estimate
    survival: float | None


def life_table(time, event, *, breaks, counts=None, confidence=0.95):
    """Purchases by intervals of time since the score.

    Needs one time for each customer, or counts of equal ones.

    Parameters
    ----------
    time, event, counts
        As for `kaplan_meier`.
    breaks : array_like of float, shape (k + 1,)
        Ends of the intervals, rising, from 0.
    confidence : float in (0, 1), default 0.95
        Level of Wilson's intervals.

    Returns
    -------
    tuple of LifeTableRow
        One for each interval ``(a, b]``, the first closed at its start. A
        hazard is undefined where nobody entered.

    Raises
    ------
    ArgumentError
        Times or breaks are impossible.
    CountError
        A count is negative or not whole.

    Notes
    -----
    Actuarial hazard: ``d / (n - c/2)``.

    References
    ----------
    .. [1] Cutler, S. J. and Ederer, F. (1958). Maximum utilization of the
       life table method in analyzing survival. J Chronic Dis 8, 699-712.

    Examples
    --------
    >>> rows = life_table([10, 20, 40, 50], [1, 0, 1, 0], breaks=[0, 30, 60])
    >>> [row.at_risk for row in rows], round(rows[0].hazard_actuarial.value, 4)
    ([4, 2], 0.2857)
    """
    time, event, n = event_times(time, event, counts)
    edges = answer_column(breaks, name="breaks")
    if len(edges) < 2 or np.isnan(edges).any() or edges[0] != 0 or (np.diff(edges) <= 0).any():
        raise ArgumentError(f"Breaks rise from 0 and are at least two; got {breaks!r}.")
    rows, entered, survival = [], n.sum(), 1.0
    for i, (start, end) in enumerate(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)):
        inside = (time <= end) & ((time > start) | (i == 0))
        events, censored = n[inside & event].sum(), n[inside & ~event].sum()
        exposed = entered - censored / 2
        if exposed > 0 and survival is not None:
            survival *= 1 - events / exposed
        else:
            survival = None
        rows.append(
            LifeTableRow(
                start,
                end,
                int(entered),
                int(events),
                int(censored),
                share_estimate(events, entered, confidence=confidence),
                share_estimate(events, exposed, respondents=int(entered), confidence=confidence),
                None if survival is None else float(survival),
            )
        )
        entered = entered - events - censored
    return tuple(rows)


MEASURES = (
    Measure(
        key="life_table",
        name="Life table of repurchase",
        definition="Share of the customers who entered an interval of time without a purchase "
        "and bought in it.",
        formula="d / n; d / (n - c/2) with those who left counted as half",
        denominator="Customers who entered the interval",
        scale="any",
        unit="share",
        interval="Wilson",
        source="Cutler & Ederer (1958), J Chronic Dis 8, 699-712",
    ),
)
