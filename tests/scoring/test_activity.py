"""Activity, complaints and relative change."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scoring.activity import activity_rate, complaint_rate, relative_change
from scoring.errors import ArgumentError, CountError
from scoring.intervals import wilson
from scoring.results import Status


def test_activity_is_a_share_of_the_members():
    rate = activity_rate(30, 120)

    assert (rate.value, rate.low, rate.high) == (0.25, *wilson(30, 120))
    assert activity_rate(0, 0).status is Status.UNDEFINED


@given(st.integers(0, 500), st.integers(1, 400), st.sampled_from([0.8, 0.95, 0.99]))
def test_complaints_have_the_exact_interval_of_a_count(complaints, customers, confidence):
    rate = complaint_rate(complaints, customers, confidence=confidence)

    tail = (1 - confidence) / 2
    exact = (
        stats.chi2.ppf(tail, 2 * complaints) / 2 if complaints else 0.0,
        stats.chi2.ppf(1 - tail, 2 * complaints + 2) / 2,
    )
    assert (rate.low, rate.high) == pytest.approx(tuple(100 * end / customers for end in exact))
    assert rate.low <= rate.value <= rate.high


def test_complaints_without_customers_are_undefined():
    assert complaint_rate(0, 0).status is Status.UNDEFINED
    assert complaint_rate(0, 50).high > 0


def test_ratio_and_percent_change_are_told_apart():
    found = relative_change(47.4, 224.7)

    assert round(found.ratio, 2) == 4.74
    assert round(100 * found.change) == 374


def test_change_from_nothing_is_undefined():
    assert relative_change(0, 5).status is Status.UNDEFINED
    assert relative_change(5, 0).change == -1


def test_impossible_numbers_are_refused():
    with pytest.raises(CountError):
        complaint_rate(2.5, 10)
    with pytest.raises(CountError):
        activity_rate(5, 4)
    with pytest.raises(ArgumentError):
        relative_change(-1, 4)
