"""Trends: what is a signal and what is not, gaps, small bases, breaks, and last year."""

from collections import Counter
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from reports.dataset import Selection
from reports.enums import LimitsKind, PeriodKind, ShiftKind
from reports.trend.cells import Cell, Run
from reports.trend.changes import Against, changes_of
from reports.trend.charts import stretch_of
from reports.trend.measures import Figure, TrendMeasure, trend_measures
from reports.trend.periods import calendar_periods, period_of
from reports.trend.table import trend_rows, trend_table
from reports.trend.trend import TrendOptions, trend
from reports.trend.view import headline_change, trend_view
from scoring.findings import Certainty, Direction
from scoring.nelson import Signal
from surveys.enums import Comparability, MeasureRole, VersionState
from surveys.models import Question, Wave
from surveys.questionnaire import questionnaire_of
from tests import factories

from .conftest import answer_months, month_starts

FIVE = SimpleNamespace(key="overall", values=(1, 2, 3, 4, 5), loyal_from=None)
TOP_BOX = TrendMeasure("top_box", Figure.TOP_BOX, FIVE)
MEAN = TrendMeasure("mean", Figure.MEAN, FIVE)
MONTHS = calendar_periods(
    date(2024, 1, 1), date(2025, 12, 31), PeriodKind.MONTH, today=date(2026, 6, 1)
)


def judged(tops, measure=TOP_BOX, shift=ShiftKind.EWMA, n=80, **options):
    """A stretch of two years in which so many of 80 gave a five, and the rest a four."""
    cells = [
        Cell(period, Counter({5: int(fives), 4: n - int(fives)}))
        for period, fives in zip(MONTHS, tops, strict=True)
    ]
    limits = LimitsKind.LANEY if measure.is_share else LimitsKind.INDIVIDUALS
    asked = TrendOptions(measure.code, PeriodKind.MONTH, limits, shift)
    return stretch_of(Run((), FIVE), cells, measure, asked, **options)


# The single-value chart calls more often: 6 of 100 quiet series of two years by rule 1 alone.
@pytest.mark.parametrize(("measure", "calm"), [(TOP_BOX, 0.95), (MEAN, 0.90)], ids=["laney", "xmr"])
def test_noise_is_seldom_called_a_signal(measure, calm):
    generator = np.random.default_rng(1959)
    series = [generator.binomial(80, 0.4, len(MONTHS)) for _ in range(300)]

    quiet = sum(not judged(tops, measure).signals for tops in series)

    assert quiet >= calm * len(series)


def test_lasting_shift_is_found_by_limits_from_before_it():
    generator = np.random.default_rng(2002)
    frozen = SimpleNamespace(centre=0.4, spread=1.0)
    found = 0
    for _ in range(100):
        tops = [*generator.binomial(80, 0.4, 12), *generator.binomial(80, 0.28, 12)]
        signals = judged(tops, record=frozen).signals
        found += any(
            signal.signal is Signal.EWMA
            and signal.direction is Direction.LOWER
            and signal.last.period.first_day >= date(2025, 1, 1)
            for signal in signals
        )

    assert found >= 90


def test_cusum_names_about_when_the_level_changed():
    tops = [32, 34, 30, 33, 31, 32, 30, 34, 33, 31, 32, 32, *[22] * 12]
    frozen = SimpleNamespace(centre=0.4, spread=1.0)

    signal = judged(tops, shift=ShiftKind.CUSUM, record=frozen).signals[0]

    assert signal.signal is Signal.CUSUM_DOWN
    assert signal.since.first_day == date(2025, 1, 1)


def test_one_bad_month_is_named_with_rule_and_figures(fallen_survey):
    view = trend_view(trend(Selection(fallen_survey), TrendOptions(period=PeriodKind.MONTH)))

    assert len(view.signals) == 1
    assert view.signals[0].text.startswith("June 2026: 15.0% is below the control limits, ")
    assert "60 answers" in view.signals[0].text
    assert "not why" in view.signals[0].meaning


def test_quiet_survey_has_no_signal_and_no_verdict(quiet_survey):
    found = trend(Selection(quiet_survey), TrendOptions(period=PeriodKind.MONTH))

    assert found.signals == ()
    assert [change.certainty for change in found.changes] == [Certainty.NO_CLEAR_DIFFERENCE] * 2
    assert "No signal" in trend_view(found).verdict


