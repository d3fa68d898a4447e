"""Importance–performance map."""

import numpy as np
import pytest

from scoring.drivers import key_drivers
from scoring.errors import ArgumentError
from scoring.performance_map import Quadrant, performance_map
from scoring.results import Status, to_plain
from scoring.scales import FIVE_POINT, Scale


def model(seed=1, n=800, generator=True):
    """Two items: an important bad one and an unimportant good one."""
    random = np.random.default_rng(seed)
    bad = random.choice([1, 2, 3], size=n)
    good = random.choice([4, 5], size=n)
    outcome = bad + 0.1 * good + random.normal(scale=0.5, size=n)
    return key_drivers(
        np.column_stack([bad, good]).astype(float),
        outcome,
        names=["bad", "good"],
        generator=np.random.default_rng(2) if generator else None,
        resamples=200,
    )


def test_clear_items_stand_in_their_quadrants():
    points = performance_map(model(), scale=FIVE_POINT).points

    assert [point.quadrant for point in points] == [
        Quadrant.CONCENTRATE_HERE,
        Quadrant.POSSIBLE_OVERKILL,
    ]


def test_without_whiskers_there_is_no_quadrant():
    points = performance_map(model(generator=False), scale=FIVE_POINT).points

    assert [point.quadrant for point in points] == [None, None]


def test_an_item_near_a_line_is_in_no_quadrant():
    random = np.random.default_rng(5)
    rows = random.integers(1, 6, size=(60, 2)).astype(float)
    outcome = rows.sum(axis=1) + random.normal(size=60)
    drivers = key_drivers(rows, outcome, generator=random, resamples=100)

    points = performance_map(drivers, scale=FIVE_POINT).points

    assert [point.quadrant for point in points] == [None, None]


def test_lines_stand_at_the_means_of_the_items():
    found = performance_map(model(), scale=FIVE_POINT)

    assert found.importance_line == pytest.approx(0.5)
    performances = [point.performance.value for point in found.points]
    assert found.performance_line == pytest.approx(np.mean(performances))


def test_a_scale_with_low_good_turns_performance():
    low_good = Scale(1, 5, higher_is_better=False)

    plain = performance_map(model(), scale=FIVE_POINT).points[0].performance
    turned = performance_map(model(), scale=low_good).points[0].performance

    assert turned.value == pytest.approx(100 - plain.value)
    assert turned.low <= turned.value <= turned.high


def test_a_refused_model_has_no_points():
    found = performance_map(key_drivers(np.empty((0, 1)), []), scale=FIVE_POINT)

    assert found.points == ()
    assert found.status is Status.UNDEFINED
    to_plain(found)


def test_something_else_is_refused():
    with pytest.raises(ArgumentError):
        performance_map(None, scale=FIVE_POINT)
