"""Signs of careless answering: flags for a person to look at, never a silent deletion.

These functions need rows: one list of answers for each respondent.
"""

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from math import isfinite
from statistics import median, stdev

from .argument_types import takes
from .errors import ArgumentError
from .measure import Measure
from .results import Estimate


class QualitySignal(StrEnum):
    """One sign of careless answering."""

    STRAIGHT_LINE = "straight_line"
    SPEED = "speed"
    DUPLICATE = "duplicate"
    ATTENTION = "attention"


@dataclass(frozen=True, slots=True)
class RowQuality:
    """What one response looks like.

    Parameters
    ----------
    longest_string : int
        Most equal answers in a row.
    within_person_sd : float or None
        Standard deviation over the items; ``None`` under two answers.
    signals : tuple of QualitySignal
        What was noticed.
    """

    longest_string: int
    within_person_sd: float | None
    signals: tuple[QualitySignal, ...]

    @property
    def is_suspicious(self):
        """Whether two signals agree: an honest customer may well give five fives."""
        return len(self.signals) >= 2


@dataclass(frozen=True, slots=True)
class ResponseQuality:
    """What the responses of a wave look like.

    Parameters
    ----------
    rows : tuple of RowQuality
        One for each response, in the order given.
    median_seconds : float or None
        Median duration; ``None`` when none is known.
    suspicious : int
        Responses with two signals or more.
    """

    rows: tuple[RowQuality, ...]
    median_seconds: float | None
    suspicious: int


@takes(lists=("rows", "seconds"))
def response_quality(
    rows,
    *,
    seconds=None,
    devices=None,
    attention_passed=None,
    min_items=5,
    fraction_of_median=1 / 3,
    seconds_per_item=2.0,
):
    """Flag signs of careless answering in one grid of items.

    Parameters
    ----------
    rows : sequence of sequence of (float or None)
        The answers of each respondent to the items of one grid, in the order
        shown; ``None`` is a blank. A grid with a reversed item is best.
    seconds : sequence of (float or None), optional
        Time each respondent took; ``None`` is not known.
    devices : sequence of (hashable or None), optional
        Device or session of each respondent; all responses of a device that
        occurs twice are flagged, since nobody knows which is the true one.
    attention_passed : sequence of (bool or None), optional
        Outcome of an attention check.
    min_items : int, default 5
        Fewest answered items for straight-lining to mean anything.
    fraction_of_median : float, default 1/3
        Faster than this part of the median duration is a speeder.
    seconds_per_item : float, default 2.0
        Faster than this for each item is a speeder too; 0 turns it off.

    Returns
    -------
    ResponseQuality
        A response is suspicious only with two signals.

    Raises
    ------
    ArgumentError
        Lengths differ, an answer or duration is not a finite number, or an
        option is impossible.

    Notes
    -----
    Longest string and standard deviation are shown, not counted as signals:
    they measure the same as straight-lining.

    References
    ----------
    .. [1] Meade, A. W. & Craig, S. B. (2012). Identifying careless responses in
       survey data. Psychological Methods 17, 437–455.

    Examples
    --------
    >>> quality = response_quality([[5] * 6, [4, 3, 5, 4, 4, 2]], seconds=[9, 120])
    >>> [row.is_suspicious for row in quality.rows]
    [True, False]
    """
    if min_items < 2 or fraction_of_median < 0 or seconds_per_item < 0:
        raise ArgumentError("Quality flags need 2 items or more and limits that are not negative.")
    answers = [_numbers(row, "answer") for row in rows]
    times = _numbers(_column(seconds, answers, "seconds"), "duration")
    devices = _column(devices, answers, "devices")
    passed = _column(attention_passed, answers, "attention_passed")
    known = [time for time in times if time is not None]
    middle = float(median(known)) if known else None
    seen = Counter(device for device in devices if device is not None)
    found = []
    for row, time, device, attention in zip(answers, times, devices, passed, strict=True):
        given = [answer for answer in row if answer is not None]
        signs = {
            QualitySignal.STRAIGHT_LINE: len(given) >= min_items and len(set(given)) == 1,
            QualitySignal.SPEED: time is not None
            and (time < fraction_of_median * middle or time < seconds_per_item * len(row)),
            QualitySignal.DUPLICATE: device is not None and seen[device] > 1,
            QualitySignal.ATTENTION: attention is not None and not attention,
        }
        found.append(
            RowQuality(
                longest_string=_longest_string(row),
                within_person_sd=stdev(given) if len(given) > 1 else None,
                signals=tuple(signal for signal, present in signs.items() if present),
            )
        )
    return ResponseQuality(tuple(found), middle, sum(row.is_suspicious for row in found))


