"""Verdicts on several comparisons at once: higher, lower, no clear difference, too few.

A direction stands only where the test says so after correction for the number
of comparisons, and the interval of the difference does not contradict it.
"""

from dataclasses import dataclass, replace

from .argument_types import takes
from .comparison import mean_difference, top_box_difference
from .errors import ArgumentError
from .findings import Certainty, Direction
from .p_adjustment import adjust_p
from .results import Estimate, TestResult

MEASURES_COMPARED = ("top_box", "mean")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of one group.

    Parameters
    ----------
    group : object
        Whom it is about.
    reference, own : Estimate
        The figure it is compared with, and its own.
    difference : Estimate
        Own minus reference, with its interval.
    test : TestResult
        With `p_adjusted` for the whole family; ``None`` for too few.
    certainty : Certainty
        Clear, no clear difference, or too few.
    direction : Direction
        Higher or lower where it is clear.
    """

    group: object
    reference: Estimate
    own: Estimate
    difference: Estimate
    test: TestResult
    certainty: Certainty
    direction: Direction


@takes(numbers=("level",))
def compare_pairs(
    pairs,
    *,
    scale,
    measure="top_box",
    level=0.05,
    adjustment="holm",
    min_base=10,
    confidence=0.95,
):
    """Compare several pairs of groups, corrected for their number.

    Parameters
    ----------
    pairs : dict of hashable to (reference, own)
        Scores of the two groups, as `score_sums` reads them. Both with
        weights or both without.
    scale : Scale
        The scale the ratings were given on.
    measure : {"top_box", "mean"} or callable, default "top_box"
        What is compared; a callable takes ``(reference, own)`` and returns a
        `Comparison` of second minus first, which is how an NPS is compared.
    level : float in (0, 1), default 0.05
        Chance of one wrong verdict in the whole family.
    adjustment : str, default "holm"
        As for `adjust_p`.
    min_base : int, default 10
        Fewest respondents of either group for a verdict. Groups below it are
        no part of the family.
    confidence : float in (0, 1), default 0.95
        Level of the intervals.

    Returns
    -------
    tuple of Verdict
        In the order of `pairs`.

    Raises
    ------
    ScaleError
        Counts do not belong to the scale.
    ArgumentError
        An option lies outside its domain.

    Notes
    -----
    Where nobody differs at all (all or none in the top box of both) there is
    no test, and no difference. Where a test is impossible for another reason,
    such as two groups that each agree with themselves, too few is said.

    References
    ----------
    .. [1] Holm, S. (1979). A simple sequentially rejective multiple test
       procedure. Scandinavian Journal of Statistics 6, 65–70.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT
    >>> waves = {"north": ([0, 0, 0, 50, 50], [0, 0, 0, 20, 80])}
    >>> compare_pairs(waves, scale=FIVE_POINT)[0].direction
    <Direction.HIGHER: 'higher'>
    """
    if not 0 < level < 1 or min_base < 1:
        raise ArgumentError("Verdicts need a level between 0 and 1 and a base of 1 or more.")
    compare = _comparer(measure, scale, confidence)
    found = {group: compare(reference, own) for group, (reference, own) in pairs.items()}
    p_values = [None if _few(one, min_base) else one.test.p_value for one in found.values()]
    adjusted = adjust_p(p_values, method=adjustment)
    return tuple(
        _verdict(group, one, p, few=_few(one, min_base), level=level)
        for (group, one), p in zip(found.items(), adjusted, strict=True)
    )


def compare_groups(table, *, scale, axis="segment", **options):
    """Compare each level of an axis with all the others together.

    Parameters
    ----------
    table : CountTable
        With an axis "score" and the axis of the groups; weighted or not.
    scale : Scale
        The scale the ratings were given on.
    axis : str, default "segment"
        The groups.
    **options
        As for `compare_pairs`.

    Returns
    -------
    tuple of Verdict
        One for each level, in order.

    Raises
    ------
    AxisError
        The table lacks an axis.
    ScaleError, ArgumentError
        As for `compare_pairs`.

    Examples
    --------
    >>> from scoring.counts import CountTable
    >>> from scoring.scales import FIVE_POINT
    >>> axes = [("segment", ("a", "b")), ("score", (4, 5))]
    >>> table = CountTable.from_counts(axes, [[50, 50], [52, 48]])
    >>> [one.certainty.value for one in compare_groups(table, scale=FIVE_POINT)]
    ['no_clear_difference', 'no_clear_difference']
    """
    levels = table.axis(axis).levels
    pairs = {}
    for level in levels:
        rest = table.keep(axis, [other for other in levels if other != level])
        pairs[level] = (rest.sum_to("score"), table.where(**{axis: level}).sum_to("score"))
    return compare_pairs(pairs, scale=scale, **options)


def compare_waves(table, *, earlier, later, scale, axis="wave", by=None, **options):
    """Compare one wave with an earlier one, in total or group by group.

    Parameters
    ----------
    table : CountTable
        With an axis "score", the axis of the waves and, with `by`, of the
        groups; weighted or not.
    earlier, later : hashable
        Levels of the waves' axis, chosen before looking: the previous wave,
        or the same wave of last year where the business has seasons.
    scale : Scale
        The scale the ratings were given on.
    axis : str, default "wave"
        The waves.
    by : str, optional
        The groups; one verdict over all respondents when not given.
    **options
        As for `compare_pairs`.

    Returns
    -------
    tuple of Verdict
        Later against earlier; `group` is the level of `by`, or `later`.

    Raises
    ------
    AxisError
        The table lacks an axis or a wave.
    ScaleError, ArgumentError
        As for `compare_pairs`.

    Examples
    --------
    >>> from scoring.counts import CountTable
    >>> from scoring.scales import FIVE_POINT
    >>> axes = [("wave", (2024, 2025)), ("score", (4, 5))]
    >>> table = CountTable.from_counts(axes, [[50, 50], [2, 3]])
    >>> compare_waves(table, earlier=2024, later=2025, scale=FIVE_POINT)[0].certainty.value
    'too_few'
    """
    groups = {later: {}} if by is None else {level: {by: level} for level in table.axis(by).levels}
    pairs = {
        group: tuple(
            table.where(**{axis: wave}, **where).sum_to("score") for wave in (earlier, later)
        )
        for group, where in groups.items()
    }
    return compare_pairs(pairs, scale=scale, **options)


def _comparer(measure, scale, confidence):
    if callable(measure):
        return measure
    if measure not in MEASURES_COMPARED:
        raise ArgumentError(
            f"measure is one of {MEASURES_COMPARED} or a function of two groups; got {measure!r}."
        )
    function = top_box_difference if measure == "top_box" else mean_difference
    return lambda reference, own: function(reference, own, scale=scale, confidence=confidence)


def _few(comparison, min_base):
    return min(comparison.first.base, comparison.second.base) < min_base


def _verdict(group, one, p_adjusted, *, few, level):
    certainty, direction = Certainty.NO_CLEAR_DIFFERENCE, Direction.NONE
    value = one.difference.value
    if few or (p_adjusted is None and value != 0):
        certainty = Certainty.TOO_FEW
    elif p_adjusted is not None and p_adjusted < level and _clear_of_zero(one.difference):
        certainty = Certainty.CLEAR
        direction = Direction.HIGHER if value > 0 else Direction.LOWER
    return Verdict(
        group=group,
        reference=one.first,
        own=one.second,
        difference=one.difference,
        test=replace(one.test, p_adjusted=p_adjusted),
        certainty=certainty,
        direction=direction,
    )


def _clear_of_zero(difference):
    return difference.low > 0 or difference.high < 0
