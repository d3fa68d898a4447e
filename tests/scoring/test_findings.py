"""Findings: what may be said, and silence on noise."""

from itertools import pairwise

import numpy as np
import pytest

from scoring import curve_findings, level_findings
from scoring.candidates import Candidate, FindingKind, decide
from scoring.curve_findings import bend_candidate, ratio_candidate
from scoring.errors import ArgumentError
from scoring.findings import Certainty, Direction, Finding
from scoring.level_findings import (
    nps_difference_candidate,
    nps_level,
    quadrant_findings,
    share_difference_candidate,
    top_box_level,
    zone_finding,
)
from scoring.loyalty import loyalty_curve
from scoring.nps import nps
from scoring.p_adjustment import adjust_p
from scoring.results import to_plain
from scoring.satisfaction import top_box
from scoring.scales import FIVE_POINT, Scale
from scoring.zones import quadrants, zones

KINDS = {kind.kind: kind for kind in (*curve_findings.KINDS, *level_findings.KINDS)}
LOUD = {"bend_found", "at_least_times"}


def findings_of(n, loyal):
    return curve_findings.curve_findings(loyalty_curve((n, loyal), scale=FIVE_POINT))


def shouts(findings):
    """Whether any finding claims a difference."""
    return any(found.direction is not Direction.NONE or found.kind in LOUD for found in findings)


def report_on(rng, shares, waves=3):
    """All findings of one small report: a curve and comparisons of waves."""
    n = rng.integers(30, 120, len(shares))
    curve = loyalty_curve((n, rng.binomial(n, shares)), scale=FIVE_POINT)
    candidates = [ratio_candidate(curve.top_against_next), bend_candidate(curve)]
    boxes = rng.binomial(200, 0.4, waves + 1)
    for before, now in pairwise(boxes):
        candidates.append(share_difference_candidate(now, 200, before, 200))
    return decide(candidates)


def noise_share(rng, reports):
    slopes = rng.choice([0.0, 0.0, 0.2], reports)
    loud = 0
    for slope in slopes:
        level = rng.uniform(-1.5, 1)
        shares = 1 / (1 + np.exp(-(level + slope * np.arange(-2, 3))))
        found = report_on(rng, shares)
        # A true slope makes the top step differ truly, so only the rest is noise then.
        loud += shouts(found[1:] if slope else found)
    return loud / reports


def test_ratio_is_reported_as_a_rate_ratio():
    ratio, bend_found = findings_of([100] * 5, [5, 6, 8, 10, 60])

    assert ratio.kind == "ratio_top_to_next"
    assert ratio.direction is Direction.HIGHER
    assert ratio.numbers["ratio"] == pytest.approx(6.0)
    assert (ratio.numbers["base_top"], ratio.numbers["base_next"]) == (100, 100)
    assert bend_found.kind == "bend_found"
    assert (bend_found.numbers["step_from"], bend_found.numbers["step_to"]) == (4, 5)


def test_linear_curve_says_no_bend():
    assert findings_of([100] * 5, [10, 20, 30, 40, 50])[1].kind == "no_bend_found"


def test_three_fours_say_too_few_and_how_many_more():
    found = findings_of([30, 30, 30, 3, 100], [3, 5, 6, 1, 60])[0]

    assert found.kind == "too_few_for_ratio"
    assert found.certainty is Certainty.TOO_FEW
    assert found.numbers["more"] >= 7
    assert "ratio" not in found.numbers


def test_no_loyal_four_says_at_least():
    found = findings_of([30, 30, 30, 40, 50], [1, 0, 1, 0, 30])[0]

    assert found.kind == "at_least_times"
    assert found.numbers["low"] > 1


def test_separated_scores_are_named():
    assert findings_of([50, 50, 50, 50, 50], [0, 0, 30, 50, 50])[1].kind == "curve_separated"


def test_large_equal_groups_say_no_clear_difference_and_small_ones_too_few():
    large = ratio_candidate(
        loyalty_curve(
            ([0, 0, 0, 9000, 9000], [0, 0, 0, 4500, 4510]), scale=FIVE_POINT
        ).top_against_next
    ).otherwise
    small = ratio_candidate(
        loyalty_curve(([0, 0, 0, 30, 30], [0, 0, 0, 15, 17]), scale=FIVE_POINT).top_against_next
    ).otherwise

    assert large.certainty is Certainty.NO_CLEAR_DIFFERENCE
    assert small.certainty is Certainty.TOO_FEW
    assert small.numbers["more"] > 100


def test_more_than_six_times_is_never_confused_with_odds():
    """Worked example: print the ratio of rates, 6.0, and not the odds ratio, 13.5."""
    found = findings_of([100] * 5, [5, 6, 8, 10, 60])[0]

    assert 13.5 not in [round(number, 1) for number in found.numbers.values() if number]


