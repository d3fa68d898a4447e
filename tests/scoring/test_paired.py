"""Change between the first and the latest answer."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.errors import ArgumentError, AxisError, CountError, ScaleError
from scoring.paired import first_and_latest, paired_change
from scoring.results import Reason, Status, to_plain
from scoring.scales import EFFORT_1, FIVE_POINT, Scale

THREE = Scale(1, 3)


def test_only_repeat_respondents_count():
    table = first_and_latest(
        ["a", "b", "a", "a", "c"], [1, 1, 2, 3, 9], [3, 5, 1, 5, 2], scale=FIVE_POINT
    )

    assert table.base == 1
    assert table.count(first=3, latest=5) == 1


def test_blank_answers_are_passed_over():
    table = first_and_latest(["a", "a", "a"], [1, 2, 3], [4, 5, None], scale=FIVE_POINT)

    assert table.count(first=4, latest=5) == 1


def test_mean_change_equals_the_paired_t_interval():
    from scipy import stats

    first, latest = [3, 4, 5, 2, 3, 1], [4, 4, 4, 4, 5, 1]
    customers = list(range(6))
    table = first_and_latest(customers * 2, [0] * 6 + [1] * 6, first + latest, scale=FIVE_POINT)

    change = paired_change(table, scale=FIVE_POINT).mean_change

    interval = stats.ttest_rel(latest, first).confidence_interval(0.95)
    assert (change.low, change.high) == pytest.approx((interval.low, interval.high))


def test_shares_of_movers_add_up():
    result = paired_change([[5, 2, 1], [3, 6, 4], [0, 2, 7]], scale=THREE)

    assert result.up.value + result.same.value + result.down.value == pytest.approx(1)
    assert result.up.value == pytest.approx(7 / 30)


def test_top_box_test_equals_statsmodels_less_half_the_point_mass():
    from scipy.stats import binom
    from statsmodels.stats.contingency_tables import mcnemar

    result = paired_change([[5, 9], [2, 14]], scale=Scale(1, 2))

    exact = mcnemar([[5, 9], [2, 14]], exact=True).pvalue
    assert (result.won, result.lost) == (9, 2)
    assert result.top_box_change.p_value == pytest.approx(exact - binom.pmf(2, 11, 0.5))


def test_as_many_won_as_lost_shows_nothing():
    assert paired_change([[0, 3], [3, 0]], scale=Scale(1, 2)).top_box_change.p_value == 1.0


def test_nobody_moving_in_or_out_cannot_be_tested():
    result = paired_change([[4, 0], [0, 4]], scale=Scale(1, 2))

    assert result.top_box_change.status is Status.UNDEFINED
    assert result.mean_change.reasons == (Reason.ZERO_VARIANCE,)


def test_up_is_towards_the_good_end():
    table = np.zeros((5, 5), dtype=int)
    table[4, 0] = 3  # from much effort to little

    result = paired_change(table, scale=EFFORT_1)

    assert result.up.value == 1.0
    assert result.mean_change.value == 4.0
    assert result.won == 3


@pytest.mark.parametrize(("n", "reason"), [(0, "empty_base"), (1, "single_respondent")])
def test_too_few_give_a_reason(n, reason):
    result = paired_change([[0, n], [0, 0]], scale=Scale(1, 2))

    assert result.mean_change.reasons == (Reason(reason),)
    to_plain(result)


def test_impossible_tables_and_options_are_refused():
    with pytest.raises(CountError):
        paired_change([[1, 2]], scale=THREE)
    with pytest.raises(CountError):
        paired_change([[-1, 0], [0, 1]], scale=Scale(1, 2))
    with pytest.raises(ArgumentError):
        paired_change(np.eye(3, dtype=int), scale=THREE, boxes=3)
    with pytest.raises(AxisError):
        paired_change(first_and_latest([], [], [], scale=THREE), scale=FIVE_POINT)
    with pytest.raises(ScaleError):
        first_and_latest(["a"], [1], [9], scale=THREE)
    with pytest.raises(ArgumentError):
        first_and_latest(["a"], [None], [1], scale=THREE)


@settings(deadline=None, max_examples=80)
@given(arrays(int, (3, 3), elements=st.integers(0, 8)))
def test_turning_time_round_turns_the_change(table):
    one, two = paired_change(table, scale=THREE), paired_change(table.T, scale=THREE)

    to_plain(one)
    assert (one.won, one.lost) == (two.lost, two.won)
    assert one.top_box_change.p_value == two.top_box_change.p_value
    if one.mean_change.has_interval:
        assert one.mean_change.low == pytest.approx(-two.mean_change.high)
        assert one.mean_change.low <= one.mean_change.value <= one.mean_change.high
