"""Churn: who was active at the start of a period and lost by its end."""

from dataclasses import dataclass

from .answers import answer_column, same_length
from .argument_types import takes
from .errors import ArgumentError
from .estimating import share_estimate
from .measure import Measure


@dataclass(frozen=True, slots=True)
class ChurnCounts:
    """Who was active at the start of a period, and who of them was lost.

    Parameters
    ----------
    active_at_start : int
        Customers active when the period began: the denominator.
    lost : int
        Those of them who were no longer active when it ended.
    """

    active_at_start: int
    lost: int


@takes(numbers=("inactive_after_days",))
def churn_counts(idle_at_start, idle_at_end, *, inactive_after_days):
    """Count who was active at the start of a period and lost by its end.

    Needs rows.

    Parameters
    ----------
    idle_at_start, idle_at_end : array_like of float, shape (n,)
        Days since each customer's last activity when the period began and
        when it ended; NaN or ``None`` for a customer without any by then.
    inactive_after_days : float
        A customer idle for longer is not active.

    Returns
    -------
    ChurnCounts
        For `churn_rate`.

    Raises
    ------
    ArgumentError
        The columns do not fit, a number of days is negative, or the limit is
        not positive.

    Notes
    -----
    Customers won during the period are in neither number.

    Examples
    --------
    >>> churn_counts([10, 20, 200], [40, 110, 290], inactive_after_days=90)
    ChurnCounts(active_at_start=2, lost=1)
    """
    start = answer_column(idle_at_start, name="idle_at_start")
    end = answer_column(idle_at_end, name="idle_at_end")
    same_length(idle_at_start=start, idle_at_end=end)
    if (start < 0).any() or (end < 0).any():
        raise ArgumentError("Days since the last activity must not be negative.")
    if not inactive_after_days > 0:
        raise ArgumentError(f"inactive_after_days is above 0; got {inactive_after_days!r}.")
    active = start <= inactive_after_days
    lost = active & ~(end <= inactive_after_days)
    return ChurnCounts(int(active.sum()), int(lost.sum()))


@takes(counts=("lost", "active_at_start"))
def churn_rate(lost, active_at_start, *, confidence=0.95):
    """Share of the customers active at the start of a period who were lost in it.

    Parameters
    ----------
    lost : int
        Customers lost during the period, out of those active at its start.
    active_at_start : int
        Customers active when the period began.
    confidence : float in (0, 1), default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Estimate
        A share in [0, 1]; undefined when nobody was active.

    Raises
    ------
    ArgumentError
        `confidence` is not between 0 and 1.
    CountError
        More were lost than were active, or a number is negative.

    Notes
    -----
    Needs a definition of "active", such as a purchase in the last 90 days,
    printed beside it: see `churn_counts`.

    Examples
    --------
    >>> churn_rate(5, 100).value, churn_rate(0, 0).value
    (0.05, None)
    """
    return share_estimate(lost, active_at_start, confidence=confidence)


MEASURES = (
    Measure(
        key="churn_rate",
        name="Churn rate",
        definition="Share of the customers active at the start of a period who were no longer "
        "active at its end.",
        formula="lost / active at start",
        denominator="Customers active at the start of the period",
        scale="any",
        unit="share",
        interval="Wilson",
        source="Definition of this library; 'active' is set by the organisation",
    ),
)
