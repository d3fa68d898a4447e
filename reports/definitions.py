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
WHO_ANSWERED = (
    "response_rate_1",
    "response_rate_2",
    "response_rate_5",
    "refusal_rate_1",
    "cooperation_rate_1",
    "r_indicator",
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
    gettext_noop("likelihood ratio of a kink at the top, at the bottom, and of curvature; Holm"),
    gettext_noop("I / (I + P + R + NC + O + UH + UO)"),
    gettext_noop("(I + P) / (I + P + R + NC + O + UH + UO)"),
    gettext_noop("I / (I + P + R + NC + O)"),
    gettext_noop("R / (I + P + R + NC + O + UH + UO)"),
    gettext_noop("I / (I + P + R + O)"),
    gettext_noop("1 − 2 S(ρ)"),
    gettext_noop("w × target / margin for each axis in turn, until all margins are met"),
    gettext_noop("n Σw² / (Σw)²"),
    gettext_noop("(Σw)² / Σw²"),
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
