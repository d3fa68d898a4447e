"""Rows of answers: checked arrays for the few measures that counts cannot give."""

import numpy as np

from .errors import ArgumentError, CountError


def answer_column(answers, *, name="answers"):
    """One number for each respondent, NaN where there is none.

    Parameters
    ----------
    answers : array_like of float, shape (n,)
        ``None`` and NaN both mean "no answer".
    name : str, default "answers"
        What the numbers are, for the error message.

    Returns
    -------
    numpy.ndarray of float, shape (n,)
        The numbers.

    Raises
    ------
    ArgumentError
        The answers are not numbers, not finite, or not a plain sequence.

    Examples
    --------
    >>> answer_column([4, None, 5]).tolist()
    [4.0, nan, 5.0]
    """
    return _checked(answers, name, 1)


def answer_rows(answers, *, name="answers"):
    """One row for each respondent and one column for each item, NaN where blank.

    Parameters
    ----------
    answers : array_like of float, shape (n, k)
        ``None`` and NaN both mean "no answer".
    name : str, default "answers"
        What the numbers are, for the error message.

    Returns
    -------
    numpy.ndarray of float, shape (n, k)
        The numbers.

    Raises
    ------
    ArgumentError
        The answers are not numbers, not finite, or not a table with at least
        one column.

    Examples
    --------
    >>> answer_rows([[4, 5], [3, None]]).shape
    (2, 2)
    """
    rows = _checked(answers, name, 2)
    if rows.shape[1] == 0:
        raise ArgumentError(f"{name} need at least one item.")
    return rows


def weight_column(weights, n):
    """Survey weights of `n` respondents.

    Parameters
    ----------
    weights : array_like of float, shape (n,), or None
        ``None`` weights everybody by one.
    n : int
        How many there must be.

    Returns
    -------
    numpy.ndarray of float, shape (n,)
        The weights.

    Raises
    ------
    ArgumentError
        The weights are not numbers.
    CountError
        Their number differs from `n`, or one is negative or missing.

    Examples
    --------
    >>> weight_column(None, 2).tolist()
    [1.0, 1.0]
    """
    if weights is None:
        return np.ones(n)
    column = _checked(weights, "weights", 1)
    if len(column) != n:
        raise CountError(f"There are {len(column)} weights for {n} respondents.")
    if np.isnan(column).any() or (column < 0).any():
        raise CountError("Weights must be there for everybody and must not be negative.")
    return column


def same_length(**columns):
    """Check that columns belong to the same respondents.

    Parameters
    ----------
    **columns : sequence
        Columns by name.

    Returns
    -------
    int
        Their common length.

    Raises
    ------
    ArgumentError
        The lengths differ.

    Examples
    --------
    >>> same_length(a=[1, 2], b=[3, 4])
    2
    """
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) != 1:
        raise ArgumentError(f"Columns must have the same length; got {lengths}.")
    return next(iter(lengths.values()))


def _checked(answers, name, dimensions):
    try:
        array = np.asarray(answers, dtype=float)
    except (TypeError, ValueError) as error:
        raise ArgumentError(f"{name} must be numbers, or None where blank.") from error
    if array.size == 0 and array.ndim != dimensions:
        array = array.reshape((0,) if dimensions == 1 else (0, 1))
    if array.ndim != dimensions:
        raise ArgumentError(f"{name} must have {dimensions} dimension(s); got {array.ndim}.")
    if np.isinf(array).any():
        raise ArgumentError(f"{name} must be finite.")
    return array
