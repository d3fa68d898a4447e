"""EWMA, CUSUM and alerts: published values, false alarms and power."""

import numpy as np
import pytest

from scoring.control_charts import individuals_chart
from scoring.errors import ArgumentError
from scoring.findings import Direction
from scoring.nelson import Signal, nelson_rules
from scoring.results import Reason, Status, to_plain
from scoring.share_charts import p_chart
from scoring.shift_charts import alerts, cusum_chart, ewma_chart

# Montgomery, Introduction to Statistical Quality Control, table of the CUSUM chapter.
MONTGOMERY = [
    9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51,
    9.40, 10.08, 9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08,
    10.38, 11.62, 11.31, 10.52,
]  # fmt: skip


def test_cusum_says_when_the_shift_began():
    chart = cusum_chart(MONTGOMERY, centre=10, sigma=1)

    first = next(point for point in chart.points if point.signals)

    assert (first.index, first.shift_start) == (29, 23)
    assert first.signals == (Signal.CUSUM_UP,)


def test_cusum_of_turned_values_signals_downward():
    turned = [20 - value for value in MONTGOMERY]

    chart = cusum_chart(turned, centre=10, sigma=1)

    assert chart.periods_with_signal == (29, 30)
    assert chart.points[28].signals == (Signal.CUSUM_DOWN,)
    assert chart.points[28].shift_start == 23


def test_cusum_is_measured_in_standard_deviations():
    doubled = [10 + 2 * (value - 10) for value in MONTGOMERY]

    chart = cusum_chart(doubled, centre=10, sigma=2)

    assert chart.points[28].upper == pytest.approx(5.28)


def test_ewma_limits_widen_over_time_and_keep_still_in_a_gap():
    chart = ewma_chart([11, None, 11, 11], centre=10, sigma=1)
    first, gap, third, fourth = chart.points

    assert first.high - 10 == pytest.approx(3 * 0.2)
    assert gap.smoothed is None
    assert first.high < third.high < fourth.high
    assert third.smoothed == pytest.approx(10.36)


def test_level_and_spread_come_from_the_baseline():
    values = [10, 12, 10, 12, 10, 12, 10, 12, 10, 12, 30, 30]

    chart = ewma_chart(values, baseline=(1, 10))

    assert (chart.centre, chart.sigma) == (11.0, pytest.approx(2 / 1.128))
    assert chart.periods_with(Signal.EWMA) == (11, 12)
    assert chart.reasons == ()


@pytest.mark.parametrize("draw", [ewma_chart, cusum_chart])
@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([], Reason.EMPTY_BASE),
        ([None], Reason.EMPTY_BASE),
        ([4], Reason.TOO_FEW_POINTS),
        ([4, 4, 4], Reason.ZERO_VARIANCE),
    ],
)
def test_charts_without_spread_are_undefined(draw, values, reason):
    chart = draw(values)

    assert (chart.status, chart.reasons) == (Status.UNDEFINED, (reason,))
    to_plain(chart)


@pytest.mark.parametrize(
    "options", [{"smoothing": 0}, {"smoothing": 1.1}, {"sigmas": -1}, {"sigma": 0}]
)
def test_impossible_ewma_is_refused(options):
    with pytest.raises(ArgumentError):
        ewma_chart([1, 2, 3], centre=2, **options)


@pytest.mark.parametrize("options", [{"k": -1}, {"h": 0}, {"sigma": -2}, {"labels": "ab"}])
def test_impossible_cusum_is_refused(options):
    with pytest.raises(ArgumentError):
        cusum_chart([1, 2, 3], **options)


def test_alert_names_a_single_far_period_and_its_side():
    chart = p_chart([40, 41, 39, 40, 42, 5], [100] * 6, baseline=(1, 5))

    found = [(alert.index, alert.signal, alert.direction) for alert in alerts(chart)]

    assert (6, Signal.RULE_1, Direction.LOWER) in found


def test_alert_finds_a_small_lasting_shift_that_no_limit_sees():
    values = [50, 52, 48, 51, 49, 52, 48, 50, 52, 49, *[53.5] * 8]
    chart = individuals_chart(values, baseline=(1, 10))

    found = alerts(chart)

    assert chart.periods_with(Signal.RULE_1) == ()
    assert {alert.signal for alert in found} == {Signal.EWMA}
    assert {alert.direction for alert in found} == {Direction.HIGHER}


def test_no_limits_no_alerts():
    assert alerts(p_chart([0, 0], [5, 5])) == ()


def test_alerts_are_refused_on_an_ewma():
    with pytest.raises(ArgumentError):
        alerts(ewma_chart([1, 2], centre=1, sigma=1))


def false_alarm_rates(series, generator):
    """Share of quiet two-year charts with a signal, for each way of looking."""
    found = dict.fromkeys(("rule 1", "rules 1 and 2", "all eight", "EWMA", "each month"), 0)
    for z in generator.normal(size=(series, 24)):
        rules = nelson_rules(z)
        found["rule 1"] += bool(rules[1])
        found["rules 1 and 2"] += bool(rules[1] or rules[2])
        found["all eight"] += any(rules.values())
        found["EWMA"] += bool(ewma_chart(z, centre=0, sigma=1).periods_with(Signal.EWMA))
        found["each month"] += bool((np.abs(np.diff(z)) > 1.959964 * 2**0.5).any())
    return {name: 100 * count / series for name, count in found.items()}


def test_alert_rules_stay_quiet_where_monthly_testing_does_not():
    rates = false_alarm_rates(400, np.random.default_rng(7))

    assert rates["rule 1"] < 12
    assert rates["EWMA"] < 9
    assert rates["each month"] > 50


@pytest.mark.long
def test_false_alarm_rates_are_those_of_the_methods():
    rates = false_alarm_rates(20_000, np.random.default_rng(20))

    assert rates["rule 1"] == pytest.approx(6, abs=1)
    assert rates["rules 1 and 2"] == pytest.approx(9, abs=1)
    assert rates["all eight"] == pytest.approx(24, abs=2)
    assert rates["EWMA"] == pytest.approx(4, abs=1)
    assert rates["each month"] == pytest.approx(64, abs=2)


@pytest.mark.long
def test_power_for_a_shift_of_one_sigma_is_that_of_the_methods():
    series, generator = 20_000, np.random.default_rng(21)
    found = np.zeros(3)
    for z in generator.normal(1.0, 1.0, size=(series, 12)):
        rules = nelson_rules(z, rules=(1, 2))
        smooth = ewma_chart(z, centre=0, sigma=1).periods_with(Signal.EWMA)
        found += [bool(rules[1]), bool(rules[1] or rules[2]), bool(smooth)]

    assert 100 * found / series == pytest.approx([25, 47, 74], abs=3)
