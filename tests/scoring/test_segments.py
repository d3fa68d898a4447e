"""Scores compared within segments."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.counts import CountTable
from scoring.errors import ArgumentError, AxisError
from scoring.results import Reason, Status, to_plain
from scoring.segments import compare_within_segments, homogeneity

SIMPSON = [(90, 300, 80, 320), (10, 20, 95, 210), (30, 40, 160, 240)]


def table_of(cells):
    """Counts from (loyal 5, n 5, loyal 4, n 4) of each segment."""
    n = [[[n4 - x4, x4], [n5 - x5, x5]] for x5, n5, x4, n4 in cells]
    segments = tuple(f"s{i}" for i in range(len(cells)))
    return CountTable.from_counts(
        [("segment", segments), ("score", (4, 5)), ("loyal", (False, True))],
        np.array(n).reshape(len(cells), 2, 2),
    )


def compare(cells, **options):
    return compare_within_segments(table_of(cells), upper=5, lower=4, **options)


def test_crude_and_adjusted_can_point_different_ways():
    """Simpson's paradox: fives are rarer in the segments that buy."""
    result = compare(SIMPSON)

    assert result.crude_ratio.value < 1
    assert result.risk_ratio.value > 1
    assert result.standardised_difference.value > 0


def test_one_segment_equals_the_crude_figures():
    result = compare([(60, 100, 20, 100)])

    assert result.risk_ratio.value == pytest.approx(result.crude_ratio.value)
    assert result.standardised_upper.value == pytest.approx(0.6)
    assert result.standardised_difference.value == pytest.approx(result.crude_difference.value)


def test_odds_ratio_and_test_equal_statsmodels():
    from statsmodels.stats.contingency_tables import StratifiedTable

    stacked = [np.array([[x5, n5 - x5], [x4, n4 - x4]]) for x5, n5, x4, n4 in SIMPSON]
    reference = StratifiedTable(stacked, shift_zeros=False)

    result = compare(SIMPSON)

    low, high = reference.oddsratio_pooled_confint()
    assert result.odds_ratio.value == pytest.approx(reference.oddsratio_pooled)
    assert (result.odds_ratio.low, result.odds_ratio.high) == pytest.approx((low, high))
    assert result.risk_ratio.value == pytest.approx(reference.riskratio_pooled)
    assert result.association.p_value == pytest.approx(reference.test_null_odds().pvalue)


def test_homogeneity_finds_ratios_that_differ():
    same = homogeneity(table_of([(60, 100, 40, 100), (30, 50, 20, 50)]), upper=5, lower=4)
    different = homogeneity(table_of([(80, 100, 20, 100), (20, 100, 80, 100)]), upper=5, lower=4)

    assert same.p_value > 0.9
    assert different.p_value < 1e-6
    assert different.df == 1.0


def test_homogeneity_equals_statsmodels():
    from statsmodels.stats.contingency_tables import StratifiedTable

    stacked = [np.array([[x5, n5 - x5], [x4, n4 - x4]]) for x5, n5, x4, n4 in SIMPSON]
    reference = StratifiedTable(stacked, shift_zeros=False).test_equal_odds(adjust=True)

    found = homogeneity(table_of(SIMPSON), upper=5, lower=4)

    assert found.statistic == pytest.approx(reference.statistic)
    assert found.p_value == pytest.approx(reference.pvalue)


def test_homogeneity_warns_of_sparse_cells_and_needs_two_segments():
    sparse = homogeneity(table_of([(3, 5, 2, 5), (60, 100, 40, 100)]), upper=5, lower=4)
    alone = homogeneity(table_of([(60, 100, 40, 100)]), upper=5, lower=4)

    assert sparse.reasons == (Reason.SPARSE_TABLE,)
    assert alone.status is Status.UNDEFINED


def test_a_segment_without_one_of_the_scores_is_left_out_and_named():
    result = compare([*SIMPSON, (5, 10, 0, 0)])

    assert result.left_out == ("s3",)
    assert result.risk_ratio.value == pytest.approx(compare(SIMPSON).risk_ratio.value)