@dataclass(frozen=True, slots=True)
class WithAndWithout:
    """One figure with and without the suspicious responses.

    Parameters
    ----------
    with_all, without_suspicious : Estimate
        The figure over all responses, and over those not suspicious.
    excluded : int
        How many responses the second leaves out.
    """

    with_all: Estimate
    without_suspicious: Estimate
    excluded: int


def with_and_without(values, quality, measure):
    """Compute a figure twice: with and without suspicious responses.

    Parameters
    ----------
    values : sequence, shape (rows,)
        What the figure is computed from, one entry for each response.
    quality : ResponseQuality
        Of the same responses, in the same order.
    measure : callable
        Takes a list of values and returns an `Estimate`.

    Returns
    -------
    WithAndWithout
        Both figures and the number left out.

    Raises
    ------
    ArgumentError
        There are not as many values as responses.

    Examples
    --------
    >>> from scoring.weighted_means import weighted_share
    >>> from scoring.weight_types import FrequencyWeights
    >>> quality = response_quality([[5] * 6, [4, 3, 5, 4, 4, 2]], seconds=[9, 120])
    >>> top = lambda scores: weighted_share(
    ...     [score == 5 for score in scores], FrequencyWeights([1] * len(scores))).estimate
    >>> both = with_and_without([5, 4], quality, top)
    >>> both.with_all.value, both.without_suspicious.value, both.excluded
    (0.5, 0.0, 1)
    """
    values = list(values)
    if len(values) != len(quality.rows):
        raise ArgumentError(f"{len(quality.rows)} responses need as many values.")
    kept = [value for value, row in zip(values, quality.rows, strict=True) if not row.is_suspicious]
    return WithAndWithout(measure(values), measure(kept), len(values) - len(kept))


def _longest_string(row):
    return max((len(list(run)) for answer, run in groupby(row) if answer is not None), default=0)


def _column(values, rows, name):
    if values is None:
        return [None] * len(rows)
    values = list(values)
    if len(values) != len(rows):
        raise ArgumentError(f"{name} needs one entry for each of {len(rows)} responses.")
    return values


def _numbers(values, name):
    try:
        numbers = [None if value is None else float(value) for value in values]
    except (TypeError, ValueError) as error:
        raise ArgumentError(f"Each {name} must be a number or None.") from error
    if any(number is not None and not isfinite(number) for number in numbers):
        raise ArgumentError(f"Each {name} must be finite; a blank is None.")
    return numbers


MEASURES = (
    Measure(
        key="straight_lining",
        name="Straight-lining",
        definition="All answers of a grid of five items or more are equal.",
        formula="number of different answers = 1",
        denominator="Responses with five answered items of the grid or more",
        scale="any",
        unit="flag",
        interval="none",
        source="Meade & Craig (2012), Psychological Methods 17, 437–455",
    ),
    Measure(
        key="speeding",
        name="Speeding",
        definition="Answered in under a third of the median time, or under 2 seconds an item.",
        formula="seconds < median/3 or seconds < 2 × items",
        denominator="Responses with a known duration",
        scale="any",
        unit="flag",
        interval="none",
        source="Meade & Craig (2012), Psychological Methods 17, 437–455",
    ),
)
