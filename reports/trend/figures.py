"""A trend as charts: what Plotly, SVG and the words for the eye that cannot see are made from."""

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.charts.screen_parts import axis_note
from reports.words import formatting

from . import words

STEPS = (1, 2, 2.5, 5, 10)
MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class TimeLine:
    """A line over the periods; None is a hole. `meta` says how it is painted."""

    meta: str
    xs: tuple[int, ...]
    ys: tuple[float | None, ...]

    @property
    def is_step(self):
        """Whether it is level within each period."""
        return self.meta in ("limit", "centre")


@dataclass(frozen=True, slots=True)
class TimeSpot:
    """One figure; a signal is filled and ringed, a period that still runs is hollow."""

    x: int
    y: float
    is_signal: bool
    is_open: bool
    words: str


@dataclass(frozen=True, slots=True)
class TimeMark:
    """An upright line with a number that the list under the chart explains."""

    x: float
    number: int
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class TimeChart:
    """Lines, figures and marks over periods."""

    title: str
    axis: str
    labels: tuple[str, ...]
    lines: tuple[TimeLine, ...]
    spots: tuple[TimeSpot, ...]
    marks: tuple[TimeMark, ...]
    ticks: tuple[tuple[float, str], ...]
    alt: str
    kind: str = "time"

    @property
    def low(self):
        """Lower end of the axis."""
        return self.ticks[0][0]

    @property
    def high(self):
        """Upper end of the axis."""
        return self.ticks[-1][0]


def main_chart(found, marks):
    """The figures with their centre lines and control limits."""
    places = {period: place for place, period in enumerate(found.periods)}
    lines, spots = [], []
    for stretch in found.stretches:
        xs = tuple(places[point.period] for point in stretch.points)
        lines += [
            TimeLine("limit", xs, tuple(point.low for point in stretch.points)),
            TimeLine("limit", xs, tuple(point.high for point in stretch.points)),
            TimeLine("centre", xs, tuple(point.centre for point in stretch.points)),
            TimeLine("value", xs, tuple(point.value for point in stretch.points)),
        ]
        spots += [_spot(found, places, point) for point in stretch.points if point.estimate]
    return TimeChart(
        title=words.measure_name(found.measure, found.selection.survey),
        axis=words.axis_name(found.measure),
        labels=tuple(words.short_period_name(period) for period in found.periods),
        lines=tuple(line for line in lines if any(y is not None for y in line.ys)),
        spots=tuple(spots),
        marks=marks,
        ticks=_ticks(
            _heights(lines),
            words.tick_form(found.measure),
            most=1.0 if found.measure.is_share else None,
        ),
        alt=words.chart_words(found),
    )


def shift_chart(found, marks):
    """The moving average or the running sums against their limits; None without limits."""
    places = {period: place for place, period in enumerate(found.periods)}
    lines, spots = [], []
    for stretch in found.stretches:
        judged = [point for point in stretch.points if point.shift]
        xs = tuple(places[point.period] for point in judged)
        for meta, name in (
            ("limit", "limit_low"),
            ("limit", "limit_high"),
            ("value", "upper"),
            ("lower", "lower"),
        ):
            ys = tuple(getattr(point.shift, name) for point in judged)
            lines.append(TimeLine(meta, xs, ys))
        if judged:
            lines.append(TimeLine("centre", xs, (0.0,) * len(xs)))
        spots += _shift_spots(stretch, places)
    lines = [line for line in lines if any(y is not None for y in line.ys)]
    if not lines:
        return None
    return TimeChart(
        title=words.shift_title(found.shift_kind),
        axis=_("Standard deviations from the centre line"),
        labels=tuple(words.short_period_name(period) for period in found.periods),
        lines=tuple(lines),
        spots=tuple(spots),
        marks=marks,
        ticks=_ticks(_heights(lines), lambda value: formatting.number(value, 1)),
        alt=words.shift_words(found),
    )


def time_marks(found, notes):
    """Breaks between versions, frozen limits and noted changes, numbered in order of time."""
    if not found.periods:
        return ()
    entries = [
        (period.first_day, "version", words.break_words(run, period))
        for period, run in found.breaks
    ]
    entries += [
        (stretch.points[0].period.first_day, "limits", words.frozen_words(stretch.record))
        for stretch in found.stretches
        if stretch.record
    ]
    entries += [(note.day, "note", words.note_words(note)) for note in notes]
    first, last = found.periods[0].first_day, found.periods[-1].last_day
    shown = sorted(entry for entry in entries if first <= entry[0] <= last)
    return tuple(
        TimeMark(_place_of(day, found.periods), number, kind, text)
        for number, (day, kind, text) in enumerate(shown, 1)
    )


