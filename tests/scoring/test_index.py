"""Satisfaction and loyalty index."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.errors import ArgumentError, CountError, ScaleError
from scoring.index import (
    LoyaltyItem,
    LoyaltyKind,
    index_from_means,
    loyalty_index,
    satisfaction_index,
)
from scoring.results import Reason, Status, to_plain
from scoring.scales import EFFORT_1, FIVE_POINT, RECOMMENDATION, TEN_POINT

ROWS = [[8, 7, 9], [5, 6, 4], [10, 9, None], [3, None, None]]


def test_index_equals_index_of_means_when_everybody_answered():
    rows = [[8, 7, 9], [5, 6, 4], [10, 9, 8]]

    result = satisfaction_index(rows, weights=[0.5, 0.3, 0.2])

    means = np.mean(rows, axis=0)
    assert result.index.value == pytest.approx(index_from_means(means, weights=[0.5, 0.3, 0.2]))


def test_index_needs_two_of_three_items():
    result = satisfaction_index(ROWS)

    assert result.respondents[2] == pytest.approx(100 * 8.5 / 9)
    assert result.respondents[3] is None
    assert (result.index.base, result.index.missing) == (3, 1)


def test_index_scales_of_low_good_are_turned():
    result = satisfaction_index([[1, 1, 1], [5, 5, 5]], scale=EFFORT_1)

    assert result.respondents == (100.0, 0.0)


def test_index_weights_are_shown_and_sum_to_one():
    result = satisfaction_index(ROWS, weights=[2, 1, 1], items=["a", "b", "c"])

    assert result.items == ("a", "b", "c")
    assert result.weights == (0.5, 0.25, 0.25)


def test_index_interval_stays_on_the_scale():
    result = satisfaction_index([[10, 10, 10]] * 5 + [[1, 1, 1]])

    assert result.index.high == 100.0


def test_index_of_equal_answers_has_no_interval():
    result = satisfaction_index([[10, 10, 10]] * 20)

    assert result.index.value == 100.0
    assert not result.index.has_interval
    assert result.index.reasons == (Reason.ZERO_VARIANCE,)


def test_index_of_nobody_is_undefined():
    result = satisfaction_index(np.empty((0, 3)))

    assert result.index.status is Status.UNDEFINED
    assert result.item_means == (None, None, None)


def test_index_with_equal_survey_weights_equals_plain():
    plain = satisfaction_index(ROWS).index
    weighted = satisfaction_index(ROWS, survey_weights=[2.5] * 4).index

    assert weighted.value == pytest.approx(plain.value)
    assert (weighted.low, weighted.high) == pytest.approx((plain.low, plain.high))


@pytest.mark.parametrize(
    ("options", "error"),
    [
        ({"weights": [1, 1]}, ArgumentError),
        ({"weights": [0, 0, 0]}, ArgumentError),
        ({"weights": [1, -1, 1]}, ArgumentError),
        ({"weights": ["a", 1, 1]}, ArgumentError),
        ({"minimum_answered": 4}, ArgumentError),
        ({"items": ["a"]}, ArgumentError),
        ({"confidence": 1.2}, ArgumentError),
        ({"survey_weights": [1, 1]}, CountError),
        ({"scale": FIVE_POINT}, ScaleError),
    ],
)
def test_index_refuses_bad_options(options, error):
    with pytest.raises(error):
        satisfaction_index(ROWS, **options)


@pytest.mark.parametrize("answers", [["a", "b"], [["x"]], [[np.inf, 1, 1]], [1, 2, 3]])
def test_index_refuses_bad_answers(answers):
    with pytest.raises(ArgumentError):
        satisfaction_index(answers)


def test_index_from_means_refuses_a_mean_outside_the_scale():
    with pytest.raises(ScaleError):
        index_from_means([8, 7, 11])


def test_loyalty_index_puts_each_item_on_its_own_scale():
    items = (
        LoyaltyItem("buy again", LoyaltyKind.BEHAVIOURAL, FIVE_POINT, 3),
        LoyaltyItem("recommend", LoyaltyKind.EMOTIONAL, RECOMMENDATION, 1),
    )

    result = loyalty_index([[5, 0], [1, 10]], items=items)

    assert result.respondents == (75.0, 25.0)
    assert result.weights == (0.75, 0.25)


answer = st.one_of(st.none(), st.integers(1, 10))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(answer, answer, answer), min_size=1, max_size=12), st.randoms())
def test_index_does_not_depend_on_order_and_holds_no_nan(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)

    one = satisfaction_index(rows, scale=TEN_POINT)
    two = satisfaction_index(shuffled, scale=TEN_POINT)

    to_plain(one)
    assert one.index.base == two.index.base
    if one.index.is_defined:
        assert one.index.value == pytest.approx(two.index.value)
        assert 0 <= one.index.value <= 100
    if one.index.has_interval:
        assert 0 <= one.index.low <= one.index.value <= one.index.high <= 100


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.integers(1, 10), st.integers(1, 4)), min_size=2, max_size=8))
def test_index_value_with_whole_weights_equals_repeated_rows(pairs):
    rows = [[score] * 3 for score, _ in pairs]
    weights = [weight for _, weight in pairs]
    repeated = [[score] * 3 for score, weight in pairs for _ in range(weight)]

    weighted = satisfaction_index(rows, survey_weights=weights)

    assert weighted.index.value == pytest.approx(satisfaction_index(repeated).index.value)
