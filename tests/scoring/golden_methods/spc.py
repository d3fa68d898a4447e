"""Charts, change points and wave comparisons."""

from scoring.change_points import mean_change_points
from scoring.comparison import (
    distribution_test,
    mean_difference,
    probability_of_superiority,
    top_box_difference,
    wilcoxon,
)
from scoring.control_charts import individuals_chart
from scoring.nelson import Signal, nelson_rules
from scoring.p_adjustment import adjust_p
from scoring.scales import Scale
from scoring.share_charts import p_chart
from scoring.shift_charts import cusum_chart, ewma_chart

RULE_NAMES = (
    "rule1_beyond_3s",
    "rule2_nine_same_side",
    "rule3_six_trend",
    "rule4_fourteen_alternating",
    "rule5_two_of_three_2s",
    "rule6_four_of_five_1s",
    "rule7_fifteen_within_1s",
    "rule8_eight_outside_1s",
)


def from_base(indices, inputs):
    """Period numbers counted from the case's index base."""
    return [index - 1 + inputs.get("index_base", 1) for index in indices]


def run_p_chart(inputs, load_rows):
    options = {"sigmas": inputs.get("sigmas", 3)}
    plain = p_chart(inputs["successes"], inputs["n"], dispersion="binomial", **options)
    laney = p_chart(inputs["successes"], inputs["n"], dispersion="laney_raw", **options)
    return {
        "pbar": plain.centre,
        "p": [point.value for point in plain.points],
        "sigma": [point.sigma for point in plain.points],
        "z": [point.z for point in plain.points],
        "sigma_z": laney.sigma_z,
        "p_lcl": [point.low for point in plain.points],
        "p_ucl": [point.high for point in plain.points],
        "laney_lcl": [point.low for point in laney.points],
        "laney_ucl": [point.high for point in laney.points],
        "p_out": from_base(plain.periods_with(Signal.RULE_1), inputs),
        "laney_out": from_base(laney.periods_with(Signal.RULE_1), inputs),
    }


def run_individuals(inputs, load_rows):
    chart = individuals_chart(inputs["values"], sigmas=inputs.get("sigmas", 3))
    known = [point for point in chart.points if point.low is not None]
    return {
        "centre": chart.centre,
        "mean_moving_range": chart.mean_moving_range,
        "sigma": chart.sigma,
        "lcl": known[0].low if known else None,
        "ucl": known[0].high if known else None,
        "mr_ucl": chart.moving_range_high,
        "out": from_base(chart.periods_with(Signal.RULE_1), inputs),
    }


def run_nelson(inputs, load_rows):
    found = nelson_rules(inputs["z"])
    return {name: from_base(found[rule], inputs) for rule, name in enumerate(RULE_NAMES, start=1)}


def run_ewma(inputs, load_rows):
    chart = ewma_chart(
        inputs["values"],
        centre=inputs.get("centre"),
        sigma=inputs.get("sigma"),
        smoothing=inputs.get("lambda", 0.2),
        sigmas=inputs.get("L", 3),
    )
    return {
        "ewma": [point.smoothed for point in chart.points],
        "lcl": [point.low for point in chart.points],
        "ucl": [point.high for point in chart.points],
        "out": from_base(chart.periods_with(Signal.EWMA), inputs),
    }


def run_cusum(inputs, load_rows):
    chart = cusum_chart(
        inputs["values"],
        centre=inputs.get("centre"),
        sigma=inputs.get("sigma"),
        k=inputs.get("k", 0.5),
        h=inputs.get("h", 5),
    )
    return {
        "upper": [point.upper for point in chart.points],
        "lower": [point.lower for point in chart.points],
        "signal": from_base(chart.periods_with_signal, inputs),
    }


def run_change_points(inputs, load_rows):
    found = mean_change_points(inputs["values"], min_segment=inputs.get("min_segment", 5))
    return {
        "number": len(found.breaks),
        "last_index_before_break": from_base(found.breaks, inputs),
        "segment_means": [segment.mean for segment in found.segments],
        "rss": found.residual_sum,
    }


def run_p_adjust(inputs, load_rows):
    methods = ("bonferroni", "holm", "benjamini_hochberg", "benjamini_yekutieli")
    return {method: list(adjust_p(inputs["p"], method=method)) for method in methods}


def run_wave_comparison(inputs, load_rows):
    scores = inputs["scores"]
    scale = Scale(min(scores), max(scores))
    waves = []
    for name in ("wave_1", "wave_2"):
        counts = dict(zip(scores, inputs[name], strict=True))
        waves.append([counts.get(point, 0) for point in scale.points])
    level = inputs.get("confidence", 0.95)
    means = mean_difference(*waves, scale=scale, confidence=level)
    top = top_box_difference(*waves, scale=scale).test
    shapes = distribution_test(*waves, scale=scale)
    superiority = probability_of_superiority(*waves, scale=scale)
    return {
        "mean_difference": means.difference.value,
        "welch_t": means.test.statistic,
        "welch_df": means.test.df,
        "welch_p": means.test.p_value,
        "welch_ci": [means.difference.low, means.difference.high],
        "wilcoxon_p_continuity": wilcoxon(*waves, scale=scale).p_value,
        "prob_wave2_higher_plus_half_ties": superiority.value,
        "topbox_chisq": top.statistic,
        "topbox_p": top.p_value,
        "distribution_chisq": shapes.statistic,
        "distribution_df": shapes.df,
        "distribution_p": shapes.p_value,
    }


METHODS = {
    "p_chart_laney": run_p_chart,
    "individuals_chart": run_individuals,
    "nelson_rules": run_nelson,
    "ewma_chart": run_ewma,
    "cusum_tabular": run_cusum,
    "mean_change_points": run_change_points,
    "p_adjust": run_p_adjust,
    "wave_comparison": run_wave_comparison,
}
