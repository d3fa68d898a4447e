"""What a measure says of itself, so that every screen, file and report prints one definition."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """The definition of one measure.

    Parameters
    ----------
    key : str
        Short name used in code, exports and addresses, such as ``"top_box"``.
    name : str
        The field's standard term, in English; marked for translation elsewhere.
    definition : str
        One sentence that says what the figure is.
    formula : str
        The formula in plain text.
    denominator : str
        Who is counted in the base.
    scale : str
        The scale that it demands, or "any".
    unit : str
        Unit of the value: "share", "points", "score", "ratio", "currency" ...
    interval : str
        The interval that stands beside the figure.
    version : str
        Version of the definition; a change of formula makes a new one.
    source : str
        Where the measure comes from.
    """

    key: str
    name: str
    definition: str
    formula: str
    denominator: str
    scale: str
    unit: str
    interval: str
    source: str
    version: str = "1"
