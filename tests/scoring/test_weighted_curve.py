"""The curve under survey weights."""

import numpy as np
import pytest

from scoring.counts import CountTable
from scoring.curve_tests import curve_tests
from scoring.loyalty import loyalty_curve
from scoring.results import Reason, Status, to_plain
from scoring.scales import FIVE_POINT
from scoring.weighted_curve import weighted_curve
from scoring.weighted_logit import rao_scott_test

from .builders import loyalty_table

N, LOYAL = [40, 60, 150, 400, 350], [4, 9, 30, 120, 205]


def random_table(rng, respondents=600):
    """Respondents with weights of their own, as rows and as a table."""
    score = rng.integers(1, 6, respondents)
    loyal = rng.random(respondents) < 0.1 + 0.15 * score
    weight = rng.uniform(0.3, 3.0, respondents)
    table = CountTable.from_cells(
        [("score", FIVE_POINT.points), ("loyal", (False, True))],
        [(int(k), bool(y), 1, w, w * w) for k, y, w in zip(score, loyal, weight, strict=True)],
    )
    return score, loyal, weight, table


def test_cell_sums_give_the_sandwich_of_the_rows():
    """The cells are sufficient: the same as the estimating equations on 600 rows."""
    score, loyal, weight, table = random_table(np.random.default_rng(8))
    line = weighted_curve(table, scale=FIVE_POINT).line

    x = np.column_stack([np.ones(len(score)), score])
    p = 1 / (1 + np.exp(-x @ [line.intercept, line.slope]))
    score_rows = (weight * (loyal - p))[:, None] * x
    a = np.linalg.inv(x.T @ ((weight * p * (1 - p))[:, None] * x))
    covariance = len(x) / (len(x) - 1) * a @ (score_rows.T @ score_rows) @ a

    assert score_rows.sum(axis=0) == pytest.approx([0, 0], abs=1e-7)
    assert [line.intercept_error, line.slope_error] == pytest.approx(np.sqrt(np.diag(covariance)))


def test_equal_weights_give_nearly_the_plain_errors():
    """On a truly straight line; elsewhere the sandwich rightly differs from the model's errors."""
    loyal = [round(n / (1 + np.exp(3 - 0.6 * k))) for k, n in enumerate(N, start=1)]
    plain = loyalty_curve((N, loyal), scale=FIVE_POINT)
    weighted = weighted_curve(loyalty_table(N, loyal, weight=2.0), scale=FIVE_POINT)

    assert weighted.line.slope == pytest.approx(plain.line.slope)
    assert weighted.line.slope_error == pytest.approx(plain.line.slope_error, rel=0.02)


def test_share_of_zero_has_no_error_but_an_interval():
    table = loyalty_table([10, 20, 30, 40, 50], [0, 5, 9, 20, 40], weight=1.5)

    worst = weighted_curve(table, scale=FIVE_POINT).points[0]

    assert worst.standard_error == 0
    assert worst.share.high > 0.2


def test_rao_scott_of_equal_weights_is_pearson():
    n, loyal = np.array(N), np.array(LOYAL)
    table = np.column_stack([n - loyal, loyal])
    pearson = loyalty_curve((N, LOYAL), scale=FIVE_POINT).tests.homogeneity

    found = rao_scott_test(table, table, int(n.sum()))

    assert found.ndf == pytest.approx(4, rel=0.05)
    assert found.statistic * 4 == pytest.approx(pearson.statistic, rel=0.05)


def test_weighted_looks_are_wald_tests():
    _, _, _, table = random_table(np.random.default_rng(9))

    curve = loyalty_curve(table, scale=FIVE_POINT)

    assert curve.line.loglik is None
    assert curve.tests.top.method == "wald"
    assert curve.tests.linear.df == 3
    assert curve.tests.top.p_adjusted >= curve.tests.top.p_value
    assert curve.saturated_loglik is None


def test_weighted_curve_without_answers_is_undefined():
    table = loyalty_table([0] * 5, [0] * 5)

    found = weighted_curve(table, scale=FIVE_POINT)

    to_plain(found)
    assert found.line.status is Status.UNDEFINED
    assert found.independence.reasons == (Reason.TOO_FEW_POINTS,)
    assert found.points[0].standard_error is None


def test_weighted_point_that_is_all_loyal_leaves_that_look_out():
    table = loyalty_table([30, 30, 30, 30, 30], [3, 9, 15, 21, 30], weight=1.3)
    curve = loyalty_curve(table, scale=FIVE_POINT)

    again = curve_tests(curve.cells, curve.line)

    assert again.top.status is Status.UNDEFINED
    assert again.bottom.p_value is not None
