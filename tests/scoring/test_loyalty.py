"""The satisfaction–loyalty curve, its tests and its bend."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.counts import MISSING, NOT_APPLICABLE, CountTable
from scoring.curve_fit import isotonic_line, linear_logit
from scoring.errors import ArgumentError, AxisError, CountError, ScaleError
from scoring.loyalty import BendVerdict, bend, loyalty_curve
from scoring.loyalty_cells import loyalty_cells
from scoring.results import Reason, Status, to_plain
from scoring.scales import EFFORT_1, FIVE_POINT, RECOMMENDATION
from scoring.top_against_next import top_against_next

from .builders import loyalty_table

HUNDRED = [100] * 5
XEROX_SHAPE = ([40, 60, 150, 400, 350], [1, 2, 6, 20, 105])
TELCO = ([922, 518, 2665, 1789, 1149], [0, 0, 2236, 1789, 1149])
CURVES = st.lists(st.integers(0, 60), min_size=5, max_size=5).flatmap(
    lambda n: st.tuples(st.just(n), st.tuples(*(st.integers(0, k) for k in n)))
)


def curve_of(counts, **options):
    return loyalty_curve(counts, scale=FIVE_POINT, **options)


def test_linear_rates_show_no_bend():
    curve = curve_of((HUNDRED, [10, 20, 30, 40, 50]))

    verdict = bend(curve)

    assert round(curve.tests.linear.statistic, 2) == 0.95
    assert curve.tests.linear.df == 3
    assert round(curve.tests.linear.p_value, 2) == 0.81
    assert verdict.verdict is BendVerdict.NO_BEND_FOUND


def test_clear_bend_is_found_at_the_top():
    curve = curve_of((HUNDRED, [5, 6, 8, 10, 60]))
    tests, verdict = curve.tests, bend(curve)

    left_by_quadratic = tests.linear.statistic - tests.curvature.statistic

    assert round(tests.linear.statistic, 1) == 26.8
    assert tests.linear.p_value == pytest.approx(6e-6, rel=0.1)
    assert round(left_by_quadratic, 2) == 5.28
    assert verdict.verdict is BendVerdict.BEND_FOUND
    assert (verdict.steepest.from_score, verdict.steepest.to_score) == (4, 5)
    assert verdict.steepest.difference.value == pytest.approx(0.5)
    assert curve.top_against_next.ratio.value == pytest.approx(6.0)


def test_five_against_four_gives_the_xerox_ratio():
    found = top_against_next(([0, 0, 0, 100, 100], [0, 0, 0, 10, 60]), scale=FIVE_POINT)

    assert found.ratio.value == pytest.approx(6.0)
    assert found.difference.value == pytest.approx(0.5)
    assert found.defection_ratio.value == pytest.approx(0.9 / 0.4)
    assert (found.top.base, found.next.base) == (100, 100)
    assert found.has_enough


def test_three_fours_are_too_few_for_a_ratio():
    found = top_against_next(([20, 30, 40, 3, 100], [1, 2, 3, 1, 60]), scale=FIVE_POINT)

    assert not found.has_enough
    assert found.ratio.status is Status.LOW_BASE
    assert Reason.LOW_BASE in found.ratio.reasons


def test_no_loyal_four_has_an_exact_odds_ratio_and_a_one_sided_ratio():
    found = top_against_next(([0, 0, 0, 40, 50], [0, 0, 0, 0, 20]), scale=FIVE_POINT)

    assert found.ratio.value is None
    assert found.ratio.low > 1
    assert found.odds_ratio.method == "conditional"
    assert found.odds_ratio.low > 1


def test_two_highest_points_of_any_scale_are_compared():
    n = [5] * 11
    found = top_against_next((n, [0] * 10 + [5]), scale=RECOMMENDATION)
    turned = top_against_next(([10, 20, 1, 1, 1], [9, 2, 0, 0, 0]), scale=EFFORT_1)

    assert (found.top_score, found.next_score) == (10, 9)
    assert (turned.top_score, turned.next_score) == (1, 2)
    assert turned.ratio.value == pytest.approx(9.0)


def test_linear_logit_equals_statsmodels():
    import statsmodels.api as sm

    n, loyal = map(np.array, XEROX_SHAPE)
    design = sm.add_constant(np.arange(1.0, 6))
    theirs = sm.GLM(np.column_stack([loyal, n - loyal]), design, sm.families.Binomial()).fit(
        tol=1e-14
    )

    line = curve_of(XEROX_SHAPE).line

    assert [line.intercept, line.slope] == pytest.approx(theirs.params.tolist(), rel=1e-8)
    assert [line.intercept_error, line.slope_error] == pytest.approx(theirs.bse.tolist(), rel=1e-7)
    assert line.deviance == pytest.approx(theirs.deviance, rel=1e-8)
    assert line.loglik == pytest.approx(theirs.llf, rel=1e-9)


def test_separated_scores_are_refused():
    curve = curve_of(TELCO)

    assert curve.is_separated
    assert curve.line.status is Status.UNDEFINED
    assert curve.line.reasons == (Reason.SEPARATION,)
    assert curve.tests.linear.p_value is None
    assert bend(curve).reasons == (Reason.SEPARATION,)


def test_separation_is_refused_where_a_plain_fit_runs_off():
    """Control: without the check the slope would depend on when the fitting stops."""
    from scoring.errors import ConvergenceError
    from scoring.logit import fit_logit

    with pytest.raises(ConvergenceError, match="finite"):
        fit_logit(np.column_stack([np.ones(5), np.arange(1, 6)]), *TELCO)


def test_firth_gives_a_finite_line_under_separation():
    line = linear_logit(loyalty_cells(TELCO, scale=FIVE_POINT), penalty="firth")

    assert line.status is Status.OK
    assert 0 < line.slope < 20


def test_firth_shrinks_a_two_by_two_as_adding_half_does():
    """Saturated model: Firth's estimate is that of ½ added to every cell."""
    cells = loyalty_cells(([10, 0, 0, 0, 10], [0, 0, 0, 0, 4]), scale=FIVE_POINT)

    line = linear_logit(cells, penalty="firth")

    assert line.intercept + line.slope == pytest.approx(np.log(0.5 / 10.5), abs=1e-6)
    assert line.intercept + 5 * line.slope == pytest.approx(np.log(4.5 / 6.5), abs=1e-6)


