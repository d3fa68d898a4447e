"""The definitions that are printed are those of the registry."""

from reports.definitions import CURVE, FORMULAS, RESULTS, SHORT, TREND
from scoring.registry import measure


def test_every_printed_formula_is_there_for_the_translators():
    printed = {measure(key).formula for key in {*RESULTS, *CURVE, *SHORT, *TREND}}

    assert set(FORMULAS) == printed
