"""Two groups: identities, edges and agreement with scipy and statsmodels on rows."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from scoring.comparison import (
    chi_square_table,
    distribution_test,
    mean_difference,
    probability_of_superiority,
    share_difference,
    top_box_difference,
    wilcoxon,
)
from scoring.counts import MISSING, CountTable
from scoring.errors import ArgumentError, CountError, ScaleError
from scoring.p_adjustment import adjust_p
from scoring.results import Reason, Status, to_plain
from scoring.scales import EFFORT_1, FIVE_POINT

WAVE_1 = [7, 51, 497, 1633, 731]
WAVE_2 = [6, 32, 444, 1507, 699]
COMPARE = (mean_difference, top_box_difference)


def rows(counts):
    """One score for each respondent."""
    return np.repeat(FIVE_POINT.points, counts)


def weighted_table(counts, weight):
    """Counts with the same weight for everybody."""
    cells = [
        (point, n, n * weight, n * weight**2)
        for point, n in zip(FIVE_POINT.points, counts, strict=True)
    ]
    return CountTable.from_cells([("score", FIVE_POINT.points)], cells)


def test_welch_equals_scipy_on_rows():
    found = mean_difference(WAVE_1, WAVE_2, scale=FIVE_POINT)

    expected = stats.ttest_ind(rows(WAVE_2), rows(WAVE_1), equal_var=False)

    assert found.test.statistic == pytest.approx(expected.statistic)
    assert found.test.p_value == pytest.approx(expected.pvalue)


def test_wilcoxon_equals_scipy_on_rows():
    found = wilcoxon([0, 1, 2, 3, 2], [1, 0, 1, 0, 5], scale=FIVE_POINT)

    expected = stats.mannwhitneyu(rows([1, 0, 1, 0, 5]), rows([0, 1, 2, 3, 2]), method="asymptotic")

    assert found.p_value == pytest.approx(expected.pvalue)


def test_chi_square_equals_scipy():
    table = [[12, 5, 9], [3, 8, 20]]

    found = chi_square_table(table)

    expected = stats.chi2_contingency(table, correction=False)
    assert found.p_value == pytest.approx(expected.pvalue)
    assert found.df == expected.dof


def test_equal_means_and_different_distributions_are_told_apart():
    """A hundred fours against fifty fives and fifty threes: mean 4.00 both times."""
    fours, split = [0, 0, 0, 100, 0], [0, 0, 50, 0, 50]

    means = mean_difference(fours, split, scale=FIVE_POINT)
    boxes = top_box_difference(fours, split, scale=FIVE_POINT)

    assert means.difference.value == 0
    assert (boxes.first.value, boxes.second.value) == (0.0, 0.5)
    assert boxes.test.p_value < 1e-10


@pytest.mark.parametrize("compare", COMPARE)
def test_a_common_weight_changes_nothing(compare):
    plain = compare(WAVE_1, WAVE_2, scale=FIVE_POINT)

    weighted = compare(weighted_table(WAVE_1, 2.5), weighted_table(WAVE_2, 0.4), scale=FIVE_POINT)

    assert weighted.difference.low == pytest.approx(plain.difference.low)
    assert weighted.test.p_value == pytest.approx(plain.test.p_value)


@pytest.mark.parametrize("compare", COMPARE)
def test_turning_the_groups_round_turns_the_difference(compare):
    there = compare(WAVE_1, WAVE_2, scale=FIVE_POINT)

    back = compare(WAVE_2, WAVE_1, scale=FIVE_POINT)

    assert back.difference.value == pytest.approx(-there.difference.value)
    assert back.difference.low == pytest.approx(-there.difference.high)
    assert back.test.p_value == pytest.approx(there.test.p_value)


@pytest.mark.parametrize("compare", COMPARE)
def test_empty_group_is_undefined(compare):
    found = compare([0] * 5, WAVE_2, scale=FIVE_POINT)

    assert found.difference.status is Status.UNDEFINED
    assert found.test.p_value is None
    assert found.first.value is None
    to_plain(found)


def test_single_respondent_has_no_interval_of_a_mean():
    found = mean_difference([0, 0, 0, 0, 1], WAVE_2, scale=FIVE_POINT)

    assert found.difference.value is not None
    assert found.difference.low is None
    assert found.difference.reasons == (Reason.SINGLE_RESPONDENT,)


def test_groups_that_agree_with_themselves_have_no_t_test():
    found = mean_difference([0, 0, 0, 9, 0], [0, 0, 0, 0, 9], scale=FIVE_POINT)

    assert (found.difference.value, found.difference.low) == (1.0, None)
    assert found.test.reasons == (Reason.ZERO_VARIANCE,)


@pytest.mark.parametrize("counts", [[9, 0, 0, 0, 0], [0, 0, 0, 0, 9]])
def test_all_or_none_in_the_top_box_keeps_an_honest_interval(counts):
    found = top_box_difference(counts, counts, scale=FIVE_POINT)

    assert found.difference.value == 0
    assert found.difference.low < 0 < found.difference.high
    assert found.test.status is Status.UNDEFINED


def test_top_box_lies_at_the_good_end():
    effort = top_box_difference([9, 0, 0, 0, 1], [5, 0, 0, 0, 5], scale=EFFORT_1)

    assert (effort.first.value, effort.second.value) == (0.9, 0.5)


def test_small_expected_counts_are_named():
    assert top_box_difference([2, 0, 0, 0, 1], [1, 0, 0, 0, 2], scale=FIVE_POINT).test.reasons == (
        Reason.SPARSE_TABLE,
    )
    assert distribution_test([2, 0, 0, 0, 1], [1, 0, 0, 0, 2], scale=FIVE_POINT).reasons == (
        Reason.SPARSE_TABLE,
    )


def test_points_that_nobody_chose_cost_no_degree_of_freedom():
    assert distribution_test([0, 0, 9, 9, 9], [0, 0, 5, 9, 9], scale=FIVE_POINT).df == 2


@pytest.mark.parametrize("counts", [[0] * 5, [4, 0, 0, 0, 0]])
def test_rank_and_shape_tests_are_undefined_without_variation(counts):
    assert wilcoxon(counts, counts, scale=FIVE_POINT).status is Status.UNDEFINED
    assert distribution_test(counts, counts, scale=FIVE_POINT).status is Status.UNDEFINED


def test_superiority_of_groups_apart_has_no_interval():
    found = probability_of_superiority([3, 0, 0, 0, 0], [0, 0, 0, 0, 3], scale=FIVE_POINT)

    assert (found.value, found.low) == (1.0, None)
    assert found.reasons == (Reason.ZERO_VARIANCE,)


def test_blanks_are_left_out():
    table = CountTable.from_counts([("score", (4, 5, MISSING))], [50, 50, 30])

    found = top_box_difference(table, table, scale=FIVE_POINT)

    assert found.first.base == 100


@pytest.mark.parametrize(
    ("counts", "error"),
    [
        ([1, 2, 3], ScaleError),
        ([1, 2, 3, 4, -1], ScaleError),
        ([1, 2, 3, 4, float("nan")], ScaleError),
        (["a"] * 5, ScaleError),
        ([1, 2, 3, 4, 0.5], CountError),
        (CountTable.from_counts([("score", (9, 10))], [1, 1]), ScaleError),
        (CountTable.from_cells([("score", (4, 5))], [(4, 1, 0.0, 0.0)]), CountError),
    ],
)
@pytest.mark.parametrize("compare", [*COMPARE, distribution_test, wilcoxon])
def test_bad_counts_are_refused(compare, counts, error):
    with pytest.raises(error):
        compare(counts, WAVE_2, scale=FIVE_POINT)


def test_ranks_of_weighted_answers_are_refused():
    with pytest.raises(ArgumentError, match="unweighted"):
        wilcoxon(weighted_table(WAVE_1, 2), weighted_table(WAVE_2, 2), scale=FIVE_POINT)


@pytest.mark.parametrize("table", [[1, 2], [[1, -2], [3, 4]], [[1, float("nan")], [1, 1]], "ab"])
def test_bad_table_is_refused(table):
    with pytest.raises(ArgumentError):
        chi_square_table(table)


def test_share_difference_takes_plain_counts():
    found = share_difference(50, 100, 70, 100)

    assert found.difference.low < 0.2 < found.difference.high
    assert share_difference(0, 0, 70, 100).difference.status is Status.UNDEFINED
    with pytest.raises(ArgumentError):
        share_difference(101, 100, 70, 100)


counts = st.lists(st.integers(0, 40), min_size=5, max_size=5)


@given(counts, counts)
def test_no_comparison_leaks_nan(first, second):
    for compare in (*COMPARE, probability_of_superiority, wilcoxon, distribution_test):
        to_plain(compare(first, second, scale=FIVE_POINT))


@given(counts, counts)
def test_intervals_hold_their_estimate_and_their_range(first, second):
    boxes = top_box_difference(first, second, scale=FIVE_POINT).difference
    superiority = probability_of_superiority(first, second, scale=FIVE_POINT)

    if boxes.has_interval:
        assert -1 <= boxes.low <= boxes.value <= boxes.high <= 1
    if superiority.has_interval:
        assert 0 <= superiority.low <= superiority.value <= superiority.high <= 1


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("holm", "holm"),
        ("bonferroni", "bonferroni"),
        ("benjamini_hochberg", "fdr_bh"),
        ("benjamini_yekutieli", "fdr_by"),
    ],
)
def test_adjusted_p_values_equal_statsmodels(ours, theirs):
    from statsmodels.stats.multitest import multipletests

    generator = np.random.default_rng(8)
    for length in (1, 2, 5, 20):
        p_values = generator.uniform(size=length).round(1)  # rounded, so that some are equal

        expected = multipletests(p_values, method=theirs)[1]

        assert adjust_p(p_values, method=ours) == pytest.approx(tuple(expected), abs=1e-12)


def test_order_of_p_values_does_not_matter():
    assert adjust_p([0.04, 0.01, 0.03]) == tuple(reversed(adjust_p([0.03, 0.01, 0.04])))
    assert adjust_p([]) == ()


def test_tests_that_could_not_be_made_do_not_count():
    assert adjust_p([0.02, None, 0.5]) == (0.04, None, 0.5)


@pytest.mark.parametrize("p_values", [[1.1], [-0.1], [float("nan")], ["small"]])
def test_impossible_p_values_are_refused(p_values):
    with pytest.raises(ArgumentError):
        adjust_p(p_values)


def test_unknown_adjustment_is_refused():
    with pytest.raises(ArgumentError):
        adjust_p([0.1], method="none")