def test_cochran_armitage_equals_statsmodels():
    """Its Table fills empty cells by default; shift_zeros=False keeps the counts."""
    from statsmodels.stats.contingency_tables import Table

    n, loyal = map(np.array, XEROX_SHAPE)
    table = Table(np.column_stack([n - loyal, loyal]), shift_zeros=False)
    theirs = table.test_ordinal_association(row_scores=np.arange(1, 6))

    own = curve_of(XEROX_SHAPE).tests.trend.statistic

    assert own == pytest.approx(theirs.zscore**2 * n.sum() / (n.sum() - 1), rel=1e-3)


def test_homogeneity_equals_scipy():
    from scipy.stats import chi2_contingency

    n, loyal = map(np.array, XEROX_SHAPE)
    theirs = chi2_contingency(np.column_stack([loyal, n - loyal]), correction=False)

    own = curve_of(XEROX_SHAPE).tests.homogeneity

    assert own.statistic == pytest.approx(theirs.statistic)
    assert own.p_value == pytest.approx(theirs.pvalue)


def test_looks_are_corrected_by_holm():
    from statsmodels.stats.multitest import multipletests

    tests = curve_of(XEROX_SHAPE).tests
    looks = [tests.top, tests.bottom, tests.curvature]

    theirs = multipletests([look.p_value for look in looks], method="holm")[1]

    assert [look.p_adjusted for look in looks] == pytest.approx(theirs.tolist())


def test_sparse_table_can_take_bootstrap_p_values():
    counts = ([8, 9, 12, 20, 25], [1, 1, 3, 8, 20])
    plain = curve_of(counts).tests
    drawn = curve_of(counts, generator=np.random.default_rng(1), samples=499).tests

    assert plain.is_sparse
    assert plain.linear.reasons == (Reason.SPARSE_TABLE,)
    assert drawn.linear.method == "parametric_bootstrap"
    assert drawn.linear.statistic == pytest.approx(plain.linear.statistic)
    assert drawn.linear.p_value == pytest.approx(plain.linear.p_value, abs=0.15)


def test_decreasing_curve_is_called_not_increasing():
    curve = curve_of((HUNDRED, [60, 50, 40, 30, 20]))

    assert Reason.NOT_INCREASING in curve.reasons
    assert not curve.isotonic.is_increasing
    assert curve.isotonic.pools == ((0, 1, 2, 3, 4),)


def test_isotonic_line_tells_what_it_pooled():
    line = isotonic_line([0.1, 0.3, 0.2, 0.4, 0.5])

    assert line.pools == ((1, 2),)
    assert line.is_increasing


