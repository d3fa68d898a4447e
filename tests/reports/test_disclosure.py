"""No two results that a reader may see differ by so few people that they can be made out."""

import itertools
import random

import numpy as np
import pytest

from reports.dataset.cube import Column, Cube
from reports.disclosure import Disclosure

MINIMUM = 5
PAIRS = 10_000


def people(seed, number=400):
    """Random people of very unequal groups: shops in regions, months, segments, languages."""
    dice = random.Random(seed)
    rows = []
    for _ in range(number):
        shop = dice.choices(range(7), weights=[40, 30, 12, 9, 5, 3, 1])[0]
        month = dice.choices(range(4), weights=[40, 30, 29, 1])[0]
        rows.append(
            {
                "unit-1": shop % 3,
                "unit-2": shop,
                "quarter": month // 2,
                "month": month,
                "segment": dice.choices(range(3), weights=[60, 38, 2])[0],
                "language": int(dice.random() < 0.02),
            }
        )
    return rows


def cube_of_people(rows):
    """A cube with one cell for each person, so that results are sets of people."""
    columns = {}
    for key in rows[0]:
        values = tuple(sorted({row[key] for row in rows}))
        codes = np.array([values.index(row[key]) for row in rows], dtype=np.int32)
        columns[key] = Column(key, values, codes)
    ones = np.ones(len(rows), dtype=np.int64)
    return Cube(columns, ones, ones, ones, 2)


def all_choices(cube, most=3):
    """Everything that up to three filters or attributes can ask for."""
    keys = list(cube.columns)
    for number in range(most + 1):
        for chosen in itertools.combinations(keys, number):
            for values in itertools.product(*(cube.columns[key].values for key in chosen)):
                yield dict(zip(chosen, values, strict=True))


def shown_sets(cube, shows):
    """The people of every result that is shown."""
    return [cube.is_in(choice) for choice in all_choices(cube) if shows(choice)]


def differing_by_few(sets, seed):
    """Pairs of shown results that differ by one to four people, of 10,000 pairs at random.

    Half of the pairs are drawn among results of nearly the same size, where
    the danger is.
    """
    dice = random.Random(seed)
    ordered = sorted(sets, key=lambda people: int(people.sum()))
    found = 0
    for turn in range(PAIRS):
        one = dice.randrange(len(ordered))
        near = min(len(ordered) - 1, one + dice.randrange(1, 12))
        other = near if turn % 2 else dice.randrange(len(ordered))
        found += 0 < int((ordered[one] ^ ordered[other]).sum()) < MINIMUM
    return found


@pytest.mark.parametrize("seed", range(3))
def test_no_two_shown_results_differ_by_few_people(seed):
    cube = cube_of_people(people(seed))
    rule = Disclosure(cube, minimum=MINIMUM)

    shown = shown_sets(cube, rule.shows)

    assert len(shown) > 20
    assert differing_by_few(shown, seed) == 0


def test_large_enough_groups_alone_differ_by_few_people():
    """Control: with the minimum base and nothing else, the attack works."""
    cube = cube_of_people(people(1))

    shown = shown_sets(cube, lambda choice: cube.is_in(choice).sum() >= MINIMUM)

    assert differing_by_few(shown, 1) > 0


def left_over(cube, shows):
    """How many people remain of each shown result when its shown parts are taken away."""
    for whole in all_choices(cube, most=2):
        if not shows(whole):
            continue
        for key, column in cube.columns.items():
            if key in whole:
                continue
            left = cube.is_in(whole)
            for value in column.values:
                if shows(whole | {key: value}):
                    left &= ~cube.is_in({key: value})
            yield int(left.sum())


@pytest.mark.parametrize("seed", range(3))
def test_taking_the_shown_parts_from_a_whole_leaves_nobody_or_enough(seed):
    cube = cube_of_people(people(seed))
    rule = Disclosure(cube, minimum=MINIMUM)

    assert all(rest == 0 or rest >= MINIMUM for rest in left_over(cube, rule.shows))


def test_without_complements_a_few_people_are_left():
    """Control: hiding only what is too small leaves it to be worked out from the whole."""
    cube = cube_of_people(people(1))

    rests = left_over(cube, lambda choice: cube.is_in(choice).sum() >= MINIMUM)

    assert any(0 < rest < MINIMUM for rest in rests)


def solvable(table, sizes):
    """Which hidden cells the sums of the rows and columns give away."""
    hidden = np.argwhere(table)
    equations = [
        [float(cell[axis] == line) for cell in hidden]
        for axis in range(2)
        for line in range(sizes.shape[axis])
    ]
    free = np.linalg.svd(np.array(equations))
    directions = free[2][int((free[1] > 1e-9).sum()) :]
    return [] if len(directions) and (np.abs(directions) > 1e-9).any(axis=0).all() else hidden


def test_a_hidden_cell_does_not_follow_from_rows_and_columns():
    sizes = np.array([[2, 50, 60, 70], [40, 30, 80, 55], [33, 44, 66, 3], [35, 47, 61, 90]])
    rows = [
        {"segment": row, "channel": column}
        for (row, column), n in np.ndenumerate(sizes)
        for _ in range(n)
    ]
    cube = cube_of_people(rows)
    rule = Disclosure(cube, minimum=MINIMUM)

    hidden = np.array(
        [
            [not rule.shows({"segment": row, "channel": column}) for column in range(4)]
            for row in range(4)
        ]
    )

    assert hidden[0, 0]
    assert hidden[2, 3]
    assert not hidden.all()
    assert not len(solvable(hidden, sizes))
    assert len(solvable(sizes < MINIMUM, sizes))
