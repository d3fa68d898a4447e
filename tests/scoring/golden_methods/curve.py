"""The satisfaction–loyalty curve."""

from itertools import pairwise

import numpy as np

from scoring.counts import CountTable
from scoring.curve_fit import isotonic_line
from scoring.logit import fit_logit
from scoring.long_scales import broken_stick, lowess_smooth
from scoring.loyalty import loyalty_curve
from scoring.ordinal import proportional_odds, proportional_odds_test
from scoring.scales import Scale
from scoring.weighted_curve import weighted_curve

from ._formulas import build_design, outcome_levels, read_frame, tabulate
from ._rows import condition_mask, keep_rows, rows_of


def read_curve(inputs):
    scores = inputs["score"]
    scale = Scale(min(scores), max(scores))
    n = dict(zip(scores, inputs["n"], strict=True))
    loyal = dict(zip(scores, inputs["loyal"], strict=True))
    counts = [[part.get(point, 0) for point in scale.points] for part in (n, loyal)]
    curve = loyalty_curve(counts, scale=scale, confidence=inputs.get("confidence", 0.95))
    return curve, [scale.points.index(score) for score in sorted(scores)]


def likelihood_ratio(test):
    return {"lr": test.statistic, "df": test.df, "p": test.p_value}


def curve_from_counts(inputs, load_rows):
    curve, rows = read_curve(inputs)
    shares = [curve.points[i].share for i in rows]
    line, tests = curve.line, curve.tests
    steps = [step for step in curve.steps if step.from_score in inputs["score"]]
    largest = curve.largest_step
    return {
        "proportions": [share.value for share in shares],
        "wilson_low": [share.low for share in shares],
        "wilson_high": [share.high for share in shares],
        "isotonic": [curve.isotonic.values[i] for i in rows],
        "isotonic_sse_weighted": curve.isotonic.squared_error,
        "linear_logit": {
            "coef": {"(Intercept)": line.intercept, "score": line.slope},
            "se": {"(Intercept)": line.intercept_error, "score": line.slope_error},
            "loglik": line.loglik,
            "deviance": line.deviance,
            "df_residual": line.df_residual,
        },
        "linear_fitted": [line.fitted[i] for i in rows] if line.fitted else None,
        "saturated_loglik_bernoulli": curve.saturated_loglik,
        "test_linear_vs_saturated": likelihood_ratio(tests.linear),
        "test_linear_vs_quadratic": likelihood_ratio(tests.curvature),
        "test_linear_vs_top_kink": likelihood_ratio(tests.top),
        "test_linear_vs_bottom_kink": likelihood_ratio(tests.bottom),
        "odds_ratio_per_point": line.odds_ratio.value,
        "odds_ratio_per_point_wald_ci": [line.odds_ratio.low, line.odds_ratio.high],
        "cochran_armitage": {"chisq": tests.trend.statistic, "p": tests.trend.p_value},
        "homogeneity_pearson": {
            "chisq": tests.homogeneity.statistic,
            "df": tests.homogeneity.df,
            "p": tests.homogeneity.p_value,
        },
        "top_kink_extra_odds_ratio": tests.extra_odds_top.value,
        "step_risk_ratio": [step.ratio.value for step in steps],
        "largest_step_is_between": largest and [largest.from_score, largest.to_score],
        "separated": curve.is_separated,
    }


def curve_separation(inputs, load_rows):
    curve, rows = read_curve(inputs)
    return {
        "proportions": [curve.points[i].share.value for i in rows],
        "isotonic": [curve.isotonic.values[i] for i in rows],
        "separated": curve.is_separated,
        "saturated_loglik": curve.saturated_loglik,
        "saturated_loglik_bernoulli": curve.saturated_loglik,
    }


def isotonic(inputs, load_rows):
    return {"fitted": isotonic_line(inputs["y"], inputs.get("weights")).values}


def logit_frequency_weights(inputs, load_rows):
    frame = read_frame(inputs, load_rows)
    design = build_design(frame, inputs["formula"])
    frequency = frame[inputs["frequency"]].to_numpy(dtype=float)
    success = condition_mask(frame, inputs["outcome"]).to_numpy()
    n, r = np.zeros(len(design.rows)), np.zeros(len(design.rows))
    np.add.at(n, design.group, frequency)
    np.add.at(r, design.group[success], frequency[success])
    fit = fit_logit(np.column_stack([np.ones(len(n)), design.rows]), n, r)
    names = ["(Intercept)", *design.names]
    return {
        "coef": dict(zip(names, fit.coefficients, strict=True)),
        "se": dict(zip(names, fit.standard_errors, strict=True)),
        "deviance": fit.deviance_bernoulli,
        "null_deviance": fit.null_deviance_bernoulli,
        "loglik": fit.loglik_bernoulli,
    }


