"""Shares and means as estimates, and the checks on rows."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.answers import answer_column, answer_rows, same_length, weight_column
from scoring.errors import ArgumentError, CountError
from scoring.estimating import mean_estimate, share_estimate
from scoring.results import Reason, Status, to_plain


@pytest.mark.parametrize(
    ("successes", "base", "low", "high"),
    [
        (60, 100, 0.502, 0.691),
        (10, 100, 0.055, 0.174),
        (9, 10, 0.596, 0.982),
        (10, 10, 0.722, 1.0),
        (0, 10, 0.0, 0.278),
    ],
)
def test_share_has_wilsons_interval(successes, base, low, high):
    share = share_estimate(successes, base)

    assert (share.low, share.high) == pytest.approx((low, high), abs=5e-4)


def test_weighted_share_is_as_wide_as_its_effective_base():
    share = share_estimate(30.0, 60.0, effective_base=20, respondents=40)

    assert (share.value, share.base, share.effective_base) == (0.5, 40, 20.0)
    assert (share.low, share.high) == pytest.approx(
        (share_estimate(10, 20).low, share_estimate(10, 20).high)
    )


@pytest.mark.parametrize(("successes", "base"), [(-1, 5), (6, 5), (np.nan, 5), (1, np.inf)])
def test_share_refuses_impossible_counts(successes, base):
    with pytest.raises(CountError):
        share_estimate(successes, base)


def test_weighted_mean_equals_the_linearised_formula():
    x, w = np.array([1.0, 4, 5, 2]), np.array([1.0, 2, 1, 3])

    mean = mean_estimate(x, weights=w)

    m = w @ x / w.sum()
    error = np.sqrt(4 / 3 * (w**2 @ (x - m) ** 2)) / w.sum()
    assert mean.value == pytest.approx(m)
    assert mean.high - mean.value == pytest.approx(3.182446305284263 * error)


def test_survey_weights_are_not_frequencies():
    """Five equal weights of 2.5 leave five respondents, not twelve."""
    x = [1, 2, 3, 4, 5]

    assert mean_estimate(x, weights=[2.5] * 5).low == pytest.approx(mean_estimate(x).low)


@pytest.mark.parametrize(
    ("values", "reason"), [([4], Reason.SINGLE_RESPONDENT), ([4, 4], Reason.ZERO_VARIANCE)]
)
def test_mean_without_variance_has_no_interval(values, reason):
    mean = mean_estimate(values)

    assert mean.value == 4.0
    assert not mean.has_interval
    assert mean.reasons == (reason,)


def test_mean_of_nothing_is_undefined():
    mean = mean_estimate([None, None])

    assert mean.status is Status.UNDEFINED
    assert mean.missing == 2


def test_columns_must_have_one_length():
    with pytest.raises(ArgumentError, match="same length"):
        same_length(a=[1], b=[1, 2])


@pytest.mark.parametrize("bad", ["abc", ["a"], [[1]], [float("inf")]])
def test_a_column_must_be_plain_finite_numbers(bad):
    with pytest.raises(ArgumentError):
        answer_column(bad)


def test_rows_must_have_items():
    with pytest.raises(ArgumentError):
        answer_rows(np.empty((3, 0)))


@pytest.mark.parametrize("weights", [[1, -1], [1, None], [1]])
def test_weights_must_be_there_and_not_negative(weights):
    with pytest.raises(CountError):
        weight_column(weights, 2)


@settings(deadline=None, max_examples=80)
@given(st.lists(st.one_of(st.none(), st.floats(-1e6, 1e6)), max_size=20))
def test_mean_holds_no_nan_and_lies_in_its_interval(values):
    mean = mean_estimate(values)

    to_plain(mean)
    if mean.has_interval:
        assert mean.low <= mean.value <= mean.high


@settings(deadline=None, max_examples=80)
@given(st.integers(0, 500), st.integers(0, 500))
def test_share_lies_in_its_interval(successes, others):
    share = share_estimate(successes, successes + others)

    if share.is_defined:
        assert 0 <= share.low <= share.value <= share.high <= 1
