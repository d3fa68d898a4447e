"""When a report is due: every day once, on the clock of the organisation."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from reports.editions.scheduling import days_of, latest_slot, next_slot, slot_on
from reports.models import Period, Schedule

BERLIN = ZoneInfo("Europe/Berlin")
SEVEN = time(7)


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 3, 28), utc(2026, 3, 28, 6)),
        (date(2026, 3, 29), utc(2026, 3, 29, 5)),
        (date(2026, 10, 25), utc(2026, 10, 25, 6)),
    ],
)
def test_seven_is_seven_on_the_clock_also_after_it_was_changed(day, moment):
    assert slot_on(day, SEVEN, BERLIN) == moment


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=["left out", "twice"])
def test_a_time_that_the_change_of_clocks_moves_is_due_once(day):
    """Half past two does not exist in March and exists twice in October."""
    start = datetime.combine(day, time(0), BERLIN).astimezone(UTC)
    quarters = [start + timedelta(minutes=15 * n) for n in range(100)]

    slots = {latest_slot(Schedule.DAILY, now, at=time(2, 30), zone=BERLIN) for now in quarters}

    assert len([slot for slot in slots if slot.astimezone(BERLIN).date() == day]) == 1


@pytest.mark.parametrize(
    ("schedule", "options", "expected"),
    [
        (Schedule.DAILY, {}, utc(2026, 11, 18, 7)),
        (Schedule.WEEKLY, {"weekday": 0}, utc(2026, 11, 16, 7)),
        (Schedule.WEEKLY, {"weekday": 3}, utc(2026, 11, 12, 7)),
        (Schedule.MONTHLY, {"month_day": 1}, utc(2026, 11, 1, 7)),
        (Schedule.MONTHLY, {"month_day": 28}, utc(2026, 10, 28, 7)),
        (Schedule.WAVE, {"wave_ends": {date(2026, 11, 9)}}, utc(2026, 11, 10, 7)),
        (Schedule.WAVE, {"wave_ends": set()}, None),
        (Schedule.NONE, {}, None),
    ],
)
def test_latest_moment_is_that_of_the_schedule(schedule, options, expected):
    now = utc(2026, 11, 18, 7)  # a Wednesday, and just seven

    assert latest_slot(schedule, now, at=SEVEN, zone=UTC, **options) == expected


def test_next_moment_lies_ahead():
    now = utc(2026, 11, 18, 7)

    assert next_slot(Schedule.DAILY, now, at=SEVEN, zone=UTC) == utc(2026, 11, 19, 7)
    assert next_slot(Schedule.WAVE, now, at=SEVEN, zone=UTC) is None


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        (Period.WEEK, date(2025, 12, 22), date(2025, 12, 28)),
        (Period.MONTH, date(2025, 12, 1), date(2025, 12, 31)),
        (Period.QUARTER, date(2025, 10, 1), date(2025, 12, 31)),
        (Period.YEAR, date(2025, 1, 1), date(2025, 12, 31)),
        (Period.ALL, None, date(2026, 1, 4)),
    ],
)
def test_period_is_the_last_full_one(period, first, last):
    assert days_of(period, date(2026, 1, 4)) == (first, last)  # a Sunday
