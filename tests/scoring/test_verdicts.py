"""Verdicts: a direction only where the corrected test says so, and how much is mix."""

import numpy as np
import pytest

from scoring.comparison import top_box_difference
from scoring.counts import CountTable
from scoring.errors import ArgumentError, AxisError, ScaleError
from scoring.findings import Certainty, Direction
from scoring.mix import mix_adjusted_change
from scoring.results import Reason, Status, to_plain
from scoring.scales import FIVE_POINT, RECOMMENDATION
from scoring.verdicts import compare_groups, compare_pairs, compare_waves

SEGMENTS = ("a", "b", "c", "d", "e", "f", "g", "h")


def segment_table(counts):
    """Table of fours and fives for a few segments."""
    return CountTable.from_counts([("segment", SEGMENTS[: len(counts)]), ("score", (4, 5))], counts)


def test_a_clear_segment_is_named_with_its_side():
    table = segment_table([[20, 80], [60, 40], [55, 45]])

    best, *others = compare_groups(table, scale=FIVE_POINT)

    assert (best.certainty, best.direction) == (Certainty.CLEAR, Direction.HIGHER)
    assert best.test.p_adjusted >= best.test.p_value
    assert {one.direction for one in others} == {Direction.LOWER}


def test_a_difference_that_does_not_survive_correction_has_no_direction():
    """The first pair alone would be called; among eight it is not."""
    pair = ([0, 0, 0, 50, 50], [0, 0, 0, 35, 65])
    same = ([0, 0, 0, 50, 50], [0, 0, 0, 50, 50])

    alone = compare_pairs({"x": pair}, scale=FIVE_POINT)[0]
    among = compare_pairs({"x": pair, **dict.fromkeys(range(7), same)}, scale=FIVE_POINT)[0]

    assert alone.certainty is Certainty.CLEAR
    assert among.certainty is Certainty.NO_CLEAR_DIFFERENCE
    assert among.direction is Direction.NONE


def test_few_answers_are_called_too_few_and_leave_the_family():
    table = segment_table([[1, 3], [400, 600], [420, 580]])

    verdicts = compare_groups(table, scale=FIVE_POINT)

    assert verdicts[0].certainty is Certainty.TOO_FEW
    assert verdicts[0].test.p_adjusted is None
    assert verdicts[1].certainty is Certainty.NO_CLEAR_DIFFERENCE


def test_no_difference_at_all_is_not_called_too_few():
    verdicts = compare_groups(segment_table([[50, 0], [60, 0]]), scale=FIVE_POINT)

    assert {one.certainty for one in verdicts} == {Certainty.NO_CLEAR_DIFFERENCE}


def test_waves_are_compared_segment_by_segment():
    axes = [("wave", (1, 2)), ("segment", ("a", "b")), ("score", (4, 5))]
    table = CountTable.from_counts(axes, [[[50, 50], [50, 50]], [[20, 80], [52, 48]]])

    a, b = compare_waves(table, earlier=1, later=2, scale=FIVE_POINT, by="segment")

    assert (a.group, a.direction) == ("a", Direction.HIGHER)
    assert b.certainty is Certainty.NO_CLEAR_DIFFERENCE


def test_another_measure_can_be_handed_in():
    def compare(reference, own):
        return top_box_difference(reference, own, scale=FIVE_POINT, boxes=2)

    pair = {"x": ([0, 0, 80, 10, 10], [0, 0, 20, 40, 40])}

    verdict = compare_pairs(pair, scale=FIVE_POINT, measure=compare)[0]

    assert verdict.own.value == 0.8
    assert verdict.direction is Direction.HIGHER


@pytest.mark.parametrize("options", [{"measure": "median"}, {"level": 0}, {"min_base": 0}])
def test_impossible_options_are_refused(options):
    with pytest.raises(ArgumentError):
        compare_groups(segment_table([[1, 1]]), scale=FIVE_POINT, **options)


def noisy_reports(reports, generator, **options):
    """Share of reports on eight equal segments in which anything is called clear."""
    chances = [0.05, 0.1, 0.2, 0.4, 0.25]
    shouting = 0
    for _ in range(reports):
        counts = [generator.multinomial(n, chances) for n in generator.integers(10, 200, 8)]
        table = CountTable.from_counts([("segment", SEGMENTS), ("score", range(1, 6))], counts)
        shouting += any(
            one.certainty is Certainty.CLEAR
            for one in compare_groups(table, scale=FIVE_POINT, **options)
        )
    return shouting / reports


