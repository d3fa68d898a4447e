"""Rates of customers beside the survey: who is active, how many complaints; and change in words."""

import math
from dataclasses import dataclass

from .argument_types import takes
from .errors import ArgumentError, CountError
from .estimating import share_estimate
from .intervals import checked_confidence
from .measure import Measure
from .results import Estimate, Reason, Status, undefined


@dataclass(frozen=True, slots=True)
class RelativeChange:
    """How a figure of a later period stands to that of an earlier one.

    Parameters
    ----------
    ratio : float or None
        Later over earlier: 4.74 means "4.74 times as much".
    change : float or None
        Ratio less one: 3.74 means "374 percent more". The two are never mixed.
    status, reasons : Status, tuple of Reason
        Undefined where the earlier figure is 0.
    """

    ratio: float | None
    change: float | None
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()


@takes(counts=("active", "members"))
def activity_rate(active, members, *, confidence=0.95):
    """Share of the members who were active in a period.

    Parameters
    ----------
    active : int
        Members with at least one activity in the period.
    members : int
        Members at any time of the period.
    confidence : float in (0, 1), default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Estimate
        A share; undefined without members.

    Raises
    ------
    CountError
        `active` lies outside 0 to `members`.
    ArgumentError
        `confidence` is not between 0 and 1.

    Examples
    --------
    >>> activity_rate(30, 120).value
    0.25
    """
    return share_estimate(active, members, confidence=checked_confidence(confidence))


@takes(counts=("complaints", "customers"))
def complaint_rate(complaints, customers, *, confidence=0.95):
    """Complaints per 100 customers.

    Parameters
    ----------
    complaints : int
        Complaints of the period; one customer may complain more than once.
    customers : int
        Customers of the period.
    confidence : float in (0, 1), default 0.95
        Level of the interval.

    Returns
    -------
    Estimate
        Complaints per 100 customers; undefined without customers.

    Raises
    ------
    CountError
        A number is negative or not whole.
    ArgumentError
        `confidence` is not between 0 and 1.

    Notes
    -----
    The exact interval of a Poisson count (Garwood), which no share fits,
    since there may be more complaints than customers. With no complaint it
    starts at 0 and still has an upper end. R's
    ``poisson.test(complaints, customers / 100)`` gives the same.

    References
    ----------
    .. [1] Garwood, F. (1936). Fiducial limits for the Poisson distribution.
       Biometrika 28, 437-442.

    Examples
    --------
    >>> rate = complaint_rate(6, 400)
    >>> rate.value, round(rate.low, 3), round(rate.high, 3)
    (1.5, 0.55, 3.265)
    """
    from scipy.special import gammaincinv

    for name, count in (("complaints", complaints), ("customers", customers)):
        if count < 0 or count != int(count):
            raise CountError(f"{name} must be a whole number, 0 or more; got {count!r}.")
    tail = (1 - checked_confidence(confidence)) / 2
    if customers == 0:
        return undefined(confidence=confidence, method="garwood")
    low = float(gammaincinv(complaints, tail)) if complaints else 0.0
    high = float(gammaincinv(complaints + 1, 1 - tail))
    per = 100 / customers
    return Estimate(
        complaints * per,
        low * per,
        high * per,
        int(customers),
        float(customers),
        confidence,
        "garwood",
    )


@takes(numbers=("earlier", "later"))
def relative_change(earlier, later):
    """Ratio and relative change of a figure that has a true zero.

    Parameters
    ----------
    earlier, later : float
        The figure in two periods, such as sales; not a rating or an NPS,
        which have no true zero.

    Returns
    -------
    RelativeChange
        Undefined where `earlier` is 0.

    Raises
    ------
    ArgumentError
        A figure is negative or not finite.

    Examples
    --------
    >>> found = relative_change(47.4, 224.7)
    >>> round(found.ratio, 2), round(100 * found.change)
    (4.74, 374)
    """
    if earlier < 0 or later < 0:
        raise ArgumentError(f"Figures are 0 or more; got {earlier!r} and {later!r}.")
    ratio = later / earlier if earlier else math.inf
    if not math.isfinite(ratio):
        return RelativeChange(None, None, Status.UNDEFINED, (Reason.EMPTY_BASE,))
    return RelativeChange(ratio, ratio - 1)


MEASURES = (
    Measure(
        key="activity_rate",
        name="Member activity",
        definition="Share of the members with at least one activity in the period.",
        formula="active members / members",
        denominator="Members of the period",
        scale="any",
        unit="share",
        interval="Wilson",
        source="Common practice",
    ),
    Measure(
        key="complaint_rate",
        name="Complaints per 100 customers",
        definition="Complaints of the period for every 100 customers of the period.",
        formula="100 × complaints / customers",
        denominator="Customers of the period",
        scale="any",
        unit="complaints per 100 customers",
        interval="Garwood's exact interval of a count",
        source="Garwood (1936), Biometrika 28:437-442",
    ),
    Measure(
        key="relative_change",
        name="Relative change",
        definition="A later figure as a multiple of an earlier one, and that multiple less one.",
        formula="later / earlier; later / earlier − 1",
        denominator="The earlier figure",
        scale="a figure with a true zero",
        unit="ratio",
        interval="none: both figures are counted in full",
        source="Common practice",
    ),
)
