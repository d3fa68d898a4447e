"""A wave every so many weeks or months, each with customers chosen anew."""

import calendar
import hashlib
import logging
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from surveys.enums import Interval, VersionState
from surveys.errors import SurveyError
from surveys.models import Wave, WaveSeries

from .asking import add_ready_texts, check_personal_links, save_plan
from .recruiting import LARGEST_SEED, start_wave
from .rows import checked
from .visits import day_in

logger = logging.getLogger(__name__)

COPIED = (
    "channel",
    "text",
    "reminder_text",
    "reminder_days",
    "answer_days",
    "population",
    "panel",
    "filter",
    "sample_size",
    "spread_hours",
)


def save_series(*, series, user=None):
    """Store a new or changed series; its steps count from the day of its next wave."""
    check_personal_links(series.survey)
    with transaction.atomic():
        if series.pk is None or series.next_on != _stored(series).next_on:
            series.counted_from = series.next_on
        add_ready_texts(series)
        series.created_by = series.created_by or user
        save_plan(checked(series, exclude=["created_by"]))
    return series


def switch_series(*, series, is_active):
    """Let a series rest, or go on with its next day."""
    series.is_active = is_active
    series.save(update_fields=["is_active"])
    return series


def day_after(series, day):
    """The first day of the series after a day; a 31st is the last day of shorter months."""
    start, number = series.counted_from or series.next_on, 0
    found = start
    while found <= day:
        number += 1
        found = _step(start, number * series.every, series.interval)
    return found


def begin_next_wave_of_series():
    """Begin a wave that a series is due for; whether there was one.

    After an outage only the newest day that was missed is made up for.
    """
    due = WaveSeries.objects.filter(
        is_active=True,
        text__isnull=False,
        next_on__lte=timezone.now().date() + timedelta(days=1),
        survey__versions__state=VersionState.PUBLISHED,
    )
    return any(begin_wave(series) for series in due.select_related("survey"))


def begin_wave(series):
    """The wave of the newest day that is due, or None when there is none or it is there already."""
    today = day_in(series.survey)
    if series.next_on > today:
        return None
    starts_on, following = series.next_on, day_after(series, series.next_on)
    while following <= today:
        starts_on, following = following, day_after(series, following)
    try:
        with transaction.atomic():
            if not _claim(series, following) or _is_too_late(series, starts_on, today):
                return None
            return start_wave(wave=_make_wave(series, starts_on))
    except IntegrityError:
        return None
    except SurveyError as refusal:
        logger.warning("The series %s cannot begin its wave: %s", series.pk, refusal)
        return None


def _is_too_late(series, starts_on, today):
    """Whether the days of the wave are over, or it has begun before."""
    is_there = series.waves.filter(starts_on=starts_on).exists()
    return is_there or _last_day(series, starts_on) < today


def _claim(series, following):
    """Move the series on; of several workers the database lets one through."""
    here = WaveSeries.objects.filter(pk=series.pk, next_on=series.next_on, is_active=True)
    return here.update(next_on=following)


def _make_wave(series, starts_on):
    return Wave.objects.create(
        survey=series.survey,
        series=series,
        name=_free_name(series, f"{series.name} {starts_on:%Y-%m-%d}"),
        starts_on=starts_on,
        ends_on=_last_day(series, starts_on),
        sample_seed=_seed(series, starts_on),
        **{name: getattr(series, name) for name in COPIED},
    )


def _last_day(series, starts_on):
    return starts_on + timedelta(days=series.open_days - 1)


def _free_name(series, stem):
    taken = set(series.survey.waves.filter(name__startswith=stem).values_list("name", flat=True))
    names = (f"{stem} ({number})" for number in range(2, len(taken) + 3))
    return next(name for name in (stem, *names) if name not in taken)


def _seed(series, starts_on):
    """Another seed for each wave, which follows from that of the series where it has one."""
    if series.sample_seed is None or not series.sample_size:
        return None
    digest = hashlib.sha256(f"{series.sample_seed}:{starts_on:%Y-%m-%d}".encode()).hexdigest()
    return int(digest, 16) % LARGEST_SEED


def _step(start, steps, interval):
    if interval == Interval.WEEKS:
        return start + timedelta(weeks=steps)
    year, month = divmod(start.year * 12 + start.month - 1 + steps, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(start.day, last))


def _stored(series):
    return WaveSeries.objects.get(pk=series.pk)
