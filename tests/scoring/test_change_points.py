"""Change points: found where they are, doubted where there are none."""

import numpy as np
import pytest

from scoring.change_points import mean_change_points
from scoring.errors import ArgumentError
from scoring.results import Reason, Status, to_plain

NOISE = [
    4.202, 4.182, 4.063, 4.14, 4.229, 4.239, 4.079, 4.164, 4.037, 4.174, 4.31, 4.276, 4.176,
    4.299, 4.274, 4.209, 4.105, 4.18, 4.293, 4.248, 4.14, 3.981, 4.133, 3.988, 4.073, 4.163,
    4.131, 4.113, 4.19, 4.175,
]  # fmt: skip


def test_a_clear_step_is_found_and_is_no_chance():
    values = [40, 41, 39, 40, 41, 40, 46, 45, 47, 46, 45, 46]

    found = mean_change_points(values, permutations=199, generator=np.random.default_rng(1))

    assert found.breaks == (6,)
    assert [segment.mean for segment in found.segments] == [pytest.approx(241 / 6), 275 / 6]
    assert found.test.p_value < 0.05


def test_breaks_in_noise_are_doubted_by_the_permutation_test():
    found = mean_change_points(NOISE, permutations=199, generator=np.random.default_rng(2))

    assert len(found.breaks) == 2
    assert found.test.p_value > 0.01


def test_permutation_test_needs_a_generator_and_repeats_with_its_seed():
    first, again = (
        mean_change_points(NOISE, permutations=50, generator=np.random.default_rng(3))
        for _ in range(2)
    )

    assert first == again
    with pytest.raises(ArgumentError):
        mean_change_points(NOISE, permutations=50)


def test_gaps_are_left_out_but_keep_their_place():
    values = [40, 41, None, 39, 40, 41, 40, 46, 45, 47, None, 46, 45, 46]

    found = mean_change_points(values)

    assert found.breaks == (7,)
    assert (found.segments[1].first, found.segments[1].periods) == (8, 6)


def test_segments_are_never_shorter_than_allowed():
    values = np.random.default_rng(4).normal(0, 1, 40).cumsum()

    found = mean_change_points(values, min_segment=6)

    assert len(found.segments) > 1
    assert min(segment.periods for segment in found.segments) >= 6


def test_fit_is_the_best_of_all_single_breaks():
    values = np.random.default_rng(6).normal(0, 1, 20)
    values[8:] += 4

    found = mean_change_points(values, min_segment=3, max_breaks=1)

    rss = [
        ((values[:b] - values[:b].mean()) ** 2).sum()
        + ((values[b:] - values[b:].mean()) ** 2).sum()
        for b in range(3, 18)
    ]
    assert found.residual_sum == pytest.approx(min(rss))
    assert found.breaks == (int(np.argmin(rss)) + 3,)


@pytest.mark.parametrize("length", [0, 1, 9])
def test_short_series_is_undefined(length):
    found = mean_change_points(list(range(length)))

    assert (found.status, found.reasons) == (Status.UNDEFINED, (Reason.TOO_FEW_POINTS,))
    to_plain(found)


def test_constant_series_has_no_break():
    found = mean_change_points([4.0] * 12)

    assert (found.breaks, found.reasons) == ((), (Reason.CONSTANT,))


def test_exact_step_needs_one_break_only():
    assert mean_change_points([1.0] * 10 + [2.0] * 10).breaks == (10,)


@pytest.mark.parametrize(
    "options", [{"min_segment": 1}, {"max_breaks": 0}, {"permutations": -1}, {"min_segment": 2.5}]
)
def test_impossible_options_are_refused(options):
    with pytest.raises(ArgumentError):
        mean_change_points(NOISE, **options)


@pytest.mark.long
def test_permutation_p_value_keeps_its_level():
    generator = np.random.default_rng(9)
    p_values = [
        mean_change_points(
            generator.normal(size=24), permutations=99, generator=generator
        ).test.p_value
        for _ in range(400)
    ]

    assert np.mean(np.array(p_values) <= 0.05) == pytest.approx(0.05, abs=0.03)