def test_every_finding_carries_exactly_its_numbers():
    curves = [
        ([100] * 5, [5, 6, 8, 10, 60]),
        ([100] * 5, [10, 20, 30, 40, 50]),
        ([30, 30, 30, 40, 50], [1, 0, 1, 0, 30]),
        ([5] * 5, [1, 1, 2, 2, 3]),
        ([50] * 5, [0, 0, 30, 50, 50]),
        ([9000] * 5, [4500] * 5),
        ([0] * 5, [0] * 5),
    ]
    found = [one for counts in curves for one in findings_of(*counts)]
    found += [top_box_level(top_box(n, scale=FIVE_POINT)) for n in ([1, 2, 3, 40, 50], [0] * 5)]
    found += [nps_level(nps(n)) for n in ([3] * 11, [0] * 11)]
    pair = ([3] * 11, [3] * 10 + [80])
    found += decide([nps_difference_candidate(*pair), nps_difference_candidate(*pair[::-1])])
    found += decide(
        share_difference_candidate(*table)
        for table in ((60, 100, 10, 100), (5000, 9000, 5010, 9000), (1, 5, 2, 5), (9, 20, 10, 20))
    )
    found.append(zone_finding(zones(([20] * 5, [3] * 5), scale=FIVE_POINT)))
    table = [[10, 5]] * 5
    scales = {"satisfaction_scale": FIVE_POINT, "loyalty_scale": Scale(0, 1)}
    found += quadrant_findings(quadrants(table, **scales, satisfied_from=4, loyal_from=1))

    for one in found:
        kind = KINDS[one.kind]
        to_plain(one)
        assert set(one.numbers) == set(kind.numbers), one.kind
        assert (one.direction is not Direction.NONE) == kind.has_direction
    said_elsewhere = {"no_clear_nps_difference", "mean_difference", "no_clear_mean_difference"}
    assert {one.kind for one in found} >= KINDS.keys() - said_elsewhere


def test_kinds_are_unique():
    assert len(KINDS) == len(curve_findings.KINDS) + len(level_findings.KINDS)
    with pytest.raises(ArgumentError):
        FindingKind("twice", ("base", "base"))


def test_no_kind_claims_a_cause():
    text = " ".join([*KINDS, *(name for kind in KINDS.values() for name in kind.numbers)])

    assert not any(word in text for word in ("cause", "effect", "lead", "drive", "due_to"))


def test_decide_corrects_over_the_whole_report():
    clear = Finding("share_difference", Certainty.CLEAR, Direction.HIGHER)
    quiet = Finding("no_clear_share_difference", Certainty.NO_CLEAR_DIFFERENCE)
    alone = decide([Candidate(0.03, clear, quiet)])
    among = decide([Candidate(p, clear, quiet) for p in (0.03, 0.2, 0.6)])

    assert alone == (clear,)
    assert among == (quiet, quiet, quiet)
    assert decide([Candidate(None, clear, quiet)]) == (quiet,)


def test_holm_agrees_with_statsmodels():
    from statsmodels.stats.multitest import multipletests

    p_values = [0.01, 0.04, 0.03, 0.005, 0.5]

    assert adjust_p(p_values) == pytest.approx(multipletests(p_values, method="holm")[1].tolist())
    with pytest.raises(ArgumentError):
        adjust_p([1.5])
    with pytest.raises(ArgumentError):
        decide([], level=1)


def test_seeded_noise_rarely_shouts():
    assert noise_share(np.random.default_rng(1), 150) <= 0.08


@pytest.mark.long
def test_noise_shouts_in_at_most_five_percent_of_reports():
    assert noise_share(np.random.default_rng(2), 3000) <= 0.05


def test_noise_would_shout_without_correction():
    """Control: the same reports decided test by test."""
    rng, loud = np.random.default_rng(1), 0
    for _ in range(150):
        boxes = rng.binomial(200, 0.4, 9)
        loud += any(
            shouts(decide([share_difference_candidate(now, 200, before, 200)]))
            for before, now in pairwise(boxes)
        )

    assert loud / 150 > 0.15


def test_two_hundred_seeded_cases_have_no_wrong_direction():
    rng, wrong, said = np.random.default_rng(3), 0, 0
    for _ in range(200):
        truth = rng.uniform(0.1, 0.9, 2)
        n = rng.integers(20, 400, 2)
        x = rng.binomial(n, truth)
        curve = loyalty_curve(([0, 0, 0, n[1], n[0]], [0, 0, 0, x[1], x[0]]), scale=FIVE_POINT)
        found = decide(
            [
                ratio_candidate(curve.top_against_next),
                share_difference_candidate(x[0], n[0], x[1], n[1]),
            ]
        )
        for one in found:
            if one.direction is not Direction.NONE:
                said += 1
                wrong += (one.direction is Direction.HIGHER) != (truth[0] > truth[1])

    assert said > 200
    assert wrong == 0


def test_low_bases_have_no_level():
    assert top_box_level(top_box([0, 0, 0, 4, 5], scale=FIVE_POINT)).kind == "too_few_for_level"
    assert nps_level(nps([0] * 11)).numbers == {"base": 0, "more": 10.0}
    assert zone_finding(zones(([1] * 5, [0] * 5), scale=FIVE_POINT)).kind == "too_few_for_level"


def test_impossible_options_are_refused():
    curve = loyalty_curve(([30] * 5, [3] * 5), scale=FIVE_POINT)

    with pytest.raises(ArgumentError):
        ratio_candidate(curve.top_against_next, relevant_ratio=1)
    with pytest.raises(ArgumentError):
        share_difference_candidate(5, 50, 6, 50, relevant_difference=0)
    with pytest.raises(ArgumentError):
        zone_finding(())


def test_bend_away_from_the_top_has_no_direction():
    """Fair (1978), faithful by rating of marriage: bent, but not at the best score."""
    _ratio, found = findings_of([99, 348, 993, 2242, 2684], [25, 127, 446, 1518, 2197])

    assert found.kind == "bend_found"
    assert found.numbers["extra_odds_low"] < 1 < found.numbers["extra_odds_high"]
    assert found.direction is Direction.NONE
