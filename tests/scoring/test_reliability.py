"""Alpha, omega and item statistics."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.errors import ArgumentError
from scoring.reliability import cronbach_alpha, one_factor, reliability
from scoring.results import Reason, Status, to_plain


def parallel_items(n, k, seed):
    """Items that share one factor."""
    generator = np.random.default_rng(seed)
    return generator.normal(size=(n, 1)) + generator.normal(size=(n, k))


def test_alpha_of_two_items_is_spearman_brown():
    rows = parallel_items(80, 2, 1)
    rows = rows / rows.std(axis=0, ddof=1)
    r = np.corrcoef(rows.T)[0, 1]

    result = reliability(rows)

    assert result.alpha.value == pytest.approx(2 * r / (1 + r))
    assert result.alpha_if_dropped == (None, None)
    assert result.factor.omega.reasons == (Reason.NOT_IDENTIFIED,)


def test_alpha_of_one_item_is_undefined():
    result = reliability([[1], [2], [3]])

    assert result.alpha.status is Status.UNDEFINED
    assert result.alpha.reasons == (Reason.NOT_IDENTIFIED,)
    assert result.item_rest_correlations == (None,)


def test_alpha_of_a_constant_total_is_undefined():
    result = reliability([[1, 4], [2, 3], [3, 2], [4, 1]])

    assert result.alpha.value is None
    assert result.alpha.reasons == (Reason.ZERO_VARIANCE,)


def test_negative_alpha_is_shown_with_a_warning():
    rows = parallel_items(60, 2, 2)
    rows[:, 1] *= -0.9

    alpha = reliability(rows).alpha

    assert alpha.value < 0
    assert alpha.reasons == (Reason.REVERSED_ITEM,)
    assert alpha.low < alpha.value < alpha.high


def test_identical_items_have_alpha_one_without_an_interval():
    alpha = reliability([[1, 1], [2, 2], [4, 4]]).alpha

    assert alpha.value == 1.0
    assert not alpha.has_interval


def test_heywood_case_has_no_omega():
    # correlations .8, .8 and .3 would need a loading above one
    matrix = np.array([[1, 0.8, 0.8], [0.8, 1, 0.3], [0.8, 0.3, 1]])

    factor = one_factor(matrix, base=200)

    assert factor.is_heywood
    assert factor.omega.value is None
    assert factor.omega.reasons == (Reason.NEGATIVE_VARIANCE,)


def test_omega_recovers_known_loadings():
    loadings, theta = np.array([0.9, 0.7, 0.5, 0.4]), np.array([0.3, 0.5, 0.6, 0.8])
    matrix = np.outer(loadings, loadings) + np.diag(theta)
    base = 1000

    factor = one_factor(matrix * base / (base - 1), base=base)

    common = loadings.sum() ** 2
    assert factor.loadings == pytest.approx(loadings, abs=1e-4)
    assert factor.omega.value == pytest.approx(common / (common + theta.sum()), abs=1e-5)
    assert factor.omega.low < factor.omega.value < factor.omega.high < 1


def test_alpha_equals_omega_for_equal_loadings():
    matrix = np.full((4, 4), 0.5) + np.diag([0.5] * 4)

    alpha, factor = cronbach_alpha(matrix, base=300), one_factor(matrix, base=300)

    assert alpha.value == pytest.approx(factor.omega.value, abs=1e-6)


def test_blank_rows_are_left_out_and_counted():
    result = reliability([[1, 2], [2, None], [3, 3], [2, 1]])

    assert (result.base, result.missing) == (3, 1)


def test_a_constant_item_has_no_correlation_with_the_rest():
    result = reliability([[1, 3, 2], [2, 3, 3], [4, 3, 5], [5, 3, 4], [2, 3, 2]])

    assert result.item_rest_correlations[1] is None
    assert result.standardised_alpha is None
    assert result.factor.omega.reasons == (Reason.ZERO_VARIANCE,)


@pytest.mark.parametrize(("rows", "reason"), [([], "empty_base"), ([[1, 2]], "single_respondent")])
def test_too_few_respondents_give_a_reason(rows, reason):
    result = reliability(np.array(rows, dtype=float).reshape(-1, 2))

    assert result.alpha.reasons == (Reason(reason),)
    to_plain(result)


@pytest.mark.parametrize("matrix", [[[1, 2]], [[1, np.nan], [np.nan, 1]], [[1, 0.5], [0.1, 1]]])
def test_alpha_refuses_what_is_no_covariance(matrix):
    with pytest.raises(ArgumentError):
        cronbach_alpha(matrix, base=10)


def test_alpha_refuses_a_bad_level():
    with pytest.raises(ArgumentError):
        reliability([[1]], confidence=0)


score = st.integers(1, 5)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(score, score), min_size=2, max_size=15), st.randoms())
def test_alpha_does_not_depend_on_order_and_holds_no_nan(rows, random):
    shuffled = list(rows)
    random.shuffle(shuffled)

    one, two = reliability(rows), reliability(shuffled)

    to_plain(one)
    assert one.alpha.status is two.alpha.status
    if one.alpha.is_defined:
        assert one.alpha.value == pytest.approx(two.alpha.value)
        assert one.alpha.value <= 1
    if one.alpha.has_interval:
        assert one.alpha.low <= one.alpha.value <= one.alpha.high <= 1


@pytest.mark.long
def test_feldt_interval_covers_at_twenty_respondents():
    generator = np.random.default_rng(7)
    true_alpha, hits, rounds = 4 / 5, 0, 4000
    for _ in range(rounds):
        rows = generator.normal(size=(20, 1)) + generator.normal(size=(20, 4))
        alpha = cronbach_alpha(np.cov(rows.T), base=20)
        hits += alpha.low <= true_alpha <= alpha.high

    assert abs(hits / rounds - 0.95) < 0.02


@pytest.mark.long
def test_omega_interval_covers_at_two_hundred_respondents():
    generator = np.random.default_rng(4)
    loadings, hits, rounds = np.array([0.9, 0.7, 0.6, 0.5]), 0, 400
    true = loadings.sum() ** 2 / (loadings.sum() ** 2 + 4 * 0.5)
    for _ in range(rounds):
        rows = generator.normal(size=(200, 1)) * loadings
        rows = rows + generator.normal(scale=np.sqrt(0.5), size=(200, 4))
        omega = one_factor(np.cov(rows.T), base=200).omega
        hits += omega.low <= true <= omega.high

    assert abs(hits / rounds - 0.95) < 0.03
