"""Times of day on the clock of a place, and the hours in which nobody is written to.

A time that a change of the clocks leaves out comes an hour later, one that it
repeats counts the first time; a day that an island skipped has no hours at all.
"""

from datetime import UTC, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

DAY = timedelta(days=1)


def zone_of(customer, survey):
    """The zone of a customer's clock; where nobody knows it, the survey's."""
    return zone_named(customer.time_zone, survey)


def zone_named(name, survey):
    """The zone of this name, or where there is none, that of a survey."""
    return ZoneInfo(name if is_zone(name) else survey.time_zone)


def is_zone(name):
    """Whether there is a time zone of this name."""
    return name in _zones()


def moment_of(day, at, zone):
    """The moment at which that day's clock shows that time."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def next_allowed(moment, zone, quiet):
    """This moment, or the end of the quiet hours that it falls into."""
    return next(start for start, _end in _open_hours(moment, None, zone, quiet))


def spread(fraction, first, last, zone, quiet):
    """The moment after this fraction of the hours between two moments that are not quiet."""
    spans = _open_spans(first, last, zone, quiet)
    left = fraction * sum((end - start for start, end in spans), timedelta())
    for start, end in spans:
        if left < end - start:
            return start + left
        left -= end - start
    return next_allowed(first, zone, quiet)


@lru_cache(maxsize=256)
def _open_spans(first, last, zone, quiet):
    return tuple(_open_hours(first, last, zone, quiet))


def _open_hours(first, last, zone, quiet):
    """Spans that are not quiet from a moment on, up to another where there is one."""
    day, reached = first.astimezone(zone).date(), first
    while last is None or (reached < last and moment_of(day, time.min, zone) < last):
        for opens, closes in _open_hours_of(day, zone, *quiet):
            start, end = max(opens, reached), closes if last is None else min(closes, last)
            if start < end:
                yield start, end
                reached = end
        day += DAY


def _open_hours_of(day, zone, quiet_from, quiet_until):
    midnight, next_midnight = (moment_of(one, time.min, zone) for one in (day, day + DAY))
    if quiet_from == quiet_until:
        yield midnight, next_midnight
    elif quiet_until < quiet_from:
        yield moment_of(day, quiet_until, zone), moment_of(day, quiet_from, zone)
    else:
        yield midnight, moment_of(day, quiet_from, zone)
        yield moment_of(day, quiet_until, zone), next_midnight


@lru_cache(maxsize=1)
def _zones():
    return frozenset(available_timezones())
