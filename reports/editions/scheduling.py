"""When a report is due, and which days it covers: plain dates, no database.

A slot is a day and a time of day on the clock of a zone. A time that a change
of the clocks leaves out comes an hour later, one that it repeats counts the
first time; so every day has one slot and no more.
"""

from datetime import UTC, date, datetime, timedelta

from reports.models import Period, Schedule

LOOK_BACK = timedelta(days=32)


def latest_slot(schedule, now, *, at, zone, weekday=0, month_day=1, wave_ends=()):
    """The last moment up to `now` at which the schedule was due, or None within a month."""
    today = now.astimezone(zone).date()
    for back in range(LOOK_BACK.days):
        day = today - timedelta(days=back)
        if _falls_on(schedule, day, weekday, month_day, wave_ends):
            slot = slot_on(day, at, zone)
            if slot <= now:
                return slot
    return None


def next_slot(schedule, now, *, at, zone, weekday=0, month_day=1, wave_ends=()):
    """The first moment after `now` at which the schedule is due, or None within a month."""
    today = now.astimezone(zone).date()
    for ahead in range(LOOK_BACK.days):
        day = today + timedelta(days=ahead)
        if _falls_on(schedule, day, weekday, month_day, wave_ends):
            slot = slot_on(day, at, zone)
            if slot > now:
                return slot
    return None


def slot_on(day, at, zone):
    """The moment at which that day's clock shows that time."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def days_of(period, today):
    """First and last day that a report counts when it is issued today; None is no bound."""
    if period == Period.WEEK:
        last = today - timedelta(days=today.weekday() + 1)
        return last - timedelta(days=6), last
    if period == Period.MONTH:
        last = today.replace(day=1) - timedelta(days=1)
        return last.replace(day=1), last
    if period == Period.QUARTER:
        last = date(today.year, today.month - (today.month - 1) % 3, 1) - timedelta(days=1)
        return date(last.year, last.month - 2, 1), last
    if period == Period.YEAR:
        return date(today.year - 1, 1, 1), date(today.year - 1, 12, 31)
    return None, today


def _falls_on(schedule, day, weekday, month_day, wave_ends):
    if schedule == Schedule.DAILY:
        return True
    if schedule == Schedule.WEEKLY:
        return day.weekday() == weekday
    if schedule == Schedule.MONTHLY:
        return day.day == month_day
    return schedule == Schedule.WAVE and day - timedelta(days=1) in wave_ends
