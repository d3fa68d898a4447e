"""The registry of measures: one place that knows every definition.

Each module of measures lists its definitions in `MEASURES`; this module
gathers them. Screens, exports, reports and the programming interface print
from here and nowhere else.
"""

from importlib import import_module

from .errors import ArgumentError

MODULES = (
    "intervals",
    "satisfaction",
    "satisfaction_classes",
    "effort",
    "nps",
    "two_proportions",
    "top_against_next",
    "loyalty",
    "ordinal",
    "zones",
    "comparison",
    "mix",
    "share_charts",
    "control_charts",
    "shift_charts",
    "change_points",
    "weight_types",
    "weighting",
    "weighted_means",
    "calibrated_means",
    "outcome_rates",
    "nonresponse",
    "sample_size",
    "quality_flags",
    "activity",
    "association",
    "churn",
    "concentration",
    "crosstab",
    "drivers",
    "ecsi",
    "expectation",
    "gaps",
    "hazard",
    "importance",
    "index",
    "kano",
    "life_table",
    "log_rank",
    "paired",
    "penalty_reward",
    "performance_map",
    "reliability",
    "retention",
    "segments",
    "survival",
    "value",
)


def measures():
    """Every measure of the library by its key.

    Returns
    -------
    dict of str to Measure
        In the order of `MODULES`.

    Raises
    ------
    ArgumentError
        Two modules define the same key.
    """
    found = {}
    for module in MODULES:
        for measure in import_module(f"scoring.{module}").MEASURES:
            if measure.key in found:
                raise ArgumentError(f"The measure {measure.key!r} is defined twice.")
            found[measure.key] = measure
    return found


def measure(key):
    """The definition of one measure.

    Parameters
    ----------
    key : str
        Its key, such as ``"nps"``.

    Returns
    -------
    Measure
        The definition.

    Raises
    ------
    ArgumentError
        No measure has that key.
    """
    try:
        return measures()[key]
    except KeyError:
        raise ArgumentError(f"There is no measure {key!r}.") from None
