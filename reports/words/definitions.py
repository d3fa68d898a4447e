"""Definitions of the measures in the reader's language; the registry is their one source.

The registry speaks English and knows no Django. The catalogs gather its texts
by themselves; the printed formulas, which hold words too, are repeated here
for the translators, and a test holds both together.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from scoring.registry import measure

RESULTS = ("top_box", "mean_score", "nps")
SHORT = ("top_box", "mean_score", "nps", "loyalty_curve", "top_against_next", "bend")
CURVE = ("loyalty_curve", "top_against_next", "defection_ratio", "risk_difference", "bend")
TREND = ("laney_chart", "p_chart", "individuals_chart", "ewma_chart", "cusum_chart")
ZONES = ("zones", "quadrants")
VALUE = ("value_of_moving", "lifetime_value")
SEGMENTS = ("adjusted_ratio", "standardised_share")
EXPECTATIONS = ("best_of_kind",)
DRIVERS = ("driver_share", "importance_performance", "penalty_reward")
WHO_ANSWERED = (
    "response_rate_1",
    "response_rate_2",
    "response_rate_5",
    "refusal_rate_1",
    "cooperation_rate_1",
    "r_indicator",
)
LOYALTY = (
    "top_box",
    "nps",
    "activity_rate",
    "churn_rate",
    "complaint_rate",
    "value_concentration",
    "weighted_share",
    "weighted_mean",
)
SURVEY_KINDS = (
    "top_box",
    "satisfaction_classes",
    "mean_score",
    "top_box_difference",
    "mean_difference",
)
WEIGHTING = ("raking", "design_effect", "effective_base")

FORMULAS = (
    gettext_noop("n(best point) / n"),
    gettext_noop("Σ k·n(k) / n"),
    gettext_noop("100 (n(9–10) − n(0–6)) / n"),
    gettext_noop("loyal(k) / n(k)"),
    gettext_noop("p(top) / p(next)"),
    gettext_noop("(1 − p(next)) / (1 − p(top))"),
    gettext_noop("p₁ − p₂"),
    gettext_noop("p̄ ± 3 √(p̄(1 − p̄)/n_t)"),
    gettext_noop("p̄ ± 3 σ_z √(p̄(1 − p̄)/n_t), σ_z = max(1, mean |z_t − z_(t−1)| / 1.128)"),
    gettext_noop("mean ± 3 · (mean moving range)/1.128"),
    gettext_noop("E_t = λ x_t + (1 − λ) E_(t−1); centre ± L σ √(λ/(2 − λ) (1 − (1 − λ)^(2t)))"),
    gettext_noop(
        "U_t = max(0, U_(t−1) + z_t − k), L_t = max(0, L_(t−1) − z_t − k); signal above h"
    ),
    gettext_noop("Σ (best answers / answered items) / n"),
    gettext_noop("likelihood ratio of a kink at the top, at the bottom, and of curvature; Holm"),
    gettext_noop("n(zone) / n"),
    gettext_noop("n(quadrant) / n"),
    gettext_noop("N4 · s · (p5 - p4) · margin"),
    gettext_noop("m (1+d)/(1+d-r) with the first margin now; m r/(1+d-r) after the first renewal"),
    gettext_noop("Σ a n4/N / Σ c n5/N over segments (Mantel–Haenszel)"),
    gettext_noop("Σ W_s p_s, W_s = share of segment s among respondents at either score"),
    gettext_noop("LMG_j / R²; Johnson's relative weights beyond twelve items"),
    gettext_noop("x: mean on 0–100; y: driver share of explained variance"),
    gettext_noop("coefficients of low and high dummies of every item in one regression"),
    gettext_noop("I / (I + P + R + NC + O + UH + UO)"),
    gettext_noop("(I + P) / (I + P + R + NC + O + UH + UO)"),
    gettext_noop("I / (I + P + R + NC + O)"),
    gettext_noop("R / (I + P + R + NC + O + UH + UO)"),
    gettext_noop("I / (I + P + R + O)"),
    gettext_noop("1 − 2 S(ρ)"),
    gettext_noop("w × target / margin for each axis in turn, until all margins are met"),
    gettext_noop("n Σw² / (Σw)²"),
    gettext_noop("(Σw)² / Σw²"),
    gettext_noop("active members / members"),
    gettext_noop("lost / active at start"),
    gettext_noop("100 × complaints / customers"),
    gettext_noop("value of the top x % / value of all"),
    gettext_noop("Σ(w of those counted) / Σw"),
    gettext_noop("Σwx / Σw"),
    gettext_noop("n(class) / n"),
    gettext_noop("p2 − p1"),
    gettext_noop("m2 − m1; t = (m2 − m1)/√(v1 + v2)"),
)


def definitions(keys):
    """Name, definition, formula, base and interval of each measure, and its source."""
    return [
        {
            "key": key,
            "version": found.version,
            "name": _(found.name),
            "definition": _(found.definition),
            "formula": _(found.formula),
            "denominator": _(found.denominator),
            "interval": _(found.interval),
            "source": found.source,
        }
        for key in keys
        for found in (measure(key),)
    ]


def definition_versions(keys):
    """Which version of each definition a figure was computed by."""
    return {key: measure(key).version for key in keys}