def test_running_month_is_shown_and_not_judged(survey):
    tops = [(20, 50), (21, 50)] * 8
    answer_months(survey, [*tops, (0, 50)])

    found = trend(Selection(survey), TrendOptions(period=PeriodKind.MONTH))

    last = found.stretches[0].points[-1]
    assert last.value == 0.0
    assert last.z is None
    assert found.signals == ()
    assert found.changes[0].newest.period.first_day == date(2026, 10, 1)
    assert "still running" in trend_table(found).rows[0][-1]


def test_empty_month_is_a_gap_and_not_a_zero(survey):
    tops = [(20, 50), (21, 50)] * 6
    tops[5] = (0, 0)
    answer_months(survey, tops)

    found = trend(Selection(survey), TrendOptions(period=PeriodKind.MONTH))

    gap = found.stretches[0].points[5]
    assert (gap.value, gap.z) == (None, None)
    assert found.signals == ()
    assert "no answers" in trend_table(found).rows[-6][-1]


def test_month_without_answers_counts_as_none_when_answers_are_counted(survey):
    tops = [(20, 50), (21, 50)] * 6
    tops[5] = (0, 0)
    answer_months(survey, tops)

    found = trend(Selection(survey), TrendOptions("responses", PeriodKind.MONTH))

    assert found.stretches[0].points[5].value == 0


def test_month_of_few_cannot_be_worked_out_from_the_others(survey):
    tops = [(20, 50), (21, 50)] * 6
    tops[4] = (1, 3)
    answer_months(survey, tops)

    found = trend(Selection(survey), TrendOptions(period=PeriodKind.MONTH))

    head, rows = trend_rows(found)
    hidden = [dict(zip(head, row, strict=True)) for row in rows if "hidden" in row[-1]]
    assert len(hidden) == 2
    assert all(row["value"] is None and row["base"] is None for row in hidden)
    assert sum(point.cell.n for _s, point in found.points if point.cell.is_hidden) >= 5
    table = trend_table(found)
    assert "33.3%" not in str(table.rows)


def test_hidden_days_cannot_be_worked_out_from_their_month_either(survey):
    answer_months(survey, [(20, 60), (20, 63), (20, 60), (10, 20)])

    found = trend(Selection(survey), TrendOptions(period=PeriodKind.DAY))

    for _name, days in groups_by_month(found):
        hidden = [point.cell.n for point in days if point.cell.is_hidden]
        assert not hidden or (len(hidden) > 1 and sum(hidden) >= 5)


def groups_by_month(found):
    months = {}
    for _stretch, point in found.points:
        if point.cell.n:
            months.setdefault(period_of(point.period.first_day, PeriodKind.MONTH), []).append(point)
    return months.items()


def next_version(survey, **changes):
    """A second version in which the question on overall satisfaction differs."""
    first = survey.versions.get()
    first.state = VersionState.CLOSED
    first.closed_at = first.published_at
    first.save()
    draft = factories.make_draft(survey)
    Question.objects.filter(version=draft, key="overall").update(**changes)
    return factories.publish(draft)


def in_two_versions(survey, **changes):
    """Ten months with the first version, ten with a second one, at one level."""
    first = survey.versions.get()
    months = month_starts(20)
    tops = [(24, 60), (26, 60)] * 5
    answer_months(survey, tops, version=first, months=months[:10])
    second = next_version(survey, **changes)
    answer_months(survey, tops, version=second, months=months[10:])
    return trend(Selection(survey), TrendOptions(period=PeriodKind.MONTH))


def test_new_wording_breaks_the_line_and_begins_new_limits(survey):
    found = in_two_versions(survey, text={"en": "All in all, how was it?"})

    assert len(found.stretches) == 2
    assert found.breaks[0][1].broken_by == Comparability.WORDING
    assert "other words" in trend_view(found).marks[0].words
    assert found.change(Against.YEAR_BEFORE).verdict is None


def test_version_with_the_same_question_goes_on_in_one_line(survey):
    found = in_two_versions(survey)

    assert len(found.stretches) == 1
    assert found.breaks == ()
    assert found.stretches[0].run.numbers == (1, 2)


