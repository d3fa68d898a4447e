"""The definitions that are printed are those of the registry."""

from reports.definitions import CURVE, FORMULAS, RESULTS, SHORT, WEIGHTING, WHO_ANSWERED
from scoring.registry import measure


def test_every_printed_formula_is_there_for_the_translators():
    printed = {
        measure(key).formula for key in {*RESULTS, *CURVE, *SHORT, *WHO_ANSWERED, *WEIGHTING}
    }

    assert set(FORMULAS) == printed
