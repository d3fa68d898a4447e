"""Weighting, design effect, outcome rates, non-response and response quality."""

import pandas as pd

from scoring.calibrated_means import calibrated_mean
from scoring.counts import CountTable
from scoring.nonresponse import nonresponse_check
from scoring.outcome_rates import Dispositions, outcome_rates
from scoring.quality_flags import QualitySignal, response_quality
from scoring.scales import Scale
from scoring.weight_types import SurveyWeights, design_effect
from scoring.weighted_means import weighted_mean, weighted_score, weighted_share, wilson_effective
from scoring.weighting import poststratify, rake

from ._rows import level_name, present_columns, ranged_items, rows_of


def cell_table(rows, columns, weight):
    """Count table of some columns with the sums of a weight column."""
    weights = rows[weight] if weight else pd.Series(1.0, index=rows.index)
    axes = [(name, tuple(rows[name].drop_duplicates().sort_values())) for name in columns]
    cells = zip(*(rows[name] for name in columns), strict=True)
    listed = [(*cell, 1, w, w * w) for cell, w in zip(cells, weights, strict=True)]
    return CountTable.from_cells(axes, listed)


def read_sample(inputs, load_rows, margins):
    """Filtered rows with the margins' columns as texts, and the targets in that form."""
    rows = rows_of(inputs, load_rows)
    rows = rows.dropna(subset=list(margins))
    rows = rows.assign(**{name: rows[name].map(level_name) for name in margins})
    return rows, {name: dict(targets) for name, targets in margins.items()}


def numeric_outcomes(rows, leave_out):
    """Columns of numbers without gaps."""
    numbers = rows.select_dtypes("number").dropna(axis=1).columns
    return [name for name in numbers if name not in leave_out]


def run_raking(inputs, load_rows):
    margins, weight = inputs["margins"], inputs.get("base_weight")
    rows, targets = read_sample(inputs, load_rows, margins)
    cells = cell_table(rows, list(margins), weight)
    raked = rake(cells, targets, tolerance=inputs.get("tolerance", 1e-10))
    weights = {".".join(levels): found for levels, found in raked.weight_by_cell.items()}
    answer = {
        "weight_by_cell": weights,
        "sum_weights": float(raked.table.w.sum()),
        "kish_deff_before": design_effect(cells).value,
        "kish_deff_raked": raked.design_effect.value,
        "n_eff": raked.design_effect.effective_base,
    }
    base_weights = SurveyWeights(rows[weight] if weight else [1.0] * len(rows))
    for outcome in numeric_outcomes(rows, (*margins, weight)):
        table = cell_table(rows, [*margins, outcome], weight)
        after = calibrated_mean(table, raked, axis=outcome)
        before = weighted_mean(rows[outcome], base_weights)
        answer[f"mean_{outcome}_before"] = before.estimate.value
        answer[f"se_{outcome}_before"] = before.standard_error
        answer[f"mean_{outcome}_raked"] = after.estimate.value
        answer[f"se_{outcome}_raked_with_calibration"] = after.standard_error
    return answer


def run_raking_table(inputs, load_rows):
    counts = inputs["counts"]
    rows, columns = range(len(counts)), range(len(counts[0]))
    table = CountTable.from_counts([("row", rows), ("column", columns)], counts)
    targets = {
        "row": dict(enumerate(inputs["row_targets"])),
        "column": dict(enumerate(inputs["column_targets"])),
    }
    raked = rake(table, targets, tolerance=inputs.get("tolerance", 1e-12))
    return {
        "weights": [[raked.weight_by_cell[row, column] for column in columns] for row in rows],
        "kish_deff": raked.design_effect.value,
        "n_eff": raked.design_effect.effective_base,
        "max_over_min": raked.largest_over_smallest,
    }


def run_poststratification(inputs, load_rows):
    margins = inputs.get("margin") or inputs["margins"]
    (name, totals), *_ = margins.items()
    weight, outcome = inputs.get("base_weight"), inputs["outcome"]
    rows, _ = read_sample(inputs, load_rows, margins)
    rows = rows[rows[outcome].notna()]
    adjusted = poststratify(cell_table(rows, [name], weight), name, totals)
    figure = calibrated_mean(cell_table(rows, [name, outcome], weight), adjusted, axis=outcome)
    return {
        "weight_by_cell": {levels[0]: found for levels, found in adjusted.weight_by_cell.items()},
        "mean": figure.estimate.value,
        "se": figure.standard_error,
    }


