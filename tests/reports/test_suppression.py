"""Hidden cells stay hidden, also by subtraction."""

import random

from hypothesis import given
from hypothesis import strategies as st

from reports.suppression import hidden_cells, hidden_in_margins

SIZES = st.lists(st.integers(0, 30), min_size=2, max_size=11)


def test_nothing_is_hidden_where_all_are_large_enough():
    assert hidden_cells([5, 30, 60], minimum=5) == frozenset()


def test_one_small_cell_hides_the_next_smallest_too():
    assert hidden_cells([3, 30, 60, 20], minimum=5) == {0, 3}


def test_two_small_cells_that_are_too_few_together_hide_a_third():
    assert hidden_cells([1, 2, 60, 20], minimum=5) == {0, 1, 3}


def test_empty_cells_hide_nothing():
    assert hidden_cells([0, 0, 60, 20], minimum=5) == frozenset()


@given(SIZES)
def test_what_is_hidden_cannot_be_had_by_subtraction(sizes):
    hidden = hidden_cells(sizes, minimum=5)

    together = sum(sizes[position] for position in hidden)
    small = {position for position, size in enumerate(sizes) if 0 < size < 5}
    filled = {position for position, size in enumerate(sizes) if size}
    assert small <= hidden
    if hidden:
        assert (len(hidden) > 1 and together >= 5) or hidden == filled


def test_no_total_gives_a_hidden_cell_away():
    generator = random.Random(5)
    for _ in range(200):
        sizes = [generator.choice([0, 1, 3, 4, 6, 9, 30]) for _ in range(24)]
        margins = [["all", ("week", i // 4), ("month", i // 6)] for i in range(24)]

        hidden = hidden_in_margins(sizes, margins, minimum=5)

        for name in {name for names in margins for name in names}:
            inside = [sizes[i] for i in hidden if name in margins[i]]
            shown = [size for i, size in enumerate(sizes) if name in margins[i] and i not in hidden]
            assert not inside or not any(shown) or (len(inside) > 1 and sum(inside) >= 5)
