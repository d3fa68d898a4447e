"""Proportional odds on counts."""

import numpy as np
import pytest

from scoring.errors import ArgumentError, ConvergenceError, CountError
from scoring.ordinal import proportional_odds, proportional_odds_test

SCORES = np.arange(1.0, 6)[:, None]
COUNTS = np.array([[5, 1, 1], [22, 7, 2], [159, 217, 60], [118, 637, 718], [15, 60, 605]])


def test_counts_agree_with_ordered_model_on_rows():
    from statsmodels.miscmodels.ordinal_model import OrderedModel

    cells = [
        (x, y, n)
        for x, row in zip(SCORES[:, 0], COUNTS // 4, strict=True)
        for y, n in enumerate(row)
    ]
    x = np.concatenate([np.full(n, score) for score, _, n in cells])
    y = np.concatenate([np.full(n, level) for _, level, n in cells])
    theirs = OrderedModel(y, x[:, None], distr="logit").fit(disp=False, method="bfgs", gtol=1e-8)

    own = proportional_odds(SCORES, COUNTS // 4)

    assert own.coefficients[0] == pytest.approx(theirs.params[0], abs=1e-4)
    assert own.thresholds == pytest.approx(
        theirs.model.transform_threshold_params(theirs.params)[1:-1], abs=1e-4
    )
    assert own.loglik == pytest.approx(theirs.llf, abs=1e-6)


def test_two_levels_are_a_plain_logit():
    from scoring.logit import fit_logit

    table = np.column_stack([COUNTS[:, 0], COUNTS[:, 1:].sum(axis=1)])
    binary = fit_logit(np.column_stack([np.ones(5), SCORES]), table.sum(axis=1), table[:, 1])

    ordinal = proportional_odds(SCORES, table)

    assert ordinal.coefficients[0] == pytest.approx(binary.coefficients[1], rel=1e-8)
    assert ordinal.thresholds[0] == pytest.approx(-binary.coefficients[0], rel=1e-8)
    assert ordinal.coefficient_errors[0] == pytest.approx(binary.standard_errors[1], rel=1e-6)


def test_repeating_every_count_shrinks_errors_only():
    one, four = proportional_odds(SCORES, COUNTS), proportional_odds(SCORES, 4 * COUNTS)

    assert four.coefficients == pytest.approx(one.coefficients)
    assert four.coefficient_errors == pytest.approx(one.coefficient_errors / 2)


def test_order_of_rows_does_not_matter():
    turned = proportional_odds(SCORES[::-1], COUNTS[::-1])

    assert turned.coefficients == pytest.approx(proportional_odds(SCORES, COUNTS).coefficients)


def test_mirrored_outcome_mirrors_the_estimate():
    one, other = proportional_odds(SCORES, COUNTS), proportional_odds(SCORES, COUNTS[:, ::-1])

    assert other.coefficients == pytest.approx(-one.coefficients)
    assert other.thresholds == pytest.approx(-one.thresholds[::-1])


def test_proportionality_holds_for_data_made_so():
    theta, rows = np.array([-1.0, 0.5, 2.0]), np.full(5, 1_000_000)
    cumulative = 1 / (1 + np.exp(-(theta - 0.4 * SCORES)))
    ends = np.column_stack([np.zeros(5), cumulative, np.ones(5)])

    test = proportional_odds_test(SCORES, np.diff(ends, axis=1) * rows[:, None])

    assert test.df == 2
    assert test.statistic < 1e-4


def test_scores_that_tell_the_levels_apart_are_refused():
    with pytest.raises(ConvergenceError, match="tells the levels"):
        proportional_odds([[1.0], [2.0], [3.0]], [[9, 0, 0], [0, 9, 0], [0, 0, 9]])


@pytest.mark.parametrize(
    ("predictors", "counts", "error"),
    [
        (SCORES, COUNTS[:3], CountError),
        (SCORES, -COUNTS, CountError),
        (SCORES, COUNTS * np.array([1, 0, 1]), CountError),
        (SCORES, np.full((5, 3), np.nan), CountError),
        ("abc", COUNTS, CountError),
        (np.ones((5, 1)), COUNTS, ArgumentError),
        (np.column_stack([SCORES, 2 * SCORES]), COUNTS, ArgumentError),
    ],
)
def test_impossible_input_is_refused(predictors, counts, error):
    with pytest.raises(error):
        proportional_odds(predictors, counts)


def test_two_levels_have_no_proportionality_to_test():
    with pytest.raises(ArgumentError):
        proportional_odds_test(SCORES, COUNTS[:, :2])
