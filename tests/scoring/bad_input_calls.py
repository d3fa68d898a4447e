"""One good call of every public function that measures something.

`CALLS` maps a function to the arguments of a call that succeeds; the tests of
bad input then spoil one argument at a time. `NOT_MEASURES` lists the public
functions that are building blocks on checked values of the library's own.
"""

import numpy as np

from scoring.calibrated_means import calibrated_mean
from scoring.candidates import decide
from scoring.counts import CountTable
from scoring.curve_findings import bend_candidate, curve_findings, ratio_candidate
from scoring.drivers import key_drivers
from scoring.effort import EffortVersion
from scoring.expectation import ItemKind
from scoring.hazard import discrete_hazard, person_periods
from scoring.index import LoyaltyItem, LoyaltyKind
from scoring.level_findings import nps_level, quadrant_findings, top_box_level, zone_finding
from scoring.loyalty import bend, loyalty_curve
from scoring.mix import mix_adjusted_change
from scoring.nps import nps
from scoring.outcome_rates import Dispositions, outcome_rates
from scoring.performance_map import performance_map
from scoring.quality_flags import response_quality, with_and_without
from scoring.retention import IndexAnswers, days_to_purchase, index_answers, observed_loyalty
from scoring.satisfaction import mean_score, top_box
from scoring.scales import FIVE_POINT, RECOMMENDATION, TEN_POINT
from scoring.segments import compare_within_segments, homogeneity
from scoring.share_charts import p_chart
from scoring.shift_charts import alerts
from scoring.top_against_next import top_against_next
from scoring.two_proportions import risk_difference
from scoring.value import value_of_difference
from scoring.verdicts import compare_groups, compare_pairs, compare_waves
from scoring.weight_types import SurveyWeights, design_effect
from scoring.weighted_curve import weighted_curve
from scoring.weighted_means import weighted_mean, weighted_score, weighted_share
from scoring.weighting import poststratify, rake, trim_and_rake
from scoring.zones import quadrants, zones

FIVE, OTHER_FIVE = [4, 6, 20, 40, 30], [2, 5, 30, 50, 20]
ELEVEN = [1, 1, 2, 2, 3, 5, 8, 10, 20, 25, 23]
LOYAL = ([10, 20, 40, 80, 60], [1, 3, 10, 30, 45])
SHARES = {"successes_1": 30, "base_1": 50, "successes_2": 20, "base_2": 60}
TIMES = [5.0, 8.0, 12.0, 20.0, 30.0, 30.0, 41.0, 50.0]
EVENTS = [1, 1, 0, 1, 0, 1, 1, 0]
SCORES = [1, 2, 2, 3, 4, 4, 5, 5]
PERIODS = [31.0, 28.0, 34.0, 30.0, 27.0, 33.0, 29.0, 36.0, 31.0, 26.0, 30.0, 12.0]
ROWS = np.random.default_rng(3).integers(1, 6, (60, 3)).astype(float).tolist()
OUTCOME = np.random.default_rng(4).integers(1, 6, 60).astype(float).tolist()
WEIGHTS = [1.0, 2.0, 0.5, 1.5, 1.0, 1.0, 2.0, 1.0]
ITEMS = [LoyaltyItem(name, LoyaltyKind.EMOTIONAL, FIVE_POINT) for name in "abc"]


def cells_of(n, axes):
    """A table of unweighted counts with these axes."""
    return CountTable.from_counts(axes, n)


def scored(n):
    return cells_of(n, [("score", FIVE_POINT.points)])


def grouped(n, axis="segment"):
    return cells_of(n, [(axis, ("a", "b")), ("score", FIVE_POINT.points)])


def loyal_by_segment(n):
    return cells_of(n, [("segment", ("a", "b")), ("score", (4, 5)), ("loyal", (False, True))])


def crossed(n):
    return cells_of(n, [("age", ("young", "old")), ("area", ("north", "south"))])


