"""Geometry of the charts for paper, mail and first paint: numbers in, positions out.

The templates in ``templates/reports/charts`` draw what is placed here.
"""

from dataclasses import dataclass, replace

from reports.words import formatting

from .figures import ACCENT, INK, LINE, OVERLAY_SHIFT, QUIET, width_of

BAR_WIDTH, BAR_HEIGHT = 640, 34
NARROWEST_LABEL, NARROWEST_CODE = 46, 14


@dataclass(frozen=True, slots=True)
class Frame:
    """The paper of a curve: its size, and the room around the plot."""

    width: int = 640
    height: int = 380
    left: int = 50
    margin: int = 12
    ceiling: int = 34
    room_below: int = 64
    has_labels: bool = True
    names_n: bool = True

    @property
    def right(self):
        """Right end of the plot."""
        return self.width - self.margin

    @property
    def floor(self):
        """Where a share of 0 lies."""
        return self.height - self.room_below

    @property
    def n_offset(self):
        """How far under the floor the base is written."""
        return 56 if self.has_labels else 39

    def x(self, position, count):
        """Horizontal place of the n-th of so many points."""
        return round(self.left + (self.right - self.left) * (position + 0.5) / count, 2)

    def y(self, share, top):
        """Vertical place of a share; the axis starts at 0."""
        if share is None:
            return None
        return round(self.floor - (self.floor - self.ceiling) * share / top, 2)


SCREEN = Frame()
PAPER = Frame(width=760, height=288)
COMPACT = Frame(
    width=330, height=330, left=44, margin=4, room_below=48, has_labels=False, names_n=False
)


@dataclass(frozen=True, slots=True)
class PlacedMark:
    """A point with the ends of its interval; `y` is None where nothing is shown."""

    x: float
    y: float | None
    y_low: float | None
    y_high: float | None
    colour: str
    score: int
    label: str
    n: str
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class CurveDrawing:
    """Everything that curve.svg draws."""

    chart: object
    marks: tuple[PlacedMark, ...]
    ticks: tuple[tuple[float, str], ...]
    line: str
    step: tuple[PlacedMark, ...]
    frame: Frame
    overlay: tuple[tuple[float, float, float, float], ...] = ()
    ink: str = INK
    quiet: str = QUIET
    grid: str = LINE
    accent: str = ACCENT


def curve_drawing(chart, frame=SCREEN):
    """Place the curve in its frame."""
    if not any(mark.label for mark in chart.marks):
        frame = replace(frame, has_labels=False, room_below=min(frame.room_below, 48))
    count = len(chart.marks)
    marks = tuple(
        PlacedMark(
            x=frame.x(position, count),
            y=frame.y(mark.share, chart.top),
            y_low=frame.y(mark.low, chart.top),
            y_high=frame.y(mark.high, chart.top),
            colour=mark.colour,
            score=mark.score,
            label=shortened(mark.label, (frame.right - frame.left) / count),
            n=mark.base,
            value=formatting.percent(mark.share),
            words=mark.words,
        )
        for position, mark in enumerate(chart.marks)
    )
    line = " ".join(
        f"{frame.x(position, count)},{frame.y(share, chart.top)}"
        for position, share in enumerate(chart.line)
    )
    return CurveDrawing(
        chart=chart,
        marks=marks,
        ticks=tuple((frame.y(value, chart.top), text) for value, text in ticks(chart)),
        line=line,
        step=marks[-2:] if chart.step else (),
        frame=frame,
        overlay=tuple(
            (
                frame.x(position + OVERLAY_SHIFT, count),
                *(frame.y(share, chart.top) for share in (mark.share, mark.low, mark.high)),
            )
            for position, mark in enumerate(chart.overlay)
            if mark.share is not None
        ),
    )


def ticks(chart):
    """Values of the axis with their labels."""
    places = 1 if chart.tick < 0.01 else 0
    steps = round(chart.top / chart.tick)
    return tuple(
        (step * chart.tick, f"{formatting.number(100 * step * chart.tick, places)}%")
        for step in range(steps + 1)
    )


def shortened(label, width):
    """A label that fits under its point."""
    room, used, text = round(width / 6.2), 0, ""
    for sign in label:
        used += width_of(sign)
        if used > room:
            return text.rstrip() + "…"
        text += sign
    return text


@dataclass(frozen=True, slots=True)
class PlacedPart:
    """A segment of a bar; `text` is empty where it would not fit."""

    x: float
    width: float
    centre: float
    colour: str
    text_colour: str
    hatch: str
    code: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class BarDrawing:
    """Everything that distribution.svg draws."""

    chart: object
    parts: tuple[PlacedPart, ...]
    width: int
    height: int = BAR_HEIGHT


def bar_drawing(chart, width=BAR_WIDTH):
    """Place the segments of a stacked bar from left to right."""
    full = width
    parts, x = [], 0.0
    for part in chart.parts:
        width = round(full * part.share, 2)
        if width:
            needed = NARROWEST_LABEL + 7 * len(part.code)
            parts.append(
                PlacedPart(
                    x=round(x, 2),
                    width=width,
                    centre=round(x + width / 2, 2),
                    colour=part.colour,
                    text_colour=INK if is_light(part.colour) else "#ffffff",
                    hatch=part.hatch,
                    code=part.code if width >= NARROWEST_CODE else "",
                    text=part.words if width >= needed else "",
                    words=f"{part.label}: {part.words}",
                )
            )
        x += width
    return BarDrawing(chart, tuple(parts), full)


def is_light(colour):
    """Whether dark ink reads better on this colour than white."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2 > 0.25
