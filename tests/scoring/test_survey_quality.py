"""Outcome rates, non-response, sample size and response quality."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.errors import ArgumentError, CountError
from scoring.nonresponse import early_against_late, nonresponse_check
from scoring.outcome_rates import Dispositions, email_dispositions, funnel, outcome_rates
from scoring.quality_flags import QualitySignal, response_quality, with_and_without
from scoring.results import Reason, Status, to_plain
from scoring.sample_size import answers_for_nps, answers_for_share, answers_to_tell_shares
from scoring.scales import FIVE_POINT
from scoring.weight_types import FrequencyWeights
from scoring.weighted_means import weighted_share


def test_funnel_of_the_worked_example():
    steps = funnel(invited=1000, delivered=950, started=400, completed=320, excluded=12)

    assert steps.response_of_invited.value == pytest.approx(0.320)
    assert steps.response_of_delivered.value == pytest.approx(0.337, abs=5e-4)
    assert steps.analysed == 308


def test_funnel_of_nobody_is_undefined():
    steps = funnel(invited=0, delivered=0, started=0, completed=0)

    assert steps.response_of_invited.status is Status.UNDEFINED


@pytest.mark.parametrize(
    "counts",
    [
        {"invited": 10, "delivered": 11, "started": 1, "completed": 1},
        {"invited": 10, "delivered": 9, "started": 1, "completed": 2},
        {"invited": 10, "delivered": 9, "started": 2, "completed": 1, "excluded": 2},
        {"invited": 10, "delivered": 9, "started": -1, "completed": -2},
    ],
)
def test_funnel_that_widens_is_refused(counts):
    with pytest.raises(CountError):
        funnel(**counts)


def test_bounced_mail_is_of_unknown_eligibility():
    outcomes = email_dispositions(invited=1000, bounced=50, complete=300, partial=20, refusal=5)

    rates = outcome_rates(outcomes, eligibility=1).rates

    assert (outcomes.unknown_other, outcomes.non_contact) == (50, 625)
    assert rates["RR1"].value == pytest.approx(0.3)
    assert rates["RR5"].value == pytest.approx(300 / 950)


def test_more_outcomes_than_invitations_are_refused():
    with pytest.raises(CountError):
        email_dispositions(invited=10, bounced=5, complete=6)


def test_eligibility_is_computed_among_the_known_and_stated():
    found = outcome_rates(Dispositions(30, non_contact=30, ineligible=20, unknown_other=40))

    assert (found.eligibility, found.eligibility_is_assumed) == (0.75, False)
    assert found.rates["RR3"].value == pytest.approx(30 / 90)
    assert found.rates["RR3"].effective_base == 90


def test_totals_over_channels_are_sums():
    mail, web = Dispositions(10, refusal=5), Dispositions(20, unknown_other=5)

    assert mail + web == Dispositions(30, refusal=5, unknown_other=5)


def test_rates_of_nobody_are_undefined():
    found = outcome_rates(Dispositions(0))

    assert {rate.status for rate in found.rates.values()} == {Status.UNDEFINED}
    to_plain(found)


@given(st.lists(st.integers(0, 200), min_size=7, max_size=7), st.floats(0, 1))
def test_rates_keep_their_order_and_range(counts, eligibility):
    rates = outcome_rates(Dispositions(*counts), eligibility=eligibility).rates

    to_plain(rates)
    for rate in rates.values():
        if rate.is_defined:
            assert 0 <= rate.low <= rate.value <= rate.high <= 1
    if rates["RR5"].is_defined:
        assert rates["RR1"].value <= rates["RR3"].value + 1e-12 <= rates["RR5"].value + 2e-12
        assert rates["RR1"].value <= rates["RR2"].value


@pytest.mark.parametrize("count", [-1, 1.5, float("nan"), "ten"])
def test_impossible_outcome_is_refused(count):
    with pytest.raises(CountError):
        Dispositions(count)


@pytest.mark.parametrize("eligibility", [-0.1, 1.1])
def test_impossible_eligibility_is_refused(eligibility):
    with pytest.raises(CountError):
        outcome_rates(Dispositions(5), eligibility=eligibility)


def test_classes_that_respond_alike_are_perfectly_representative():
    check = nonresponse_check([50, 100], [100, 200])

    assert (check.r_indicator, check.variation_of_propensity) == (1.0, 0.0)
    assert [one.weight for one in check.classes] == [1.0, 1.0]
    assert check.test.p_value == pytest.approx(1)


def test_weights_restore_the_frame():
    answered, asked = [40, 120, 90], [400, 300, 300]

    check = nonresponse_check(answered, asked, names=("young", "middle", "old"))

    weighted = [one.weight * n for one, n in zip(check.classes, answered, strict=True)]
    assert weighted == pytest.approx([0.25 * n for n in asked])
    assert check.classes[0].standardised_difference < -0.1


def test_small_class_gets_no_weight_of_its_own():
    check = nonresponse_check([19, 120], [400, 300])

    assert check.classes[0].weight is None
    assert (check.status, check.reasons) == (Status.LOW_BASE, (Reason.BELOW_THRESHOLD,))


@pytest.mark.parametrize("frame", [([], []), ([0], [0]), ([0, 0], [50, 50])])
def test_frame_without_answers_leaks_no_nan(frame):
    check = nonresponse_check(*frame)

    to_plain(check)
    assert check.variation_of_propensity is None


@pytest.mark.parametrize(
    ("respondents", "invited", "error"),
    [
        ([5], [4], CountError),
        ([5.5], [9], CountError),
        ([-1], [9], CountError),
        (["x"], [9], CountError),
        ([1, 2], [9], ArgumentError),
    ],
)
def test_impossible_frame_is_refused(respondents, invited, error):
    with pytest.raises(error):
        nonresponse_check(respondents, invited)


def test_late_respondents_are_compared_with_early_ones():
    found = early_against_late([0, 0, 10, 20, 70], [0, 20, 30, 30, 20], scale=FIVE_POINT)

    assert found.top_box.difference.value == pytest.approx(-0.5)
    assert found.mean.difference.high < 0


def test_margin_of_five_points_takes_385_answers():
    assert answers_for_share(0.05).answers == 385
    assert answers_for_share(0.05, population=1000).answers == 278
    assert answers_for_share(0.05, design_effect=1.5).answers == 577


def test_margin_is_kept_by_the_answers_planned():
    planned = answers_for_nps(10, promoters=0.5, detractors=0.2)

    assert 1.959964 * 100 * (0.61 / planned.answers) ** 0.5 <= 10
    assert 1.959964 * 100 * (0.61 / (planned.answers - 1)) ** 0.5 > 10


@pytest.mark.parametrize(("shares", "n"), [((0.05, 0.30), 31), ((0.30, 0.40), 355)])
def test_answers_to_tell_are_those_of_the_methods(shares, n):
    assert answers_to_tell_shares(*shares).exact == pytest.approx(n, abs=0.5)


def test_answers_to_tell_equal_statsmodels():
    from statsmodels.stats.power import NormalIndPower
    from statsmodels.stats.proportion import proportion_effectsize

    effect = proportion_effectsize(0.0323, 0.0275)
    expected = NormalIndPower().solve_power(effect, alpha=0.05, power=0.8)

    assert answers_to_tell_shares(0.0275, 0.0323).exact == pytest.approx(expected, rel=1e-4)


@pytest.mark.parametrize(
    "plan",
    [
        lambda: answers_for_share(0),
        lambda: answers_for_share(0.05, share=1),
        lambda: answers_for_share(0.05, confidence=1),
        lambda: answers_for_share(0.05, population=0),
        lambda: answers_for_share(0.05, design_effect=0.5),
        lambda: answers_for_nps(0),
        lambda: answers_for_nps(5, promoters=0.7, detractors=0.7),
        lambda: answers_for_nps(5, promoters=1, detractors=0),
        lambda: answers_to_tell_shares(0.3, 0.3),
        lambda: answers_to_tell_shares(0.3, 0.4, power=1),
    ],
)
def test_impossible_plan_is_refused(plan):
    with pytest.raises(ArgumentError):
        plan()


CAREFUL, FIVES = [4, 3, 5, 4, 4, 2], [5, 5, 5, 5, 5, 5]


def test_straight_fives_alone_are_not_suspicious():
    quality = response_quality([FIVES, CAREFUL], seconds=[90, 100])

    assert quality.rows[0].signals == (QualitySignal.STRAIGHT_LINE,)
    assert not quality.rows[0].is_suspicious


def test_two_signals_make_a_response_suspicious():
    quality = response_quality([FIVES, CAREFUL, CAREFUL], seconds=[9, 100, 110])

    assert quality.rows[0].is_suspicious
    assert quality.suspicious == 1


def test_under_two_seconds_an_item_is_fast_whatever_the_median():
    quality = response_quality([CAREFUL, CAREFUL], seconds=[11, 13])

    assert [row.signals for row in quality.rows] == [(QualitySignal.SPEED,), ()]


def test_short_grid_has_no_straight_lines():
    assert response_quality([[5, 5, 5, 5]]).rows[0].signals == ()


def test_blank_breaks_a_string_and_counts_as_no_answer():
    row = response_quality([[5, 5, None, 5, 5, 5]]).rows[0]

    assert row.longest_string == 3
    assert row.signals == (QualitySignal.STRAIGHT_LINE,)


def test_shared_device_and_failed_attention_are_signals():
    quality = response_quality(
        [CAREFUL] * 3, devices=["a", "a", None], attention_passed=[False, True, None]
    )

    assert quality.rows[0].is_suspicious
    assert quality.rows[1].signals == (QualitySignal.DUPLICATE,)
    assert quality.rows[2].signals == ()


@pytest.mark.parametrize("rows", [[], [[]], [[None, None]], [[3]]])
def test_hardly_any_answers_leak_no_nan(rows):
    to_plain(response_quality(rows))


@pytest.mark.parametrize(
    ("rows", "options"),
    [
        ([["x"]], {}),
        ([[float("nan")]], {}),
        ([[1]], {"seconds": [1, 2]}),
        ([[1]], {"seconds": ["slow"]}),
        ([[1]], {"min_items": 1}),
        ([5], {}),
    ],
)
def test_bad_responses_are_refused(rows, options):
    with pytest.raises(ArgumentError):
        response_quality(rows, **options)


def test_results_stand_with_and_without_the_suspicious():
    def top_box(scores):
        ones = FrequencyWeights([1] * len(scores))
        return weighted_share([score == 5 for score in scores], ones).estimate

    quality = response_quality([FIVES, CAREFUL, CAREFUL], seconds=[9, 100, 110])

    both = with_and_without([5, 4, 5], quality, top_box)

    assert both.with_all.value == pytest.approx(2 / 3)
    assert (both.without_suspicious.value, both.excluded) == (0.5, 1)
    with pytest.raises(ArgumentError):
        with_and_without([5], quality, top_box)
