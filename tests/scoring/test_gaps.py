"""Perceived against expected."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.errors import ArgumentError, CountError, ScaleError
from scoring.gaps import answer_gap, answer_ratio, perceived_against_expected
from scoring.results import Reason, Status, to_plain


@pytest.mark.parametrize(
    ("perceived", "expected", "ratio", "gap"),
    [(4, 5, 0.80, -1), (4, 4, 1.00, 0), (5, 4, 1.25, 1), (4, None, None, None), (4, 0, None, 4)],
)
def test_one_answer_has_its_ratio_and_gap(perceived, expected, ratio, gap):
    assert answer_ratio(perceived, expected) == ratio
    assert answer_gap(perceived, expected) == gap


def test_a_zero_expectation_makes_only_the_mean_of_ratios_undefined():
    result = perceived_against_expected([4, 5, 3], [4, 0, 5])

    assert result.mean_of_ratios is None
    assert result.geometric_mean_of_ratios is None
    assert result.not_computable == 1
    assert result.ratio_of_means.value == pytest.approx(12 / 9)


def test_expectations_of_zero_everywhere_have_no_ratio():
    result = perceived_against_expected([4, 5], [0, 0])

    assert result.ratio_of_means.status is Status.UNDEFINED
    assert result.gap.value == 4.5


def test_fieller_is_unbounded_where_the_expectation_is_not_clear_of_zero():
    ratio = perceived_against_expected([4, 5, 3], [0, 9, 0]).ratio_of_means

    assert ratio.is_defined
    assert not ratio.has_interval
    assert ratio.reasons == (Reason.UNBOUNDED,)


def test_fieller_turns_round_with_the_ratio():
    """An interval for a/b must be the reciprocal of that for b/a."""
    x, y = [4, 5, 3, 5, 2, 4, 4], [4, 4, 4, 3, 5, 5, 4]

    one = perceived_against_expected(x, y).ratio_of_means
    other = perceived_against_expected(y, x).ratio_of_means

    assert (one.low, one.high) == pytest.approx((1 / other.high, 1 / other.low))


def test_mean_of_ratios_is_biased_upward():
    result = perceived_against_expected([5, 1] * 20, [1, 5] * 20)

    assert result.ratio_of_means.value == pytest.approx(1.0)
    assert result.mean_of_ratios > 2.5


def test_counts_of_pairs_equal_repeated_pairs():
    counted = perceived_against_expected([4, 5, 3], [4, 3, 5], counts=[3, 0, 2])
    repeated = perceived_against_expected([4, 4, 4, 3, 3], [4, 4, 4, 5, 5])

    assert counted.base == repeated.base == 5
    assert counted.gap.low == pytest.approx(repeated.gap.low)
    assert counted.ratio_of_means.high == pytest.approx(repeated.ratio_of_means.high)
    assert counted.geometric_mean_of_ratios == pytest.approx(repeated.geometric_mean_of_ratios)


def test_blanks_are_left_out_and_counted():
    result = perceived_against_expected([4, None, 3, 5], [4, 4, None, 4])

    assert (result.base, result.missing) == (2, 2)


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ([], Reason.EMPTY_BASE),
        ([(4, 5)], Reason.SINGLE_RESPONDENT),
        ([(4, 4), (3, 3)], Reason.ZERO_VARIANCE),
    ],
)
def test_too_little_to_go_by_gives_a_reason(pairs, reason):
    x, y = [a for a, _ in pairs], [b for _, b in pairs]

    result = perceived_against_expected(x, y)

    assert result.gap.reasons == (reason,)
    assert not result.ratio_of_means.has_interval
    to_plain(result)


def test_negative_answers_are_refused():
    with pytest.raises(ScaleError):
        perceived_against_expected([-1], [2])


def test_columns_and_counts_are_checked():
    with pytest.raises(ArgumentError):
        perceived_against_expected([1, 2], [1])
    with pytest.raises(CountError):
        perceived_against_expected([1], [1], counts=[0.5])
    with pytest.raises(ArgumentError):
        perceived_against_expected([1], [1], confidence=2)


rating = st.one_of(st.none(), st.integers(0, 10))


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(rating, rating), max_size=12))
def test_intervals_hold_their_estimates_and_no_nan(pairs):
    result = perceived_against_expected([a for a, _ in pairs], [b for _, b in pairs])

    to_plain(result)
    for figure in (result.gap, result.ratio_of_means, result.ratio_linearised):
        if figure.has_interval:
            assert figure.low <= figure.value + 1e-12
            assert figure.value <= figure.high + 1e-12


@pytest.mark.long
def test_fieller_covers_at_ten_respondents():
    generator = np.random.default_rng(11)
    hits, rounds = 0, 4000
    for _ in range(rounds):
        expected = generator.normal(7, 1.5, size=10)
        perceived = expected * 0.5 + generator.normal(4, 1, size=10)
        ratio = perceived_against_expected(perceived, expected).ratio_of_means
        hits += ratio.low <= 7.5 / 7 <= ratio.high

    assert abs(hits / rounds - 0.95) < 0.02
