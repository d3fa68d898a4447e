"""Observed loyalty in a fixed window, and churn."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.churn import churn_counts, churn_rate
from scoring.errors import ArgumentError, CountError, ScaleError
from scoring.results import Status, to_plain
from scoring.retention import (
    IndexAnswers,
    days_to_purchase,
    index_answers,
    loyal_in_window,
    observed_loyalty,
)
from scoring.scales import FIVE_POINT


def share_loyal(table, score):
    """Loyal share at one score."""
    return table.count(score=score, loyal=True) / table.where(score=score).base


def simulated_customers(seed=1, n=4000):
    """First orders scored 1 to 5 at random; who buys again has nothing to do with the score."""
    generator = np.random.default_rng(seed)
    shares = [0.10, 0.05, 0.10, 0.20, 0.55]
    first = generator.choice([1, 2, 3, 4, 5], size=n, p=shares)
    again = generator.random(n) < 0.3
    second = generator.choice([1, 2, 3, 4, 5], size=n, p=shares)
    return first, again, second


def test_average_of_later_scores_is_an_artefact_that_the_index_score_avoids():
    """Averages of more orders drift to the middle, so that a 4 seems to buy more than a 5."""
    first, again, second = simulated_customers()
    customers = [*range(len(first)), *np.flatnonzero(again)]
    times = [0.0] * len(first) + [50.0] * int(again.sum())
    scores = [*first, *second[again]]

    average = np.round(np.where(again, (first + second) / 2, first))
    control = [again[average == score].mean() for score in (4, 5)]
    index = index_answers(customers, times, scores, until=0.0)
    days = days_to_purchase(index, np.flatnonzero(again).tolist(), [50.0] * int(again.sum()))
    table = observed_loyalty(index, days, data_until=200, window_days=180, scale=FIVE_POINT).table

    assert control[0] > control[1] + 0.02  # the control shows the artefact
    assert share_loyal(table, 4) == pytest.approx(share_loyal(table, 5), abs=0.05)


def test_a_customer_with_two_answers_is_counted_once():
    index = index_answers(["a", "b", "a"], [1, 2, 3], [5, 4, 2])

    assert index.customers == ("a", "b")
    assert index.scores == (2.0, 4.0)


def test_answers_after_the_cut_off_do_not_change_the_choice():
    early = index_answers(["a", "a"], [1, 9], [5, 1], until=5)

    assert early.scores == (5.0,)


def test_an_index_with_a_customer_twice_is_refused():
    with pytest.raises(ArgumentError, match="twice"):
        IndexAnswers(("a", "a"), (1.0, 2.0), (5.0, 4.0))


def test_a_purchase_before_or_at_the_score_is_no_repurchase():
    index = IndexAnswers(("a", "b", "c"), (10.0, 10.0, 10.0), (5.0, 5.0, 5.0))

    days = days_to_purchase(index, ["a", "b", "c", "c"], [9, 10, 25, 11])

    assert days == (None, None, 1.0)


def test_customers_with_short_follow_up_are_left_out_not_called_disloyal():
    index = IndexAnswers(("a", "b", "c"), (0.0, 0.0, 100.0), (5.0, 4.0, 5.0))

    result = observed_loyalty(
        index, (30, None, None), data_until=200, window_days=180, scale=FIVE_POINT
    )

    assert result.loyal.base == 2
    assert result.followed_too_short == 1
    assert result.table.count(score=5, loyal=True) == 1


def test_an_early_purchase_of_a_short_follow_up_does_not_count_either():
    """Counting it while leaving out the others would raise the share."""
    followed, loyal = loyal_in_window([5, None], [10, 10], window_days=180)

    assert followed == (False, False)
    assert loyal == (True, False)


def test_a_purchase_after_the_window_is_not_loyal():
    _, loyal = loyal_in_window([181, 180], [365, 365], window_days=180)

    assert loyal == (False, True)


def test_nobody_followed_is_undefined():
    index = IndexAnswers(("a",), (100.0,), (5.0,))

    result = observed_loyalty(index, (None,), data_until=120, window_days=180, scale=FIVE_POINT)

    assert result.loyal.status is Status.UNDEFINED
    to_plain(result.loyal)


@pytest.mark.parametrize("window", [0, -5, np.nan, np.inf])
def test_a_window_must_last(window):
    with pytest.raises(ArgumentError):
        loyal_in_window([1], [10], window_days=window)


def test_impossible_rows_are_refused():
    with pytest.raises(ArgumentError, match="before its score"):
        loyal_in_window([-1], [10], window_days=5)
    with pytest.raises(ArgumentError, match="follow-up"):
        loyal_in_window([1], [None], window_days=5)
    with pytest.raises(ArgumentError, match="same length"):
        index_answers(["a"], [1, 2], [1, 2])
    with pytest.raises(ArgumentError, match="time"):
        index_answers(["a"], [None], [1])
    with pytest.raises(ScaleError):
        observed_loyalty(
            IndexAnswers(("a",), (0.0,), (4.5,)),
            (None,),
            data_until=10,
            window_days=5,
            scale=FIVE_POINT,
        )


def test_churn_is_lost_over_active_at_start():
    counts = churn_counts([10, 20, 200, None], [40, 110, 290, 3], inactive_after_days=90)

    rate = churn_rate(counts.lost, counts.active_at_start)

    assert (counts.active_at_start, counts.lost) == (2, 1)
    assert rate.value == 0.5


def test_churn_of_nobody_is_not_available():
    assert churn_rate(0, 0).status is Status.UNDEFINED


def test_impossible_churn_is_refused():
    with pytest.raises(CountError):
        churn_rate(6, 5)
    with pytest.raises(ArgumentError):
        churn_counts([-1], [2], inactive_after_days=90)
    with pytest.raises(ArgumentError):
        churn_counts([1], [2], inactive_after_days=0)


event = st.tuples(st.integers(0, 5), st.integers(0, 20), st.integers(1, 5))


@settings(deadline=None, max_examples=60)
@given(st.lists(event, max_size=15, unique_by=lambda row: row[:2]), st.randoms())
def test_the_index_does_not_depend_on_order(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)

    one, two = (
        index_answers(*([row[i] for row in order] for i in range(3))) for order in (rows, shuffled)
    )

    assert dict(zip(one.customers, one.scores, strict=True)) == dict(
        zip(two.customers, two.scores, strict=True)
    )
