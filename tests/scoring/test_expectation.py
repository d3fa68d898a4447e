"""Delight, comparison with others, basic and latent items, promises."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.errors import ArgumentError, CountError, ScaleError
from scoring.expectation import (
    ItemKind,
    against_expectation,
    basic_and_latent,
    broken_promises,
    compared_with_others,
)
from scoring.results import Status, to_plain

KINDS = [ItemKind.BASIC, ItemKind.BASIC, ItemKind.LATENT]


def test_delight_is_beyond_only():
    result = against_expectation(0, 100, 0)

    assert result.beyond.value == 0.0
    assert result.as_expected.value == 1.0


def test_net_has_the_interval_of_the_net_promoter_score():
    """Reference: golden case nps_small_10, computed with R."""
    net = compared_with_others(2, 3, 5).net

    assert net.value == pytest.approx(30)
    assert (net.low, net.high) == pytest.approx((-19.0506153763637, 65.2044615302098))


def test_all_the_same_still_has_a_width():
    net = compared_with_others(0, 5, 0).net

    assert net.low < net.value == 0 < net.high


def test_everybody_better_holds_its_estimate():
    net = compared_with_others(0, 0, 20).net

    assert net.low < 100 == net.value == net.high


def test_meeting_every_basic_item_raises_no_delight():
    result = basic_and_latent([[2, 3, 2]] * 30 + [[3, 3, 1]] * 30, kinds=KINDS)

    assert result.basic.met.value == 1.0
    assert result.latent.delighted.value == 0.0


def test_the_interval_rests_on_respondents_not_on_items():
    """Ten equal items of one respondent say no more than one."""
    generator = np.random.default_rng(1)
    one = generator.integers(1, 4, size=(40, 1))
    ten = np.repeat(one, 10, axis=1)

    single = basic_and_latent(one, kinds=["latent"]).latent.delighted
    many = basic_and_latent(ten, kinds=["latent"] * 10).latent.delighted

    assert (many.low, many.high) == pytest.approx((single.low, single.high))


def test_whoever_answered_no_item_of_a_kind_is_missing_there():
    result = basic_and_latent([[2, 2, None], [2, None, 3], [1, 2, 3]], kinds=KINDS)

    assert (result.latent.met.base, result.latent.met.missing) == (2, 1)
    assert result.basic.met.base == 3


def test_equal_shares_have_the_interval_of_a_plain_share():
    delighted = basic_and_latent([[3, 3]] * 20, kinds=["latent"] * 2).latent.delighted

    assert (delighted.value, delighted.high, delighted.base) == (1.0, 1.0, 20)
    assert delighted.low == pytest.approx(against_expectation(0, 0, 20).beyond.low)


def test_a_kind_without_items_is_undefined():
    result = basic_and_latent([[2], [3]], kinds=["basic"])

    assert result.latent.items == ()
    assert result.latent.delighted.status is Status.UNDEFINED
    to_plain(result)


def test_nobody_has_no_shares():
    assert against_expectation(0, 0, 0).beyond.status is Status.UNDEFINED
    assert compared_with_others(0, 0, 0).net.status is Status.UNDEFINED
    assert broken_promises(0, 0).status is Status.UNDEFINED


def test_broken_promises_are_a_plain_share():
    share = broken_promises(3, 60, missing=4)

    assert (share.value, share.missing) == (0.05, 4)


def test_impossible_input_is_refused():
    with pytest.raises(CountError):
        against_expectation(-1, 2, 3)
    with pytest.raises(CountError):
        compared_with_others(1, float("nan"), 3)
    with pytest.raises(CountError):
        broken_promises(5, 4)
    with pytest.raises(ArgumentError):
        basic_and_latent([[1, 2]], kinds=["basic"])
    with pytest.raises(ArgumentError):
        basic_and_latent([[1]], kinds=["wished"])
    with pytest.raises(ScaleError):
        basic_and_latent([[4]], kinds=["basic"])


@settings(deadline=None, max_examples=100)
@given(*[st.integers(0, 60)] * 3)
def test_net_stays_in_range(worse, same, better):
    net = compared_with_others(worse, same, better).net

    if net.is_defined:
        assert -100 <= net.low <= net.value <= net.high <= 100
