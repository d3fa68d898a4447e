"""The trend of one measure: what the page, the bulletin and every file show."""

from dataclasses import dataclass, replace

from django.conf import settings

from reports.dataset import (
    BY_DAY,
    BY_WAVE,
    Selection,
    period_counts,
    published_questionnaires,
    takes_answers,
    waves_of,
)
from reports.enums import LimitsKind, PeriodKind, ShiftKind
from surveys.enums import Comparability
from surveys.services.visits import day_in

from .cells import Cell, Run, cells_of, runs_of, with_suppression
from .changes import Change, changes_of
from .charts import Stretch, limits_chart, stretch_of
from .measures import TrendMeasure, trend_measures
from .periods import MOST_PERIODS, Period, calendar_periods, period_of, wave_periods


@dataclass(frozen=True, slots=True)
class TrendOptions:
    """What is followed, by which periods, and how it is judged."""

    measure: str = "top_box"
    period: PeriodKind | None = None
    limits: LimitsKind | None = None
    shift: ShiftKind = ShiftKind.EWMA


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """One measure over time.

    `stretches` are drawn apart from one another: another run of versions or
    other limits begin the next. `obstacle` is "not_asked", "no_answers",
    "no_waves", "withheld" or "too_few" where there is nothing to show.
    """

    selection: Selection
    measure: TrendMeasure | None
    period_kind: PeriodKind
    limits_kind: LimitsKind
    shift_kind: ShiftKind
    periods: tuple[Period, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    changes: tuple[Change, ...] = ()
    rows_by_run: tuple[tuple[Run, tuple[Cell, ...]], ...] = ()
    is_cut: bool = False
    obstacle: str = ""

    @property
    def points(self):
        """Every point with its stretch, in the order of time."""
        pairs = [(stretch, point) for stretch in self.stretches for point in stretch.points]
        return sorted(pairs, key=lambda pair: pair[1].period.first_day)

    @property
    def signals(self):
        """What the charts noticed, in the order of time."""
        found = [signal for stretch in self.stretches for signal in stretch.signals]
        return tuple(sorted(found, key=lambda signal: signal.first.period.first_day))

    @property
    def breaks(self):
        """Runs that could not be joined to the one before, with the day on which they begin."""
        return tuple(
            (cells[0].period, run)
            for run, cells in self.rows_by_run[1:]
            if run.broken_by != Comparability.COMPARABLE
        )

    def change(self, against):
        """One of the comparisons, or None."""
        return next((change for change in self.changes if change.against is against), None)


def trend(selection, options=None, *, records=(), questionnaires=None, may_show=None):
    """The trend of a selection; `records` are frozen limits that belong to it, newest first.

    Periods of which `may_show` says no are hidden.
    """
    asked = questionnaires or published_questionnaires(selection.survey)
    options = completed(options or TrendOptions(), selection.survey, asked)
    measure, kind = measure_named(options.measure, asked), options.period
    nothing = Trend(selection, measure, kind, options.limits, options.shift)
    if measure is None:
        return replace(nothing, obstacle="not_asked")
    counts = period_counts(
        selection, asked, measure.key, by=BY_WAVE if kind == PeriodKind.WAVE else BY_DAY
    )
    periods = _periods(selection, kind, counts)
    if not periods:
        return replace(nothing, obstacle="no_waves" if counts.responses else "no_answers")
    runs = runs_of(measure, asked)
    rows = with_suppression(
        [cells_of(counts, run, periods, measure) for run in runs], may_show=may_show
    )
    by_run = [(run, tuple(row)) for run, row in zip(runs, rows, strict=True) if row]
    answered = sum(cell.n for _run, row in by_run for cell in row)
    if answered < settings.MINIMUM_BASE:
        return replace(nothing, obstacle="too_few" if answered else "no_answers")
    newest = by_run[-1][1]
    shown, is_cut = _cut(periods, kind)
    by_run = _within(by_run, shown)
    return replace(
        nothing,
        periods=shown,
        stretches=tuple(
            stretch
            for run, row in by_run
            for stretch in _stretches(run, row, measure, options, records)
        ),
        changes=changes_of(measure, newest),
        rows_by_run=tuple(by_run),
        is_cut=is_cut,
    )


def withheld_trend(selection, options, questionnaires):
    """A trend of which nothing may be shown."""
    options = completed(options or TrendOptions(), selection.survey, questionnaires)
    measure = measure_named(options.measure, questionnaires)
    kinds = (options.period, options.limits, options.shift)
    return Trend(selection, measure, *kinds, obstacle="withheld")


def measure_named(code, questionnaires):
    """The measure with this code, or None."""
    return next((one for one in trend_measures(questionnaires) if one.code == code), None)


def completed(options, survey, questionnaires):
    """The options with what was left open, or is impossible for the measure, decided."""
    measure = measure_named(options.measure, questionnaires)
    limits = LimitsKind.INDIVIDUALS
    if measure is not None and measure.is_share:
        limits = options.limits or LimitsKind.LANEY
    return replace(options, period=options.period or default_period(survey), limits=limits)


def default_period(survey):
    """Waves where a survey comes in waves, else months."""
    return PeriodKind.WAVE if len(waves_of(survey)) > 1 else PeriodKind.MONTH


def baseline_chart(found, first_day, last_day):
    """The chart of the periods between two days in the newest run, and how many had a figure."""
    run, row = found.rows_by_run[-1]
    cells = [c for c in row if first_day <= c.period.first_day and c.period.last_day <= last_day]
    chart = limits_chart(cells, found.measure, run.question, found.limits_kind) if cells else None
    return chart, cells


def _periods(selection, kind, counts):
    today = day_in(selection.survey)
    if kind == PeriodKind.WAVE:
        known = {wave for wave, _version in counts.responses}
        waves = [wave for wave in waves_of(selection.survey) if wave.pk in known]
        return wave_periods(waves, today=today)
    days = [day for day, _version in counts.responses]
    if not days:
        return ()
    last = max(days)
    until = min(today, selection.last_day or today)
    if period_of(last, kind).last_day < until and takes_answers(selection.survey):
        last = until
    periods = calendar_periods(min(days), last, kind, today=today)
    return tuple(_marked(period, selection) for period in periods)


def _marked(period, selection):
    """Partial as well where the days asked for cut a period."""
    is_cut = (selection.first_day and period.first_day < selection.first_day) or (
        selection.last_day and period.last_day > selection.last_day
    )
    return replace(period, is_partial=True) if is_cut else period


def _cut(periods, kind):
    most = MOST_PERIODS.get(kind, len(periods))
    return periods[-most:], len(periods) > most


def _within(by_run, shown):
    first = shown[0].first_day
    cut = [(run, tuple(c for c in row if c.period.first_day >= first)) for run, row in by_run]
    return [(run, row) for run, row in cut if row]


def _stretches(run, cells, measure, options, records):
    """The cells of a run, cut where limits that were frozen from its periods begin."""
    starts = {}
    for record in reversed(records):  # the oldest first, so that the newest rules its periods
        place = next(
            (i for i, c in enumerate(cells) if c.period.first_day >= record.first_day), None
        )
        if place is not None and _is_in(record, cells):
            starts = {i: one for i, one in starts.items() if i < place} | {place: record}
    bounds = sorted({0, *starts})
    return [
        stretch_of(run, cells[begin:end], measure, options, record=starts.get(begin))
        for begin, end in zip(bounds, [*bounds[1:], len(cells)], strict=True)
    ]


def _is_in(record, cells):
    """Whether the baseline of a record touches these cells; limits never pass a break."""
    return record.first_day <= cells[-1].period.last_day and record.last_day >= (
        cells[0].period.first_day
    )
