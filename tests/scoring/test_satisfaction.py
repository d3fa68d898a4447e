"""Means, boxes, classes and effort."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.counts import MISSING, NOT_APPLICABLE, CountTable
from scoring.effort import customer_effort
from scoring.errors import ArgumentError, AxisError, CountError, ScaleError
from scoring.results import Reason, Status, to_plain
from scoring.satisfaction import (
    bottom_box,
    csat,
    mean_score,
    net_box,
    top_box,
)
from scoring.satisfaction_classes import satisfaction_classes
from scoring.scales import EFFORT_1, EFFORT_2, FIVE_POINT, Scale

from .builders import score_table

COUNTS = st.lists(st.integers(0, 60), min_size=5, max_size=5)


def test_equal_means_can_hide_opposite_top_boxes():
    fours = csat([0, 0, 0, 100, 0], scale=FIVE_POINT)
    mixed = csat([0, 0, 50, 0, 50], scale=FIVE_POINT)

    assert fours.mean.value == mixed.mean.value == 4.0
    assert (fours.top_box.value, mixed.top_box.value) == (0.0, 0.5)


def test_units_pool_by_answers_and_not_by_means():
    unit_a, unit_b = [0, 0, 0, 90, 0], [0, 10, 0, 0, 0]

    pooled = mean_score(np.add(unit_a, unit_b), scale=FIVE_POINT)

    assert pooled.value == pytest.approx(3.8)


def test_all_equal_scores_have_no_interval_of_the_mean():
    summary = csat([0, 0, 0, 0, 25], scale=FIVE_POINT)

    assert summary.mean.value == 5.0
    assert not summary.mean.has_interval
    assert summary.mean.reasons == (Reason.ZERO_VARIANCE,)
    assert summary.top_box.low < 1


def test_single_respondent_has_a_mean_without_interval():
    summary = csat([0, 0, 0, 1, 0], scale=FIVE_POINT)

    assert summary.sd is None
    assert Reason.SINGLE_RESPONDENT in summary.mean.reasons
    assert summary.top_box.has_interval


def test_nobody_answered_is_undefined_everywhere():
    plain = to_plain(csat([0, 0, 0, 0, 0], scale=FIVE_POINT))

    assert plain["mean"]["value"] is None
    assert plain["index"]["status"] == "undefined"
    assert plain["net_box"]["value"] is None


def test_mean_agrees_with_numpy_and_statsmodels():
    from statsmodels.stats.weightstats import DescrStatsW

    counts = [3, 4, 9, 22, 41]
    rows = np.repeat(FIVE_POINT.points, counts)

    found = mean_score(counts, scale=FIVE_POINT)

    assert found.value == pytest.approx(rows.mean())
    assert (found.low, found.high) == pytest.approx(DescrStatsW(rows).tconfint_mean())


def test_survey_weights_are_not_frequencies():
    """DescrStatsW takes weights for repeats: five weights of 2.5 shrink its error to 0.400."""
    from statsmodels.stats.weightstats import DescrStatsW

    counts = [1, 1, 1, 1, 1]
    plain = mean_score(counts, scale=FIVE_POINT)
    weighted = mean_score(score_table(counts, weight=2.5), scale=FIVE_POINT)
    theirs = DescrStatsW(FIVE_POINT.points, weights=[2.5] * 5).tconfint_mean()

    assert (weighted.low, weighted.high) == pytest.approx((plain.low, plain.high))
    assert theirs[1] - theirs[0] < plain.high - plain.low


def test_missing_and_not_applicable_are_counted_apart():
    table = CountTable.from_counts(
        [("score", (*FIVE_POINT.points, MISSING, NOT_APPLICABLE))], [1, 2, 3, 4, 5, 6, 7]
    )

    found = csat(table, scale=FIVE_POINT)

    assert (found.base, found.missing, found.not_applicable) == (15, 6, 7)
    assert found.top_box == top_box(table, scale=FIVE_POINT)
    assert (found.top_box.missing, found.top_box.not_applicable) == (6, 7)


@given(COUNTS)
def test_boxes_stay_in_range_and_contain_their_estimate(counts):
    found = csat(counts, scale=FIVE_POINT)

    to_plain(found)
    for part in (found.top_box, found.top_two_box, found.bottom_two_box, *found.distribution):
        if part.is_defined:
            assert 0 <= part.low <= part.value <= part.high <= 1
    if found.net_box.is_defined:
        assert -1 <= found.net_box.low <= found.net_box.high <= 1


@given(COUNTS, COUNTS)
def test_added_tables_equal_pooled_counts(first, second):
    added = score_table(first) + score_table(second)

    assert csat(added, scale=FIVE_POINT) == csat(np.add(first, second), scale=FIVE_POINT)


@given(COUNTS, st.floats(0.1, 9))
def test_a_common_weight_changes_nothing(counts, weight):
    plain = csat(counts, scale=FIVE_POINT)
    weighted = csat(score_table(counts, weight), scale=FIVE_POINT)

    if plain.mean.is_defined:
        assert weighted.mean.value == pytest.approx(plain.mean.value)
        assert weighted.top_box.low == pytest.approx(plain.top_box.low, abs=1e-9)
        assert weighted.median == plain.median


def test_direction_turns_boxes_and_index_round():
    counts = [10, 0, 0, 0, 30]

    assert top_box(counts, scale=EFFORT_1).value == 0.25
    assert bottom_box(counts, scale=EFFORT_1).value == 0.75
    assert csat(counts, scale=EFFORT_1).index.value == pytest.approx(25.0)


@given(COUNTS.filter(sum))
def test_classes_sum_to_one(counts):
    classes = satisfaction_classes(counts, scale=FIVE_POINT)

    total = classes.low.value + classes.middle.value + classes.high.value

    assert total == pytest.approx(1.0)


def test_class_cut_points_can_be_set():
    classes = satisfaction_classes([1, 1, 1, 1, 1], scale=FIVE_POINT, middle_from=2, high_from=4)

    assert (classes.low.value, classes.middle.value, classes.high.value) == (0.2, 0.4, 0.4)


@pytest.mark.parametrize("cuts", [(4, 4), (1, 5), (5, 3), (0, 5), (3, 6)])
def test_classes_refuse_cut_points_out_of_order(cuts):
    with pytest.raises(ArgumentError):
        satisfaction_classes(
            [1, 1, 1, 1, 1], scale=FIVE_POINT, middle_from=cuts[0], high_from=cuts[1]
        )


@pytest.mark.parametrize(
    "counts", [[1, 2, 3], [1, 2, 3, 4, -5], [1, 2, 3, 4, float("nan")], ["a"] * 5, 7]
)
def test_impossible_counts_are_refused(counts):
    with pytest.raises(ScaleError):
        csat(counts, scale=FIVE_POINT)


def test_fractional_counts_ask_for_a_table():
    with pytest.raises(CountError, match="CountTable"):
        csat([1.5, 2, 3, 4, 5], scale=FIVE_POINT)


def test_table_of_another_scale_is_refused():
    with pytest.raises(AxisError):
        csat(score_table([1] * 7, scale=Scale(1, 7)), scale=FIVE_POINT)


def test_boxes_may_not_overlap():
    with pytest.raises(ArgumentError):
        net_box([1, 1, 1], scale=Scale(1, 3))
    with pytest.raises(ArgumentError):
        top_box([1, 1, 1], scale=Scale(1, 3), boxes=4)


def test_effort_versions_run_in_opposite_directions():
    easy_in_1 = customer_effort([40, 10, 0, 0, 0], version="1.0")
    easy_in_2 = customer_effort([0, 0, 0, 0, 0, 10, 40], version="2.0")

    assert easy_in_1.low_effort.value == easy_in_2.low_effort.value == 1.0
    assert not easy_in_1.higher_is_better
    assert easy_in_2.higher_is_better


def test_effort_refuses_the_scale_of_the_other_version():
    with pytest.raises(ScaleError):
        customer_effort([1] * 5, version="1.0", scale=EFFORT_2)
    with pytest.raises(ScaleError):
        customer_effort([1] * 5, version="2.0")
    with pytest.raises(ArgumentError):
        customer_effort([1] * 5, version="3.0")


def test_low_base_is_said():
    assert top_box([0, 0, 0, 4, 5], scale=FIVE_POINT).status is Status.LOW_BASE
    assert top_box([0, 0, 0, 5, 5], scale=FIVE_POINT).status is Status.OK
