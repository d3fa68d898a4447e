"""Difference, ratio and odds ratio of two shares."""

import math
import warnings

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.errors import ArgumentError, CountError
from scoring.exact import conditional_odds_ratio, exact_test
from scoring.power import more_respondents, respondents_per_group
from scoring.results import Reason, Status, to_plain
from scoring.two_proportions import (
    odds_ratio,
    risk_difference,
    risk_ratio,
    two_proportion_test,
)

GROUP = st.integers(1, 80).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
TABLES = ((56, 70, 48, 80), (9, 10, 3, 10), (1, 40, 7, 45), (30, 30, 20, 30), (0, 12, 3, 15))


def test_rate_ratio_gives_the_worked_example():
    ratio = risk_ratio(60, 100, 10, 100, method="katz")
    odds = odds_ratio(60, 100, 10, 100)

    assert (round(ratio.value, 2), round(ratio.low, 2), round(ratio.high, 2)) == (6.0, 3.26, 11.04)
    assert (round(odds.value, 2), round(odds.low, 2), round(odds.high, 2)) == (13.5, 6.28, 29.04)


@pytest.mark.parametrize("table", TABLES)
def test_newcombe_and_koopman_agree_with_statsmodels(table):
    from statsmodels.stats.proportion import confint_proportions_2indep

    newcombe = risk_difference(*table)
    koopman = risk_ratio(*table)

    assert (newcombe.low, newcombe.high) == pytest.approx(
        confint_proportions_2indep(*table, compare="diff", method="newcomb"), abs=1e-9
    )
    if table[0] and table[2]:
        theirs = confint_proportions_2indep(
            *table, compare="ratio", method="score", correction=False
        )
        assert (koopman.low, koopman.high) == pytest.approx(theirs, rel=1e-5)


def test_adjusted_log_agrees_with_statsmodels():
    from statsmodels.stats.proportion import confint_proportions_2indep

    own = risk_ratio(5, 56, 0, 29, method="adjusted_log")
    theirs = confint_proportions_2indep(5, 56, 0, 29, compare="ratio", method="log-adjusted")

    assert (own.low, own.high) == pytest.approx(theirs, rel=1e-9)


def test_score_interval_of_a_difference_is_right_where_statsmodels_is_not():
    """statsmodels issue 10269: 56 of 70 against 48 of 80 gives .0526, .3440."""
    found = risk_difference(56, 70, 48, 80, method="miettinen_nurminen")

    assert (round(found.low, 4), round(found.high, 4)) == (0.0528, 0.3382)


def test_both_all_loyal_has_the_closed_form_interval():
    """Katz says [1, 1], statsmodels' score method a lower end of 1."""
    z2 = 1.959963984540054**2
    found = risk_ratio(1149, 1149, 1789, 1789)

    assert found.value == 1.0
    assert found.low == pytest.approx(1149 / (1149 + z2))
    assert found.high == pytest.approx((1789 + z2) / 1789)


def test_empty_cell_below_gives_at_least_so_many_times():
    found = risk_ratio(12, 40, 0, 40)

    assert found.value is None
    assert found.low > 1
    assert math.isinf(found.high)
    assert found.reasons == (Reason.EMPTY_CELL,)
    assert found.status is Status.UNDEFINED


def test_empty_cell_above_gives_at_most():
    found = risk_ratio(0, 40, 12, 40)

    assert (found.value, found.low) == (0.0, 0.0)
    assert 0 < found.high < 1


def test_both_empty_knows_nothing():
    found = risk_ratio(0, 40, 0, 50)

    assert found.value is None
    assert (found.low, found.high) == (0.0, math.inf)
    assert found.reasons == (Reason.BOTH_EMPTY,)


def test_zero_of_forty_is_not_computable_but_says_one_side():
    """Worked example "zero base": no division error."""
    against_zero = risk_ratio(20, 40, 0, 40)

    assert against_zero.value is None
    assert against_zero.low > 1


@given(GROUP, GROUP)
def test_intervals_contain_their_estimates(first, second):
    table = (*first, *second)

    for method in ("newcombe", "miettinen_nurminen"):
        found = risk_difference(*table, method=method)
        to_plain(found)
        assert -1 <= found.low <= found.value + 1e-12
        assert found.value - 1e-12 <= found.high <= 1
    ratio = risk_ratio(*table)
    to_plain(ratio)
    if ratio.value is not None:
        assert ratio.low <= ratio.value * (1 + 1e-9)
        assert ratio.value <= ratio.high * (1 + 1e-9)


@given(GROUP, GROUP)
def test_swapping_the_groups_inverts_the_results(first, second):
    one, other = risk_ratio(*first, *second), risk_ratio(*second, *first)
    gap, back = risk_difference(*first, *second), risk_difference(*second, *first)

    assert gap.low == pytest.approx(-back.high, abs=1e-9)
    if one.low > 0:
        assert other.high == pytest.approx(1 / one.low)


@pytest.mark.parametrize("table", [*TABLES, (3, 4, 1, 9), (0, 5, 0, 6), (5, 5, 6, 6)])
def test_exact_methods_agree_with_scipy(table):
    from scipy.stats import fisher_exact
    from scipy.stats.contingency import odds_ratio as their_odds

    x1, n1, x2, n2 = table
    cells = [[x1, n1 - x1], [x2, n2 - x2]]

    assert exact_test(*table, method="fisher").p_value == pytest.approx(fisher_exact(cells).pvalue)
    if 0 < x1 + x2 < n1 + n2:
        theirs = their_odds(cells)
        low, high = theirs.confidence_interval()
        own = conditional_odds_ratio(*table)
        assert own.low == pytest.approx(low, rel=1e-6)
        assert own.high == pytest.approx(high, rel=1e-6)
        if math.isfinite(theirs.statistic):
            assert own.value == pytest.approx(theirs.statistic, rel=1e-6)


