"""Raking, trimming, post-stratification and the errors of weighted figures."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.calibrated_means import calibrated_mean
from scoring.counts import MISSING, CountTable
from scoring.errors import ArgumentError, AxisError, ConvergenceError, CountError
from scoring.results import Reason, Status, to_plain
from scoring.scales import FIVE_POINT
from scoring.weight_types import (
    FrequencyWeights,
    ImportanceWeights,
    SurveyWeights,
    design_effect,
)
from scoring.weighted_means import weighted_mean, weighted_score, weighted_share, wilson_effective
from scoring.weighting import poststratify, rake, trim_and_rake


def table(counts):
    """Counts over two axes, rows r0 ... and columns c0 ..."""
    rows, columns = np.shape(counts)
    axes = [("row", [f"r{i}" for i in range(rows)]), ("column", [f"c{i}" for i in range(columns)])]
    return CountTable.from_counts(axes, counts)


def targets(rows, columns):
    """Targets of both axes."""
    return {
        "row": {f"r{i}": total for i, total in enumerate(rows)},
        "column": {f"c{i}": total for i, total in enumerate(columns)},
    }


def test_raked_margins_meet_their_targets():
    raked = rake(table([[30, 45, 60], [25, 20, 20]]), targets([520, 480], [300, 400, 300]))

    assert raked.table.sum_to("row").w == pytest.approx([520, 480])
    assert raked.table.sum_to("column").w == pytest.approx([300, 400, 300])
    assert raked.largest_gap <= 1e-10


def test_raking_to_ones_own_margins_changes_nothing():
    cells = table([[30, 45], [25, 20]])

    raked = rake(cells, targets([75, 45], [55, 65]))

    assert raked.factors == pytest.approx(np.ones((2, 2)))
    assert raked.iterations == 0


@given(
    st.lists(st.integers(1, 50), min_size=4, max_size=4),
    st.floats(0.2, 0.8),
    st.floats(0.2, 0.8),
)
def test_order_of_the_axes_does_not_matter(counts, row, column):
    cells = table(np.reshape(counts, (2, 2)))
    wanted = targets([row, 1 - row], [column, 1 - column])

    first = rake(cells, wanted, tolerance=1e-12).table.w
    turned = rake(cells, dict(reversed(wanted.items())), tolerance=1e-12).table.w

    np.testing.assert_allclose(turned.T, first, rtol=1e-8)


def test_shares_and_totals_give_the_same_weights_up_to_scale():
    cells = table([[30, 45], [25, 20]])

    shares = rake(cells, targets([0.5, 0.5], [0.4, 0.6])).factors
    totals = rake(cells, targets([500, 500], [400, 600])).factors

    assert totals == pytest.approx(1000 * shares)


def test_category_without_respondents_is_stopped_and_named():
    with pytest.raises(CountError, match=r"'c1'.*merge"):
        rake(table([[30, 0], [25, 0]]), targets([50, 50], [40, 60]))


def test_respondents_without_target_are_stopped_and_named():
    with pytest.raises(CountError, match=r"'c1'.*no target"):
        rake(table([[30, 4], [25, 3]]), {"column": {"c0": 40}})


def test_totals_that_differ_are_stopped():
    with pytest.raises(ArgumentError, match="must agree"):
        rake(table([[30, 4], [25, 3]]), targets([50, 50], [40, 70]))


def test_rounded_totals_are_taken_as_equal():
    wanted = targets([1 / 3, 2 / 3], [0.3333333, 0.6666666])

    assert rake(table([[30, 4], [25, 3]]), wanted).largest_gap <= 1e-10


def test_raking_that_cannot_arrive_says_how_close_it_came():
    with pytest.raises(ConvergenceError, match=r"500 rounds.*0\.\d+ of the total"):
        rake(table([[30, 0], [0, 25]]), targets([50, 50], [40, 60]))


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"row": {"r0": "many", "r1": 1}},
        {"row": {"r0": float("nan"), "r1": 1}},
        {"row": {"r0": -1, "r1": 1}},
        {"row": {"r9": 1}},
        {"elsewhere": {"r0": 1}},
    ],
)
def test_bad_targets_are_refused(bad):
    with pytest.raises((ArgumentError, CountError, AxisError)):
        rake(table([[30, 4], [25, 3]]), bad)


def test_empty_cell_has_no_weight():
    raked = rake(table([[30, 5], [0, 25]]), targets([40, 60], [35, 65]))

    assert raked.weight_by_cell["r1", "c0"] is None
    to_plain(raked.weight_by_cell)


def test_nobody_cannot_be_raked():
    with pytest.raises(CountError):
        rake(table([[0, 0], [0, 0]]), targets([1, 1], [1, 1]))


def test_heavy_weighting_is_warned_of():
    raked = rake(table([[90, 40], [5, 3]]), targets([60, 40], [50, 50]))

    assert raked.design_effect.value > 2
    assert Reason.HEAVY_WEIGHTING in raked.reasons


def test_trimming_cuts_meets_the_margins_and_says_how_much():
    cells = table([[80, 80, 1], [80, 80, 1]])
    wanted = targets([50, 50], [45, 45, 10])

    raw, trimmed = rake(cells, wanted), trim_and_rake(cells, wanted)

    assert trimmed.trimmed_respondents == pytest.approx(2 / 322)
    assert trimmed.trimmed_weight > 0
    assert trimmed.table.sum_to("column").w == pytest.approx([45, 45, 10])
    assert Reason.NOT_CONVERGED in trimmed.reasons
    assert trimmed.factors * cells.w == pytest.approx(trimmed.table.w)
    assert trimmed.design_effect.value <= raw.design_effect.value + 1e-9


def test_trimming_brings_weights_inside_where_margins_allow_it():
    cells = table([[100, 20], [20, 2]])
    wanted = targets([85, 55], [85, 55])

    raw = rake(cells, wanted)
    trimmed = trim_and_rake(cells, wanted, bounds=(0.0, 12.0), rounds=50)

    assert trimmed.largest_over_smallest < raw.largest_over_smallest
    assert Reason.NOT_CONVERGED not in trimmed.reasons


def test_weights_inside_the_bounds_are_not_trimmed():
    trimmed = trim_and_rake(table([[30, 45], [25, 20]]), targets([80, 40], [60, 60]))

    assert (trimmed.trimmed_respondents, trimmed.trimmed_weight) == (0.0, 0.0)


@pytest.mark.parametrize("options", [{"bounds": (1.2, 3)}, {"relative_to": "mode"}, {"rounds": 0}])
def test_impossible_trimming_is_refused(options):
    with pytest.raises(ArgumentError):
        trim_and_rake(table([[3, 4], [2, 3]]), targets([5, 5], [5, 5]), **options)


def test_poststratification_of_crossed_axes_meets_every_cell():
    cells = table([[30, 10], [20, 40]])
    totals = {("r0", "c0"): 10, ("r0", "c1"): 20, ("r1", "c0"): 30, ("r1", "c1"): 40}

    adjusted = poststratify(cells, ("row", "column"), totals)

    assert adjusted.table.w.tolist() == [[10, 20], [30, 40]]


@pytest.mark.parametrize("totals", [{"r0": 5}, {"r0": 5, "r1": 0}, {("r0", "c0"): 5}, {"x": 1}])
def test_incomplete_totals_are_refused(totals):
    with pytest.raises((CountError, AxisError)):
        poststratify(table([[3, 4], [2, 3]]), "row", totals)


def test_what_the_totals_explain_is_no_longer_uncertain():
    """All variation lies between the strata, so nothing is left."""
    axes = [("sex", ("f", "m")), ("score", (1, 5))]
    between = CountTable.from_counts(axes, [[20, 0], [0, 20]])
    adjusted = poststratify(between, "sex", {"f": 50, "m": 50})

    figure = calibrated_mean(between, adjusted)

    assert figure.estimate.value == pytest.approx(3)
    assert figure.standard_error == pytest.approx(0, abs=1e-12)


def test_blanks_take_part_in_calibration_and_not_in_the_mean():
    axes = [("sex", ("f", "m")), ("score", (1, 5, MISSING))]
    cells = CountTable.from_counts(axes, [[10, 10, 5], [5, 20, 0]])

    figure = calibrated_mean(cells, poststratify(cells, "sex", {"f": 50, "m": 50}))

    assert (figure.estimate.base, figure.estimate.missing) == (45, 5)


def test_weights_of_other_respondents_are_refused():
    axes = [("sex", ("f", "m")), ("score", (1, 5))]
    cells = CountTable.from_counts(axes, [[20, 3], [4, 20]])
    others = CountTable.from_counts(axes, [[20, 3], [4, 21]])

    with pytest.raises(CountError, match="other respondents"):
        calibrated_mean(others, poststratify(cells, "sex", {"f": 50, "m": 50}))


def test_calibrated_mean_of_nobody_is_undefined():
    axes = [("sex", ("f", "m")), ("score", (1, MISSING))]
    cells = CountTable.from_counts(axes, [[0, 3], [0, 4]])

    figure = calibrated_mean(cells, poststratify(cells, "sex", {"f": 1, "m": 1}))

    assert figure.estimate.status is Status.UNDEFINED


def test_survey_and_frequency_weights_share_the_estimate_and_not_the_error():
    """The trap of taking survey weights for frequencies, five weights of 2 on five rows."""
    values, weights = [1, 5, 4, 4, 3], [2, 2, 2, 2, 2]

    survey = weighted_mean(values, SurveyWeights(weights))
    frequency = weighted_mean(values, FrequencyWeights(weights))

    assert survey.estimate.value == frequency.estimate.value == 3.4
    assert survey.standard_error == pytest.approx(0.678, abs=1e-3)
    assert frequency.standard_error < survey.standard_error


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 4)), min_size=2, max_size=15))
def test_frequency_weights_equal_repeated_rows(pairs):
    values, repeats = zip(*pairs, strict=True)
    rows = np.repeat(values, repeats)

    folded = weighted_mean(values, FrequencyWeights(repeats))
    plain = weighted_mean(rows, FrequencyWeights(np.ones(len(rows))))

    assert folded.estimate.base == plain.estimate.base
    assert folded.estimate.value == pytest.approx(plain.estimate.value)
    assert folded.standard_error == pytest.approx(plain.standard_error)


def test_importance_weights_have_no_error():
    figure = weighted_mean([1, 5], ImportanceWeights([100, 900]))

    assert (figure.estimate.value, figure.standard_error, figure.estimate.low) == (4.6, None, None)
    assert figure.estimate.reasons == (Reason.IMPORTANCE_WEIGHTS,)


def test_weights_of_no_kind_are_refused():
    with pytest.raises(ArgumentError, match="Say what the weights are"):
        weighted_mean([1, 2], [1, 1])


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (SurveyWeights, [1, 0]),
        (SurveyWeights, [1, -1]),
        (SurveyWeights, [1, float("nan")]),
        (SurveyWeights, ["heavy"]),
        (FrequencyWeights, [1.5]),
        (FrequencyWeights, [0, 0]),
        (ImportanceWeights, [-1]),
    ],
)
def test_impossible_weights_are_refused(kind, values):
    with pytest.raises(CountError):
        kind(values)


@pytest.mark.parametrize("values", [[1], [1, float("nan")], [1, "x"]])
def test_bad_values_are_refused(values):
    with pytest.raises(ArgumentError):
        weighted_mean(values, SurveyWeights([1, 1]))


def test_blank_rows_are_counted_apart():
    figure = weighted_mean([4, None, 5], SurveyWeights([1, 9, 1]))

    assert (figure.estimate.value, figure.estimate.missing) == (4.5, 1)
    assert figure.estimate.effective_base == 2


@pytest.mark.parametrize(
    ("values", "reason"),
    [([4], Reason.SINGLE_RESPONDENT), ([4, 4, 4], Reason.ZERO_VARIANCE)],
)
def test_mean_without_variance_has_no_interval(values, reason):
    figure = weighted_mean(values, SurveyWeights([1] * len(values)))

    assert (figure.estimate.low, figure.estimate.reasons) == (None, (reason,))


def test_nobody_has_no_weighted_mean():
    assert weighted_mean([None], SurveyWeights([1])).estimate.status is Status.UNDEFINED
    assert design_effect(SurveyWeights([])).status is Status.UNDEFINED


@pytest.mark.parametrize(("hits", "edge"), [([True] * 4, "low"), ([False] * 4, "high")])
def test_share_of_all_or_none_keeps_an_honest_interval(hits, edge):
    """The linearised error is 0 here; Wilson at the effective base is not."""
    figure = weighted_share(hits, SurveyWeights([1, 2, 3, 4]))

    assert figure.standard_error == 0
    assert 0.1 < getattr(figure.estimate, edge) < 0.9


@pytest.mark.parametrize("hits", [["yes"], [0.5], [float("nan")]])
def test_hits_that_are_neither_true_nor_false_are_refused(hits):
    with pytest.raises(ArgumentError):
        weighted_share(hits, SurveyWeights([1]))


@pytest.mark.parametrize(("share", "base"), [(1.2, 5), (None, 5), (0.5, -1), (0.5, float("inf"))])
def test_impossible_share_is_refused(share, base):
    with pytest.raises(ArgumentError):
        wilson_effective(share, base)


def test_effective_base_of_nobody_is_undefined():
    assert wilson_effective(None, 0).status is Status.UNDEFINED


def test_equal_weights_change_no_score():
    cells = [(4, 10, 25.0, 62.5), (5, 30, 75.0, 187.5)]
    weighted = CountTable.from_cells([("score", (4, 5))], cells)

    found = weighted_score(weighted, scale=FIVE_POINT)

    assert found.mean.estimate.value == found.unweighted_mean.value
    assert found.mean.estimate.low == pytest.approx(found.unweighted_mean.low)
    assert found.mean.design_effect.value == pytest.approx(1)


def test_stratum_without_answers_is_undefined():
    axes = [("strata", ("a", "b")), ("score", (4, 5))]
    found = weighted_score(
        CountTable.from_counts(axes, [[5, 6], [0, 0]]), scale=FIVE_POINT, strata="strata"
    )

    level, empty = found.by_stratum[1]

    assert level == "b"
    assert empty.mean.estimate.status is Status.UNDEFINED
    to_plain(found)


def test_design_effect_refuses_other_weights():
    with pytest.raises(CountError):
        design_effect(FrequencyWeights([1, 2]))


@pytest.mark.long
def test_linearised_interval_covers():
    generator = np.random.default_rng(31)
    population = generator.integers(1, 6, 4000)
    chance = np.where(population == 5, 0.03, 0.06)
    covered, samples = 0, 2000
    for _ in range(samples):
        drawn = generator.random(4000) < chance
        figure = weighted_mean(population[drawn], SurveyWeights(1 / chance[drawn])).estimate
        covered += figure.low <= population.mean() <= figure.high

    assert covered / samples == pytest.approx(0.95, abs=0.02)