def plotly_time_figure(chart):
    """The chart for the screen, without colours of a theme."""
    traces = [_plotly_line(line) for line in chart.lines]
    for meta, chosen in (
        ("spots", [spot for spot in chart.spots if not spot.is_signal and not spot.is_open]),
        ("open", [spot for spot in chart.spots if spot.is_open]),
        ("signal", [spot for spot in chart.spots if spot.is_signal and not spot.is_open]),
    ):
        if chosen:
            traces.append(_plotly_spots(chosen, meta))
    shown = shown_labels(chart.labels, 10)
    return {
        "data": traces,
        "layout": {
            "xaxis": {
                "tickvals": [place for place, _label in shown],
                "ticktext": [label for _place, label in shown],
                "tickangle": 0,
                "range": [-0.5, len(chart.labels) - 0.5],
                "fixedrange": True,
                "showgrid": False,
                "zeroline": False,
            },
            "yaxis": {
                "range": [chart.low, chart.high],
                "tickvals": [value for value, _label in chart.ticks],
                "ticktext": [label for _value, label in chart.ticks],
                "fixedrange": True,
                "zeroline": False,
            },
            "shapes": [
                {
                    "type": "line",
                    "xref": "x",
                    "yref": "paper",
                    "x0": mark.x,
                    "x1": mark.x,
                    "y0": 0,
                    "y1": 1,
                    "name": mark.kind,
                    "line": {"dash": "dash", "width": 1.5},
                }
                for mark in chart.marks
            ],
            "annotations": [
                axis_note(chart.axis, left=52, above=34),
                *(
                    {
                        "name": "mark",
                        "text": str(mark.number),
                        "x": mark.x,
                        "y": 1,
                        "yref": "paper",
                        "yshift": 10,
                        "showarrow": False,
                    }
                    for mark in chart.marks
                ),
            ],
            "margin": {"l": 56, "r": 12, "t": 44, "b": 32},
            "showlegend": False,
        },
    }


def shown_labels(labels, most):
    """As many labels of the periods as there is room for, the newest always among them."""
    step = max(1, math.ceil(len(labels) / most))
    return [
        (place, label)
        for place, label in enumerate(labels)
        if (len(labels) - 1 - place) % step == 0
    ]


def _spot(found, places, point):
    return TimeSpot(
        x=places[point.period],
        y=point.value,
        is_signal=point.is_far,
        is_open=point.period.is_partial,
        words=words.point_words(found.measure, point),
    )


def _shift_spots(stretch, places):
    """The periods that lie beyond the limits of the moving average or the sums."""
    for signal in stretch.signals:
        if signal.signal == "rule_1":
            continue
        first, last = signal.first.period.first_day, signal.last.period.first_day
        for point in stretch.points:
            if point.shift and first <= point.period.first_day <= last:
                height = point.shift.upper
                if signal.signal == "cusum_down":
                    height = point.shift.lower
                if height is not None:
                    name = words.period_name(point.period)
                    yield TimeSpot(places[point.period], height, True, False, name)


def _heights(lines):
    return [y for line in lines for y in line.ys if y is not None]


def _ticks(heights, form, *, most=None):
    """Round ticks that hold every height; a level series has some room around it."""
    low, high = min(heights), max(heights)
    room = (high - low) * 0.06 or abs(high) * 0.1 or 1.0
    low, high = low - (room if low else 0), high + room
    high = high if most is None or max(heights) > most else min(high, most)
    rough = (high - low) / MOST_TICKS
    power = 10 ** math.floor(math.log10(rough))
    step = next(step * power for step in STEPS if step * power >= rough)
    first, last = math.floor(low / step), math.ceil(high / step)
    return tuple((place * step, form(place * step)) for place in range(first, last + 1))


def _place_of(day, periods):
    """Where a day lies between the middles of the periods."""
    for place, period in enumerate(periods):
        if day < period.first_day:
            return place - 0.5
        if day <= period.last_day:
            length = (period.last_day - period.first_day).days + 1
            return place - 0.5 + (day - period.first_day).days / length
    return len(periods) - 0.5


def _plotly_line(line):
    xs, ys = stepped(line) if line.is_step else (line.xs, line.ys)
    width = {"value": 2.5, "lower": 2.5, "centre": 1.5, "limit": 1.5}[line.meta]
    return {
        "type": "scatter",
        "mode": "lines",
        "x": list(xs),
        "y": list(ys),
        "connectgaps": False,
        "line": {"width": width, "dash": DASHES[line.meta]},
        "meta": line.meta,
        "hoverinfo": "skip",
    }


DASHES = {"value": "solid", "lower": "dot", "centre": "solid", "limit": "dash"}


def stepped(line):
    """The line level over the whole of each period."""
    xs, ys = [], []
    for x, y in zip(line.xs, line.ys, strict=True):
        xs += [x - 0.5, x + 0.5]
        ys += [y, y]
    return xs, ys


def _plotly_spots(spots, meta):
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [spot.x for spot in spots],
        "y": [spot.y for spot in spots],
        "marker": {
            "size": 13 if meta == "signal" else 9,
            "symbol": {"spots": "circle", "open": "circle-open", "signal": "diamond"}[meta],
            "line": {"width": 2},
        },
        "text": [spot.words for spot in spots],
        "hovertemplate": "%{text}<extra></extra>",
        "meta": meta,
    }


def strokes(line):
    """The parts of a line between its holes, each as (xs, ys)."""
    xs, ys = stepped(line) if line.is_step else (line.xs, line.ys)
    part = []
    for x, y in zip(xs, ys, strict=True):
        if y is None:
            if part:
                yield part
            part = []
        else:
            part.append((x, y))
    if part:
        yield part