def run_weighted_mean(inputs, load_rows):
    values, weights = inputs["values"], SurveyWeights(inputs["weights"])
    figure = weighted_mean(values, weights)
    on_five_points = all(value in (1, 2, 3, 4, 5) for value in values)
    top = inputs.get("top", 5 if on_five_points else max(values))
    return {
        "mean": figure.estimate.value,
        "se_linearised": figure.standard_error,
        "kish_deff": figure.design_effect.value,
        "n_eff": figure.design_effect.effective_base,
        "top_share": weighted_share([value == top for value in values], weights).estimate.value,
    }


def run_weighted_csat(inputs, load_rows):
    text = inputs.get("filter", "")
    ranges = ranged_items(text)
    named = inputs.get("outcome") or inputs.get("score")
    outcome = named or next(iter(ranges), "overall")
    weight = inputs.get("weight") or next(
        (name for name in present_columns(text) if "weight" in name), "weight"
    )
    strata = inputs.get("strata", "strata")
    rows = rows_of(inputs, load_rows)
    scale = Scale(*ranges.get(outcome, (1, 5)))
    rows = rows[rows[outcome].between(scale.lowest, scale.highest) & rows[weight].notna()]
    found = weighted_score(
        cell_table(rows.rename(columns={outcome: "score"}), ["score", strata], weight),
        scale=scale,
        strata=strata,
    )
    return {
        "n": found.mean.estimate.base,
        "mean_unweighted": found.unweighted_mean.value,
        "mean_weighted": found.mean.estimate.value,
        "se": found.mean.standard_error,
        "top_box_unweighted": found.unweighted_top_box.value,
        "top_box_weighted": found.top_box.estimate.value,
        "top_box_se": found.top_box.standard_error,
        "kish_deff": found.mean.design_effect.value,
        "n_eff": found.mean.design_effect.effective_base,
        "by_strata": {
            "strata": [level for level, _ in found.by_stratum],
            "mean": [part.mean.estimate.value for _, part in found.by_stratum],
            "se": [part.mean.standard_error for _, part in found.by_stratum],
        },
    }


def run_wilson_effective(inputs, load_rows):
    found = wilson_effective(
        inputs["proportion"], inputs["n_eff"], confidence=inputs.get("confidence", 0.95)
    )
    return {"ci": [found.low, found.high]}


def run_aapor(inputs, load_rows):
    names = {
        "I": "complete",
        "P": "partial",
        "R": "refusal",
        "NC": "non_contact",
        "O": "other",
        "UH": "unknown_household",
        "UO": "unknown_other",
    }
    outcomes = Dispositions(**{name: inputs.get(key, 0) for key, name in names.items()})
    found = outcome_rates(outcomes, eligibility=inputs.get("e"))
    return {name: rate.value for name, rate in found.rates.items()}


def run_nonresponse(inputs, load_rows):
    found = nonresponse_check(inputs["respondents"], inputs["invited"], min_class=1)
    return {
        "rate": found.rate.value,
        "rates": [one.rate.value for one in found.classes],
        "chisq": found.test.statistic,
        "df": found.test.df,
        "p": found.test.p_value,
        "r_indicator": found.r_indicator,
        "cv_of_propensity": found.variation_of_propensity,
        "weights": [one.weight for one in found.classes],
    }


def run_response_quality(inputs, load_rows):
    found = response_quality(
        inputs["rows"],
        seconds=inputs.get("seconds"),
        fraction_of_median=inputs.get("speeder_fraction_of_median", 1 / 3),
        seconds_per_item=inputs.get("seconds_per_item", 0),
    )
    return {
        "longest_string": [row.longest_string for row in found.rows],
        "straight_lined": [QualitySignal.STRAIGHT_LINE in row.signals for row in found.rows],
        "within_person_sd": [row.within_person_sd for row in found.rows],
        "median_seconds": found.median_seconds,
        "speeder": [QualitySignal.SPEED in row.signals for row in found.rows],
    }


METHODS = {
    "raking": run_raking,
    "raking_table": run_raking_table,
    "poststratification": run_poststratification,
    "weighted_mean": run_weighted_mean,
    "weighted_csat": run_weighted_csat,
    "wilson_effective_n": run_wilson_effective,
    "aapor_rates": run_aapor,
    "nonresponse_check": run_nonresponse,
    "response_quality": run_response_quality,
}