def test_few_reports_on_noise_shout():
    assert noisy_reports(200, np.random.default_rng(11)) <= 0.08


def test_reports_on_noise_shout_at_a_looser_level():
    """Control: the count of shouting reports can rise."""
    assert noisy_reports(50, np.random.default_rng(11), level=0.4) > 0.15


@pytest.mark.long
def test_at_most_one_report_in_twenty_on_noise_shouts():
    assert noisy_reports(3000, np.random.default_rng(12)) <= 0.05


def test_clear_verdicts_point_the_true_way():
    generator = np.random.default_rng(13)
    wrong = 0
    for _ in range(200):
        low, high = sorted(generator.uniform(0.1, 0.9, 2))
        tops = generator.binomial(300, [low, high])
        pair = {"x": tuple([0, 0, 0, 300 - top, top] for top in tops)}
        wrong += compare_pairs(pair, scale=FIVE_POINT)[0].direction is Direction.LOWER

    assert wrong == 0


def wave(shares, sizes):
    """Counts of fours and fives in two segments with these top-box shares."""
    tops = [round(share * size) for share, size in zip(shares, sizes, strict=True)]
    return segment_table([[size - top, top] for size, top in zip(sizes, tops, strict=True)])


def test_a_change_of_mix_alone_is_told_apart():
    before, after = wave((0.2, 0.8), (100, 100)), wave((0.2, 0.8), (50, 150))

    change = mix_adjusted_change(before, after, scale=FIVE_POINT)

    assert change.raw == pytest.approx(0.15)
    assert change.adjusted.value == pytest.approx(0)
    assert change.mix_share == pytest.approx(1)


def test_a_change_within_segments_alone_is_no_mix():
    before, after = wave((0.2, 0.8), (100, 100)), wave((0.3, 0.9), (100, 100))

    change = mix_adjusted_change(before, after, scale=FIVE_POINT)

    assert change.mix == pytest.approx(0)
    assert change.adjusted.low < 0.1 < change.adjusted.high


@pytest.mark.parametrize("measure", ["top_box", "mean"])
def test_parts_add_up_to_the_raw_change(measure):
    before, after = wave((0.2, 0.7), (80, 120)), wave((0.4, 0.6), (150, 30))

    change = mix_adjusted_change(before, after, scale=FIVE_POINT, measure=measure)

    assert change.adjusted.value + change.mix == pytest.approx(change.raw)


def test_nps_change_demands_its_scale():
    axes = [("segment", ("a",)), ("score", (0, 8, 9))]
    before = CountTable.from_counts(axes, [[20, 30, 50]])
    after = CountTable.from_counts(axes, [[10, 30, 60]])

    change = mix_adjusted_change(before, after, scale=RECOMMENDATION, measure="nps")

    assert change.raw == pytest.approx(20)
    with pytest.raises(ScaleError):
        mix_adjusted_change(wave((0.5,), (9,)), wave((0.5,), (9,)), scale=FIVE_POINT, measure="nps")


def test_a_segment_in_one_wave_only_is_said():
    change = mix_adjusted_change(
        wave((0.2, 0.8), (50, 0)), wave((0.2, 0.8), (50, 50)), scale=FIVE_POINT
    )

    assert change.adjusted.reasons == (Reason.EMPTY_CELL,)
    assert change.raw == pytest.approx(0.3)


def test_an_empty_wave_is_undefined():
    change = mix_adjusted_change(wave((0, 0), (0, 0)), wave((0.2, 0.8), (50, 50)), scale=FIVE_POINT)

    assert change.adjusted.status is Status.UNDEFINED
    to_plain(change)


def test_waves_with_other_segments_are_refused():
    with pytest.raises(AxisError):
        mix_adjusted_change(wave((0.2,), (50,)), wave((0.2, 0.8), (50, 50)), scale=FIVE_POINT)


def test_adjusted_change_has_no_interval_without_variance():
    change = mix_adjusted_change(wave((1, 1), (50, 50)), wave((1, 1), (50, 50)), scale=FIVE_POINT)

    assert (change.adjusted.value, change.adjusted.low) == (0.0, None)
    assert change.mix_share is None
