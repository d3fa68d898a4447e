"""Intervals of a share and of a mean."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.errors import ArgumentError, CountError, ScoringError
from scoring.intervals import (
    METHODS,
    chi_square_p_value,
    normal_p_value,
    normal_quantile,
    proportion,
    t_interval,
    t_quantile,
    wilson,
)
from scoring.results import Reason, Status, to_plain

SHARES = st.integers(0, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("successes", "base", "low", "high"),
    [
        (60, 100, 0.502, 0.691),
        (10, 100, 0.055, 0.174),
        (9, 10, 0.596, 0.982),
        (10, 10, 0.722, 1.000),
        (0, 10, 0.000, 0.278),
    ],
)
def test_wilson_gives_the_worked_examples(successes, base, low, high):
    share = proportion(successes, base)

    assert (round(share.low, 3), round(share.high, 3)) == (low, high)


@pytest.mark.parametrize(
    ("method", "name"),
    [("wilson", "wilson"), ("clopper_pearson", "beta"), ("agresti_coull", "agresti_coull")],
)
def test_intervals_agree_with_statsmodels(method, name):
    from statsmodels.stats.proportion import proportion_confint

    for successes, base in ((0, 5), (3, 17), (40, 41), (500, 1000)):
        own = METHODS[method](successes, base, confidence=0.9)
        expected = proportion_confint(successes, base, alpha=0.1, method=name)

        assert own == pytest.approx(expected, abs=1e-12)


def test_jeffreys_reaches_the_ends_where_statsmodels_does_not():
    from statsmodels.stats.proportion import proportion_confint

    theirs = proportion_confint(0, 20, method="jeffreys")[0]

    assert theirs > 0
    assert METHODS["jeffreys"](0, 20)[0] == 0.0
    assert METHODS["jeffreys"](20, 20)[1] == 1.0


def test_quantiles_and_tails_agree_with_scipy():
    from scipy import stats

    assert normal_quantile(0.95) == pytest.approx(stats.norm.ppf(0.975), abs=1e-14)
    assert t_quantile(0.9, 7) == pytest.approx(stats.t.ppf(0.95, 7), abs=1e-12)
    assert normal_p_value(-9.5) == pytest.approx(2 * stats.norm.sf(9.5), rel=1e-12)
    assert chi_square_p_value(40.0, 3) == pytest.approx(stats.chi2.sf(40, 3), rel=1e-12)


@given(SHARES, st.sampled_from(sorted(METHODS)), st.floats(0.5, 0.999))
def test_interval_contains_the_share_and_stays_in_range(share, method, confidence):
    successes, base = share

    found = proportion(successes, base, method=method, confidence=confidence)

    to_plain(found)
    if base:
        assert 0 <= found.low <= found.value <= found.high <= 1


def test_empty_base_is_undefined_and_not_zero():
    share = proportion(0, 0)

    assert share.value is None
    assert share.status is Status.UNDEFINED
    assert share.reasons == (Reason.EMPTY_BASE,)


def test_one_respondent_keeps_an_interval():
    share = proportion(1, 1)

    assert share.low == pytest.approx(0.2065, abs=1e-4)
    assert share.status is Status.LOW_BASE


def test_weighted_share_of_one_keeps_a_width():
    """A linearised error is 0 there; the effective base is not."""
    share = proportion(50.0, 50.0, effective_base=40.0, respondents=48)

    assert share.low == pytest.approx(wilson(40, 40)[0])
    assert (share.base, share.effective_base) == (48, 40.0)


@pytest.mark.parametrize(
    ("successes", "base"),
    [(-1, 5), (6, 5), (math.nan, 5), (1, math.inf), ("3", 5), (1, None), (1, 0)],
)
def test_impossible_counts_are_refused(successes, base):
    with pytest.raises(CountError):
        proportion(successes, base)


@pytest.mark.parametrize("confidence", [0, 1, 1.2, -0.1, "0.95", math.nan, True])
def test_impossible_confidence_is_refused(confidence):
    with pytest.raises(ArgumentError):
        proportion(1, 2, confidence=confidence)


def test_unknown_method_names_the_known_ones():
    with pytest.raises(ScoringError, match="wilson"):
        proportion(1, 2, method="wald")


def test_t_interval_needs_degrees_of_freedom():
    assert t_interval(4.0, 0.1, 0) == (None, None)


@pytest.mark.long
def test_wilson_coverage_at_small_bases_is_close_to_nominal():
    """Exact coverage, averaged over shares; Clopper–Pearson never falls below."""
    from scipy.stats import binom

    for n in (5, 10, 20, 40):
        ends = {
            name: np.array([METHODS[name](x, n) for x in range(n + 1)])
            for name in ("wilson", "clopper_pearson")
        }
        shares = np.linspace(0.02, 0.98, 193)
        chance = binom.pmf(np.arange(n + 1)[None, :], n, shares[:, None])
        coverage = {
            name: (
                chance * ((low_high[:, 0] <= shares[:, None]) & (shares[:, None] <= low_high[:, 1]))
            ).sum(axis=1)
            for name, low_high in ends.items()
        }

        assert abs(coverage["wilson"].mean() - 0.95) < 0.02
        assert coverage["clopper_pearson"].min() >= 0.95 - 1e-9