def test_mid_p_lies_below_fisher():
    fisher = exact_test(3, 4, 1, 9, method="fisher").p_value
    mid_p = exact_test(3, 4, 1, 9, method="mid_p").p_value

    assert 0 < mid_p < fisher


def test_boschloo_is_never_weaker_than_fisher():
    table = (7, 12, 1, 12)

    boschloo = two_proportion_test(*table, method="boschloo")

    assert boschloo.p_value <= two_proportion_test(*table, method="fisher").p_value
    assert two_proportion_test(0, 5, 0, 5, method="boschloo").p_value == 1.0


def test_test_is_chosen_by_the_expected_cells():
    assert two_proportion_test(3, 9, 1, 9).method == "mid_p"
    assert two_proportion_test(300, 900, 100, 900).method == "pooled_z"
    assert two_proportion_test(3.5, 9.5, 1.2, 9.1).method == "pooled_z"


def test_nothing_varies_is_undefined_for_the_z_test():
    found = two_proportion_test(0, 50, 0, 50, method="pooled_z")

    assert found.p_value is None
    assert found.reasons == (Reason.CONSTANT,)


def test_empty_groups_are_undefined():
    assert risk_ratio(0, 0, 5, 10).value is None
    assert risk_difference(0, 0, 5, 10).value is None
    assert odds_ratio(5, 10, 0, 0).value is None
    assert two_proportion_test(0, 0, 5, 10).p_value is None


def test_wald_odds_ratio_never_adds_a_half():
    """statsmodels' Table2x2 does by default: shift_zeros=True."""
    from statsmodels.stats.contingency_tables import Table2x2

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        shifted = Table2x2(np.array([[12.0, 0.0], [5.0, 7.0]])).oddsratio

    assert math.isfinite(shifted)
    assert odds_ratio(12, 12, 5, 12).value is None
    assert odds_ratio(12, 12, 5, 12, method="conditional").low > 1


@pytest.mark.parametrize(
    ("shares", "expected"),
    [((0.05, 0.30), 31), ((0.30, 0.40), 355), ((0.0275, 0.0323), 19_731)],
)
def test_sample_sizes_match_the_published_figures(shares, expected):
    assert respondents_per_group(*shares) == pytest.approx(expected, rel=0.02)


def test_sample_size_agrees_with_statsmodels():
    from statsmodels.stats.power import NormalIndPower
    from statsmodels.stats.proportion import proportion_effectsize

    theirs = NormalIndPower().solve_power(
        effect_size=proportion_effectsize(0.4, 0.3), alpha=0.05, power=0.8
    )

    assert respondents_per_group(0.3, 0.4) == pytest.approx(theirs, rel=1e-4)


def test_more_respondents_fill_up_to_the_needed_number():
    needed = respondents_per_group(0.3, 0.4)

    assert more_respondents(0.3, 100, 0.4, 100) == pytest.approx(2 * (needed - 100))
    assert more_respondents(0.05, 1000, 0.3, 1000) == 0
    assert more_respondents(0.3, 10, 0.3, 10) is None
    assert respondents_per_group(0.5, 0.5) is None


@pytest.mark.parametrize(
    "table", [(-1, 5, 1, 5), (6, 5, 1, 5), (math.nan, 5, 1, 5), ("a", 5, 1, 5)]
)
def test_impossible_counts_are_refused(table):
    for measure in (risk_ratio, risk_difference, odds_ratio, two_proportion_test):
        with pytest.raises(CountError):
            measure(*table)


def test_unknown_methods_are_refused():
    for measure in (risk_ratio, risk_difference, odds_ratio, two_proportion_test):
        with pytest.raises(ArgumentError):
            measure(1, 5, 1, 5, method="magic")
    with pytest.raises(CountError):
        odds_ratio(1.5, 5, 1, 5, method="conditional")


@pytest.mark.long
@pytest.mark.parametrize(
    ("shares", "bases", "adjusted", "koopman"),
    [
        ((0.30, 0.05), (20, 20), 0.941, 0.954),
        ((0.05, 0.03), (60, 60), 0.991, 0.965),
        ((0.9, 0.7), (12, 12), 0.907, 0.944),
    ],
)
def test_exact_coverage_matches_the_published_figures(shares, bases, adjusted, koopman):
    from scipy.stats import binom

    truth = shares[0] / shares[1]
    covered = {"adjusted_log": 0.0, "koopman": 0.0}
    for x1 in range(bases[0] + 1):
        for x2 in range(bases[1] + 1):
            chance = binom.pmf(x1, bases[0], shares[0]) * binom.pmf(x2, bases[1], shares[1])
            if chance < 1e-9:
                continue
            for method in covered:
                found = risk_ratio(x1, bases[0], x2, bases[1], method=method)
                covered[method] += chance * (found.low <= truth <= found.high)

    assert covered["adjusted_log"] == pytest.approx(adjusted, abs=0.02)
    assert covered["koopman"] == pytest.approx(koopman, abs=0.02)