def test_nobody_loyal_at_the_lower_score_leaves_ratios_undefined():
    result = compare([(10, 20, 0, 20), (5, 20, 0, 20)])

    assert result.risk_ratio.status is Status.UNDEFINED
    assert result.standardised_ratio.status is Status.UNDEFINED
    assert result.standardised_difference.has_interval


def test_everybody_loyal_gives_shares_with_a_width_and_no_false_precision():
    result = compare([(20, 20, 30, 30), (10, 10, 12, 12)])

    assert result.standardised_upper.low < 1 == result.standardised_upper.high
    assert result.risk_ratio.value == 1
    assert not result.risk_ratio.has_interval
    assert result.association.status is Status.UNDEFINED


def test_few_respondents_are_marked():
    assert compare([(3, 5, 10, 100)]).risk_ratio.status is Status.LOW_BASE


def test_nobody_at_all_is_undefined():
    result = compare([(0, 0, 0, 0)])

    assert result.crude_ratio.status is Status.UNDEFINED
    assert result.standardised_upper.status is Status.UNDEFINED
    to_plain(result)


def test_equal_weights_change_no_figure():
    plain = table_of(SIMPSON)
    weighted = CountTable(plain.axes, plain.n, plain.n * 2.0, plain.n * 4.0)

    one = compare_within_segments(plain, upper=5, lower=4)
    two = compare_within_segments(weighted, upper=5, lower=4)

    assert two.risk_ratio.value == pytest.approx(one.risk_ratio.value)
    assert two.risk_ratio.high == pytest.approx(one.risk_ratio.high)
    assert two.standardised_difference_error == pytest.approx(one.standardised_difference_error)


def test_unequal_weights_lower_the_effective_base_and_keep_the_base():
    plain = table_of(SIMPSON)
    weighted = CountTable(plain.axes, plain.n, plain.n * 1.0, plain.n * 1.5)

    one = compare_within_segments(plain, upper=5, lower=4).standardised_difference
    two = compare_within_segments(weighted, upper=5, lower=4).standardised_difference

    assert (two.base, two.effective_base) == (one.base, pytest.approx(one.base / 1.5))
    assert two.high - two.value == pytest.approx(np.sqrt(1.5) * (one.high - one.value))


def test_counts_added_equal_counts_pooled():
    half = table_of(SIMPSON)

    pooled = compare_within_segments(half + half, upper=5, lower=4)

    doubled = compare([tuple(2 * n for n in cells) for cells in SIMPSON])
    assert pooled == doubled


def test_missing_axes_and_levels_are_refused():
    with pytest.raises(AxisError):
        compare_within_segments(table_of(SIMPSON), upper=7, lower=4)
    with pytest.raises(AxisError):
        compare_within_segments(table_of(SIMPSON).sum_to("score"), upper=5, lower=4)
    with pytest.raises(ArgumentError):
        compare(SIMPSON, confidence=0)


stratum = st.tuples(*[st.integers(0, 30)] * 4).map(lambda c: (c[0], c[0] + c[1], c[2], c[2] + c[3]))


@settings(deadline=None, max_examples=120)
@given(st.lists(stratum, min_size=1, max_size=4), st.randoms())
def test_order_of_segments_does_not_matter_and_no_nan_leaves(cells, random):
    shuffled = list(cells)
    random.shuffle(shuffled)

    one, two = compare(cells), compare(shuffled)

    to_plain(one)
    for name in ("crude_ratio", "risk_ratio", "odds_ratio", "standardised_difference"):
        figure, other = getattr(one, name), getattr(two, name)
        assert figure.status is other.status
        if figure.is_defined:
            assert figure.value == pytest.approx(other.value)
        if figure.has_interval:
            assert figure.low <= figure.value <= figure.high


@pytest.mark.long
def test_greenland_robins_interval_covers():
    generator = np.random.default_rng(3)
    hits, rounds = 0, 4000
    for _ in range(rounds):
        cells = [
            (generator.binomial(30, 1.5 * p), 30, generator.binomial(40, p), 40)
            for p in (0.2, 0.4, 0.5)
        ]
        ratio = compare(cells).risk_ratio
        hits += ratio.low <= 1.5 <= ratio.high

    assert abs(hits / rounds - 0.95) < 0.02