def test_year_before_is_compared_and_told_with_its_interval(survey):
    tops = [(15, 100)] * 12 + [(16, 100)] * 11 + [(60, 100), (50, 100)]
    answer_months(survey, tops)

    found = trend(Selection(survey), TrendOptions(period=PeriodKind.MONTH))

    change = found.change(Against.YEAR_BEFORE)
    assert change.reference.period.first_day == date(2025, 10, 1)
    assert (change.certainty, change.direction) == (Certainty.CLEAR, Direction.HIGHER)
    said = dict(trend_view(found).changes)["Against the same period of last year"]
    assert said.startswith("October 2026 is higher than October 2025: 60.0% against 15.0%")
    assert "95% interval" in said


def test_two_looks_are_corrected_for_being_two():
    cells = [
        Cell(period, Counter({5: fives, 4: 100 - fives}))
        for period, fives in zip(MONTHS, [40] * 23 + [54], strict=True)
    ]

    previous, year = changes_of(TOP_BOX, cells)

    assert previous.verdict.test.p_value < 0.05
    assert previous.verdict.test.p_adjusted == pytest.approx(2 * previous.verdict.test.p_value)
    assert year.verdict.test.p_adjusted == previous.verdict.test.p_adjusted


def test_waves_are_followed_by_name_and_compared_with_the_one_a_year_before(survey):
    for number, (year, month) in enumerate([(2025, 5), (2025, 11), (2026, 5)], 1):
        first, last = date(year, month, 1), date(year, month, 28)
        wave = Wave.objects.create(
            survey=survey, name=f"Round {number}", starts_on=first, ends_on=last
        )
        answer_months(survey, [(10 * number, 50)], months=[first], wave=wave)

    found = trend(Selection(survey))

    assert found.period_kind == PeriodKind.WAVE
    assert [point.period.name for _s, point in found.points] == ["Round 1", "Round 2", "Round 3"]
    assert found.change(Against.YEAR_BEFORE).reference.period.name == "Round 1"


@pytest.mark.parametrize("code", ["top_box", "mean", "nps", "loyal", "top_box.staff", "responses"])
def test_measure_can_be_followed_by_every_period(survey, code):
    answer_months(survey, [(4, 12), (5, 12), (3, 12), (0, 2), (6, 12)])

    for kind in (PeriodKind.DAY, PeriodKind.WEEK, PeriodKind.MONTH, PeriodKind.QUARTER):
        view = trend_view(trend(Selection(survey), TrendOptions(code, kind)))

        assert not view.obstacle
        assert all(len(row) == len(view.table.head) for row in view.table.rows)


def test_figures_equal_those_counted_by_hand(fallen_survey):
    head, rows = trend_rows(
        trend(Selection(fallen_survey), TrendOptions("loyal", PeriodKind.MONTH))
    )
    june = next(
        row
        for row in (dict(zip(head, row, strict=True)) for row in rows)
        if row["period"] == "June 2026"
    )

    # 9 fives and 51 fours; from 4 on they are loyal
    assert (june["base"], june["value"]) == (60, 1.0)


def test_survey_without_the_question_says_so(survey):
    Question.objects.filter(version__survey=survey, role=MeasureRole.OVERALL).delete()

    view = trend_view(trend(Selection(survey)))

    assert view.obstacle == "This survey does not ask the question that this trend needs."


@pytest.mark.parametrize("answers", [0, 1, 4, 5])
def test_first_days_have_a_sentence_and_never_an_error(survey, answers):
    answer_months(survey, [(1 if answers else 0, answers)])

    view = trend_view(trend(Selection(survey), TrendOptions(period=PeriodKind.MONTH)))

    assert view.obstacle or "No limits can be drawn yet" in view.verdict
    assert bool(view.obstacle) == (answers < 5)


def test_first_page_says_what_the_trend_says(quiet_survey):
    found = trend(Selection(quiet_survey))

    assert (
        headline_change(Selection(quiet_survey))
        == dict(trend_view(found).changes)["Against the period before"]
    )


def test_measures_are_the_headline_first(survey):
    codes = [one.code for one in trend_measures([questionnaire_of(survey.versions.get())])]

    assert codes == [
        "top_box",
        "mean",
        "nps",
        "loyal",
        "top_box.again",
        "mean.again",
        "top_box.staff",
        "mean.staff",
        "responses",
    ]
