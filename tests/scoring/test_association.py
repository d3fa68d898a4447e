"""Cross-tabulation and ordinal association."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from scoring.association import ordinal_association
from scoring.crosstab import cross_tabulate
from scoring.errors import ArgumentError, CountError
from scoring.results import Reason, Status, to_plain

TABLE = np.array([[4, 3, 1], [2, 6, 5], [1, 4, 9]])
FIGURES = ("kendall_tau_b", "gamma", "somers_d", "spearman", "pearson")


def rows_of(table):
    """The two answers of each respondent."""
    places = np.argwhere(table >= 0)
    return np.repeat(places, table.ravel(), axis=0).T


def test_figures_equal_scipy_on_the_rows():
    from scipy import stats

    x, y = rows_of(TABLE)

    found = ordinal_association(TABLE)

    assert found.kendall_tau_b.value == pytest.approx(stats.kendalltau(x, y).statistic)
    assert found.somers_d.value == pytest.approx(stats.somersd(TABLE).statistic)
    assert found.spearman.value == pytest.approx(stats.spearmanr(x, y).statistic)
    assert found.pearson.value == pytest.approx(stats.pearsonr(x, y).statistic)
    interval = stats.pearsonr(x, y).confidence_interval(0.95)
    assert (found.pearson.low, found.pearson.high) == pytest.approx(tuple(interval))


def test_a_turned_scale_turns_the_sign():
    one, two = ordinal_association(TABLE), ordinal_association(TABLE[:, ::-1])

    for name in FIGURES:
        assert getattr(two, name).value == pytest.approx(-getattr(one, name).value)
        assert getattr(two, name).low == pytest.approx(-getattr(one, name).high)


def test_delta_errors_shrink_with_the_root_of_the_base():
    one, two = ordinal_association(TABLE).gamma, ordinal_association(4 * TABLE).gamma

    assert (one.high - one.value) == pytest.approx(2 * (two.high - two.value))


def test_perfect_agreement_has_no_interval():
    found = ordinal_association(np.diag([5, 5, 5]))

    assert found.gamma.value == 1.0
    assert found.kendall_tau_b.value == pytest.approx(1.0)
    assert not found.gamma.has_interval
    assert not found.pearson.has_interval


def test_values_of_the_levels_move_only_pearson():
    found = ordinal_association(TABLE, column_values=[0, 1, 10])

    assert found.spearman == ordinal_association(TABLE).spearman
    assert found.pearson.value != ordinal_association(TABLE).pearson.value


@pytest.mark.parametrize("table", [np.zeros((2, 2)), [[3, 0], [4, 0]], [[1, 2]]])
def test_one_answer_in_use_leaves_everything_undefined(table):
    found = ordinal_association(table)

    assert found.gamma.status is Status.UNDEFINED
    to_plain(found)


@pytest.mark.parametrize("values", [[1, 2], [3, 2, 1], [1, 1, 2]])
def test_values_must_rise_and_fit(values):
    with pytest.raises(CountError):
        ordinal_association(TABLE, row_values=values)


def test_chi_square_equals_scipy():
    from scipy import stats

    reference = stats.chi2_contingency(TABLE, correction=False)

    found = cross_tabulate(TABLE)

    assert found.independence.statistic == pytest.approx(reference.statistic)
    assert found.independence.p_value == pytest.approx(reference.pvalue)
    assert np.array(found.expected) == pytest.approx(reference.expected_freq)


def test_small_expected_counts_are_warned_of():
    assert cross_tabulate(TABLE).independence.reasons == (Reason.SPARSE_TABLE,)
    assert cross_tabulate(10 * TABLE).independence.reasons == ()


def test_an_empty_row_has_undefined_shares_and_leaves_the_test_alone():
    table = np.vstack([10 * TABLE, [0, 0, 0]])

    found = cross_tabulate(table)

    assert found.row_shares[3][0].status is Status.UNDEFINED
    assert found.independence == cross_tabulate(10 * TABLE).independence


@pytest.mark.parametrize(
    ("table", "reason"), [(np.zeros((2, 2)), Reason.EMPTY_BASE), ([[1, 2]], Reason.CONSTANT)]
)
def test_nothing_to_test_is_undefined(table, reason):
    found = cross_tabulate(table)

    assert found.independence.reasons == (reason,)
    assert found.cramers_v is None


@pytest.mark.parametrize("table", [[1, 2], [[1, -1]], [[0.5, 1]], [["a"]], [[1], [1, 2]], [[]]])
def test_what_is_no_table_of_counts_is_refused(table):
    with pytest.raises(CountError):
        cross_tabulate(table)


def test_a_bad_level_is_refused():
    with pytest.raises(ArgumentError):
        ordinal_association(TABLE, confidence=95)


@settings(deadline=None, max_examples=100)
@given(arrays(int, (3, 3), elements=st.integers(0, 6)))
def test_figures_stay_in_range_and_hold_no_nan(table):
    found, crossed = ordinal_association(table), cross_tabulate(table)

    to_plain(found)
    to_plain(crossed)
    for name in FIGURES:
        figure = getattr(found, name)
        if figure.has_interval:
            assert -1 <= figure.low <= figure.value <= figure.high <= 1


@pytest.mark.long
@pytest.mark.parametrize("name", ["gamma", "kendall_tau_b", "somers_d"])
def test_delta_interval_covers(name):
    generator = np.random.default_rng(8)
    shares = np.array([[8, 5, 2], [5, 9, 8], [2, 7, 14]]) / 60
    true = getattr(ordinal_association(shares * 60), name).value
    found = [
        getattr(ordinal_association(draw.reshape(3, 3)), name)
        for draw in generator.multinomial(150, shares.ravel(), size=2000)
    ]

    hits = np.mean([figure.low <= true <= figure.high for figure in found])

    assert abs(hits - 0.95) < 0.02
