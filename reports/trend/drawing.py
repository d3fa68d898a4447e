"""Geometry of charts over time, for paper, mail, first paint and no script."""

from dataclasses import dataclass

from .figures import TimeChart, shown_labels, strokes

ROOM_LEFT, ROOM_RIGHT, CEILING, ROOM_BELOW = 52, 10, 40, 26


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line between two holes, as an SVG path."""

    meta: str
    path: str


@dataclass(frozen=True, slots=True)
class PlacedSpot:
    """A figure in its place."""

    x: float
    y: float
    is_signal: bool
    is_open: bool
    words: str


@dataclass(frozen=True, slots=True)
class TimeDrawing:
    """Everything that time.svg draws."""

    chart: TimeChart
    strokes: tuple[Stroke, ...]
    spots: tuple[PlacedSpot, ...]
    marks: tuple[tuple[float, int, str], ...]
    ticks: tuple[tuple[float, str], ...]
    labels: tuple[tuple[float, str, str], ...]
    width: int
    height: int
    left: int = ROOM_LEFT
    ceiling: int = CEILING

    @property
    def right(self):
        """Right end of the plot."""
        return self.width - ROOM_RIGHT

    @property
    def floor(self):
        """Lower end of the plot."""
        return self.height - ROOM_BELOW


def time_drawing(chart, *, width=1040, height=360, most_labels=12):
    """Place a chart over time in a frame."""

    def across(place):
        share = (place + 0.5) / len(chart.labels)
        return round(ROOM_LEFT + (width - ROOM_RIGHT - ROOM_LEFT) * share, 2)

    def up(value):
        share = (value - chart.low) / (chart.high - chart.low)
        return round(height - ROOM_BELOW - (height - ROOM_BELOW - CEILING) * share, 2)

    shown = shown_labels(chart.labels, most_labels)
    return TimeDrawing(
        chart=chart,
        strokes=tuple(
            Stroke(line.meta, "M" + "L".join(f"{across(x)} {up(y)}" for x, y in part))
            for line in chart.lines
            for part in strokes(line)
        ),
        spots=tuple(
            PlacedSpot(across(s.x), up(s.y), s.is_signal, s.is_open, s.words) for s in chart.spots
        ),
        marks=tuple((across(mark.x), mark.number, mark.words) for mark in chart.marks),
        ticks=tuple((up(value), label) for value, label in chart.ticks),
        labels=tuple(
            (across(place), label, _anchor(place, len(chart.labels))) for place, label in shown
        ),
        width=width,
        height=height,
    )


def compact_drawing(chart):
    """The same for a phone."""
    return time_drawing(chart, width=330, height=270, most_labels=3)


def _anchor(place, count):
    """The newest label ends at its point, so that it is not cut off."""
    return "end" if count > 1 and place == count - 1 else "middle"
