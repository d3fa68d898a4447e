"""Three kinds of weights that give the same estimate and different errors.

A frequency weight says how many respondents a row stands for, a survey
weight how many people of the population a respondent stands for, and an
importance weight how much the reader cares. Taking one for another is the
commonest way to a wrong interval, so each has its own type.
"""

from dataclasses import dataclass

import numpy as np

from .errors import CountError
from .measure import Measure
from .results import Reason, Status


@dataclass(frozen=True, slots=True, eq=False)
class FrequencyWeights:
    """How many respondents each row stands for.

    Parameters
    ----------
    values : array_like of int, shape (rows,)
        Whole and not negative; the rows are as good as repeated.

    Raises
    ------
    CountError
        A value is negative, fractional, not finite, or all are 0.
    """

    values: np.ndarray

    def __post_init__(self):
        values = _checked(self.values, "Frequency")
        if (values != np.floor(values)).any():
            raise CountError(
                "Frequency weights are whole counts; for 1/probability use SurveyWeights."
            )
        object.__setattr__(self, "values", values)


@dataclass(frozen=True, slots=True, eq=False)
class SurveyWeights:
    """How many people of the population each respondent stands for.

    Parameters
    ----------
    values : array_like of float, shape (rows,)
        Above 0; only their proportions matter.

    Raises
    ------
    CountError
        A value is 0, negative or not finite.
    """

    values: np.ndarray

    def __post_init__(self):
        values = _checked(self.values, "Survey")
        if (values <= 0).any():
            raise CountError("Survey weights are above 0: nobody was asked with probability 0.")
        object.__setattr__(self, "values", values)


@dataclass(frozen=True, slots=True, eq=False)
class ImportanceWeights:
    """How much each row is to count for the reader, such as a customer's revenue.

    Parameters
    ----------
    values : array_like of float, shape (rows,)
        Not negative, not all 0. They say nothing about sampling, so a figure
        weighted with them has no interval.

    Raises
    ------
    CountError
        A value is negative or not finite, or all are 0.
    """

    values: np.ndarray

    def __post_init__(self):
        object.__setattr__(self, "values", _checked(self.values, "Importance"))


def _checked(values, kind):
    try:
        array = np.array(values, dtype=float)
    except (TypeError, ValueError) as error:
        raise CountError(f"{kind} weights must be numbers.") from error
    if array.ndim != 1 or not np.isfinite(array).all() or (array < 0).any():
        raise CountError(f"{kind} weights must be a flat list of finite numbers from 0 up.")
    if array.size and array.sum() == 0:
        raise CountError(f"{kind} weights must not all be 0.")
    array.setflags(write=False)
    return array


HEAVY_ABOVE = 2.0  # a design effect beyond which weighting costs half the respondents


@dataclass(frozen=True, slots=True)
class DesignEffect:
    """What weighting costs.

    Parameters
    ----------
    value : float or None
        Kish's design effect, 1 without weights.
    base : int
        Respondents.
    effective_base : float
        Respondents over the design effect.
    status : Status
        `Status.UNDEFINED` for nobody.
    reasons : tuple of Reason
        `Reason.HEAVY_WEIGHTING` above 2.
    """

    value: float | None
    base: int
    effective_base: float
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()


def design_effect(weights):
    """Kish's design effect of survey weights, and the effective base.

    Parameters
    ----------
    weights : SurveyWeights or CountTable
        One weight for each respondent, or a table with Σw and Σw² in its cells.

    Returns
    -------
    DesignEffect
        Status "undefined" when there is nobody; a warning reason above 2.

    Raises
    ------
    CountError
        `weights` is of another kind: only survey weights have a design effect.

    Notes
    -----
    ``n Σw²/(Σw)² = 1 + cv²(w)``. It is the loss from weighting alone, and too
    large for an outcome that the weights are related to; headline figures use
    the linearised error.

    References
    ----------
    .. [1] Kish, L. (1965). Survey Sampling.

    Examples
    --------
    >>> design_effect(SurveyWeights([1, 1, 4, 4])).value
    1.36
    """
    if isinstance(weights, SurveyWeights):
        n, w, w2 = len(weights.values), weights.values.sum(), (weights.values**2).sum()
    elif all(hasattr(weights, name) for name in ("n", "w", "w2")):
        n, w, w2 = int(np.sum(weights.n)), np.sum(weights.w), np.sum(weights.w2)
    else:
        raise CountError("A design effect needs SurveyWeights or a table with n, w and w2.")
    if n == 0 or w == 0:
        return DesignEffect(None, n, 0.0, Status.UNDEFINED, (Reason.EMPTY_BASE,))
    value = float(n * w2 / w**2)
    reasons = (Reason.HEAVY_WEIGHTING,) if value > HEAVY_ABOVE else ()
    return DesignEffect(value, n, n / value, reasons=reasons)


MEASURES = (
    Measure(
        key="design_effect",
        name="Design effect",
        definition="How many times larger weighting makes the variance of a mean.",
        formula="n Σw² / (Σw)²",
        denominator="Weighted respondents",
        scale="any",
        unit="ratio",
        interval="none",
        source="Kish (1965), Survey Sampling",
    ),
    Measure(
        key="effective_base",
        name="Effective base",
        definition="How many unweighted respondents would tell as much.",
        formula="(Σw)² / Σw²",
        denominator="Weighted respondents",
        scale="any",
        unit="respondents",
        interval="none",
        source="Kish (1965), Survey Sampling",
    ),
)
