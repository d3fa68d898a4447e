"""Times of purchase and of the end of follow-up, checked and counted."""

import numpy as np

from .answers import answer_column, same_length
from .errors import ArgumentError, CountError


def event_times(time, event, counts=None):
    """Check times, events and counts.

    Parameters
    ----------
    time : array_like of float, shape (m,)
        Days to the first purchase after the score, or to the end of follow-up.
    event : array_like of bool, shape (m,)
        Whether it was a purchase.
    counts : array_like of int, shape (m,), optional
        Customers with each time; one each when not given.

    Returns
    -------
    time : numpy.ndarray of float
        The times.
    event : numpy.ndarray of bool
        Whether each was a purchase.
    n : numpy.ndarray of float
        Customers with each.

    Raises
    ------
    ArgumentError
        A time is missing or negative, an event is not 0 or 1, or the columns
        do not fit.
    CountError
        A count is negative or not whole.

    Examples
    --------
    >>> time, event, n = event_times([5, 9], [1, 0])
    >>> n.tolist()
    [1.0, 1.0]
    """
    time = answer_column(time, name="time")
    event = answer_column(event, name="event")
    n = np.ones(len(time)) if counts is None else answer_column(counts, name="counts")
    same_length(time=time, event=event, counts=n)
    if np.isnan(time).any() or (time < 0).any():
        raise ArgumentError("Every customer needs a time that is not negative.")
    if not np.isin(event, (0.0, 1.0)).all():
        raise ArgumentError("An event is 1 for a purchase and 0 for the end of follow-up.")
    if np.isnan(n).any() or (n < 0).any() or (n != np.floor(n)).any():
        raise CountError("Counts of customers must be whole and not negative.")
    return time, event == 1, n


def sorted_groups(groups, time):
    """Groups in order, and the place of each customer's group among them.

    Parameters
    ----------
    groups : sequence of hashable
        Group of each customer.
    time : sequence
        Anything with one entry for each customer.

    Returns
    -------
    names : tuple of hashable
        The groups, sorted.
    position : numpy.ndarray of int
        Place of each customer's group in `names`.

    Raises
    ------
    ArgumentError
        The lengths differ, or the groups cannot be sorted.

    Examples
    --------
    >>> names, position = sorted_groups([5, 4, 5], [1, 1, 1])
    >>> names, position.tolist()
    ((4, 5), [1, 0, 1])
    """
    groups = list(groups)
    same_length(groups=groups, time=time)
    try:
        names = sorted(set(groups))
    except TypeError:
        raise ArgumentError("Groups must be of one kind, so that they can be sorted.") from None
    place = {name: i for i, name in enumerate(names)}
    return tuple(names), np.array([place[group] for group in groups], dtype=int)


def total_at(moments, time, n):
    """Customers at each moment.

    Parameters
    ----------
    moments : numpy.ndarray of float
        Distinct times, rising; every time is one of them.
    time, n : numpy.ndarray of float
        Times, and customers with each.

    Returns
    -------
    numpy.ndarray of float
        One sum for each moment.

    Raises
    ------
    ValueError
        A count is negative; `event_times` has excluded that.

    Examples
    --------
    >>> total_at(np.array([1.0, 2.0]), np.array([2.0, 2.0]), np.array([1.0, 3.0])).tolist()
    [0.0, 4.0]
    """
    return np.bincount(np.searchsorted(moments, time), weights=n, minlength=len(moments))


def total_from(moments, time, n):
    """Customers whose time is not before each moment.

    Parameters
    ----------
    moments : numpy.ndarray of float
        Times to look at.
    time, n : numpy.ndarray of float
        Times, and customers with each.

    Returns
    -------
    numpy.ndarray of float
        One sum for each moment.

    Raises
    ------
    ValueError
        The arrays have different lengths; `event_times` has excluded that.

    Examples
    --------
    >>> total_from(np.array([1.0, 2.0]), np.array([1.0, 2.0]), np.array([1.0, 3.0])).tolist()
    [4.0, 3.0]
    """
    order = np.argsort(time, kind="stable")
    before = np.concatenate([[0.0], n[order].cumsum()])
    return n.sum() - before[np.searchsorted(time[order], moments, side="left")]
