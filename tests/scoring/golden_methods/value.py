"""Golden methods of value, gaps, segments, association and Kano."""

import numpy as np

from scoring.association import ordinal_association
from scoring.counts import CountTable
from scoring.errors import ArgumentError
from scoring.gaps import perceived_against_expected
from scoring.kano import CLASSES, kano
from scoring.segments import compare_within_segments
from scoring.value import lifetime_value, value_of_moving

from ._rows import rows_of


def ends(estimate):
    """Both ends of an interval, or ``None`` where there is none."""
    return [estimate.low, estimate.high] if estimate.has_interval else None


def run_clv(inputs, load_rows):
    """Lifetime value by both conventions; a sum without a limit is refused."""
    found = {}
    for periods, suffix in ((None, "infinite"), (inputs.get("periods"), "T")):
        for first in ("now", "after_renewal"):
            try:
                value = lifetime_value(
                    inputs["margin"],
                    retention=inputs["retention"],
                    discount=inputs["discount"],
                    first_margin=first,
                    periods=periods,
                    acquisition_cost=inputs.get("acquisition_cost", 0),
                )
            except ArgumentError:
                value = None
            found[f"first_margin_{first}_{suffix}"] = value
    return found


def run_value_of_moving(inputs, load_rows):
    """Extra repurchases and their value."""
    moved = value_of_moving(
        inputs["loyal_5"],
        inputs["n_5"],
        inputs["loyal_4"],
        inputs["n_4"],
        share_moved=inputs["share_moved"],
        margin=inputs["margin_per_repurchase"],
        customers=inputs.get("customers_scoring_4"),
        confidence=inputs.get("confidence", 0.95),
    )
    return {
        "extra_repurchases": moved.extra.value,
        "extra_repurchases_ci": ends(moved.extra),
        "value": moved.value.value,
        "value_ci": ends(moved.value),
    }


def run_satisfaction_ratio(inputs, load_rows):
    """Perceived over expected, from columns or inline."""
    perceived, expected = inputs["perceived"], inputs["expected"]
    if "data_file" in inputs:
        frame = rows_of(inputs, load_rows)
        perceived, expected = frame[perceived].to_numpy(float), frame[expected].to_numpy(float)
    result = perceived_against_expected(
        perceived, expected, confidence=inputs.get("confidence", 0.95)
    )
    return {
        "n": result.base,
        "ratio_of_means": result.ratio_of_means.value,
        "se_linearised": result.ratio_standard_error,
        "ci_linearised": ends(result.ratio_linearised),
        "ci_fieller_t": ends(result.ratio_of_means),
        "mean_of_ratios": result.mean_of_ratios,
        "geometric_mean_of_ratios": result.geometric_mean_of_ratios,
        "mean_gap": result.gap.value,
        "gap_ci_t": ends(result.gap),
        "share_exceeds": result.exceeds.value,
        "share_meets": result.meets.value,
        "share_falls_short": result.falls_short.value,
    }


def run_stratified(inputs, load_rows):
    """Fives against fours within segments."""
    cells = []
    for i in range(len(inputs["segment"])):
        for score in (4, 5):
            loyal, n = inputs[f"loyal_{score}"][i], inputs[f"n_{score}"][i]
            cells += [(i, score, True, loyal), (i, score, False, n - loyal)]
    axes = [("segment", range(len(inputs["segment"]))), ("score", (4, 5)), ("loyal", (False, True))]
    result = compare_within_segments(
        CountTable.from_cells(axes, cells),
        upper=5,
        lower=4,
        confidence=inputs.get("confidence", 0.95),
    )
    return {
        "crude_rr": result.crude_ratio.value,
        "mh_risk_ratio": result.risk_ratio.value,
        "mh_rr_log_se_greenland_robins": result.risk_ratio_log_error,
        "mh_rr_ci": ends(result.risk_ratio),
        "mh_odds_ratio": result.odds_ratio.value,
        "mh_or_ci": ends(result.odds_ratio),
        "cmh_chisq": result.association.statistic,
        "cmh_p": result.association.p_value,
        "standardised_5": result.standardised_upper.value,
        "standardised_4": result.standardised_lower.value,
        "standardised_difference": result.standardised_difference.value,
        "standardised_difference_se": result.standardised_difference_error,
        "standardised_rr": result.standardised_ratio.value,
    }


def run_ordinal_association(inputs, load_rows):
    """Rank measures from a table."""
    result = ordinal_association(inputs["table"])
    return {
        "kendall_tau_b": result.kendall_tau_b.value,
        "spearman": result.spearman.value,
        "pearson": result.pearson.value,
        "goodman_kruskal_gamma": result.gamma.value,
        "somers_d_columns_given_rows": result.somers_d.value,
    }


def run_kano(inputs, load_rows):
    """Kano's classes; the golden cases name the first of several tied classes."""
    table = np.zeros((5, 5), dtype=int)
    pairs = np.array([inputs["functional"], inputs["dysfunctional"]], dtype=float)
    pairs = pairs[:, ~np.isnan(pairs).any(axis=0)].astype(int)
    np.add.at(table, (pairs[0] - 1, pairs[1] - 1), 1)
    result = kano(table)
    return {
        "counts": {name: result.counts[name] for name in CLASSES},
        "modal": result.modal[0] if result.modal else None,
        "better": result.better.value,
        "worse": result.worse.value,
    }


METHODS = {
    "clv": run_clv,
    "value_of_moving_4_to_5": run_value_of_moving,
    "satisfaction_ratio": run_satisfaction_ratio,
    "stratified_5_vs_4": run_stratified,
    "ordinal_association": run_ordinal_association,
    "kano": run_kano,
}
