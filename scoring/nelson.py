"""Nelson's eight tests for patterns on a control chart."""

from enum import StrEnum

import numpy as np

from .errors import ArgumentError
from .series import as_series


class Signal(StrEnum):
    """What a chart noticed at one period."""

    RULE_1 = "rule_1"
    RULE_2 = "rule_2"
    RULE_3 = "rule_3"
    RULE_4 = "rule_4"
    RULE_5 = "rule_5"
    RULE_6 = "rule_6"
    RULE_7 = "rule_7"
    RULE_8 = "rule_8"
    EWMA = "ewma"
    CUSUM_UP = "cusum_up"
    CUSUM_DOWN = "cusum_down"


def _same_side(window, limit, needed):
    return max((window > limit).sum(), (window < -limit).sum()) >= needed


def _steady(window):
    steps = np.diff(window)
    return (steps > 0).all() or (steps < 0).all()


def _alternating(window):
    steps = np.sign(np.diff(window))
    return (steps != 0).all() and (steps[1:] == -steps[:-1]).all()


# Rule number: periods looked at, and whether their distances make the pattern.
_RULES = {
    1: (1, lambda window: abs(window[0]) > 3),
    2: (9, lambda window: _same_side(window, 0, 9)),
    3: (6, _steady),
    4: (14, _alternating),
    5: (3, lambda window: _same_side(window, 2, 2)),
    6: (5, lambda window: _same_side(window, 1, 4)),
    7: (15, lambda window: (np.abs(window) < 1).all()),
    8: (8, lambda window: (np.abs(window) > 1).all()),
}


def nelson_rules(z, *, rules=tuple(_RULES)):
    """Periods at which each of Nelson's patterns ends.

    Parameters
    ----------
    z : sequence of float or None
        Distance of each period from the centre line in standard deviations
        of the chart, oldest first; ``None`` is a period without answers, and
        no pattern reaches across it.
    rules : iterable of int, default all eight
        The rules wanted. For alerts use no more than 1 and 2: in two years of
        quiet months all eight together call about one chart in four.

    Returns
    -------
    dict of int to tuple of int
        Rule number to the periods, counted from 1.

    Raises
    ------
    ArgumentError
        `z` is not a sequence of finite numbers and ``None``, or a rule is not 1 to 8.

    Notes
    -----
    1: one point beyond 3 standard deviations. 2: nine in a row on one side.
    3: six in a row steadily rising or falling. 4: fourteen in a row
    alternating up and down. 5: two of three beyond 2 on one side. 6: four of
    five beyond 1 on one side. 7: fifteen in a row within 1. 8: eight in a row
    outside 1, on either side. A point exactly on a line breaks the pattern.
    A point is named when the pattern is complete there, even if it is not
    itself one of the far points.

    References
    ----------
    .. [1] Nelson, L. S. (1984). The Shewhart control chart: tests for special
       causes. Journal of Quality Technology 16, 237–239.

    Examples
    --------
    >>> nelson_rules([0.2, 3.4, 0.1], rules=(1, 2))
    {1: (2,), 2: ()}
    """
    series = as_series(z, name="z")
    unknown = [rule for rule in rules if rule not in _RULES]
    if unknown:
        raise ArgumentError(f"Nelson's rules are numbered 1 to 8; got {unknown[0]!r}.")
    return {rule: _periods(series, *_RULES[rule]) for rule in rules}


def _periods(series, length, is_pattern):
    found = []
    for end in range(length, len(series) + 1):
        window = series[end - length : end]
        if np.isfinite(window).all() and is_pattern(window):
            found.append(end)
    return tuple(found)
