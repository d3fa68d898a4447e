"""Arguments of the wrong type: refused at the door with one sentence for all measures."""

import math
from collections.abc import Iterable
from functools import wraps
from inspect import signature
from numbers import Real

from .errors import ArgumentError, CountError


def takes(*, numbers=(), counts=(), lists=()):
    """Refuse what is no number, or no list, before a measure looks at it.

    The domain of an argument (a share in 0 to 1, a base above 0) stays with
    the measure, which knows it; here only the type is looked at.

    Parameters
    ----------
    numbers : tuple of str
        Arguments that must be one finite number; an argument whose default is
        ``None`` may be left at ``None``.
    counts : tuple of str
        The same for numbers of respondents.
    lists : tuple of str
        Arguments that must be a sequence.

    Returns
    -------
    callable
        A decorator; the function keeps its signature and docstring.

    Raises
    ------
    ArgumentError
        When the measure is called: an argument is of another type.
    CountError
        The same, for a count.

    Examples
    --------
    >>> @takes(numbers=("share",))
    ... def percent(share):
    ...     return 100 * share
    >>> percent("half")
    Traceback (most recent call last):
    scoring.errors.ArgumentError: share must be a number; got 'half'.
    """

    def decorate(function):
        bind = signature(function).bind
        optional = {
            name
            for name, parameter in signature(function).parameters.items()
            if parameter.default is None
        }

        @wraps(function)
        def checked(*args, **kwargs):
            given = bind(*args, **kwargs).arguments
            for name in (*numbers, *counts, *lists):
                value = given.get(name)
                if name not in given or (value is None and name in optional):
                    continue
                fits, wanted = (_is_list, "a list") if name in lists else (_is_number, "a number")
                if not fits(value):
                    error = CountError if name in counts else ArgumentError
                    raise error(f"{name} must be {wanted}; got {value!r}.")
            return function(*args, **kwargs)

        return checked

    return decorate


def _is_number(value):
    return isinstance(value, Real) and math.isfinite(value)


def _is_list(value):
    return isinstance(value, Iterable) and not isinstance(value, str)
