"""Concentration: how much of all value the most valuable customers hold."""

from dataclasses import dataclass
from math import ceil

import numpy as np

from .answers import answer_column
from .argument_types import takes
from .errors import ArgumentError
from .measure import Measure
from .results import Reason, Status


@dataclass(frozen=True, slots=True)
class Concentration:
    """How much of the value a group of the most valuable customers holds.

    Parameters
    ----------
    base : int
        Customers.
    customers : int
        Size of the group.
    share_of_customers, share_of_value : float or None
        The group's shares, in [0, 1].
    members : tuple of int
        Positions of the group in the list given, most valuable first.
    status, reasons : Status, tuple of Reason
        Undefined without customers, or when nobody has any value.
    """

    base: int
    customers: int
    share_of_customers: float | None
    share_of_value: float | None
    members: tuple[int, ...]
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()


@takes(numbers=("top",))
def share_of_top(values, *, top):
    """Share of all value held by the most valuable customers.

    Needs one number for each customer.

    Parameters
    ----------
    values : array_like of float, shape (n,)
        Value of each customer, not negative; blanks are refused.
    top : float in (0, 1]
        Share of the customers in the group, rounded up to whole customers.

    Returns
    -------
    Concentration
        The group and its share of the value.

    Raises
    ------
    ArgumentError
        A value is blank or negative, or `top` lies outside (0, 1].

    Notes
    -----
    A complete count of the customers given, not a sample: no interval.

    Examples
    --------
    >>> round(share_of_top([800 / 4] * 4 + [200 / 96] * 96, top=0.04).share_of_value, 4)
    0.8
    """
    if not 0 < top <= 1:
        raise ArgumentError(f"The share of customers lies in (0, 1]; got {top!r}.")
    ordered, order = _ordered(values)
    return _concentration(ordered, order, ceil(top * len(ordered) - 1e-9))


@takes(numbers=("share",))
def customers_holding(values, *, share=0.8):
    """The fewest customers who together hold a share of all value.

    Needs one number for each customer.

    Parameters
    ----------
    values : array_like of float, shape (n,)
        Value of each customer, not negative; blanks are refused.
    share : float in (0, 1], default 0.8
        Share of the value to reach.

    Returns
    -------
    Concentration
        The group, its share of the customers and its actual share of the value.

    Raises
    ------
    ArgumentError
        A value is blank or negative, or `share` lies outside (0, 1].

    Examples
    --------
    >>> customers_holding([800 / 4] * 4 + [200 / 96] * 96).share_of_customers
    0.04
    """
    if not 0 < share <= 1:
        raise ArgumentError(f"The share of value lies in (0, 1]; got {share!r}.")
    ordered, order = _ordered(values)
    running = np.cumsum(ordered)
    needed = share * ordered.sum() * (1 - 1e-12)
    return _concentration(ordered, order, int(np.searchsorted(running, needed) + 1))


def _ordered(values):
    column = answer_column(values, name="values")
    if np.isnan(column).any() or (column < 0).any():
        raise ArgumentError("Every customer needs a value that is not negative.")
    order = np.argsort(-column, kind="stable")
    return column[order], order


def _concentration(ordered, order, size):
    n, total = len(ordered), ordered.sum()
    if n == 0 or total == 0:
        reason = Reason.EMPTY_BASE if n == 0 else Reason.CONSTANT
        return Concentration(n, 0, None, None, (), Status.UNDEFINED, (reason,))
    size = min(size, n)
    share = min(1.0, float(ordered[:size].sum() / total))
    return Concentration(n, size, size / n, share, tuple(order[:size].tolist()))


MEASURES = (
    Measure(
        key="value_concentration",
        name="Value concentration",
        definition="Share of all value held by the most valuable customers.",
        formula="value of the top x % / value of all",
        denominator="Customers with a known value",
        scale="any",
        unit="share",
        interval="none; a complete count",
        source="Lorenz (1905)",
    ),
)
