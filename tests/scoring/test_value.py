"""What a customer is worth."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.concentration import customers_holding, share_of_top
from scoring.counts import CountTable
from scoring.errors import ArgumentError, CountError
from scoring.results import Status, to_plain
from scoring.segments import compare_within_segments
from scoring.value import (
    annuity_factor,
    annuity_lifetime_value,
    lifetime_value,
    value_of_difference,
    value_of_moving,
)


@pytest.mark.parametrize(
    ("rate", "years", "factor", "value"),
    [(0.10, 5, 3.79079, 2274.47), (0.08, 3, 2.57710, 1546.26), (0, 5, 5, 3000.00)],
)
def test_lifetime_value_by_annuity_equals_the_worked_examples(rate, years, factor, value):
    assert annuity_factor(rate, years) == pytest.approx(factor, abs=5e-6)
    assert annuity_lifetime_value(1000, 400, rate=rate, years=years) == pytest.approx(
        value, abs=5e-3
    )


def test_annuity_factor_loses_no_digits_near_zero():
    assert annuity_factor(1e-12, 5) == pytest.approx(5 - 15e-12, abs=1e-14)


def test_the_two_conventions_differ_by_one_margin():
    options = {"retention": 0.8, "discount": 0.1}

    now = lifetime_value(100, first_margin="now", **options)
    later = lifetime_value(100, first_margin="after_renewal", **options)

    assert now - later == pytest.approx(100)


def test_a_long_finite_time_approaches_the_endless_sum():
    options = {"retention": 0.8, "discount": 0.1, "first_margin": "now"}

    assert lifetime_value(100, periods=400, **options) == pytest.approx(
        lifetime_value(100, **options)
    )


def test_an_endless_sum_without_a_limit_is_refused():
    with pytest.raises(ArgumentError, match="no limit"):
        lifetime_value(100, retention=1.1, discount=0.1, first_margin="now")
    finite = lifetime_value(100, retention=1, discount=0, first_margin="now", periods=3)
    assert finite == 300


@pytest.mark.parametrize(
    "options",
    [
        {"retention": -0.1},
        {"discount": -1},
        {"discount": float("nan")},
        {"first_margin": "soon"},
        {"periods": 0},
        {"periods": 2.5},
    ],
)
def test_impossible_inputs_of_lifetime_value_are_refused(options):
    chosen = {"retention": 0.8, "discount": 0.1, "first_margin": "now"} | options

    with pytest.raises(ArgumentError):
        lifetime_value(100, **chosen)


@pytest.mark.parametrize(("rate", "periods"), [(-1, 3), (0.1, -1), (0.1, 2.5), (np.inf, 2)])
def test_impossible_annuities_are_refused(rate, periods):
    with pytest.raises(ArgumentError):
        annuity_factor(rate, periods)


def test_value_of_moving_may_be_negative_and_is_shown():
    moved = value_of_moving(20, 100, 25, 100, share_moved=0.1, margin=50)

    assert moved.value.value == pytest.approx(-25)
    assert moved.value.low < 0 < moved.value.high


def test_value_of_moving_scales_the_interval():
    moved = value_of_moving(60, 100, 10, 100, share_moved=0.2, margin=30, customers=1000)

    assert moved.extra.value == pytest.approx(100)
    assert moved.extra.low == pytest.approx(200 * moved.difference.low)
    assert moved.value.high == pytest.approx(30 * moved.extra.high)


def test_a_negative_margin_keeps_the_ends_in_order():
    moved = value_of_moving(60, 100, 10, 100, share_moved=0.2, margin=-30)

    assert moved.value.low <= moved.value.value <= moved.value.high


def test_value_of_moving_can_rest_on_the_standardised_difference():
    axes = [("segment", ("a", "b")), ("score", (4, 5)), ("loyal", (False, True))]
    table = CountTable.from_counts(axes, [[[90, 10], [40, 10]], [[20, 30], [30, 70]]])
    difference = compare_within_segments(table, upper=5, lower=4).standardised_difference

    moved = value_of_difference(difference, share_moved=0.5, margin=20, customers=150)

    assert moved.extra.value == pytest.approx(75 * difference.value)
    assert moved.value.low == pytest.approx(1500 * difference.low)


def test_an_empty_base_has_no_value_and_a_small_one_is_marked():
    assert value_of_moving(0, 0, 5, 9, share_moved=1, margin=1).value.status is Status.UNDEFINED
    assert value_of_moving(3, 5, 5, 9, share_moved=1, margin=1).value.status is Status.LOW_BASE


def test_impossible_moves_are_refused():
    with pytest.raises(CountError):
        value_of_moving(11, 10, 1, 10, share_moved=0.5, margin=1)
    with pytest.raises(ArgumentError):
        value_of_moving(1, 10, 1, 10, share_moved=1.5, margin=1)
    with pytest.raises(ArgumentError):
        value_of_moving(1, 10, 1, 10, share_moved=0.5, margin=float("inf"))


def test_four_of_a_hundred_hold_eighty_percent():
    values = [5] * 96 + [480] * 4

    top, most = share_of_top(values, top=0.04), customers_holding(values, share=0.8)

    assert top.share_of_value == pytest.approx(0.8)
    assert most.share_of_customers == pytest.approx(0.04)
    assert most.members == (96, 97, 98, 99)


def test_concentration_without_value_or_customers_is_undefined():
    assert share_of_top([], top=0.1).status is Status.UNDEFINED
    assert customers_holding([0, 0]).share_of_value is None


@pytest.mark.parametrize("values", [[1, None], [1, -1], ["a"]])
def test_concentration_refuses_unknown_and_negative_values(values):
    with pytest.raises(ArgumentError):
        share_of_top(values, top=0.5)


def test_shares_outside_their_range_are_refused():
    with pytest.raises(ArgumentError):
        share_of_top([1], top=0)
    with pytest.raises(ArgumentError):
        customers_holding([1], share=1.2)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 1000), max_size=30), st.floats(0.01, 1))
def test_the_top_holds_at_least_its_share(values, top):
    found = share_of_top(values, top=top)

    to_plain(found)
    if found.share_of_value is not None:
        assert found.share_of_value >= found.share_of_customers - 1e-9
