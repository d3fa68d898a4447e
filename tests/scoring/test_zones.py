"""Zones and quadrants."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.counts import CountTable
from scoring.errors import ArgumentError, AxisError, CountError, ScaleError
from scoring.results import to_plain
from scoring.scales import EFFORT_1, FIVE_POINT, RECOMMENDATION, Scale
from scoring.zones import quadrants, zones

from .builders import loyalty_table

YES_NO = Scale(0, 1)
TABLES = st.lists(st.lists(st.integers(0, 30), min_size=2, max_size=2), min_size=5, max_size=5)


def split(table, **options):
    return quadrants(
        table,
        satisfaction_scale=FIVE_POINT,
        loyalty_scale=YES_NO,
        satisfied_from=4,
        loyal_from=1,
        **options,
    )


def test_zones_of_five_points_are_two_two_one():
    found = zones(([10, 20, 30, 40, 100], [1, 2, 9, 20, 90]), scale=FIVE_POINT)

    assert [zone.scores for zone in found] == [(1, 2), (3, 4), (5,)]
    assert [zone.share.value for zone in found] == pytest.approx([0.15, 0.35, 0.5])
    assert [zone.loyal.value for zone in found] == pytest.approx([3 / 30, 29 / 70, 0.9])


def test_zones_follow_the_direction_of_the_scale():
    found = zones(([100, 40, 30, 20, 10], [90, 20, 9, 2, 1]), scale=EFFORT_1)

    assert [zone.scores for zone in found] == [(5, 4), (3, 2), (1,)]
    assert found[2].share.value == 0.5


def test_zone_cut_points_can_be_set_on_any_scale():
    counts = ([1] * 11, [0] * 11)

    found = zones(counts, scale=RECOMMENDATION, indifference_from=7, affection_from=9)

    assert [len(zone.scores) for zone in found] == [7, 2, 2]
    with pytest.raises(ArgumentError):
        zones(counts, scale=RECOMMENDATION, indifference_from=9, affection_from=7)


@given(TABLES)
def test_quadrants_sum_to_one(table):
    found = split(table)

    to_plain(found)
    if sum(map(sum, table)):
        assert sum(part.share.value for part in found.four) == pytest.approx(1.0)
    assert sum(part.n for part in found.four) == sum(map(sum, table))


def test_captive_customers_are_counted_apart_from_loyal_ones():
    found = split([[10, 40], [0, 0], [0, 0], [5, 5], [10, 30]])

    assert found.hostage.share.value == pytest.approx(0.4)
    assert found.loyalist.n == 35
    assert found.mercenary.n == 15
    assert (found.apostle.n, found.terrorist.n) == (30, 10)


@given(TABLES, st.floats(0.2, 5))
def test_a_common_weight_changes_nothing(table, weight):
    n = np.array(table)
    axes = CountTable.from_counts([("score", FIVE_POINT.points), ("loyalty", (0, 1))], n).axes
    weighted = split(CountTable(axes, n, n * weight, n * weight**2))

    for one, other in zip(split(table).four, weighted.four, strict=True):
        assert one.share.value == pytest.approx(other.share.value)
        assert one.share.high == pytest.approx(other.share.high)


def test_weighted_zones_use_the_effective_base():
    plain = zones(([10, 20, 30, 40, 100], [1, 2, 9, 20, 90]), scale=FIVE_POINT)
    table = loyalty_table([10, 20, 30, 40, 100], [1, 2, 9, 20, 90], weight=2.5)

    weighted = zones(table, scale=FIVE_POINT)

    assert weighted[0].share.low == pytest.approx(plain[0].share.low)
    assert weighted[0].loyal.high == pytest.approx(plain[0].loyal.high)


def test_impossible_tables_are_refused():
    for table, error in (
        ([[1, 1]] * 4, CountError),
        ([[1, 1, 1]] * 5, ScaleError),
        ([[1, -1]] * 5, ScaleError),
        ([[0.5, 1]] * 5, CountError),
        (3, CountError),
        (CountTable.from_counts([("score", "ab"), ("loyalty", (0, 1))], [[1, 1]] * 2), AxisError),
    ):
        with pytest.raises(error):
            split(table)


def test_cut_points_off_the_scale_are_refused():
    for satisfied_from in (1, 6, None):
        with pytest.raises(ArgumentError):
            quadrants(
                [[1, 1]] * 5,
                satisfaction_scale=FIVE_POINT,
                loyalty_scale=YES_NO,
                satisfied_from=satisfied_from,
                loyal_from=1,
            )