def raked(n, targets):
    return rake(crossed(n), {"age": {"young": targets, "old": 40.0}})


def calibrated(n):
    levels = [("age", ("young", "old")), ("score", FIVE_POINT.points)]
    table = cells_of(n, levels)
    weights = poststratify(table.sum_to("age"), "age", {"young": 60.0, "old": 40.0})
    return calibrated_mean(table, weights)


def curve_of(n, loyal):
    return loyalty_curve((n, loyal), scale=FIVE_POINT)


def choice_of(customers, answered_at, scores):
    return index_answers(customers, answered_at, scores)


def observed(customers, days, data_until, window_days):
    index = index_answers(customers, TIMES, SCORES)
    return observed_loyalty(
        index, days, data_until=data_until, window_days=window_days, scale=FIVE_POINT
    )


def two(**more):
    return {"first": FIVE, "second": OTHER_FIVE, "scale": FIVE_POINT} | more


# function: (what is called if not the function itself, its good arguments)
CALLS = {
    "activity.activity_rate": (None, {"active": 30, "members": 120}),
    "activity.complaint_rate": (None, {"complaints": 6, "customers": 400}),
    "activity.relative_change": (None, {"earlier": 47.4, "later": 224.7}),
    "association.ordinal_association": (None, {"counts": [[1, 3, 10], [2, 3, 9], [9, 2, 1]]}),
    "calibrated_means.calibrated_mean": (calibrated, {"n": [FIVE, OTHER_FIVE]}),
    "candidates.decide": (
        lambda counts, level: decide(
            [ratio_candidate(top_against_next(counts, scale=FIVE_POINT))], level=level
        ),
        {"counts": LOYAL, "level": 0.05},
    ),
    "change_points.mean_change_points": (None, {"values": PERIODS, "min_segment": 3}),
    "churn.churn_counts": (
        None,
        {"idle_at_start": TIMES, "idle_at_end": TIMES, "inactive_after_days": 25},
    ),
    "churn.churn_rate": (None, {"lost": 4, "active_at_start": 40}),
    "comparison.chi_square_table": (None, {"table": [[4, 5], [9, 2]]}),
    "comparison.distribution_test": (None, two()),
    "comparison.mean_difference": (None, two()),
    "comparison.probability_of_superiority": (None, two()),
    "comparison.share_difference": (None, {"x1": 30, "n1": 50, "x2": 20, "n2": 60}),
    "comparison.top_box_difference": (None, two(boxes=2)),
    "comparison.wilcoxon": (None, two()),
    "concentration.customers_holding": (None, {"values": TIMES, "share": 0.8}),
    "concentration.share_of_top": (None, {"values": TIMES, "top": 0.2}),
    "crosstab.cross_tabulate": (None, {"counts": [[4, 5, 6], [9, 2, 1]]}),
    "curve_findings.bend_candidate": (
        lambda n, loyal: bend_candidate(curve_of(n, loyal)),
        {"n": LOYAL[0], "loyal": LOYAL[1]},
    ),
    "curve_findings.curve_findings": (
        lambda n, loyal: curve_findings(curve_of(n, loyal)),
        {"n": LOYAL[0], "loyal": LOYAL[1]},
    ),
    "curve_findings.ratio_candidate": (
        lambda counts, relevant_ratio: ratio_candidate(
            top_against_next(counts, scale=FIVE_POINT), relevant_ratio=relevant_ratio
        ),
        {"counts": LOYAL, "relevant_ratio": 1.25},
    ),
    "curve_fit.isotonic_line": (None, {"values": [0.1, 0.3, 0.2], "weights": [4, 5, 6]}),
    "drivers.key_drivers": (None, {"answers": ROWS, "outcome": OUTCOME}),
    "ecsi.pls_path_model": (
        None,
        {
            "answers": [[*row, outcome] for row, outcome in zip(ROWS, OUTCOME, strict=True)],
            "items": ["a", "b", "c", "d"],
            "blocks": {"image": ["a", "b"], "loyalty": ["c", "d"]},
            "paths": [("image", "loyalty")],
        },
    ),
    "effort.customer_effort": (None, {"counts": [*FIVE, 9, 9], "version": EffortVersion.V2}),
    "estimating.mean_estimate": (None, {"values": SCORES, "weights": WEIGHTS}),
    "estimating.share_estimate": (None, {"successes": 9, "base": 10, "effective_base": 8}),
    "exact.conditional_odds_ratio": (None, SHARES),
    "exact.exact_test": (None, SHARES),
    "expectation.against_expectation": (None, {"below": 3, "as_expected": 9, "beyond": 4}),
    "expectation.basic_and_latent": (
        None,
        {
            "answers": np.clip(ROWS, 1, 3).tolist(),
            "kinds": [ItemKind.BASIC, ItemKind.BASIC, ItemKind.LATENT],
        },
    ),
    "expectation.broken_promises": (None, {"broken": 3, "base": 20}),
    "expectation.compared_with_others": (None, {"worse": 3, "same": 9, "better": 4}),
    "gaps.answer_gap": (None, {"perceived": 4.0, "expected": 5.0}),
    "gaps.answer_ratio": (None, {"perceived": 4.0, "expected": 5.0}),
    "gaps.perceived_against_expected": (None, {"perceived": SCORES, "expected": WEIGHTS}),
    "hazard.cox_regression": (
        None,
        {"time": TIMES, "event": EVENTS, "covariates": [[score] for score in SCORES]},
    ),
    "hazard.discrete_hazard": (
        lambda scores, time, event: discrete_hazard(
            person_periods(scores, time, event, period_days=10)
        ),
        {"scores": SCORES, "time": TIMES, "event": EVENTS},
    ),
    "hazard.person_periods": (
        lambda **given: person_periods(**given).n,
        {"scores": SCORES, "time": TIMES, "event": EVENTS, "period_days": 10},
    ),
    "importance.johnson_weights": (
        None,
        {"correlation": [[1.0, 0.3], [0.3, 1.0]], "validity": [0.5, 0.4]},
    ),
    "importance.lmg": (
        None,
        {"correlation": [[1.0, 0.3], [0.3, 1.0]], "validity": [0.5, 0.4]},
    ),
    "importance.logit_shapley": (
        None,
        {"answers": ROWS, "outcome": [float(answer > 3) for answer in OUTCOME]},
    ),
    "index.index_from_means": (None, {"item_means": [8.0, 7.0], "weights": [1.0, 2.0]}),
    "index.loyalty_index": (None, {"answers": ROWS, "items": ITEMS}),
    "index.satisfaction_index": (None, {"answers": ROWS, "scale": TEN_POINT}),
    "intervals.agresti_coull": (None, {"successes": 9, "base": 10}),
    "intervals.clopper_pearson": (None, {"successes": 9, "base": 10}),
    "intervals.jeffreys": (None, {"successes": 9, "base": 10}),
    "intervals.newcombe_difference": (None, {"x1": 30, "n1": 50, "x2": 20, "n2": 60}),
    "intervals.proportion": (None, {"successes": 9, "base": 10}),
    "intervals.t_interval": (None, {"mean": 4.0, "standard_error": 0.2, "df": 9}),
    "intervals.wilson": (None, {"successes": 9, "base": 10}),
    "kano.kano": (None, {"table": np.arange(25).reshape(5, 5).tolist()}),
    "level_findings.nps_difference_candidate": (
        None,
        {"counts_1": ELEVEN, "counts_2": ELEVEN[::-1], "relevant_difference": 10.0},
    ),
    "level_findings.nps_level": (
        lambda counts: nps_level(nps(counts)),
        {"counts": ELEVEN},
    ),
    "level_findings.quadrant_findings": (
        lambda counts: quadrant_findings(
            quadrants(
                counts,
                satisfaction_scale=FIVE_POINT,
                loyalty_scale=FIVE_POINT,
                satisfied_from=4,
                loyal_from=4,
            )
        ),
        {"counts": np.arange(25).reshape(5, 5).tolist()},
    ),
    "level_findings.share_difference_candidate": (None, SHARES),
    "level_findings.top_box_level": (
        lambda counts: top_box_level(top_box(counts, scale=FIVE_POINT)),
        {"counts": FIVE},
    ),
    "level_findings.zone_finding": (
        lambda counts: zone_finding(zones(counts, scale=FIVE_POINT)),
        {"counts": LOYAL},
    ),
    "life_table.life_table": (
        None,
        {"time": TIMES, "event": EVENTS, "breaks": [0.0, 10.0, 30.0, 60.0]},
    ),
    "log_rank.log_rank": (None, {"time": TIMES, "event": EVENTS, "groups": list("aabbaabb")}),
    "long_scales.broken_stick": (None, {"x": list(range(1, 11)), "y": PERIODS[:10]}),
    "long_scales.lowess_smooth": (None, {"x": list(range(1, 11)), "y": PERIODS[:10]}),
    "long_scales.spline_curve": (
        None,
        {"scores": list(range(11)), "n": [20] * 11, "loyal": [1, 2, 2, 3, 4, 6, 7, 9, 12, 15, 18]},
    ),
    "loyalty.bend": (
        lambda n, loyal, level: bend(curve_of(n, loyal), level=level),
        {"n": LOYAL[0], "loyal": LOYAL[1], "level": 0.05},
    ),
    "loyalty.loyalty_curve": (None, {"counts": LOYAL, "scale": FIVE_POINT}),
    "mix.mix_adjusted_change": (
        lambda earlier, later: mix_adjusted_change(
            grouped(earlier), grouped(later), scale=FIVE_POINT
        ),
        {"earlier": [FIVE, OTHER_FIVE], "later": [OTHER_FIVE, FIVE]},
    ),
    "nelson.nelson_rules": (None, {"z": [0.2, -0.4, 3.4, 1.2]}),
    "nonresponse.early_against_late": (
        None,
        {"early": FIVE, "late": OTHER_FIVE, "scale": FIVE_POINT},
    ),
    "nonresponse.nonresponse_check": (
        None,
        {"respondents": [100, 50, 30], "invited": [300, 200, 100]},
    ),
    "nps.nps": (None, {"counts": ELEVEN, "scale": RECOMMENDATION}),
    "nps.nps_interval": (None, {"counts": ELEVEN, "scale": RECOMMENDATION}),
    "nps_comparison.nps_change": (None, {"table": np.eye(11, dtype=int).tolist()}),
    "nps_comparison.nps_difference": (None, {"counts_1": ELEVEN, "counts_2": ELEVEN[::-1]}),
    "nps_posterior.dirichlet_interval": (None, {"plus": 0.5, "minus": 0.3, "base": 12}),
    "ordinal.proportional_odds": (
        None,
        {"predictors": [[1.0], [2.0], [3.0]], "counts": [[5, 4, 2], [3, 3, 3], [1, 4, 8]]},
    ),
    "ordinal.proportional_odds_test": (
        None,
        {"predictors": [[1.0], [2.0], [3.0]], "counts": [[5, 4, 2], [3, 3, 3], [1, 4, 8]]},
    ),
    "outcome_rates.email_dispositions": (
        None,
        {"invited": 100, "bounced": 5, "complete": 40, "partial": 5, "refusal": 3},
    ),
    "outcome_rates.funnel": (
        None,
        {"invited": 1000, "delivered": 950, "started": 400, "completed": 320, "excluded": 12},
    ),
    "outcome_rates.outcome_rates": (
        lambda eligibility, **counts: outcome_rates(
            Dispositions(**counts), eligibility=eligibility
        ),
        {"complete": 40, "partial": 4, "refusal": 9, "unknown_other": 5, "eligibility": 0.5},
    ),
    "p_adjustment.adjust_p": (None, {"p_values": [0.01, 0.2, 0.03]}),
    "paired.first_and_latest": (
        None,
        {
            "customers": list("aabbccdd"),
            "answered_at": TIMES,
            "scores": SCORES,
            "scale": FIVE_POINT,
        },
    ),
    "paired.paired_change": (
        None,
        {"table": np.arange(25).reshape(5, 5).tolist(), "scale": FIVE_POINT},
    ),
    "penalty_reward.penalty_reward": (
        None,
        {"answers": ROWS, "outcome": OUTCOME, "low_max": 2, "high_min": 5},
    ),
    "performance_map.performance_map": (
        lambda answers, outcome: performance_map(key_drivers(answers, outcome), scale=FIVE_POINT),
        {"answers": ROWS, "outcome": OUTCOME},
    ),
    "power.more_respondents": (None, {"share_1": 0.5, "base_1": 9, "share_2": 0.6, "base_2": 12}),
    "power.respondents_per_group": (None, {"share_1": 0.5, "share_2": 0.6, "power": 0.8}),
    "quality_flags.response_quality": (None, {"rows": ROWS, "seconds": [30.0] * 60}),
    "quality_flags.with_and_without": (
        lambda rows: with_and_without(
            [1, 2, 3],
            response_quality(rows),
            lambda kept: mean_score(np.bincount(kept, minlength=6)[1:], scale=FIVE_POINT),
        ),
        {"rows": ROWS[:3]},
    ),
    "reliability.cronbach_alpha": (None, {"covariance": [[2.0, 0.5], [0.5, 1.0]], "base": 30}),
    "reliability.one_factor": (
        None,
        {"covariance": [[2.0, 0.5, 0.6], [0.5, 1.0, 0.3], [0.6, 0.3, 1.5]], "base": 30},
    ),
    "reliability.reliability": (None, {"answers": ROWS}),
    "retention.days_to_purchase": (
        lambda purchased_at: days_to_purchase(
            IndexAnswers(("a", "b"), (1.0, 2.0), (4.0, 5.0)), ["a", "b"], purchased_at
        ),
        {"purchased_at": [9.0, 1.0]},
    ),
    "retention.index_answers": (
        choice_of,
        {"customers": list("aabbccdd"), "answered_at": TIMES, "scores": SCORES},
    ),
    "retention.loyal_in_window": (
        None,
        {"purchase_days": TIMES, "followup_days": [60.0] * 8, "window_days": 30},
    ),
    "retention.observed_loyalty": (
        observed,
        {"customers": list("abcdefgh"), "days": TIMES, "data_until": 100.0, "window_days": 30.0},
    ),
    "sample_size.answers_for_nps": (None, {"margin": 5.0, "promoters": 0.5, "detractors": 0.2}),
    "sample_size.answers_for_share": (None, {"margin": 0.05, "share": 0.5, "population": 900}),
    "sample_size.answers_to_tell_shares": (None, {"first": 0.5, "second": 0.6}),
    "satisfaction.bottom_box": (None, {"counts": FIVE, "scale": FIVE_POINT, "boxes": 2}),
    "satisfaction.csat": (None, {"counts": FIVE, "scale": FIVE_POINT}),
    "satisfaction.mean_score": (None, {"counts": FIVE, "scale": FIVE_POINT}),
    "satisfaction.net_box": (None, {"counts": FIVE, "scale": FIVE_POINT, "boxes": 2}),
    "satisfaction.top_box": (None, {"counts": FIVE, "scale": FIVE_POINT, "boxes": 1}),
    "satisfaction_classes.satisfaction_classes": (None, {"counts": FIVE, "scale": FIVE_POINT}),
    "segments.compare_within_segments": (
        lambda n: compare_within_segments(loyal_by_segment(n), upper=5, lower=4),
        {"n": [[[9, 5], [3, 8]], [[8, 8], [5, 9]]]},
    ),
    "segments.homogeneity": (
        lambda n: homogeneity(loyal_by_segment(n), upper=5, lower=4),
        {"n": [[[9, 5], [3, 8]], [[8, 8], [5, 9]]]},
    ),
    "share_charts.p_chart": (None, {"successes": FIVE, "bases": [50] * 5, "sigmas": 3.0}),
    "control_charts.individuals_chart": (None, {"values": PERIODS, "sigmas": 3.0}),
    "shift_charts.alerts": (
        lambda successes, bases: alerts(p_chart(successes, bases)),
        {"successes": FIVE, "bases": [50] * 5},
    ),
    "shift_charts.cusum_chart": (None, {"values": PERIODS, "k": 0.5, "h": 5.0}),
    "shift_charts.ewma_chart": (None, {"values": PERIODS, "smoothing": 0.2, "sigmas": 3.0}),
    "survival.kaplan_meier": (None, {"time": TIMES, "event": EVENTS, "at": [10.0, 40.0]}),
    "survival.kaplan_meier_by_score": (None, {"scores": SCORES, "time": TIMES, "event": EVENTS}),
    "top_against_next.top_against_next": (None, {"counts": LOYAL, "scale": FIVE_POINT}),
    "trinomial.adjusted_wald": (None, {"plus": 0.5, "minus": 0.3, "base": 12}),
    "trinomial.trinomial_t": (None, {"plus": 0.5, "minus": 0.3, "base": 12}),
    "trinomial.wald": (None, {"plus": 0.5, "minus": 0.3, "base": 12}),
    "two_proportions.log_risk_ratio_error": (None, SHARES),
    "two_proportions.odds_ratio": (None, SHARES),
    "two_proportions.risk_difference": (None, SHARES),
    "two_proportions.risk_ratio": (None, SHARES),
    "two_proportions.two_proportion_test": (None, SHARES),
    "value.annuity_factor": (None, {"rate": 0.1, "periods": 5}),
    "value.annuity_lifetime_value": (
        None,
        {"yearly_income": 1000.0, "yearly_cost": 400.0, "rate": 0.1, "years": 5},
    ),
    "value.lifetime_value": (
        None,
        {"margin": 10.0, "retention": 0.8, "discount": 0.1, "first_margin": "now", "periods": 5},
    ),
    "value.value_of_difference": (
        lambda x1, share_moved, margin, customers: value_of_difference(
            risk_difference(x1, 50, 20, 60),
            share_moved=share_moved,
            margin=margin,
            customers=customers,
        ),
        {"x1": 30, "share_moved": 0.1, "margin": 40.0, "customers": 60},
    ),
    "value.value_of_moving": (
        None,
        {
            "loyal_top": 30,
            "n_top": 50,
            "loyal_next": 20,
            "n_next": 60,
            "share_moved": 0.1,
            "margin": 40.0,
        },
    ),
    "verdicts.compare_groups": (
        lambda n: compare_groups(grouped(n), scale=FIVE_POINT),
        {"n": [FIVE, OTHER_FIVE]},
    ),
    "verdicts.compare_pairs": (
        lambda first, second, level: compare_pairs(
            {"a": (scored(first), scored(second))}, scale=FIVE_POINT, level=level
        ),
        {"first": FIVE, "second": OTHER_FIVE, "level": 0.05},
    ),
    "verdicts.compare_waves": (
        lambda n: compare_waves(grouped(n, "wave"), earlier="a", later="b", scale=FIVE_POINT),
        {"n": [FIVE, OTHER_FIVE]},
    ),
    "weight_types.design_effect": (
        lambda weights: design_effect(SurveyWeights(weights)),
        {"weights": WEIGHTS},
    ),
    "weighted_curve.weighted_curve": (
        lambda counts: weighted_curve(
            cells_of(counts, [("score", FIVE_POINT.points), ("loyal", (False, True))]),
            scale=FIVE_POINT,
        ),
        {"counts": np.stack([np.subtract(*LOYAL), LOYAL[1]], axis=1).tolist()},
    ),
    "weighted_means.weighted_mean": (
        lambda values, weights: weighted_mean(values, SurveyWeights(weights)),
        {"values": SCORES, "weights": WEIGHTS},
    ),
    "weighted_means.weighted_score": (
        lambda n: weighted_score(scored(n), scale=FIVE_POINT),
        {"n": FIVE},
    ),
    "weighted_means.weighted_share": (
        lambda hits, weights: weighted_share(hits, SurveyWeights(weights)),
        {"hits": EVENTS, "weights": WEIGHTS},
    ),
    "weighted_means.wilson_effective": (None, {"share": 0.3, "effective_base": 20.5}),
    "weighting.poststratify": (
        lambda n, total: (
            poststratify(
                cells_of(n, [("age", ("young", "old"))]), "age", {"young": total, "old": 40.0}
            ).factors
        ),
        {"n": [30, 50], "total": 60.0},
    ),
    "weighting.rake": (
        lambda n, targets: raked(n, targets).factors,
        {"n": [[30, 20], [20, 40]], "targets": 60.0},
    ),
    "weighting.trim_and_rake": (
        lambda n, targets: (
            trim_and_rake(crossed(n), {"age": {"young": targets, "old": 40.0}}).factors
        ),
        {"n": [[30, 20], [20, 40]], "targets": 60.0},
    ),
    "zones.quadrants": (
        None,
        {
            "counts": np.arange(25).reshape(5, 5).tolist(),
            "satisfaction_scale": FIVE_POINT,
            "loyalty_scale": FIVE_POINT,
            "satisfied_from": 4,
            "loyal_from": 4,
        },
    ),
    "zones.zones": (None, {"counts": LOYAL, "scale": FIVE_POINT}),
}

