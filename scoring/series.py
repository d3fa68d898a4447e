"""A measure period by period: checked values, gaps, and the periods that limits come from."""

import numpy as np

from .errors import ArgumentError

D2 = 1.128  # expected range of two normal draws, in standard deviations


def as_series(values, *, name="values"):
    """Read the values of consecutive periods, where ``None`` is a period without any.

    Parameters
    ----------
    values : sequence of float or None
        One entry for each period, oldest first.
    name : str, default "values"
        What they are called in an error message.

    Returns
    -------
    numpy.ndarray of float, shape (periods,)
        A copy; gaps are NaN inside the library and never leave it.

    Raises
    ------
    ArgumentError
        `values` is not a flat sequence of finite numbers and ``None``.

    Examples
    --------
    >>> as_series([0.5, None]).size
    2
    """
    try:
        entries = list(values)
        series = np.array([np.nan if entry is None else float(entry) for entry in entries])
    except (TypeError, ValueError) as error:
        raise ArgumentError(
            f"{name} must be a sequence of numbers, with None for a period without answers."
        ) from error
    known = np.array([entry is not None for entry in entries], dtype=bool)
    if not np.isfinite(series[known]).all():
        raise ArgumentError(
            f"{name} must be finite; use None, not NaN, for a period without answers."
        )
    return series


def baseline_mask(baseline, periods):
    """Which periods the centre and limits are computed from.

    Parameters
    ----------
    baseline : tuple of (int, int) or None
        First and last period of the baseline, counted from 1; ``None`` takes all.
    periods : int
        Length of the series.

    Returns
    -------
    numpy.ndarray of bool, shape (periods,)
        True inside the baseline.

    Raises
    ------
    ArgumentError
        The baseline does not lie inside the series.

    Examples
    --------
    >>> baseline_mask((1, 2), 3).tolist()
    [True, True, False]
    """
    if baseline is None:
        return np.ones(periods, dtype=bool)
    try:
        first, last = (int(end) for end in baseline)
    except (TypeError, ValueError) as error:
        raise ArgumentError("A baseline is a pair: its first and its last period.") from error
    if not 1 <= first <= last <= periods:
        raise ArgumentError(
            f"The baseline {first} to {last} does not lie inside periods 1 to {periods}."
        )
    index = np.arange(1, periods + 1)
    return (index >= first) & (index <= last)


def mean_moving_range(series, inside):
    """Mean absolute step between neighbouring periods of the baseline.

    Parameters
    ----------
    series : numpy.ndarray of float, shape (periods,)
        As `as_series` returns it.
    inside : numpy.ndarray of bool, shape (periods,)
        The baseline. A step into or out of a gap is not counted.

    Returns
    -------
    float or None
        ``None`` where no two neighbouring periods have a value.

    Raises
    ------
    ArgumentError
        The two arrays differ in length.

    Examples
    --------
    >>> mean_moving_range(as_series([1, 3, None, 4, 8]), baseline_mask(None, 5))
    3.0
    """
    if series.shape != inside.shape:
        raise ArgumentError("The series and its baseline must have the same length.")
    steps = np.abs(np.diff(np.where(inside, series, np.nan)))
    steps = steps[np.isfinite(steps)]
    return float(steps.mean()) if steps.size else None


def none_if_gap(number):
    """A plain float, or ``None`` for a gap.

    Parameters
    ----------
    number : float
        An entry of a series.

    Returns
    -------
    float or None
        ``None`` where the entry is NaN.

    Raises
    ------
    ArgumentError
        `number` is not a number.

    Examples
    --------
    >>> none_if_gap(float("nan")) is None
    True
    """
    try:
        number = float(number)
    except (TypeError, ValueError) as error:
        raise ArgumentError(f"Expected a number; got {number!r}.") from error
    return None if np.isnan(number) else number
