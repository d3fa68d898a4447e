"""The definitions that are printed are those of the registry."""

from reports.words.definitions import (
    CURVE,
    DRIVERS,
    EXPECTATIONS,
    FORMULAS,
    LOYALTY,
    RESULTS,
    SEGMENTS,
    SHORT,
    SURVEY_KINDS,
    TREND,
    VALUE,
    WEIGHTING,
    WHO_ANSWERED,
    ZONES,
)
from scoring.registry import measure


def test_every_printed_formula_is_there_for_the_translators():
    keys = {*RESULTS, *CURVE, *SHORT, *DRIVERS, *SEGMENTS, *TREND, *VALUE, *ZONES}
    keys |= {*WHO_ANSWERED, *WEIGHTING, *EXPECTATIONS, *LOYALTY, *SURVEY_KINDS}
    printed = {measure(key).formula for key in keys}

    assert set(FORMULAS) == printed
