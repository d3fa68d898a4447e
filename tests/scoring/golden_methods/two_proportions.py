"""Two shares against each other."""

import math

from scoring.intervals import proportion
from scoring.two_proportions import (
    log_risk_ratio_error,
    odds_ratio,
    risk_difference,
    risk_ratio,
    two_proportion_test,
)


def ends(estimate):
    return [estimate.low, estimate.high]


def koopman_ends(estimate):
    """The golden files write null where the upper end of "both shares 0" is infinite."""
    unknown = estimate.value is None and estimate.low == 0 and math.isinf(estimate.high)
    return [estimate.low, None if unknown else estimate.high]


def two_proportions(inputs, load_rows):
    table = [inputs[key] for key in ("successes_1", "n_1", "successes_2", "n_2")]
    options = {"confidence": inputs.get("confidence", 0.95)}
    difference = risk_difference(*table, **options)
    koopman = risk_ratio(*table, **options)
    katz = risk_ratio(*table, method="katz", **options)
    adjusted = risk_ratio(*table, method="adjusted_log", **options)
    odds = odds_ratio(*table, **options)
    score = risk_difference(*table, method="miettinen_nurminen", **options)
    pooled = two_proportion_test(*table, method="pooled_z")
    return {
        "p1": proportion(*table[:2]).value,
        "p2": proportion(*table[2:]).value,
        "risk_difference": difference.value,
        "newcombe_ci": ends(difference),
        "risk_ratio": koopman.value,
        "katz_log_ci": ends(katz),
        "log_rr_se": log_risk_ratio_error(*table),
        "adjusted_log": {"risk_ratio": adjusted.value, "ci": ends(adjusted)},
        "koopman_ci": koopman_ends(koopman),
        "odds_ratio": odds.value,
        "odds_ratio_wald_ci": ends(odds),
        "fisher_p": two_proportion_test(*table, method="fisher").p_value,
        "pooled_z": pooled.statistic,
        "pooled_p": pooled.p_value,
        "miettinen_nurminen_rd_ci": ends(score),
    }


METHODS = {"two_proportions": two_proportions}
