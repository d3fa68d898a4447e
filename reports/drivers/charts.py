"""Importance × performance as a chart: one description for the screen and for paper."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.charts.figures import ACCENT, INK, LINE, QUIET, ChartTable
from reports.charts.screen_parts import axis_note, whiskers
from reports.words import formatting
from scoring.performance_map import Quadrant

QUADRANT_COLOURS = {
    Quadrant.CONCENTRATE_HERE: "#b3432b",
    Quadrant.KEEP_UP: "#0b6e69",
    Quadrant.LOW_PRIORITY: "#d9d2c5",
    Quadrant.POSSIBLE_OVERKILL: "#6fa9a0",
    None: "#ffffff",
}
ROOM = 0.12
X_STEPS = (1, 2, 5, 10, 20)
Y_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2)
MOST_TICKS = 6


@dataclass(frozen=True, slots=True)
class MapMark:
    """One question on the map, named by its number in the table."""

    number: str
    label: str
    colour: str
    x: float
    x_low: float
    x_high: float
    y: float
    y_low: float
    y_high: float
    words: str


@dataclass(frozen=True, slots=True)
class MapChart:
    """Questions by how well they do and how much they go with overall satisfaction."""

    title: str
    x_axis: str
    y_axis: str
    marks: tuple[MapMark, ...]
    x_line: float
    y_line: float
    x_range: tuple[float, float]
    y_range: tuple[float, float]
    corners: tuple[str, str, str, str]
    base: str
    alt: str
    table: ChartTable
    kind: str = "importance_performance"


def quadrant_words(quadrant):
    """The name of a corner of the map."""
    return {
        Quadrant.CONCENTRATE_HERE: _("Work on this first"),
        Quadrant.KEEP_UP: _("Keep it up"),
        Quadrant.LOW_PRIORITY: _("Less urgent"),
        Quadrant.POSSIBLE_OVERKILL: _("Good, and less weight"),
        None: _("Too near a line to tell"),
    }[quadrant]


def map_chart(found, ordered, labels, table):
    """The chart of a `PerformanceMap`; `ordered` are the question keys, most important first."""
    points = {point.name: point for point in found.points}
    marks = tuple(
        _mark(points[key], number, labels[key]) for number, key in enumerate(ordered, start=1)
    )
    title = _("Importance and performance")
    base = formatting.answers(found.points[0].importance.base)
    words = " ".join(f"{mark.number}. {mark.words}." for mark in marks)
    return MapChart(
        title=title,
        x_axis=_("Performance: mean, 0–100"),
        y_axis=_("Importance: share of the explained variance"),
        marks=marks,
        x_line=found.performance_line,
        y_line=found.importance_line,
        x_range=_range([m.x_low for m in marks], [m.x_high for m in marks], 0, 100),
        y_range=_range([m.y_low for m in marks], [m.y_high for m in marks], 0, 1),
        corners=tuple(
            quadrant_words(corner)
            for corner in (
                Quadrant.CONCENTRATE_HERE,
                Quadrant.KEEP_UP,
                Quadrant.LOW_PRIORITY,
                Quadrant.POSSIBLE_OVERKILL,
            )
        ),
        base=base,
        alt=f"{title}. {words} {base}.",
        table=table,
    )


def map_figure(chart):
    """The map for the screen: what plotly.js draws from, without colours of a theme."""
    marks = chart.marks
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "markers+text",
                "x": [mark.x for mark in marks],
                "y": [mark.y for mark in marks],
                "error_x": whiskers([(mark.x_low, mark.x, mark.x_high) for mark in marks]),
                "error_y": whiskers([(mark.y_low, mark.y, mark.y_high) for mark in marks]),
                "marker": {
                    "size": 24,
                    "color": [mark.colour for mark in marks],
                    "line": {"width": 2},
                },
                "text": [mark.number for mark in marks],
                "textfont": {"color": [_ink_on(mark.colour) for mark in marks], "weight": 700},
                "customdata": [mark.words for mark in marks],
                "hovertemplate": "%{customdata}<extra>%{text}</extra>",
                "meta": "points",
            }
        ],
        "layout": {
            "xaxis": {
                "range": list(chart.x_range),
                "fixedrange": True,
                "showgrid": False,
                "zeroline": False,
                "title": {"text": chart.x_axis, "font": {"size": 13}},
            },
            "yaxis": {
                "range": list(chart.y_range),
                "tickformat": ".0%",
                "fixedrange": True,
                "showgrid": False,
                "zeroline": False,
            },
            "shapes": [
                _line((chart.x_line, chart.x_line), (0, 1)) | {"yref": "paper"},
                _line((0, 1), (chart.y_line, chart.y_line)) | {"xref": "paper"},
            ],
            "annotations": [
                axis_note(chart.y_axis),
                *(_corner(text, place) for place, text in enumerate(chart.corners)),
            ],
            "margin": {"l": 52, "r": 12, "t": 32, "b": 52},
            "showlegend": False,
        },
    }


@dataclass(frozen=True, slots=True)
class PlacedQuestion:
    """A question on paper."""

    mark: MapMark
    x: float
    x_low: float
    x_high: float
    y: float
    y_low: float
    y_high: float
    text_colour: str


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """Everything that importance_performance.svg draws."""

    chart: MapChart
    questions: tuple[PlacedQuestion, ...]
    x_line: float
    y_line: float
    x_ticks: tuple[tuple[float, str], ...]
    y_ticks: tuple[tuple[float, str], ...]
    width: int
    height: int
    left: int
    right: int
    ceiling: int
    floor: int
    ink: str = INK
    quiet: str = QUIET
    grid: str = LINE
    accent: str = ACCENT


def map_drawing(chart, *, width=640, height=400):
    """Place the map on paper."""
    left, right, ceiling, floor = 46, width - 10, 34, height - 46

    def across(value):
        low, high = chart.x_range
        return round(left + (right - left) * (value - low) / (high - low), 2)

    def upright(value):
        low, high = chart.y_range
        return round(floor - (floor - ceiling) * (value - low) / (high - low), 2)

    return MapDrawing(
        chart=chart,
        questions=tuple(
            PlacedQuestion(
                mark,
                *(across(value) for value in (mark.x, mark.x_low, mark.x_high)),
                *(upright(value) for value in (mark.y, mark.y_low, mark.y_high)),
                _ink_on(mark.colour),
            )
            for mark in chart.marks
        ),
        x_line=across(chart.x_line),
        y_line=upright(chart.y_line),
        x_ticks=tuple((across(v), formatting.number(v)) for v in _ticks(chart.x_range, X_STEPS)),
        y_ticks=tuple(
            (upright(v), f"{formatting.number(100 * v)}%") for v in _ticks(chart.y_range, Y_STEPS)
        ),
        width=width,
        height=height,
        left=left,
        right=right,
        ceiling=ceiling,
        floor=floor,
    )


def _mark(point, number, label):
    x, y = point.performance, point.importance
    low, high = (y.low, y.high) if y.has_interval else (y.value, y.value)
    words = _("%(question)s: importance %(importance)s, performance %(performance)s, %(corner)s")
    return MapMark(
        number=str(number),
        label=label,
        colour=QUADRANT_COLOURS[point.quadrant],
        x=x.value,
        x_low=x.low if x.has_interval else x.value,
        x_high=x.high if x.has_interval else x.value,
        y=y.value,
        y_low=low,
        y_high=high,
        words=words
        % {
            "question": label,
            "importance": formatting.percent(y.value),
            "performance": formatting.number(x.value, 1),
            "corner": quadrant_words(point.quadrant).lower(),
        },
    )


def _range(lows, highs, least, most):
    """From the lowest to the highest end with room around, inside what is possible."""
    low, high = min(lows), max(highs)
    room = ROOM * max(high - low, 0.05 * (most - least))
    return max(least, low - room), min(most, high + room)


def _ticks(ends, steps):
    low, high = ends
    step = next((one for one in steps if (high - low) / one <= MOST_TICKS), steps[-1])
    first = -(-low // step)
    return [place * step for place in range(int(first), int(high // step) + 1)]


def _line(across, upright):
    ends = {"x0": across[0], "x1": across[1], "y0": upright[0], "y1": upright[1]}
    return {"type": "line", "layer": "below", "line": {"dash": "dot"}} | ends


def _corner(text, place):
    """Names the corners: upper left, upper right, lower left, lower right."""
    is_right, is_low = place % 2, place // 2
    return {
        "name": "corner",
        "text": text,
        "xref": "paper",
        "yref": "paper",
        "x": is_right,
        "y": 1 - is_low,
        "xanchor": "right" if is_right else "left",
        "yanchor": "bottom" if is_low else "top",
        "showarrow": False,
    }


def _ink_on(colour):
    return INK if colour in ("#d9d2c5", "#ffffff", "#6fa9a0") else "#ffffff"
