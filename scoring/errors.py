"""What the library raises when it is asked for something it must not compute.

A result that cannot be known (an empty base, too few answers) is not an
error: it comes back with a `Status` and its reasons. An error means that the
question itself was wrong.
"""


class ScoringError(ValueError):
    """Base of every error that `scoring` raises on purpose."""


class ScaleError(ScoringError):
    """The numbers do not belong to the scale, or the scale does not suit the measure."""


class CountError(ScoringError):
    """A count, weight or table is impossible: negative, not finite, or of the wrong shape."""


class AxisError(ScoringError):
    """A table has no such axis or level, or two tables do not have the same axes."""


class ArgumentError(ScoringError):
    """An option lies outside its domain, such as a confidence level of 1.2."""


class ConvergenceError(ScoringError):
    """An iterative method did not arrive; the message says how close it came."""
