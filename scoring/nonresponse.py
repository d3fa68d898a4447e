"""Do those who answered differ from those who were asked?"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from .comparison import Comparison, chi_square_table, mean_difference, top_box_difference
from .errors import ArgumentError, CountError
from .intervals import wilson
from .measure import Measure
from .results import Estimate, Reason, Status, TestResult, undefined


@dataclass(frozen=True, slots=True)
class ResponseClass:
    """One class of the frame.

    Parameters
    ----------
    name : object
        What the class is called; its number when nothing was given.
    rate : Estimate
        Respondents among those invited.
    standardised_difference : float or None
        Share among respondents minus share in the frame, in pooled standard
        deviations; beyond ±0.1 is worth a look.
    weight : float or None
        Overall rate over class rate; ``None`` where the class has fewer
        respondents than the least allowed.
    """

    name: object
    rate: Estimate
    standardised_difference: float | None
    weight: float | None


@dataclass(frozen=True, slots=True)
class NonresponseCheck:
    """Respondents against the frame that they were invited from.

    Parameters
    ----------
    rate : Estimate
        Overall response rate.
    classes : tuple of ResponseClass
        Each class of the frame.
    test : TestResult
        Chi-square test that all classes respond alike.
    r_indicator : float or None
        1 when all classes respond alike, lower the more they differ.
    variation_of_propensity : float or None
        Standard deviation of the response rates over their mean.
    status : Status
        `Status.LOW_BASE` where a class is too small for a weight.
    reasons : tuple of Reason
        Why.
    """

    rate: Estimate
    classes: tuple[ResponseClass, ...]
    test: TestResult
    r_indicator: float | None
    variation_of_propensity: float | None
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()


def nonresponse_check(respondents, invited, *, names=None, min_class=20, confidence=0.95):
    """Compare respondents with the frame, class by class.

    Parameters
    ----------
    respondents, invited : array_like of int, shape (classes,)
        Who answered and who was asked in each class of the frame.
    names : sequence, optional
        Names of the classes.
    min_class : int, default 20
        Fewest respondents in a class that may carry a weight of its own;
        merge smaller ones with a neighbour.
    confidence : float in (0, 1), default 0.95
        Level of Wilson's intervals.

    Returns
    -------
    NonresponseCheck
        Undefined where nobody was invited.

    Raises
    ------
    CountError
        A class has more respondents than were invited, or a count is impossible.
    ArgumentError
        Lengths differ or an option is impossible.

    Notes
    -----
    R = 1 − 2 S(ρ) with the class rates as propensities and S over the frame
    with divisor N − 1. The chi-square is R's ``chisq.test(correct = FALSE)`` on
    respondents and others. The standardised difference is ``(p_r − p_f) /
    √((p_r(1 − p_r) + p_f(1 − p_f))/2)``. None of this sees what the frame does
    not know: a good R-indicator does not prove that there is no bias.

    References
    ----------
    .. [1] Schouten, B., Cobben, F. & Bethlehem, J. (2009). Indicators for the
       representativeness of survey response. Survey Methodology 35, 101–113.
    .. [2] Groves, R. M. & Peytcheva, E. (2008). The impact of nonresponse rates
       on nonresponse bias. Public Opinion Quarterly 72, 167–189.

    Examples
    --------
    >>> check = nonresponse_check([20, 40], [100, 100])
    >>> [one.weight for one in check.classes]
    [1.5, 0.75]
    """
    answered, asked = _counts(respondents, "respondents"), _counts(invited, "invited")
    if answered.shape != asked.shape:
        raise ArgumentError("There must be one number of invited for each class of respondents.")
    if (answered > asked).any():
        raise CountError("A class cannot have more respondents than were invited.")
    if min_class < 1:
        raise ArgumentError(f"min_class is 1 or more; got {min_class!r}.")
    names = tuple(range(1, len(asked) + 1)) if names is None else tuple(names)
    if len(names) != len(asked):
        raise ArgumentError(f"{len(asked)} classes need as many names; got {len(names)}.")
    total, frame = int(answered.sum()), int(asked.sum())
    overall = _rate(total, frame, confidence)
    classes = tuple(
        ResponseClass(
            name=name,
            rate=_rate(int(got), int(sent), confidence),
            standardised_difference=_standardised(got, total, sent, frame),
            weight=float(total / frame * sent / got) if got >= min_class else None,
        )
        for name, got, sent in zip(names, answered, asked, strict=True)
    )
    r_indicator, variation = _representativity(answered, asked)
    small = any(one.weight is None for one in classes)
    if frame == 0:
        status, reasons = Status.UNDEFINED, (Reason.EMPTY_BASE,)
    else:
        status = Status.LOW_BASE if small else Status.OK
        reasons = (Reason.BELOW_THRESHOLD,) if small else ()
    return NonresponseCheck(
        rate=overall,
        classes=classes,
        test=chi_square_table([answered, asked - answered]),
        r_indicator=r_indicator,
        variation_of_propensity=variation,
        status=status,
        reasons=reasons,
    )


@dataclass(frozen=True, slots=True)
class EarlyAgainstLate:
    """Those who answered early against those who needed reminding.

    Parameters
    ----------
    mean, top_box : Comparison
        Late minus early. Late respondents stand in for those who never
        answered, so a clear difference is a warning.
    """

    mean: Comparison
    top_box: Comparison


def early_against_late(early, late, *, scale, confidence=0.95):
    """Compare early with late respondents.

    Parameters
    ----------
    early, late : array_like of int, shape (k,), or CountTable
        Scores before and after the first reminder, as `score_sums` reads them.
    scale : Scale
        The scale the ratings were given on.
    confidence : float in (0, 1), default 0.95
        Level of the intervals.

    Returns
    -------
    EarlyAgainstLate
        Means and top boxes.

    Raises
    ------
    ScaleError
        The counts do not belong to the scale.
    ArgumentError
        `confidence` is not between 0 and 1.

    References
    ----------
    .. [1] Armstrong, J. S. & Overton, T. S. (1977). Estimating nonresponse
       bias in mail surveys. Journal of Marketing Research 14, 396–402.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT
    >>> found = early_against_late([0, 0, 5, 5, 10], [0, 0, 10, 5, 5], scale=FIVE_POINT)
    >>> found.mean.difference.value
    -0.5
    """
    return EarlyAgainstLate(
        mean=mean_difference(early, late, scale=scale, confidence=confidence),
        top_box=top_box_difference(early, late, scale=scale, confidence=confidence),
    )


def _counts(values, name):
    try:
        counts = np.array(list(values), dtype=float)
    except (TypeError, ValueError) as error:
        raise CountError(f"{name} must be a list of numbers.") from error
    if counts.ndim != 1 or not np.isfinite(counts).all() or (counts < 0).any():
        raise CountError(f"{name} must be a flat list of finite numbers from 0 up.")
    if (counts != np.floor(counts)).any():
        raise CountError(f"{name} counts people and must be whole.")
    return counts


def _rate(count, base, confidence):
    if base == 0:
        return undefined(confidence=confidence, method="wilson")
    low, high = wilson(count, base, confidence=confidence)
    return Estimate(count / base, low, high, base, float(base), confidence, "wilson")


def _standardised(got, total, sent, frame):
    if total == 0 or frame == 0:
        return None
    among, in_frame = got / total, sent / frame
    spread = (among * (1 - among) + in_frame * (1 - in_frame)) / 2
    return float((among - in_frame) / sqrt(spread)) if spread > 0 else None


def _representativity(answered, asked):
    frame = asked.sum()
    if frame < 2:
        return None, None
    rate = answered.sum() / frame
    some = asked > 0
    squares = (asked[some] * (answered[some] / asked[some] - rate) ** 2).sum()
    spread = sqrt(squares / (frame - 1))
    return float(1 - 2 * spread), float(spread / rate) if rate > 0 else None


MEASURES = (
    Measure(
        key="r_indicator",
        name="R-indicator",
        definition="How alike the classes of the frame responded; 1 is exactly alike.",
        formula="1 − 2 S(ρ)",
        denominator="Invited customers",
        scale="any",
        unit="index",
        interval="none",
        source="Schouten, Cobben & Bethlehem (2009), Survey Methodology 35, 101–113",
    ),
    Measure(
        key="nonresponse_weight",
        name="Weighting-class adjustment",
        definition="Weights that give each class of the frame its share among those invited.",
        formula="overall response rate / response rate of the class",
        denominator="Invited customers of the class",
        scale="any",
        unit="weight",
        interval="none",
        source="Oh & Scheuren (1983), Weighting adjustment for unit nonresponse",
    ),
)
