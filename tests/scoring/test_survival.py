"""Kaplan–Meier, log-rank and life table."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.errors import ArgumentError, CountError
from scoring.intervals import wilson
from scoring.life_table import life_table
from scoring.log_rank import log_rank
from scoring.results import Reason, Status, to_plain
from scoring.survival import kaplan_meier, kaplan_meier_by_score

TIME = [9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161]
EVENT = [1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0]


def simulated(n=300, seed=2):
    """Times with ties, events and three groups."""
    generator = np.random.default_rng(seed)
    group = generator.integers(3, 6, size=n)
    time = np.ceil(generator.exponential(60 / group, size=n))
    return time, (generator.random(n) < 0.7).astype(int), group


def test_curve_equals_statsmodels():
    from statsmodels.duration.survfunc import SurvfuncRight

    time, event, _ = simulated()
    reference = SurvfuncRight(time, event)

    points = kaplan_meier(time, event).points

    assert [point.at for point in points] == pytest.approx(reference.surv_times)
    assert [point.survival for point in points] == pytest.approx(reference.surv_prob)


def test_curve_without_censoring_is_the_plain_share():
    point = kaplan_meier([1, 2, 3, 4], [1, 1, 1, 1], at=[2]).points[0]

    assert point.repurchase.value == pytest.approx(0.5)


def test_nobody_yet_has_wilsons_upper_end():
    point = kaplan_meier([50] * 20, [0] * 20, at=[30]).points[0]

    assert (point.repurchase.value, point.repurchase.low) == (0.0, 0.0)
    assert point.repurchase.high == pytest.approx(wilson(0, 20)[1])
    assert point.standard_error == 0.0


def test_beyond_follow_up_there_is_no_flat_line():
    point = kaplan_meier(TIME, EVENT, at=[200]).points[0]

    assert point.repurchase.status is Status.UNDEFINED
    assert point.repurchase.reasons == (Reason.BEYOND_FOLLOW_UP,)


def test_everybody_bought_stays_known():
    inside, beyond = kaplan_meier([5, 8], [1, 1], at=[8, 100]).points

    assert inside.repurchase.value == beyond.repurchase.value == 1.0
    assert inside.repurchase.low == pytest.approx(wilson(2, 2)[0])
    assert kaplan_meier([5, 8], [0, 1], at=[8]).points[0].repurchase.reasons[0] is (
        Reason.NOT_IDENTIFIED
    )


def test_few_at_risk_are_marked():
    point = kaplan_meier(TIME, EVENT, at=[31]).points[0]

    assert point.at_risk == 5
    assert point.repurchase.status is Status.LOW_BASE


def test_short_follow_up_counted_as_disloyal_would_lower_the_curve():
    """The trap: the plain share of purchases among all, followed or not."""
    naive = sum(EVENT) / len(EVENT)

    assert kaplan_meier(TIME, EVENT, at=[48]).points[0].repurchase.value > naive


def test_counts_equal_repeated_rows():
    counted = kaplan_meier([5, 9, 12], [1, 0, 1], counts=[3, 2, 4])
    repeated = kaplan_meier([5] * 3 + [9] * 2 + [12] * 4, [1] * 3 + [0] * 2 + [1] * 4)

    assert counted == repeated


def test_a_count_of_nobody_changes_nothing():
    time, event, group = [5, 9, 12, 7], [1, 0, 1, 1], [4, 4, 5, 5]
    counts = [3, 2, 4, 1]

    plain = log_rank(time, event, group, counts=counts)
    padded = log_rank([*time, 99, 3], [*event, 1, 1], [*group, 4, 5], counts=[*counts, 0, 0])
    curves = kaplan_meier_by_score([*group, 4], [*time, 99], [*event, 1], counts=[*counts, 0])

    assert padded == plain
    assert curves == kaplan_meier_by_score(group, time, event, counts=counts)


def test_each_score_has_its_curve():
    time, event, group = simulated()

    curves = kaplan_meier_by_score(group, time, event, at=[10])

    assert list(curves) == [3, 4, 5]
    assert curves[4] == kaplan_meier(time[group == 4], event[group == 4], at=[10])


def test_empty_curve_is_undefined():
    curve = kaplan_meier([], [], at=[10])

    assert curve.points[0].repurchase.status is Status.UNDEFINED
    to_plain(curve)


def test_log_rank_equals_statsmodels():
    from statsmodels.duration.survfunc import survdiff

    time, event, group = simulated()
    statistic, p = survdiff(time, event, group)

    found = log_rank(time, event, group)

    assert found.test.statistic == pytest.approx(statistic)
    assert found.test.p_value == pytest.approx(p)
    assert sum(found.observed) == pytest.approx(sum(found.expected))


@pytest.mark.parametrize(("event", "groups"), [([0, 0], [4, 5]), ([1, 1], [4, 4]), ([], [])])
def test_log_rank_without_a_comparison_is_undefined(event, groups):
    found = log_rank([10, 20][: len(event)], event, groups)

    assert found.test.status is Status.UNDEFINED
    to_plain(found)


def test_log_rank_refuses_groups_of_two_kinds():
    with pytest.raises(ArgumentError):
        log_rank([1, 2], [1, 1], [4, "five"])


def test_life_table_with_narrow_intervals_is_kaplan_meier():
    time, event, _ = simulated()
    edges = np.arange(0, time.max() + 1)

    rows = life_table(time, event, breaks=edges)

    whole = [row for row in rows if row.censored == 0 or row.events == 0]
    assert whole
    survival = 1.0
    for row in rows:
        survival *= 1 - row.events / (row.at_risk - row.censored / 2) if row.at_risk else 1
        if row.survival is not None:
            assert row.survival == pytest.approx(survival)


def test_life_table_ends_where_nobody_is_left():
    rows = life_table([5, 15], [1, 1], breaks=[0, 10, 20, 30])

    assert [row.at_risk for row in rows] == [2, 1, 0]
    assert rows[2].hazard.status is Status.UNDEFINED
    assert rows[2].survival is None
    to_plain(rows)


@pytest.mark.parametrize("breaks", [[0], [10, 20], [0, 20, 10], [0, None]])
def test_life_table_needs_rising_breaks_from_zero(breaks):
    with pytest.raises(ArgumentError):
        life_table(TIME, EVENT, breaks=breaks)


@pytest.mark.parametrize(
    ("time", "event"), [([-1], [1]), ([None], [1]), ([1], [2]), ([1], [None]), ([1, 2], [1])]
)
def test_impossible_times_are_refused(time, event):
    with pytest.raises(ArgumentError):
        kaplan_meier(time, event)


def test_impossible_counts_and_levels_are_refused():
    with pytest.raises(CountError):
        kaplan_meier([1], [1], counts=[0.5])
    with pytest.raises(ArgumentError):
        kaplan_meier([1], [1], confidence=1)


row = st.tuples(st.integers(0, 30), st.integers(0, 1))


@settings(deadline=None, max_examples=120)
@given(st.lists(row, max_size=25), st.randoms())
def test_curve_does_not_depend_on_order_and_stays_in_range(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)
    at = [0, 5, 10, 20, 30, 40]

    one, two = (
        kaplan_meier([t for t, _ in order], [e for _, e in order], at=at)
        for order in (rows, shuffled)
    )

    assert to_plain(one) == to_plain(two)
    for point in one.points:
        share = point.repurchase
        if share.has_interval:
            assert 0 <= share.low <= share.value <= share.high <= 1


@pytest.mark.long
def test_log_log_interval_covers_at_forty_customers():
    generator = np.random.default_rng(6)
    hits, rounds = 0, 3000
    for _ in range(rounds):
        bought, left = generator.exponential(100, 40), generator.uniform(20, 200, 40)
        point = kaplan_meier(np.minimum(bought, left), bought <= left, at=[60]).points[0]
        share = point.repurchase
        hits += share.has_interval and share.low <= 1 - np.exp(-0.6) <= share.high

    assert abs(hits / rounds - 0.95) < 0.02