NOT_MEASURES = {
    "answers.answer_column",
    "answers.answer_rows",
    "answers.weight_column",
    "argument_types.takes",
    "answers.same_length",
    "cells.score_cells",
    "control_charts.bare_points",
    "control_charts.chart_points",
    "control_charts.check_limits",
    "control_charts.few_periods",
    "control_charts.level_and_spread",
    "control_charts.period_labels",
    "crosstab.checked_counts",
    "curve_fit.linear_logit",
    "curve_fit.separation",
    "curve_fit.weighted_rows",
    "curve_tests.curve_tests",
    "curve_tests.kink_error",
    "curve_tests.look_design",
    "event_times.event_times",
    "event_times.sorted_groups",
    "event_times.total_at",
    "event_times.total_from",
    "importance.is_singular",
    "intervals.checked_confidence",
    "intervals.chi_square_p_value",
    "intervals.finite_number",
    "intervals.normal_p_value",
    "intervals.normal_quantile",
    "intervals.t_quantile",
    "logit.bernoulli_loglik",
    "logit.binomial_coefficients",
    "logit.fit_logit",
    "logit.supremum_loglik",
    "long_scales.natural_spline_basis",
    "loyalty_cells.loyalty_cells",
    "nps_groups.group_interval",
    "nps_groups.nps_groups",
    "nps_groups.raw_error",
    "nps_posterior.nps_posterior",
    "registry.measure",
    "registry.measures",
    "results.from_plain",
    "results.to_plain",
    "results.undefined",
    "satisfaction.share_of",
    "satisfaction_classes.class_cuts",
    "satisfaction_classes.goodness",
    "scales.counts_on",
    "score_interval.difference_interval",
    "score_interval.ratio_interval",
    "score_sums.mean_estimate",
    "score_sums.score_sums",
    "score_sums.share_estimate",
    "score_sums.top_points",
    "series.as_series",
    "series.baseline_mask",
    "series.mean_moving_range",
    "series.none_if_gap",
    "top_against_next.point_share",
    "trinomial.unit_variance",
    "weighted_logit.fit_weighted_logit",
    "weighted_logit.rao_scott_test",
    "weighted_logit.wald_test",
}
