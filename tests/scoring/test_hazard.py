"""Discrete hazard from counts, and Cox."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.errors import ArgumentError, AxisError
from scoring.hazard import cox_regression, discrete_hazard, person_periods
from scoring.results import Reason, Status, to_plain


def simulated(n=500, effect=0.4, seed=1):
    """Customers whose hazard grows with the score."""
    generator = np.random.default_rng(seed)
    score = generator.integers(1, 6, size=n)
    time = generator.exponential(300 / np.exp(effect * score))
    left = generator.uniform(30, 200, size=n)
    return score, np.minimum(time, left), (time <= left).astype(int)


def test_cloglog_finds_the_hazard_ratio():
    table = person_periods(*simulated(n=4000), period_days=15)

    found = discrete_hazard(table)

    assert found.coefficient.low < 0.4 < found.coefficient.high
    assert found.ratio.value == pytest.approx(np.exp(found.coefficient.value))


def test_discrete_hazard_is_close_to_cox():
    score, time, event = simulated(n=2000)

    discrete = discrete_hazard(person_periods(score, time, event, period_days=5))
    cox = cox_regression(time, event, score[:, None])

    assert discrete.coefficient.value == pytest.approx(cox.coefficients[0].value, abs=0.02)


def test_tables_of_two_halves_add_up():
    score, time, event = simulated()
    time[:] = np.minimum(time, 100)
    time[[0, -1]], event[[0, -1]] = 100, 0
    score[:5] = score[-5:] = [1, 2, 3, 4, 5]
    half = 250

    whole = person_periods(score, time, event, period_days=20)
    parts = [
        person_periods(score[part], time[part], event[part], period_days=20)
        for part in (slice(half), slice(half, None))
    ]

    assert parts[0] + parts[1] == whole


def test_cost_is_in_the_counts_and_equal_counts_give_equal_figures():
    table = person_periods(*simulated(), period_days=30)

    one, ten = discrete_hazard(table), discrete_hazard(table + table)

    assert ten.coefficient.value == pytest.approx(one.coefficient.value)
    assert one.standard_error == pytest.approx(ten.standard_error * np.sqrt(2))


def test_periods_that_say_nothing_are_named_and_change_nothing():
    table = person_periods(
        [4, 5, 4, 5, 5, 4, 5, 4],
        [10, 10, 25, 25, 70, 70, 75, 75],
        [1, 1, 0, 1, 0, 0, 0, 0],
        period_days=30,
    )

    found = discrete_hazard(table)

    assert found.periods_left_out == (2, 3)
    assert found.base == 8


@pytest.mark.parametrize(
    ("scores", "events", "reason"),
    [
        ([5, 5, 5, 5], [1, 0, 1, 0], Reason.CONSTANT),
        ([5, 5, 4, 4], [0, 0, 0, 0], Reason.EMPTY_CELL),
        ([5, 5, 4, 4], [1, 1, 1, 1], Reason.EMPTY_CELL),
        ([5, 5, 4, 4], [1, 1, 0, 0], Reason.SEPARATION),
        ([], [], Reason.EMPTY_BASE),
    ],
)
def test_what_cannot_be_fitted_is_refused_with_a_reason(scores, events, reason):
    table = person_periods(scores, [10] * len(scores), events, period_days=30)

    found = discrete_hazard(table)

    assert found.coefficient.status is Status.UNDEFINED
    assert found.coefficient.reasons == (reason,)
    to_plain(found)


def test_scores_that_are_no_numbers_and_links_that_are_none_are_refused():
    from scoring.counts import CountTable

    axes = [("score", ("low", "high")), ("period", (1,)), ("bought", (False, True))]
    table = CountTable.from_counts(axes, np.ones((2, 1, 2), dtype=int))

    with pytest.raises(AxisError):
        discrete_hazard(table)
    with pytest.raises(ArgumentError):
        discrete_hazard(table, link="probit")


@pytest.mark.parametrize(
    "options",
    [{"period_days": 0}, {"time": [-1, 5]}, {"event": [2, 0]}, {"scores": [None, 5]}],
)
def test_impossible_person_periods_are_refused(options):
    chosen = {"scores": [4, 5], "time": [5, 10], "event": [1, 0], "period_days": 30} | options

    with pytest.raises(ArgumentError):
        person_periods(**chosen)


@pytest.mark.parametrize(
    ("event", "x", "reason"),
    [
        ([0, 0, 0, 0], [[1], [2], [3], [4]], Reason.EMPTY_CELL),
        ([1, 1, 1, 1], [[2], [2], [2], [2]], Reason.CONSTANT),
        ([1, 1, 1, 1], [[1, 2], [2, 4], [3, 6], [4, 8]], Reason.COLLINEAR),
        ([1, 1, 0, 0], [[1], [1], [0], [0]], Reason.SEPARATION),
    ],
)
def test_cox_refuses_what_it_cannot_fit(event, x, reason):
    found = cox_regression([1, 2, 3, 4], event, x)

    assert found.likelihood_ratio.status is Status.UNDEFINED
    assert found.coefficients[0].reasons == (reason,)
    to_plain(found)


def test_cox_refuses_blanks_and_unknown_ties():
    with pytest.raises(ArgumentError):
        cox_regression([1, 2], [1, 1], [[1], [None]])
    with pytest.raises(ArgumentError):
        cox_regression([1, 2], [1, 1], [[1], [2]], ties="exact")


def test_ties_must_be_chosen_because_the_answers_differ():
    score, time, event = simulated()
    time = np.ceil(time / 30) * 30

    efron, breslow = (
        cox_regression(time, event, score[:, None], ties=ties).coefficients[0].value
        for ties in ("efron", "breslow")
    )

    assert efron > breslow


row = st.tuples(st.integers(1, 5), st.integers(0, 100), st.integers(0, 1))


@settings(deadline=None, max_examples=40)
@given(st.lists(row, max_size=20))
def test_no_nan_leaves_the_model(rows):
    table = person_periods(*([r[i] for r in rows] for i in range(3)), period_days=30)

    found = discrete_hazard(table)

    to_plain(found)
    assert table.count(bought=True) == sum(r[2] for r in rows)
    if found.coefficient.has_interval:
        assert found.coefficient.low <= found.coefficient.value <= found.coefficient.high
