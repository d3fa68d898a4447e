"""A trend as its page shows it: words, charts, table, records."""

from dataclasses import dataclass

from reports.charts.figures import ChartTable

from . import words
from .drawing import TimeDrawing, compact_drawing, time_drawing
from .figures import main_chart, plotly_time_figure, shift_chart, time_marks
from .table import trend_table
from .trend import Trend, trend


@dataclass(frozen=True, slots=True)
class TimeFigure:
    """One chart on screen, without script, and on a phone."""

    title: str
    drawing: TimeDrawing
    compact: TimeDrawing
    plotly: dict


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence with what it means."""

    text: str
    meaning: str


@dataclass(frozen=True, slots=True)
class TrendView:
    """Everything that the page on trends shows of one trend."""

    trend: Trend
    title: str
    verdict: str
    signals: tuple[Told, ...]
    changes: tuple[tuple[str, str], ...]
    main: TimeFigure | None
    shift: TimeFigure | None
    marks: tuple
    limits: tuple[str, ...]
    table: ChartTable | None
    obstacle: str = ""


def trend_view(found, notes=()):
    """The view of a `Trend`, in the language that is active."""
    title = words.measure_name(found.measure, found.selection.survey)
    if found.obstacle:
        obstacle = words.obstacle_words(found)
        return TrendView(found, title, "", (), (), None, None, (), (), None, obstacle)
    marks = time_marks(found, notes)
    shift = shift_chart(found, marks)
    can_draw = any(point.estimate for _stretch, point in found.points)
    return TrendView(
        trend=found,
        title=title,
        verdict=words.verdict_words(found),
        signals=tuple(
            Told(words.signal_words(found, signal), words.meaning_words(signal))
            for signal in found.signals
        ),
        changes=tuple(
            (words.change_title(change), words.change_words(found.measure, change))
            for change in found.changes
        ),
        main=_figure(main_chart(found, marks)) if can_draw else None,
        shift=_figure(shift, height=240) if shift else None,
        marks=marks,
        limits=tuple(words.limits_note(stretch) for stretch in found.stretches),
        table=trend_table(found),
    )


def headline_change(selection, *, may_show=None):
    """The newest whole period of the headline measure against the one before, in one sentence.

    The same figures and the same verdict as on the page on trends; empty where there is
    nothing to compare.
    """
    return change_sentence(trend(selection, may_show=may_show))


def change_sentence(found):
    """The change of a trend in one sentence, or nothing where there is nothing to compare."""
    compared = [change for change in found.changes if change.verdict]
    return words.change_words(found.measure, compared[0]) if compared else ""


def _figure(chart, height=360):
    return TimeFigure(
        title=chart.title,
        drawing=time_drawing(chart, height=height),
        compact=compact_drawing(chart),
        plotly=plotly_time_figure(chart),
    )
