"""Penalty and reward of an item."""

import numpy as np
import pytest

from scoring.errors import ArgumentError
from scoring.penalty_reward import DriverKind, penalty_reward
from scoring.results import Reason, Status, to_plain


def survey(low, high, n=600, noise=0.4, seed=1):
    """An item on 1 to 5 whose low and high answers go with given steps."""
    generator = np.random.default_rng(seed)
    item = generator.choice([1, 2, 3, 4, 5], size=n, p=[0.1, 0.15, 0.25, 0.25, 0.25])
    outcome = 4 + low * (item <= 2) + high * (item == 5) + generator.normal(scale=noise, size=n)
    return item[:, None].astype(float), outcome


def contrast(rows, outcome, **options):
    return penalty_reward(rows, outcome, low_max=2, high_min=5, **options)


@pytest.mark.parametrize(
    ("low", "high", "kind"),
    [
        (-1.0, 0.2, DriverKind.BASIC),
        (-0.2, 1.0, DriverKind.EXCITEMENT),
        (-0.6, 0.6, DriverKind.PERFORMANCE),
        (0.0, 0.0, None),
    ],
)
def test_a_class_follows_the_test(low, high, kind):
    driver = contrast(*survey(low, high)).drivers[0]

    assert driver.kind is kind
    assert driver.penalty.low <= low <= driver.penalty.high


def test_few_low_answers_get_no_class():
    """The trap of the airport's cleanliness: a large penalty from nine answers."""
    rows, outcome = survey(-1.5, 0.2)
    keep = np.ones(len(rows), dtype=bool)
    keep[np.flatnonzero(rows[:, 0] <= 2)[9:]] = False

    driver = contrast(rows[keep], outcome[keep]).drivers[0]

    assert driver.base_low == 9
    assert driver.kind is None
    assert driver.penalty.status is Status.LOW_BASE


def test_nobody_low_leaves_the_penalty_undefined():
    rows, outcome = survey(-1, 1)
    keep = rows[:, 0] > 2

    driver = contrast(rows[keep], outcome[keep]).drivers[0]

    assert driver.penalty.reasons == (Reason.EMPTY_CELL,)
    assert driver.reward.is_defined
    assert driver.range is None


def test_many_items_are_adjusted_for():
    generator = np.random.default_rng(4)
    rows = generator.integers(1, 6, size=(500, 8)).astype(float)

    result = contrast(rows, generator.normal(size=500))

    for driver in result.drivers:
        assert driver.symmetry.p_adjusted >= driver.symmetry.p_value
        assert driver.kind is None


@pytest.mark.parametrize(
    ("rows", "outcome", "reason"),
    [
        (np.empty((0, 1)), [], Reason.EMPTY_BASE),
        ([[1], [5]], [1, 2], Reason.LOW_BASE),
        ([[1], [3], [5], [5]], [2, 2, 2, 2], Reason.CONSTANT),
        ([[1, 1], [3, 3], [5, 5], [3, 3], [1, 1], [5, 5]], [1, 2, 3, 2, 1, 3], Reason.COLLINEAR),
    ],
)
def test_what_cannot_be_modelled_is_refused_with_a_reason(rows, outcome, reason):
    result = contrast(rows, outcome)

    assert result.status is Status.UNDEFINED
    assert result.reasons == (reason,)
    to_plain(result)


def test_low_must_lie_below_high():
    with pytest.raises(ArgumentError):
        penalty_reward([[1]], [1], low_max=5, high_min=5)
