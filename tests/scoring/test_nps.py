"""Net Promoter Score."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.counts import CountTable
from scoring.errors import ArgumentError, CountError, ScaleError
from scoring.nps import nps, nps_interval
from scoring.nps_comparison import nps_change, nps_difference
from scoring.nps_posterior import nps_posterior
from scoring.results import Reason, Status, to_plain
from scoring.scales import FIVE_POINT, RECOMMENDATION, TEN_POINT, Scale
from scoring.trinomial import adjusted_wald, wald

from .builders import score_table

ANSWERS = st.lists(st.integers(0, 40), min_size=11, max_size=11)


def answers(detractors, passives, promoters):
    return [detractors, 0, 0, 0, 0, 0, 0, passives, 0, 0, promoters]


def test_net_score_gives_the_worked_example():
    counts = answers(20, 30, 50)
    result, interval = nps(counts), nps_interval(counts, method="wald")

    assert result.score.value == pytest.approx(30.0)
    assert round(result.standard_error, 2) == 7.81
    assert (round(interval.low, 1), round(interval.high, 1)) == (14.7, 45.3)


@pytest.mark.parametrize("scale", [TEN_POINT, FIVE_POINT, Scale(0, 10, higher_is_better=False)])
def test_another_scale_is_refused_and_not_binned(scale):
    with pytest.raises(ScaleError, match="0 to 10"):
        nps([1] * scale.length, scale=scale)


def test_all_passives_keep_a_width():
    result = nps(answers(0, 5, 0))

    assert result.score.value == 0
    assert result.score.high == pytest.approx(30.0057, abs=1e-4)


@given(ANSWERS)
def test_score_is_in_range_and_parts_sum_to_one(counts):
    result = nps(counts)

    to_plain(result)
    if result.score.is_defined:
        assert -100 <= result.score.low <= result.score.high <= 100
        total = result.promoters.value + result.passives.value + result.detractors.value
        assert total == pytest.approx(1.0)


@given(ANSWERS.filter(sum))
def test_mirrored_answers_mirror_the_score(counts):
    mirrored = [0] * 11
    for score, n in enumerate(counts):
        mirrored[0 if score >= 9 else 7 if score >= 7 else 10] += n

    first, second = nps(counts).score, nps(mirrored).score

    assert first.value == pytest.approx(-second.value, abs=1e-9)
    assert first.low == pytest.approx(-second.high, abs=1e-9)


def test_a_common_weight_changes_neither_score_nor_error():
    counts = answers(44, 61, 95)
    weighted = nps(score_table(counts, 3.0, RECOMMENDATION), method="linearised")

    assert weighted.score.value == pytest.approx(25.5)
    assert weighted.standard_error == pytest.approx(nps(counts).standard_error * np.sqrt(200 / 199))


def test_integer_weights_repeat_the_estimate_but_not_the_certainty():
    """A weight of 2 is one respondent: the score is that of two, the error is not."""
    doubled = nps(score_table(answers(5, 5, 20), 2.0, RECOMMENDATION), method="linearised")
    repeated = nps(answers(10, 10, 40))

    assert doubled.score.value == pytest.approx(repeated.score.value)
    assert doubled.standard_error > 1.3 * repeated.standard_error


def test_weighted_score_with_few_effective_answers_takes_the_adjusted_interval():
    few = nps(score_table(answers(2, 3, 6), 2.0, RECOMMENDATION))
    many = nps(score_table(answers(20, 30, 60), 2.0, RECOMMENDATION))

    assert (few.score.method, many.score.method) == ("adjusted_wald", "linearised")


def test_nobody_answered_is_undefined():
    result = nps([0] * 11)

    assert result.score.status is Status.UNDEFINED
    assert result.standard_error is None
    assert nps_difference([0] * 11, answers(1, 2, 3)).test.status is Status.UNDEFINED
    with pytest.raises(CountError):
        nps_interval([0] * 11)


def test_difference_of_a_group_with_itself_is_zero():
    group = answers(11, 31, 55)

    found = nps_difference(group, group)

    assert found.difference.value == 0
    assert found.test.p_value == pytest.approx(1.0)
    assert found.difference.low < 0 < found.difference.high


def test_overlapping_intervals_may_still_differ():
    """The trap of reading a difference off two intervals."""
    first, second = answers(100, 150, 250), answers(130, 150, 220)
    a, b = nps(first).score, nps(second).score

    assert a.low < b.high
    assert nps_difference(first, second).test.p_value < 0.05


def test_wald_difference_without_variance_is_not_tested():
    found = nps_difference(answers(0, 0, 9), answers(0, 9, 0), method="wald")

    assert found.test.p_value is None
    assert found.test.reasons == (Reason.ZERO_VARIANCE,)


def test_posterior_agrees_with_simulation():
    posterior = nps_posterior(0.5, 0.2, 30)
    draws = np.random.default_rng(3).dirichlet([15.5, 9.5, 6.5], size=200_000)

    chance = float((draws[:, 0] - draws[:, 2] <= 0.3).mean())

    assert posterior.below(0.3) == pytest.approx(chance, abs=0.004)
    assert posterior.below(posterior.quantile(0.9)) == pytest.approx(0.9, abs=1e-9)
    assert (posterior.below(-1), posterior.below(1)) == pytest.approx((0, 1), abs=1e-9)


def test_paired_change_uses_the_pairs():
    table = np.zeros((11, 11), dtype=int)
    table[3, 9], table[9, 9], table[8, 8] = 10, 30, 20

    change = nps_change(table)

    assert change.value == pytest.approx(100 * 20 / 60)
    assert change.low > 0
    assert nps_change(np.zeros((11, 11))).value is None
    assert not nps_change(np.diag([1] * 11)).has_interval


@pytest.mark.parametrize("table", [[[1]], np.full((11, 11), -1), np.full((11, 11), 0.5), "x"])
def test_paired_change_refuses_impossible_tables(table):
    with pytest.raises(CountError):
        nps_change(table)


def test_unknown_method_is_refused():
    with pytest.raises(ArgumentError):
        nps(answers(1, 1, 1), method="bootstrap")
    with pytest.raises(ArgumentError):
        nps_difference(answers(1, 1, 1), answers(1, 1, 1), method="t")


def test_table_with_other_axes_is_summed_over_them():
    cells = np.arange(22).reshape(11, 2)
    table = CountTable.from_counts([("score", RECOMMENDATION.points), ("unit", "ab")], cells)

    assert nps(table) == nps(cells.sum(axis=1))


@pytest.mark.long
@pytest.mark.parametrize(
    ("shares", "n", "plain", "adjusted"),
    [
        ((0.125, 0.352, 0.523), 5, 0.797, 0.937),
        ((0.02, 0.08, 0.90), 5, 0.401, 0.919),
        ((0.02, 0.08, 0.90), 20, 0.875, 0.954),
        ((0.40, 0.10, 0.50), 10, 0.887, 0.940),
    ],
)
def test_exact_coverage_matches_the_published_figures(shares, n, plain, adjusted):
    from scipy.stats import multinomial

    truth = shares[2] - shares[0]
    covered = {"wald": 0.0, "adjusted_wald": 0.0}
    for detractors in range(n + 1):
        for promoters in range(n + 1 - detractors):
            chance = multinomial.pmf([detractors, n - detractors - promoters, promoters], n, shares)
            for name, method in (("wald", wald), ("adjusted_wald", adjusted_wald)):
                found = method(promoters / n, detractors / n, n)
                covered[name] += chance * (found.low <= truth <= found.high)

    assert covered["wald"] == pytest.approx(plain, abs=0.02)
    assert covered["adjusted_wald"] == pytest.approx(adjusted, abs=0.02)
