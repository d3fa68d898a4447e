"""Series: a wave every so many weeks or months, each made once."""

from datetime import UTC, date, datetime

import pytest

from surveys.enums import Interval, WaveState
from surveys.services.wave_series import begin_next_wave_of_series, day_after, save_series

from .builders import DAY, make_customers, make_series, make_wave


def days_of(series, number):
    """The next days of a series."""
    found = [series.next_on]
    while len(found) < number:
        found.append(day_after(series, found[-1]))
    return [f"{day:%m-%d}" for day in found]


@pytest.mark.parametrize(
    ("first", "every", "interval", "days"),
    [
        (date(2026, 1, 31), 1, Interval.MONTHS, ["01-31", "02-28", "03-31", "04-30", "05-31"]),
        (date(2028, 1, 30), 1, Interval.MONTHS, ["01-30", "02-29", "03-30"]),
        (date(2026, 11, 30), 3, Interval.MONTHS, ["11-30", "02-28", "05-30"]),
        (date(2026, 3, 1), 2, Interval.WEEKS, ["03-01", "03-15", "03-29", "04-12"]),
    ],
)
def test_steps_count_from_the_first_day(survey, first, every, interval, days):
    series = make_series(survey, next_on=first, every=every, interval=interval)

    assert days_of(series, len(days)) == days


def test_month_end_stays_a_month_end_after_a_short_month(survey):
    series = make_series(survey, next_on=date(2026, 1, 31))
    series.next_on = date(2026, 2, 28)
    save_series(series=series)
    assert day_after(series, series.next_on) == date(2026, 3, 28)  # staff chose the 28th

    series = make_series(survey, next_on=date(2026, 1, 31))
    type(series).objects.filter(pk=series.pk).update(next_on=date(2026, 2, 28))
    series.refresh_from_db()
    assert day_after(series, series.next_on) == date(2026, 3, 31)  # the calendar did


def test_due_series_begins_its_wave_once(survey, noon):
    make_customers(2)
    series = make_series(survey, next_on=date(2026, 3, 2), open_days=14)

    assert begin_next_wave_of_series()
    assert not begin_next_wave_of_series()

    wave = series.waves.get()
    assert (wave.starts_on, wave.ends_on) == (date(2026, 3, 2), date(2026, 3, 15))
    assert wave.state == WaveState.RUNNING
    series.refresh_from_db()
    assert series.next_on == date(2026, 4, 2)


def test_series_waits_for_its_day_on_the_clock_of_the_survey(survey, noon):
    survey.time_zone = "Asia/Taipei"
    survey.save()
    make_series(survey, next_on=date(2026, 3, 3))

    noon.move_to(datetime(2026, 3, 2, 15, 59, tzinfo=UTC))
    assert not begin_next_wave_of_series()
    noon.move_to(datetime(2026, 3, 2, 16, tzinfo=UTC))
    assert begin_next_wave_of_series()


def test_after_an_outage_only_the_newest_wave_is_made(survey, noon):
    series = make_series(survey, next_on=date(2026, 1, 1))

    assert begin_next_wave_of_series()
    assert not begin_next_wave_of_series()

    assert series.waves.get().starts_on == date(2026, 3, 1)


def test_wave_whose_days_are_over_is_not_made(survey, noon):
    series = make_series(survey, next_on=date(2026, 2, 15), open_days=3)

    assert not begin_next_wave_of_series()

    assert not series.waves.exists()
    series.refresh_from_db()
    assert series.next_on == date(2026, 3, 15)


def test_each_wave_draws_anew_and_can_be_drawn_again(survey, noon):
    series = make_series(survey, sample_size=5, sample_seed=11)
    begin_next_wave_of_series()
    noon.shift(31 * DAY)
    begin_next_wave_of_series()

    seeds = list(series.waves.values_list("sample_seed", flat=True))
    again = make_series(survey, sample_size=5, sample_seed=11, next_on=date(2026, 4, 1))
    begin_next_wave_of_series()
    assert len(set(seeds)) == 2
    assert again.waves.get().sample_seed == seeds[1]


def test_taken_name_does_not_keep_a_wave_from_beginning(survey, noon):
    series = make_series(survey, next_on=date(2026, 3, 2))
    make_wave(survey, name=f"{series.name} 2026-03-02")

    assert begin_next_wave_of_series()


def test_series_at_rest_begins_nothing(survey, noon):
    make_series(survey, is_active=False)

    assert not begin_next_wave_of_series()
