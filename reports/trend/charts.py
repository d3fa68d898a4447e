"""Control charts of a stretch: cells in, scoring's charts out. No limit is computed here."""

from dataclasses import dataclass

from reports.enums import LimitsKind, ShiftKind
from scoring.control_charts import ControlChart, individuals_chart
from scoring.findings import Direction
from scoring.nelson import Signal
from scoring.results import Estimate, Status
from scoring.share_charts import p_chart
from scoring.shift_charts import alerts, cusum_chart, ewma_chart

from .cells import Cell, Run
from .measures import Figure

DISPERSIONS = {LimitsKind.LANEY: "laney", LimitsKind.BINOMIAL: "binomial"}


@dataclass(frozen=True, slots=True)
class ShiftPoint:
    """One period on the chart that looks for lasting shifts, in standard deviations.

    `upper` and `lower` are the moving average and None, or the two running sums.
    """

    upper: float | None
    lower: float | None
    limit_low: float | None
    limit_high: float | None


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of a stretch with its limits; `estimate` is None where nothing may be shown.

    A period that still runs is shown and not judged.
    """

    cell: Cell
    estimate: Estimate | None
    low: float | None = None
    high: float | None = None
    centre: float | None = None
    z: float | None = None
    is_far: bool = False
    shift: ShiftPoint | None = None

    @property
    def period(self):
        """The period."""
        return self.cell.period

    @property
    def value(self):
        """The figure, or None."""
        return self.estimate.value if self.estimate else None


@dataclass(frozen=True, slots=True)
class TrendSignal:
    """What a chart noticed: at one period, or from a first period to a last one."""

    signal: Signal
    direction: Direction
    first: TrendPoint
    last: TrendPoint
    since: object | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """Periods under one set of limits; `record` is the freeze that they come from, if any."""

    run: Run
    points: tuple[TrendPoint, ...]
    chart: ControlChart
    record: object | None
    signals: tuple[TrendSignal, ...]

    @property
    def has_limits(self):
        """Whether there are limits at all."""
        return self.chart.status is not Status.UNDEFINED


def limits_chart(cells, measure, question, kind, *, record=None):
    """The control chart of some cells; hidden and running periods are gaps in it."""
    given = {"centre": record.centre} if record else {}
    judged = [is_judged(cell, measure) for cell in cells]
    if kind in DISPERSIONS:
        if record and kind == LimitsKind.LANEY:
            given["sigma_z"] = record.spread
        return p_chart(
            [
                measure.hits(cell.values, question) if shown else 0
                for cell, shown in zip(cells, judged, strict=True)
            ],
            [cell.n if shown else 0 for cell, shown in zip(cells, judged, strict=True)],
            dispersion=DISPERSIONS[kind],
            **given,
        )
    if record:
        given["sigma"] = record.spread
    values = [
        measure.estimate(cell.values, question).value if shown else None
        for cell, shown in zip(cells, judged, strict=True)
    ]
    return individuals_chart(values, **given)


def is_judged(cell, measure):
    """Whether the limits and the rules look at a period."""
    if cell.is_hidden or cell.period.is_partial:
        return False
    return bool(cell.n) or measure.figure is Figure.RESPONSES


def stretch_of(run, cells, measure, options, *, record=None):
    """The cells with their limits, their signals and the chart of lasting shifts."""
    chart = limits_chart(cells, measure, run.question, options.limits, record=record)
    far = {one.index for one in alerts(chart) if one.signal is Signal.RULE_1}
    shifts, shift_chart = _shifts(chart, options.shift)
    points = tuple(
        _point(cell, spot, shift, measure, run.question, is_far=spot.index in far)
        for cell, spot, shift in zip(cells, chart.points, shifts, strict=True)
    )
    found = _far_signals(points) + _shift_signals(points, shift_chart)
    return Stretch(run, points, chart, record, tuple(sorted(found, key=_time)))


def _point(cell, spot, shift, measure, question, *, is_far):
    floor = 0.0 if measure.figure is Figure.RESPONSES else None
    low = spot.low if floor is None or spot.low is None else max(floor, spot.low)
    return TrendPoint(
        cell, _estimate(cell, measure, question), low, spot.high, spot.centre, spot.z, is_far, shift
    )


def _estimate(cell, measure, question):
    if cell.is_hidden or (not cell.n and measure.figure is not Figure.RESPONSES):
        return None
    return measure.estimate(cell.values, question)


def _shifts(chart, kind):
    """A point for each period, and the chart that they come from; none without limits."""
    if chart.status is Status.UNDEFINED:
        return [None] * len(chart.points), None
    distances = [spot.z for spot in chart.points]
    if kind == ShiftKind.CUSUM:
        found = cusum_chart(distances, centre=0.0, sigma=1.0)
        points = [ShiftPoint(s.upper, s.lower, None, found.h) for s in found.points]
        return points, found
    found = ewma_chart(distances, centre=0.0, sigma=1.0)
    return [ShiftPoint(s.smoothed, None, s.low, s.high) for s in found.points], found


def _far_signals(points):
    return [
        TrendSignal(Signal.RULE_1, _side(point.z > 0), point, point)
        for point in points
        if point.is_far
    ]


def _shift_signals(points, chart):
    """Neighbouring periods with the same signal are one signal."""
    found = []
    for spot in chart.points if chart else ():
        point = points[spot.index - 1]
        for signal in spot.signals:
            direction = _direction(signal, spot)
            since = points[spot.shift_start - 1].period if _start(spot) else None
            last = found[-1] if found else None
            if last and last.last is _before(points, spot) and last.direction == direction:
                found[-1] = TrendSignal(signal, direction, last.first, point, last.since)
            else:
                found.append(TrendSignal(signal, direction, point, point, since))
    return found


def _before(points, spot):
    """The period with a figure before this one."""
    judged = [point for point in points[: spot.index - 1] if point.z is not None]
    return judged[-1] if judged else None


def _start(spot):
    return getattr(spot, "shift_start", None)


def _direction(signal, spot):
    if signal is Signal.EWMA:
        return _side(spot.smoothed > spot.centre)
    return _side(signal is Signal.CUSUM_UP)


def _side(is_above):
    return Direction.HIGHER if is_above else Direction.LOWER


def _time(signal):
    return signal.first.period.first_day, signal.signal
