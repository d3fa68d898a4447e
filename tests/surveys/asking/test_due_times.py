"""When messages go out: evenly over the hours, never at night, on the customer's clock."""

from collections import Counter
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from surveys.local_times import moment_of, next_allowed, spread
from surveys.models import Delivery
from tests.deliveries import set_policy

from .builders import DAY, HOUR, MINUTE, NOON, make_customers, make_wave, recruit

QUIET = (time(21), time(8))
NIGHTS = [
    # zone, a moment in quiet hours, when they end; both in UTC; from the zones' laws
    ("Europe/Berlin", "2026-03-28T21:00", "2026-03-29T06:00"),
    ("Europe/Berlin", "2026-10-24T20:00", "2026-10-25T07:00"),
    ("America/New_York", "2026-03-08T03:00", "2026-03-08T12:00"),
    ("America/New_York", "2026-11-01T04:00", "2026-11-01T13:00"),
    ("Asia/Kolkata", "2026-03-28T16:00", "2026-03-29T02:30"),
    ("Australia/Lord_Howe", "2026-04-04T12:00", "2026-04-04T21:30"),
    ("Australia/Lord_Howe", "2026-10-03T12:00", "2026-10-03T21:00"),
    ("Pacific/Apia", "2011-12-30T08:00", "2011-12-30T18:00"),
    ("UTC", "2026-03-28T22:00", "2026-03-29T08:00"),
]


def utc(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(("name", "night", "morning"), NIGHTS)
def test_night_ends_at_the_local_hour(name, night, morning):
    zone = ZoneInfo(name)

    assert next_allowed(utc(night), zone, QUIET) == utc(morning)
    assert next_allowed(utc(morning), zone, QUIET) == utc(morning)
    assert next_allowed(utc(morning) - MINUTE, zone, QUIET) == utc(morning)


@pytest.mark.parametrize(
    ("quiet", "local", "allowed"),
    [
        ((time(13), time(15)), "2026-03-02T14:00", "2026-03-02T15:00"),
        ((time(13), time(15)), "2026-03-02T12:59", "2026-03-02T12:59"),
        ((time(0), time(8)), "2026-03-02T03:00", "2026-03-02T08:00"),
        ((time(9), time(9)), "2026-03-02T03:00", "2026-03-02T03:00"),
    ],
)
def test_quiet_hours_may_lie_anywhere_in_the_day(quiet, local, allowed):
    assert next_allowed(utc(local), ZoneInfo("UTC"), quiet) == utc(allowed)


@pytest.mark.parametrize("name", sorted({name for name, *_moments in NIGHTS}))
def test_spreading_stays_in_order_and_out_of_the_night(name):
    zone = ZoneInfo(name)
    first = utc(next(night for zone_name, night, _end in NIGHTS if zone_name == name)) - DAY
    moments = [spread(place / 200, first, first + 3 * DAY, zone, QUIET) for place in range(200)]

    assert moments == sorted(moments)
    assert first <= moments[0]
    assert moments[-1] < first + 3 * DAY
    local = [moment.astimezone(zone).time() for moment in moments]
    assert all(QUIET[1] <= one < QUIET[0] for one in local)


def test_day_that_is_skipped_has_no_hours():
    zone = ZoneInfo("Pacific/Apia")

    assert moment_of(datetime(2011, 12, 30).date(), time(8), zone) == utc("2011-12-30T18:00")
    assert len({spread(place / 9, utc("2011-12-29T20:00"), utc("2011-12-30T22:00"), zone, QUIET)
                for place in range(9)}) == 9  # fmt: skip


def test_every_hour_gets_its_share_and_every_unit_every_hour(survey):
    make_customers(240)
    recruit(make_wave(survey, spread_hours=24))
    due = list(Delivery.objects.order_by("invitation").values_list("due_at", flat=True))

    by_hour = Counter((moment - NOON) // HOUR for moment in due)
    assert set(by_hour) == set(range(24))
    assert max(by_hour.values()) - min(by_hour.values()) <= 4
    first_listed = Counter((moment - NOON) // (6 * HOUR) for moment in due[:60])
    assert set(first_listed.values()) == {15}


def test_each_customer_has_their_own_night(survey):
    set_policy(quiet_from="21:00", quiet_until="08:00")
    make_customers(1, time_zone="Asia/Taipei")
    make_customers(1, time_zone="America/New_York")
    make_customers(1, time_zone="Mars/Base")
    recruit(make_wave(survey))

    due = dict(Delivery.objects.values_list("invitation__customer__time_zone", "due_at"))
    assert due == {
        "Asia/Taipei": NOON,  # 20:00
        "America/New_York": NOON + HOUR,  # it is 07:00
        "Mars/Base": NOON,  # the survey's zone
    }


def test_nobody_is_lost_when_the_hours_are_over(survey):
    """A night without an end before the period ends: the message goes out after it."""
    zone, evening = ZoneInfo("UTC"), utc("2026-03-02T22:00")

    assert spread(0.5, evening, evening + timedelta(hours=2), zone, QUIET) == utc(
        "2026-03-03T08:00"
    )
