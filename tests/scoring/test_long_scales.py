"""Broken stick, natural spline and lowess."""

import numpy as np
import pytest

from scoring.errors import ArgumentError, CountError
from scoring.long_scales import broken_stick, lowess_smooth, natural_spline_basis, spline_curve
from scoring.results import Reason, Status

ELEVEN = np.arange(11.0)


def test_break_of_a_clean_stick_is_found_exactly():
    y = 1 + 0.5 * ELEVEN + 2 * np.maximum(ELEVEN - 6.3, 0)

    found = broken_stick(ELEVEN, y)

    assert found.breakpoint == pytest.approx(6.3)
    assert (found.slope_before, found.slope_after) == pytest.approx((0.5, 2.5))
    assert found.f_against_line is None


def test_weights_equal_repeated_rows():
    rng = np.random.default_rng(4)
    y, weights = rng.normal(size=11), rng.integers(1, 5, 11)

    weighted = broken_stick(ELEVEN, y, weights=weights)
    repeated = broken_stick(np.repeat(ELEVEN, weights), np.repeat(y, weights))

    assert weighted.breakpoint == pytest.approx(repeated.breakpoint)
    assert weighted.squared_error == pytest.approx(repeated.squared_error)


def test_break_is_the_global_minimum():
    rng = np.random.default_rng(5)
    y = rng.normal(size=11)
    found = broken_stick(ELEVEN, y)

    errors = []
    for at in np.linspace(1, 9, 801):
        design = np.column_stack([np.ones(11), ELEVEN, np.maximum(ELEVEN - at, 0)])
        errors.append(np.linalg.lstsq(design, y, rcond=None)[1][0])

    assert found.squared_error <= min(errors) + 1e-9


def test_short_scales_are_refused():
    with pytest.raises(ArgumentError, match="largest step"):
        broken_stick([1, 2, 3, 4, 5], [1, 2, 3, 4, 9])


def test_basis_spans_the_natural_cubic_splines():
    from scipy.interpolate import CubicSpline

    knots = np.array([0.0, 3.0, 7.0, 10.0])
    target = CubicSpline(knots, [0.3, -1.0, 2.0, 0.5], bc_type="natural")(ELEVEN)
    basis = natural_spline_basis(ELEVEN, knots)

    left_over = np.linalg.lstsq(basis, target, rcond=None)[1]

    assert float(left_over[0]) < 1e-18


def test_spline_of_a_straight_logit_finds_nothing():
    n = np.full(11, 1_000_000)
    loyal = np.round(n / (1 + np.exp(3 - 0.5 * ELEVEN)))

    found = spline_curve(ELEVEN, n, loyal)

    assert found.test.df == 2
    assert found.test.p_value > 0.5
    assert found.fitted == pytest.approx((loyal / n).tolist(), abs=1e-5)


def test_spline_keeps_knots_apart_when_answers_pile_up():
    n = np.array([2, 2, 2, 2, 2, 2, 2, 2, 2, 900, 2])
    found = spline_curve(ELEVEN, n, np.minimum(n // 2 + (ELEVEN > 5), n))

    assert all(a < b for a, b in zip(found.knots[:-1], found.knots[1:], strict=True))


@pytest.mark.parametrize(
    ("n", "loyal", "error"),
    [
        ([5] * 10, [1] * 11, CountError),
        ([5] * 11, [6] * 11, CountError),
        ([5] * 6 + [0] * 5, [1] * 6 + [0] * 5, ArgumentError),
    ],
)
def test_spline_refuses_impossible_input(n, loyal, error):
    with pytest.raises(error):
        spline_curve(ELEVEN, n, loyal)


def test_lowess_sorts_and_says_when_there_is_too_little():
    found = lowess_smooth([3, 1, 2, 5, 4, 6], [3.0, 1, 2, 5, 4, 6])
    nothing = lowess_smooth([1, 2], [1, 2])

    assert found.x == (1, 2, 3, 4, 5, 6)
    assert found.fitted == pytest.approx((1, 2, 3, 4, 5, 6))
    assert nothing.status is Status.UNDEFINED
    assert nothing.reasons == (Reason.TOO_FEW_POINTS,)


def test_lowess_refuses_impossible_input():
    with pytest.raises(ArgumentError):
        lowess_smooth([1, 2, 3], [1, 2, 3], fraction=0)
    with pytest.raises(CountError):
        lowess_smooth([1, 2, float("nan")], [1, 2, 3])
    with pytest.raises(CountError):
        lowess_smooth([1, 2, 3], [1, 2])
