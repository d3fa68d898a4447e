"""Charts: worked values, gaps, frozen limits, and what no chart may claim."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.control_charts import individuals_chart
from scoring.errors import ArgumentError, CountError
from scoring.nelson import Signal, nelson_rules
from scoring.results import Reason, Status, to_plain
from scoring.share_charts import p_chart

SFO_TOP = [589, 807, 782, 712, 605, 740, 731, 699]
SFO_BASES = [3093, 3694, 3348, 3334, 2677, 2810, 2919, 2688]


def test_binomial_limits_signal_where_laney_does_not():
    binomial = p_chart(SFO_TOP, SFO_BASES, dispersion="binomial")
    laney = p_chart(SFO_TOP, SFO_BASES)

    assert binomial.periods_with(Signal.RULE_1) == (1, 6, 8)
    assert laney.periods_with(Signal.RULE_1) == ()
    assert laney.sigma_z == pytest.approx(2.2, abs=0.05)


def test_laney_is_never_narrower_than_binomial_unless_asked():
    steady = ([50, 51, 50, 51] * 4, [100] * 16)

    bounded, raw, binomial = (
        p_chart(*steady, dispersion=kind).points[0] for kind in ("laney", "laney_raw", "binomial")
    )

    assert bounded.low == binomial.low
    assert raw.low > binomial.low


def test_period_without_answers_is_a_gap_and_not_zero():
    chart = p_chart([20, 0, 22, 19], [100, 0, 100, 100])

    gap = chart.points[1]

    assert (gap.value, gap.low, gap.high, gap.signals) == (None, None, None, ())
    assert chart.centre == pytest.approx(61 / 300)


def test_a_zero_share_is_no_gap():
    """Control: nobody satisfied out of a hundred is a figure."""
    assert p_chart([20, 0, 22, 19], [100] * 4).points[1].value == 0.0


@pytest.mark.parametrize(("successes", "centre"), [([0, 0, 0], 0.0), ([9, 9, 9], 1.0)])
def test_baseline_of_all_or_nothing_has_no_chart(successes, centre):
    chart = p_chart(successes, [9, 9, 9])

    assert (chart.status, chart.reasons) == (Status.UNDEFINED, (Reason.CONSTANT,))
    assert chart.centre == centre
    assert all(point.low is None for point in chart.points)


def test_nobody_at_all_has_no_chart():
    assert p_chart([], []).reasons == (Reason.EMPTY_BASE,)
    assert p_chart([0], [0]).status is Status.UNDEFINED
    assert individuals_chart([None, None]).reasons == (Reason.EMPTY_BASE,)


@pytest.mark.parametrize(
    ("periods", "reasons"),
    [(9, (Reason.PROVISIONAL,)), (10, (Reason.UNSTABLE,)), (15, ())],
)
def test_limits_from_few_periods_say_so(periods, reasons):
    successes = [20 + i % 3 for i in range(periods)]

    assert p_chart(successes, [100] * periods).reasons == reasons


def test_frozen_limits_do_not_move_with_new_periods():
    before = p_chart([20, 22, 18, 21, 19], [100] * 5)

    after = p_chart([20, 22, 18, 21, 19, 60, 65], [100] * 7, baseline=(1, 5))

    assert after.centre == before.centre
    assert after.points[6].high == before.points[0].high
    assert after.periods_with(Signal.RULE_1) == (6, 7)


def test_limits_that_are_not_frozen_move():
    """Control: without a baseline the new periods widen their own limits."""
    loose = p_chart([20, 22, 18, 21, 19, 60, 65], [100] * 7)

    assert loose.centre > 0.25


def test_given_centre_and_spread_are_used_as_they_are():
    chart = p_chart([20, 30], [100, 100], centre=0.2, sigma_z=1.5)

    assert chart.points[0].high == pytest.approx(0.2 + 3 * 1.5 * 0.04)
    assert chart.reasons == ()


def test_individuals_limits_are_two_point_six_six_moving_ranges_away():
    chart = individuals_chart([30, 32, 30, 32, 30], bases=[50, 60, 70, 80, 90])

    assert chart.points[0].high - chart.centre == pytest.approx(2.66 * 2, rel=1e-3)
    assert chart.points[2].base == 70


def test_individuals_do_not_step_across_a_gap():
    chart = individuals_chart([30, 32, None, 90, 92])

    assert chart.mean_moving_range == 2.0


@pytest.mark.parametrize(
    ("values", "reason"), [([4], Reason.TOO_FEW_POINTS), ([4, 4, 4], Reason.ZERO_VARIANCE)]
)
def test_no_spread_means_no_limits(values, reason):
    chart = individuals_chart(values)

    assert (chart.status, chart.reasons) == (Status.UNDEFINED, (reason,))
    assert chart.points[0].value == 4.0
    assert chart.points[0].low is None


@pytest.mark.parametrize(
    ("successes", "bases", "options", "error"),
    [
        ([5], [4], {}, CountError),
        ([-1], [4], {}, CountError),
        ([float("nan")], [4], {}, CountError),
        (["many"], [4], {}, CountError),
        ([1, 2], [4], {}, CountError),
        ([1], [4], {"dispersion": "wide"}, ArgumentError),
        ([1], [4], {"sigmas": 0}, ArgumentError),
        ([1], [4], {"baseline": (0, 1)}, ArgumentError),
        ([1], [4], {"baseline": 3}, ArgumentError),
        ([1], [4], {"centre": 1.2}, ArgumentError),
        ([1], [4], {"sigma_z": -1}, ArgumentError),
        ([1], [4], {"labels": ["a", "b"]}, ArgumentError),
    ],
)
def test_bad_input_of_a_p_chart_is_refused(successes, bases, options, error):
    with pytest.raises(error):
        p_chart(successes, bases, **options)


@pytest.mark.parametrize("values", [[1, float("nan")], [1, "x"], 7, [1, float("inf")]])
def test_bad_values_of_an_individuals_chart_are_refused(values):
    with pytest.raises(ArgumentError):
        individuals_chart(values)


def test_nelson_patterns_do_not_reach_across_a_gap():
    nine = [0.5] * 9

    assert nelson_rules(nine, rules=(2,)) == {2: (9,)}
    assert nelson_rules([*nine[:5], None, *nine[5:]], rules=(2,)) == {2: ()}


@pytest.mark.parametrize("rule", [0, 9, "1"])
def test_unknown_rule_is_refused(rule):
    with pytest.raises(ArgumentError):
        nelson_rules([0.1], rules=(rule,))


periods = st.lists(
    st.integers(0, 60).flatmap(lambda base: st.tuples(st.integers(0, base), st.just(base))),
    max_size=30,
)


@given(periods)
def test_p_chart_keeps_its_points_in_range_and_free_of_nan(cells):
    chart = p_chart([x for x, _ in cells], [n for _, n in cells])

    to_plain(chart)

    for point in chart.points:
        if point.low is not None:
            assert 0 <= point.low <= point.centre <= point.high <= 1


@given(st.lists(st.none() | st.floats(-100, 100), max_size=30))
def test_individuals_chart_is_free_of_nan(values):
    to_plain(individuals_chart(values))


def test_moving_everything_by_a_constant_moves_the_limits_with_it():
    values = np.random.default_rng(5).normal(40, 3, 20)

    here, there = individuals_chart(values), individuals_chart(values + 7)

    assert there.points[3].low == pytest.approx(here.points[3].low + 7)
    assert [p.signals for p in there.points] == [p.signals for p in here.points]