def ordinal_table(inputs, load_rows, formula):
    frame = read_frame(inputs, load_rows)
    design = build_design(frame, formula)
    response, levels = outcome_levels(inputs.get("response", "g (detractor<passive<promoter)"))
    frequency = frame[inputs.get("frequency", "Freq")].to_numpy(dtype=float)
    return design, levels, tabulate(design, frame[response], levels, frequency)


def run_proportional_odds(inputs, load_rows):
    design, levels, table = ordinal_table(inputs, load_rows, inputs["formula"])
    fit = proportional_odds(design.rows, table)
    cuts = [f"{a}|{b}" for a, b in pairwise(levels)]
    return {
        "coef": dict(zip(design.names, fit.coefficients, strict=True)),
        "thresholds": dict(zip(cuts, fit.thresholds, strict=True)),
        "se": {
            **dict(zip(cuts, fit.threshold_errors, strict=True)),
            **dict(zip(design.names, fit.coefficient_errors, strict=True)),
        },
        "loglik": fit.loglik,
        "residual_deviance": fit.residual_deviance,
    }


def run_proportional_odds_test(inputs, load_rows):
    predictor = next(key for key in inputs["counts"][0] if key not in ("g", "Freq"))
    formula = inputs.get("formula", f"g ~ {predictor}")
    design, _, table = ordinal_table(inputs, load_rows, formula)
    return likelihood_ratio(proportional_odds_test(design.rows, table))


def run_lowess(inputs, load_rows):
    found = lowess_smooth(
        inputs["x"],
        inputs["y"],
        fraction=inputs.get("frac", 2 / 3),
        robust_iterations=inputs.get("robust_iterations", 0),
    )
    return {"x": found.x, "fitted": found.fitted}


def run_broken_stick(inputs, load_rows):
    found = broken_stick(inputs["x"], inputs["y"])
    return {
        "breakpoint": found.breakpoint,
        "sse": found.squared_error,
        "slope_before": found.slope_before,
        "slope_after": found.slope_after,
        "intercept": found.intercept,
        "f_vs_line": found.f_against_line,
    }


def weighted_cells(inputs, load_rows):
    """Cells (score, y, n, w, w2) as given, or counted from the rows of the data file."""
    score = inputs["score"].split()[0]
    if "cells" in inputs:
        return [
            tuple(cell[key] for key in (score, "y", "n", "w", "w2")) for cell in inputs["cells"]
        ]
    rows = rows_of(inputs, load_rows)
    if inputs["score"] != score:
        rows = keep_rows(rows, inputs["score"])
    weight, outcome = inputs["weight"], inputs["outcome"].split()[0]
    rows = rows[rows[weight].notna() & rows[outcome].notna()]
    rows = rows.assign(
        y=condition_mask(rows, inputs["outcome"]).astype(int), square=rows[weight] ** 2
    )
    cells = rows.groupby([score, "y"]).agg(
        n=(weight, "size"), w=(weight, "sum"), w2=("square", "sum")
    )
    return [(int(k), int(y), int(row.n), row.w, row.w2) for (k, y), row in cells.iterrows()]


def run_weighted_curve(inputs, load_rows):
    cells = weighted_cells(inputs, load_rows)
    scores = sorted({cell[0] for cell in cells})
    scale = Scale(scores[0], scores[-1])
    table = CountTable.from_cells([("score", scale.points), ("loyal", (0, 1))], cells)
    curve = weighted_curve(table, scale=scale, confidence=inputs.get("confidence", 0.95))
    points = [point for point in curve.points if point.share.is_defined]
    line, test = curve.line, curve.independence
    return {
        "n": curve.base,
        "proportions": {
            "score": [point.score for point in points],
            "p": [point.share.value for point in points],
            "se": [point.standard_error for point in points],
            "n_eff": [point.share.effective_base for point in points],
        },
        "logit": {
            "coef": [line.intercept, line.slope],
            "se": [line.intercept_error, line.slope_error],
        },
        "rao_scott_second_order": {
            "F": test.statistic,
            "ndf": test.ndf,
            "ddf": test.ddf,
            "p": test.p_value,
        },
    }


METHODS = {
    "curve_from_counts": curve_from_counts,
    "curve_separation": curve_separation,
    "isotonic_unweighted": isotonic,
    "isotonic_weighted": isotonic,
    "logit_frequency_weights": logit_frequency_weights,
    "proportional_odds": run_proportional_odds,
    "proportional_odds_test": run_proportional_odds_test,
    "lowess": run_lowess,
    "broken_stick": run_broken_stick,
    "weighted_curve": run_weighted_curve,
}
