"""Key drivers: parts of explained variance, their stability, and refusals."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.drivers import key_drivers
from scoring.errors import ArgumentError
from scoring.importance import is_singular, johnson_weights, lmg, logit_shapley
from scoring.results import Reason, Status, to_plain


def survey(n=200, effects=(1.0, 0.5, 0.0), seed=1):
    """Correlated drivers and an outcome with known effects."""
    generator = np.random.default_rng(seed)
    k = len(effects)
    rows = generator.normal(size=(n, k)) + generator.normal(size=(n, 1))
    return rows, rows @ np.array(effects) + generator.normal(size=n)


def correlations(rows, outcome):
    """Correlations among the drivers and with the outcome."""
    matrix = np.corrcoef(np.column_stack([rows, outcome]).T)
    return matrix[:-1, :-1], matrix[:-1, -1]


def r_squared(matrix, validity, members):
    members = list(members)
    inner = matrix[np.ix_(members, members)]
    return validity[members] @ np.linalg.solve(inner, validity[members]) if members else 0.0


def test_lmg_is_the_average_gain_over_all_orders():
    matrix, validity = correlations(*survey())
    gains = np.zeros(3)
    for order in permutations(range(3)):
        for place, j in enumerate(order):
            before = r_squared(matrix, validity, order[:place])
            gains[j] += r_squared(matrix, validity, order[: place + 1]) - before

    assert lmg(matrix, validity) == pytest.approx(gains / 6)


@pytest.mark.parametrize("divide", [lmg, johnson_weights])
def test_parts_sum_to_r_squared(divide):
    matrix, validity = correlations(*survey(effects=(1, 0.5, 0.2, 0.1, 0)))

    parts = divide(matrix, validity)

    assert sum(parts) == pytest.approx(r_squared(matrix, validity, range(5)))
    assert min(parts) >= 0


def test_johnson_equals_lmg_for_two_drivers():
    matrix, validity = correlations(*survey(effects=(1, 0.3)))

    assert johnson_weights(matrix, validity) == pytest.approx(lmg(matrix, validity))


def test_uncorrelated_drivers_take_their_squared_correlation():
    assert lmg(np.eye(2), [0.6, 0.2]) == pytest.approx((0.36, 0.04))


def test_lmg_of_more_than_twelve_drivers_is_refused_and_johnson_is_taken():
    rows, outcome = survey(n=300, effects=(1,) * 13)

    with pytest.raises(ArgumentError, match="Johnson"):
        lmg(*correlations(rows, outcome))
    assert key_drivers(rows, outcome).method == "johnson"


def test_a_driver_with_a_negative_beta_keeps_its_share():
    """The trap of ranking by standardised betas."""
    generator = np.random.default_rng(3)
    a = generator.normal(size=400)
    b = a + 0.3 * generator.normal(size=400)
    outcome = 1.2 * a - 0.1 * b + 0.5 * generator.normal(size=400)

    _, second = key_drivers(np.column_stack([a, b]), outcome).drivers

    assert second.standardised_beta < 0
    assert second.share.value > 0.3


def test_coefficients_equal_ordinary_least_squares():
    from statsmodels.regression.linear_model import OLS

    rows, outcome = survey()
    fit = OLS(outcome, np.column_stack([np.ones(len(rows)), rows])).fit()

    result = key_drivers(rows, outcome)

    assert result.r_squared.value == pytest.approx(fit.rsquared)
    assert result.adjusted_r_squared == pytest.approx(fit.rsquared_adj)
    for driver, value, error in zip(result.drivers, fit.params[1:], fit.bse[1:], strict=True):
        assert driver.coefficient.value == pytest.approx(value)
        assert driver.standard_error == pytest.approx(error)


def test_bootstrap_gives_every_share_an_interval_and_separates_what_is_clear():
    rows, outcome = survey(n=600, effects=(2.0, 0.6, 0.6))

    result = key_drivers(
        rows, outcome, names=["a", "b", "c"], generator=np.random.default_rng(1), resamples=300
    )

    for driver in result.drivers:
        assert driver.share.low <= driver.share.value <= driver.share.high
    assert result.tiers[0] == ("a",)
    assert result.drivers[0].ranks == (1, 1)


def test_an_order_that_flips_is_not_reported():
    rows, outcome = survey(n=120, effects=(0.5, 0.5, 0.5))

    result = key_drivers(rows, outcome, generator=np.random.default_rng(1), resamples=300)

    assert len(result.tiers) == 1


def test_without_a_generator_there_is_no_order():
    result = key_drivers(*survey())

    assert result.tiers is None
    assert not result.drivers[0].share.has_interval


def test_one_seed_gives_one_answer():
    rows, outcome = survey()
    runs = [
        key_drivers(rows, outcome, generator=np.random.default_rng(9), resamples=50)
        for _ in range(2)
    ]

    assert runs[0] == runs[1]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        (np.empty((0, 2)), Reason.EMPTY_BASE),
        (survey(n=19, effects=(1, 1))[0], Reason.LOW_BASE),
        (np.column_stack([np.arange(40.0), np.full(40, 3.0)]), Reason.CONSTANT),
        (np.column_stack([np.arange(40.0), 2 * np.arange(40.0)]), Reason.COLLINEAR),
    ],
)
def test_what_cannot_be_modelled_is_refused_with_a_reason(rows, reason):
    outcome = np.random.default_rng(2).normal(size=len(rows))

    result = key_drivers(rows, outcome)

    assert result.status is Status.UNDEFINED
    assert result.reasons == (reason,)
    assert result.drivers == ()
    to_plain(result)


def test_a_driver_that_few_answered_is_set_aside():
    rows, outcome = survey()
    rows[:80, 2] = np.nan

    result = key_drivers(rows, outcome, names=["a", "b", "rare"])

    assert result.set_aside == ("rare",)
    assert result.base == 200


def test_blanks_are_left_out_and_counted():
    rows, outcome = survey()
    rows[0, 0] = outcome[1] = np.nan

    result = key_drivers(rows, outcome)

    assert (result.base, result.missing) == (198, 2)


def test_order_of_respondents_does_not_matter():
    rows, outcome = survey()

    one, two = key_drivers(rows, outcome), key_drivers(rows[::-1], outcome[::-1])

    assert [d.importance for d in one.drivers] == pytest.approx([d.importance for d in two.drivers])


@pytest.mark.parametrize(
    "options",
    [
        {"names": ["a"]},
        {"names": ["a", "a", "b"]},
        {"method": "beta"},
        {"minimum_answered": 2},
        {"confidence": 1},
    ],
)
def test_bad_options_are_refused(options):
    with pytest.raises(ArgumentError):
        key_drivers(*survey(), **options)


@pytest.mark.parametrize(
    ("matrix", "validity"),
    [
        (np.ones((2, 2)), [0.5, 0.5]),
        (np.eye(3), [0.5, 0.5]),
        ([[1, np.nan], [np.nan, 1]], [0.5, 0.5]),
        (np.eye(2), [0.5, None]),
        ([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]], [0.1, 0.1, 0.1]),
    ],
)
def test_parts_of_an_impossible_matrix_are_refused(matrix, validity):
    with pytest.raises(ArgumentError):
        lmg(matrix, validity)


def test_a_pairwise_matrix_that_is_not_positive_definite_counts_as_singular():
    assert is_singular(np.array([[1, 0.9, -0.9], [0.9, 1, 0.9], [-0.9, 0.9, 1]]))


def test_logit_shapley_sums_to_mcfaddens_r_squared():
    rows, outcome = survey(n=150, effects=(1, 0.5))
    rows = np.round(rows)

    parts, whole, base = logit_shapley(rows, outcome > 0)

    assert sum(parts) == pytest.approx(whole)
    assert base == 150


def test_logit_shapley_survives_separation():
    parts, whole, _ = logit_shapley([[1], [2], [3], [4]], [0, 0, 1, 1])

    assert whole == pytest.approx(1.0, abs=1e-3)
    assert parts == pytest.approx((whole,))


@pytest.mark.parametrize("outcome", [[], [1, 1], [None, 0]])
def test_logit_shapley_of_one_kind_of_outcome_is_undefined(outcome):
    parts, whole, _ = logit_shapley(np.ones((len(outcome), 2)), outcome)

    assert parts is None
    assert whole is None


def test_logit_shapley_refuses_other_outcomes():
    with pytest.raises(ArgumentError):
        logit_shapley([[1], [2]], [1, 2])


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10_000), st.integers(2, 4), st.integers(10, 60))
def test_parts_stay_within_r_squared(seed, k, n):
    generator = np.random.default_rng(seed)
    rows = generator.integers(1, 6, size=(n, k)).astype(float)

    result = key_drivers(rows, generator.integers(1, 6, size=n), minimum_per_driver=0)

    to_plain(result)
    for driver in result.drivers:
        assert -1e-12 <= driver.importance <= result.r_squared.value + 1e-12
        assert driver.vif >= 1 - 1e-12
