"""The figures of a trend as a table: full precision beside what is shown."""

from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from reports.charts.figures import ChartTable
from reports.enums import ShiftKind
from reports.words import formatting
from scoring.nelson import Signal

from . import words
from .measures import Figure


def trend_rows(found):
    """Header and rows with raw numbers, oldest first; None where nothing may be shown."""
    head = (
        "period",
        "first_day",
        "last_day",
        "versions",
        "base",
        "value",
        "low",
        "high",
        "centre",
        "limit_low",
        "limit_high",
        "shift_upper",
        "shift_lower",
        "remark",
    )
    return head, tuple(_raw_row(stretch, point) for stretch, point in found.points)


def trend_table(found):
    """The table beside the chart, newest period first."""
    form = words.FORMS[found.measure.figure]
    is_count = found.measure.figure is Figure.RESPONSES
    rows = []
    for stretch, point in reversed(found.points):
        limits = formatting.NOTHING
        if point.low is not None:
            limits = _("%(low)s to %(high)s") % {"low": form(point.low), "high": form(point.high)}
        cells = [capfirst(words.period_name(point.period)), form(point.value)]
        if not is_count:
            cells += [formatting.interval(point.estimate, form), _base(point)]
        cells += [form(point.centre), limits, *_shift(found, point)]
        rows.append((*cells, words.remark_words(point, signals_at(stretch, point))))
    head = [_("Period"), words.axis_name(found.measure) if is_count else _("Value")]
    if not is_count:
        head += [_("95% interval"), _("Answers")]
    head += [_("Centre line"), _("Control limits"), *_shift_heads(found), _("Remark")]
    return ChartTable(_("The periods in figures"), tuple(head), tuple(rows))


def signals_at(stretch, point):
    """The signals that cover a period."""
    day = point.period.first_day
    return {
        signal.signal
        for signal in stretch.signals
        if signal.first.period.first_day <= day <= signal.last.period.first_day
        and (signal.signal is not Signal.RULE_1 or point.is_far)
    }


def _raw_row(stretch, point):
    estimate, shift = point.estimate, point.shift
    first, last = stretch.run.numbers
    return (
        words.period_name(point.period),
        point.period.first_day,
        point.period.last_day,
        str(first) if first == last else f"{first}–{last}",
        None if point.cell.is_hidden else point.cell.n,
        estimate and estimate.value,
        estimate and estimate.low,
        estimate and estimate.high,
        point.centre,
        point.low,
        point.high,
        shift and shift.upper,
        shift and shift.lower,
        words.remark_words(point, signals_at(stretch, point)),
    )


def _base(point):
    if point.cell.is_hidden:
        if point.cell.n < settings.MINIMUM_BASE:
            return _("under %(minimum)s") % {"minimum": settings.MINIMUM_BASE}
        return _("hidden")
    return formatting.base(point.cell.n)


def _shift_heads(found):
    if found.shift_kind == ShiftKind.CUSUM:
        return _("Sum above"), _("Sum below")
    return (_("Moving average"),)


def _shift(found, point):
    numbers = [point.shift.upper, point.shift.lower] if point.shift else [None, None]
    shown = numbers if found.shift_kind == ShiftKind.CUSUM else numbers[:1]
    return [formatting.number(number, 2) for number in shown]
