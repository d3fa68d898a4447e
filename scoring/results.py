"""What every measure returns: the figure, its interval, its base, and how far to trust it.

Values are never rounded here and never NaN: what is not known is ``None``,
with a `Status` and `Reason`\\ s that say why.
"""

import math
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from types import NoneType, UnionType
from typing import get_args, get_origin, get_type_hints


class Status(StrEnum):
    """How far a result may be used."""

    OK = "ok"
    LOW_BASE = "low_n"
    UNDEFINED = "undefined"
    SUPPRESSED = "suppressed"


class Reason(StrEnum):
    """Why a result is not plainly `Status.OK`, or lacks its interval."""

    EMPTY_BASE = "empty_base"
    SINGLE_RESPONDENT = "single_respondent"
    ZERO_VARIANCE = "zero_variance"
    LOW_BASE = "low_base"
    BELOW_THRESHOLD = "below_threshold"
    COMPLEMENTARY = "complementary_suppression"
    EMPTY_CELL = "empty_cell"
    BOTH_EMPTY = "both_cells_empty"
    ALL_LOYAL = "all_loyal"
    SEPARATION = "separation"
    NOT_INCREASING = "not_increasing"
    TOO_FEW_POINTS = "too_few_points"
    SPARSE_TABLE = "sparse_table"
    NOT_CONVERGED = "not_converged"
    NOT_IDENTIFIED = "not_identified"
    UNBOUNDED = "unbounded"
    NEGATIVE_VARIANCE = "negative_variance"
    CONSTANT = "constant"
    COLLINEAR = "collinear"
    PROVISIONAL = "provisional"
    UNSTABLE = "unstable"
    HEAVY_WEIGHTING = "heavy_weighting"
    IMPORTANCE_WEIGHTS = "importance_weights"
    REVERSED_ITEM = "reversed_item"
    BEYOND_FOLLOW_UP = "beyond_follow_up"


@dataclass(frozen=True, slots=True)
class Estimate:
    """One figure with its interval and base.

    Parameters
    ----------
    value, low, high : float or None
        The estimate and the ends of its interval, in the unit that the
        measure documents. ``None`` where undefined; `high` may be ``math.inf``.
    base : int
        Respondents counted, without missing and "does not apply".
    effective_base : float
        Kish's effective base; equal to `base` without weights.
    confidence : float
        Level of the interval, 0.95 for 95 percent.
    method : str
        Name of the interval's method, such as ``"wilson"``.
    status : Status
        `Status.OK`, or how far the figure may be used.
    reasons : tuple of Reason
        Why the status is not plainly ok, or why there is no interval.
    missing, not_applicable : int
        Respondents who left the item blank, and who said that it does not
        apply; neither is in `base`.
    """

    value: float | None
    low: float | None
    high: float | None
    base: int
    effective_base: float
    confidence: float
    method: str
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()
    missing: int = 0
    not_applicable: int = 0

    @property
    def is_defined(self):
        """Whether there is a figure at all."""
        return self.value is not None

    @property
    def has_interval(self):
        """Whether both ends of the interval are known (an end may be infinite)."""
        return self.low is not None and self.high is not None


@dataclass(frozen=True, slots=True)
class TestResult:
    """Outcome of a significance test.

    Parameters
    ----------
    statistic, df, p_value : float or None
        The test statistic, its degrees of freedom (``None`` for an exact
        test) and the two-sided p-value.
    method : str
        Which test, such as ``"likelihood_ratio"``.
    status : Status
        `Status.UNDEFINED` when the data cannot be tested.
    reasons : tuple of Reason
        Why it is undefined or weak.
    p_adjusted : float or None
        The p-value after correction for several looks, where there were several.
    """

    __test__ = False  # the name is the field's term; pytest must not collect it

    statistic: float | None
    df: float | None
    p_value: float | None
    method: str
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()
    p_adjusted: float | None = None


def undefined(*reasons, base=0, confidence=0.95, method="", missing=0, not_applicable=0):
    """An `Estimate` without a figure.

    Parameters
    ----------
    *reasons : Reason
        Why the figure is not known; `Reason.EMPTY_BASE` when none is given.
    base : int, default 0
        Respondents counted.
    confidence : float, default 0.95
        Level that the interval would have had.
    method : str, default ""
        Method that would have been used.
    missing, not_applicable : int, default 0
        Counted apart, as in `Estimate`.

    Returns
    -------
    Estimate
        With `value`, `low` and `high` of ``None`` and status "undefined".

    Raises
    ------
    None
        Nothing.

    Examples
    --------
    >>> undefined().reasons
    (<Reason.EMPTY_BASE: 'empty_base'>,)
    """
    return Estimate(
        value=None,
        low=None,
        high=None,
        base=base,
        effective_base=float(base),
        confidence=confidence,
        method=method,
        status=Status.UNDEFINED,
        reasons=reasons or (Reason.EMPTY_BASE,),
        missing=missing,
        not_applicable=not_applicable,
    )


def to_plain(result):
    """Turn a result into dicts, lists, numbers and strings that JSON can hold.

    Parameters
    ----------
    result : object
        A result of this library, or any nesting of dataclasses, tuples,
        dicts, arrays, enums and numbers.

    Returns
    -------
    object
        The same content. Infinity becomes the string ``"Infinity"``.

    Raises
    ------
    ValueError
        A NaN was found: results must never hold one.

    Examples
    --------
    >>> to_plain(undefined())["status"]
    'undefined'
    """
    if is_dataclass(result):
        return {field.name: to_plain(getattr(result, field.name)) for field in fields(result)}
    if isinstance(result, dict):
        return {str(key): to_plain(value) for key, value in result.items()}
    if isinstance(result, list | tuple):
        return [to_plain(item) for item in result]
    if isinstance(result, StrEnum):
        return result.value
    if hasattr(result, "tolist"):
        return to_plain(result.tolist())
    if isinstance(result, float):
        return _plain_float(result)
    return result


def _plain_float(number):
    if math.isnan(number):
        raise ValueError("A result holds NaN; undefined must be None.")
    if math.isinf(number):
        return "Infinity" if number > 0 else "-Infinity"
    return number


def from_plain(kind, plain):
    """Build a result again from what `to_plain` made of it.

    Parameters
    ----------
    kind : type
        The class of the result, or a type as it stands in its annotations.
    plain : object
        Dicts, lists, numbers and strings.

    Returns
    -------
    object
        An equal result.

    Raises
    ------
    KeyError
        A member of the class is missing: the content is of another version.

    Examples
    --------
    >>> from_plain(Estimate, to_plain(undefined())) == undefined()
    True
    """
    if get_origin(kind) is UnionType:
        wanted = [one for one in get_args(kind) if one is not NoneType]
        return None if plain is None else from_plain(wanted[0], plain)
    if get_origin(kind) is tuple:
        kinds = get_args(kind)
        if kinds[-1] is Ellipsis:
            return tuple(from_plain(kinds[0], item) for item in plain)
        return tuple(from_plain(one, item) for one, item in zip(kinds, plain, strict=True))
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        known = {field.name: plain[field.name] for field in fields(kind)}
        return kind(**{name: from_plain(hints[name], value) for name, value in known.items()})
    if kind is float and plain is not None:
        return float(plain)
    return kind(plain) if isinstance(kind, type) and issubclass(kind, StrEnum) else plain