def test_isotonic_line_skips_empty_points_and_refuses_nonsense():
    assert isotonic_line([0.1, 0.9, 0.2], [1, 0, 1]).values == (0.1, None, 0.2)
    assert isotonic_line([], []).values == ()
    for values, weights in (
        ([1, 2], [1]),
        ([1, 2], [1, -1]),
        ([float("nan")], None),
        (["a"], None),
    ):
        with pytest.raises(CountError):
            isotonic_line(values, weights)


@settings(deadline=None, max_examples=60)
@given(CURVES)
def test_any_counts_give_a_curve_without_nan(counts):
    curve = curve_of(counts)

    to_plain(curve)
    to_plain(bend(curve))
    for point in curve.points:
        if point.share.is_defined:
            assert 0 <= point.share.low <= point.share.value <= point.share.high <= 1


@settings(deadline=None, max_examples=30)
@given(CURVES)
def test_table_and_vectors_agree(counts):
    n, loyal = counts

    assert to_plain(curve_of(loyalty_table(n, loyal))) == to_plain(curve_of(counts))


@settings(deadline=None, max_examples=30)
@given(CURVES, CURVES)
def test_added_tables_equal_pooled_counts(first, second):
    added = loyalty_table(*first) + loyalty_table(*second)
    pooled = (np.add(first[0], second[0]), np.add(first[1], second[1]))

    assert to_plain(curve_of(added)) == to_plain(curve_of(pooled))


@settings(deadline=None, max_examples=30)
@given(CURVES, st.floats(0.2, 5))
def test_a_common_weight_keeps_shares_and_line(counts, weight):
    plain, weighted = curve_of(counts), curve_of(loyalty_table(*counts, weight=weight))

    for one, other in zip(plain.points, weighted.points, strict=True):
        assert one.share.value == pytest.approx(other.share.value)
        assert one.share.low == pytest.approx(other.share.low)
    if plain.line.status is Status.OK and weight != 1:
        assert plain.line.slope == pytest.approx(weighted.line.slope, rel=1e-6, abs=1e-9)


def test_missing_answers_are_counted_apart():
    table = CountTable.from_counts(
        [
            ("score", (*FIVE_POINT.points, MISSING)),
            ("loyal", (False, True, MISSING, NOT_APPLICABLE)),
        ],
        np.arange(24).reshape(6, 4),
    )

    cells = loyalty_cells(table, scale=FIVE_POINT)

    assert cells.base + cells.missing + cells.not_applicable == table.base
    assert cells.base == sum(4 * i + 4 * i + 1 for i in range(5))


def test_direction_turns_the_curve_round():
    turned = loyalty_curve(([50, 40, 30, 20, 10], [40, 20, 10, 4, 1]), scale=EFFORT_1)
    straight = curve_of(([10, 20, 30, 40, 50], [1, 4, 10, 20, 40]))

    assert [point.score for point in turned.points] == [5, 4, 3, 2, 1]
    assert turned.line.slope == pytest.approx(straight.line.slope)


def test_few_answers_ask_for_more():
    verdict = bend(curve_of(([10, 10, 10, 10, 10], [1, 2, 4, 5, 7])))
    thin = bend(curve_of(([3, 5, 0, 0, 40], [1, 3, 0, 0, 30])))

    assert verdict.verdict is thin.verdict is BendVerdict.TOO_FEW
    assert verdict.more_respondents > 50
    assert thin.look is None


@pytest.mark.parametrize(
    ("counts", "error"),
    [
        (([1] * 4, [0] * 4), ScaleError),
        (([1] * 5, [2] * 5), CountError),
        (([1.5] * 5, [0] * 5), CountError),
        ([1, 2, 3, 4, 5], CountError),
        (7, CountError),
        (loyalty_table([1] * 7, [0] * 7, scale=RECOMMENDATION.__class__(1, 7)), AxisError),
        (CountTable.from_counts([("score", (1, 2)), ("loyal", "ab")], [[1, 1], [1, 1]]), AxisError),
    ],
)
def test_impossible_counts_are_refused(counts, error):
    with pytest.raises(error):
        curve_of(counts)


def test_impossible_options_are_refused():
    with pytest.raises(ArgumentError):
        curve_of(XEROX_SHAPE, confidence=2)
    with pytest.raises(ArgumentError):
        curve_of(XEROX_SHAPE, penalty="ridge")
    with pytest.raises(ArgumentError):
        curve_of(XEROX_SHAPE, samples=0)
    with pytest.raises(ArgumentError):
        bend(curve_of(XEROX_SHAPE), level=0)
