"""Geometry of the charts of the fieldwork: counts in, positions out; the templates draw them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.charts.figures import ACCENT
from reports.words import formatting

WIDE, NARROW = 1040, 330
HEIGHT, FLOOR, CEILING, LEFT = 190, 164, 14, 36
SHADES = ("#d9d2c5", "#6fa9a0", ACCENT)


@dataclass(frozen=True, slots=True)
class Bar:
    """The visits of one day: three bars, each inside the one before."""

    x: float
    width: float
    parts: tuple[tuple[float, float, str], ...]
    title: str
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class DayDrawing:
    """Everything that days.svg draws."""

    bars: tuple[Bar, ...]
    alt: str
    first: str
    last: str
    most: str
    width: int
    height: int = HEIGHT
    floor: int = FLOOR
    ceiling: int = CEILING
    left: int = LEFT


def day_drawing(participation, width=WIDE):
    """The visits by day or week, or None where none may be shown."""
    by_day = {group.key: group.funnel for group in participation.by_day}
    most = max((funnel.shown for funnel in by_day.values() if funnel), default=0)
    if not most:
        return None
    days = participation.period.spans
    step = (width - LEFT) / len(days)
    alt = _(
        "Visits over time: %(shown)s shown, %(started)s begun, %(completed)s sent; "
        "the highest bar is %(most)s shown."
    ) % {
        "shown": formatting.count(participation.funnel.shown),
        "started": formatting.count(participation.funnel.started),
        "completed": formatting.count(participation.funnel.completed),
        "most": formatting.count(most),
    }
    return DayDrawing(
        bars=tuple(
            _bar(day, by_day[day], LEFT + step * place, step, most)
            for place, day in enumerate(days)
            if day in by_day
        ),
        alt=alt,
        first=formatting.day(days[0]),
        last=formatting.day(participation.period.last_day),
        most=formatting.count(most),
        width=width,
    )


def _bar(day, funnel, x, step, most):
    width = round(max(step * 0.8, 1), 2)
    place = round(x + step * 0.1, 2)
    if funnel is None:
        title = _("%(day)s: too few visits to show") % {"day": formatting.day(day)}
        return Bar(place, width, (), title, is_hidden=True)
    title = _("%(day)s: %(shown)s shown, %(started)s begun, %(completed)s sent") % {
        "day": formatting.day(day),
        "shown": formatting.count(funnel.shown),
        "started": formatting.count(funnel.started),
        "completed": formatting.count(funnel.completed),
    }
    counts = (funnel.shown, funnel.started, funnel.completed)
    heights = [round((FLOOR - CEILING) * count / most, 2) for count in counts]
    parts = tuple(
        (round(FLOOR - height, 2), height, shade)
        for height, shade in zip(heights, SHADES, strict=True)
    )
    return Bar(place, width, parts, title)
