"""The calendar of a trend: days, weeks from Monday, months, quarters and waves, without holes."""

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from reports.enums import PeriodKind

MOST_PERIODS = {
    PeriodKind.DAY: 92,
    PeriodKind.WEEK: 104,
    PeriodKind.MONTH: 60,
    PeriodKind.QUARTER: 40,
}
MONTHS_IN = {PeriodKind.MONTH: 1, PeriodKind.QUARTER: 3}
YEAR_IN_DAYS = 364  # 52 weeks, so that a Monday is compared with a Monday
SAME_WAVE_WITHIN = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class Period:
    """One period; both ends are included. A wave has its id and its name too."""

    kind: PeriodKind
    first_day: date
    last_day: date
    is_partial: bool = False
    wave_id: int | None = None
    name: str = ""

    @property
    def key(self):
        """What the answers of this period are counted under."""
        return self.wave_id if self.kind == PeriodKind.WAVE else self.first_day


def period_of(day, kind):
    """The period of the calendar that a day lies in."""
    if kind == PeriodKind.DAY:
        return Period(kind, day, day)
    if kind == PeriodKind.WEEK:
        first = day - timedelta(days=day.weekday())
        return Period(kind, first, first + timedelta(days=6))
    months = MONTHS_IN[kind]
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(kind, first, _end(first, months))


def calendar_periods(first, last, kind, *, today):
    """Every period from one day to another; the one that still runs is marked."""
    found, day = [], period_of(first, kind).first_day
    while day <= last:
        period = period_of(day, kind)
        found.append(replace(period, is_partial=period.last_day >= today))
        day = period.last_day + timedelta(days=1)
    return tuple(found)


def wave_periods(waves, *, today):
    """The waves of a survey in the order of their first days."""
    return tuple(
        Period(
            PeriodKind.WAVE,
            wave.starts_on,
            wave.ends_on,
            is_partial=wave.ends_on >= today,
            wave_id=wave.pk,
            name=wave.name,
        )
        for wave in waves
    )


def year_before(period, periods):
    """The same period of the year before, or None; of waves the one that began about then."""
    if period.kind == PeriodKind.WAVE:
        then = period.first_day - timedelta(days=365)
        near = [p for p in periods if abs(p.first_day - then) <= SAME_WAVE_WITHIN]
        return min(near, key=lambda p: abs(p.first_day - then), default=None)
    if period.kind in MONTHS_IN:
        first = period.first_day.replace(year=period.first_day.year - 1)
    else:
        first = period.first_day - timedelta(days=YEAR_IN_DAYS)
    return next((p for p in periods if p.first_day == first), None)


def containing(period):
    """Larger periods of the calendar that hold this one whole, for who adds and subtracts."""
    larger = {
        PeriodKind.DAY: (PeriodKind.WEEK, PeriodKind.MONTH),
        PeriodKind.MONTH: (PeriodKind.QUARTER,),
    }.get(period.kind, ())
    return tuple((kind, period_of(period.first_day, kind).first_day) for kind in larger)


def _end(first, months):
    month = first.month + months - 1
    return date(first.year, month, monthrange(first.year, month)[1])
