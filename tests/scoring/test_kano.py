"""Kano's classes."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.counts import CountTable
from scoring.errors import AxisError, CountError
from scoring.kano import kano
from scoring.results import Status, to_plain


def cells(**places):
    """A table with respondents at (functional, dysfunctional) places such as f1d5=3."""
    table = np.zeros((5, 5), dtype=int)
    for place, n in places.items():
        table[int(place[1]) - 1, int(place[3]) - 1] = n
    return table


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("f1d1", "Q"),
        ("f1d3", "A"),
        ("f1d5", "O"),
        ("f3d5", "M"),
        ("f3d3", "I"),
        ("f2d1", "R"),
        ("f5d2", "R"),
        ("f5d5", "Q"),
    ],
)
def test_each_corner_has_its_class(place, name):
    assert kano(cells(**{place: 1})).modal == (name,)


def test_a_tie_is_reported_as_a_tie():
    assert kano(cells(f1d5=4, f3d5=4)).modal == ("O", "M")


def test_better_and_worse_follow_their_formula():
    result = kano(cells(f1d3=3, f1d5=2, f3d5=4, f3d3=1, f1d1=9))

    assert result.better.value == pytest.approx(5 / 10)
    assert result.worse.value == pytest.approx(-6 / 10)
    assert result.worse.low <= result.worse.value <= result.worse.high
    assert result.better.base == 10


def test_nobody_wanting_leaves_better_undefined():
    result = kano(cells(f1d1=3))

    assert result.better.status is Status.UNDEFINED
    assert result.worse.status is Status.UNDEFINED
    assert result.modal == ("Q",)


def test_an_empty_table_has_no_class():
    result = kano(cells())

    assert result.modal == ()
    assert result.shares["A"].status is Status.UNDEFINED


def test_a_count_table_gives_the_same():
    table = CountTable.from_cells(
        [("dysfunctional", range(1, 6)), ("functional", range(1, 6))], [(5, 1, 6), (5, 2, 4)]
    )

    assert kano(table) == kano(cells(f1d5=6, f2d5=4))


@pytest.mark.parametrize("bad", [np.zeros((4, 5)), np.full((5, 5), -1), np.full((5, 5), 0.5)])
def test_other_tables_are_refused(bad):
    with pytest.raises(CountError):
        kano(bad)


def test_a_count_table_without_the_axes_is_refused():
    with pytest.raises(AxisError):
        kano(CountTable.from_counts([("score", (1, 2))], [1, 2]))


@settings(deadline=None, max_examples=40)
@given(arrays(int, (5, 5), elements=st.integers(0, 20)))
def test_classes_add_up_and_hold_no_nan(table):
    result = kano(table)

    to_plain(result)
    assert sum(result.counts.values()) == table.sum()
