"""What a customer is worth: moving a 4 to a 5, and lifetime value."""

from dataclasses import dataclass, replace
from math import isfinite

import numpy as np

from .argument_types import takes
from .errors import ArgumentError, CountError
from .intervals import newcombe_difference
from .measure import Measure
from .results import Estimate, Reason, Status, undefined

MOST_PERIODS = 10_000  # beyond it give no number: the sum has reached its limit


@dataclass(frozen=True, slots=True)
class MovedValue:
    """What would come of it if some fours behaved like fives.

    Parameters
    ----------
    difference : Estimate
        Loyal share of the fives minus that of the fours.
    extra : Estimate
        Extra repurchases; may be negative, and is shown so.
    value : Estimate
        `extra` times the margin, in the currency of the margin.
    """

    difference: Estimate
    extra: Estimate
    value: Estimate


@takes(
    numbers=("share_moved", "margin"),
    counts=("loyal_top", "n_top", "loyal_next", "n_next", "customers"),
)
def value_of_moving(
    loyal_top, n_top, loyal_next, n_next, *, share_moved, margin, customers=None, confidence=0.95
):
    """Value of moving some of the fours to fives.

    Parameters
    ----------
    loyal_top, n_top : float
        Loyal respondents and all respondents at the top score.
    loyal_next, n_next : float
        The same at the score below.
    share_moved : float in [0, 1]
        Share of the fours assumed to move; an input, not a finding.
    margin : float
        Margin of one repurchase, in a currency.
    customers : float, optional
        Customers at the score below; `n_next` when not given.
    confidence : float in (0, 1), default 0.95
        Level of Newcombe's interval.

    Returns
    -------
    MovedValue
        Undefined when a base is empty; "low_n" when one is under 10.

    Raises
    ------
    ArgumentError
        `share_moved` lies outside [0, 1], or `margin` or `customers` is not
        a finite number that makes sense.
    CountError
        Loyal respondents are negative or more than there are respondents.

    Notes
    -----
    ``customers · share · (p5 - p4) · margin``, with the ends of Newcombe's
    interval for the difference. It supposes that those moved would behave
    like today's fives; who gives fives differs in other ways too, so this is
    an association. Use shares adjusted for segments where there are any.

    References
    ----------
    .. [1] Newcombe, R. G. (1998). Interval estimation for the difference
       between independent proportions. Stat Med 17, 873-890.

    Examples
    --------
    >>> moved = value_of_moving(60, 200, 20, 400, share_moved=0.25, margin=900)
    >>> moved.extra.value, moved.value.value
    (25.0, 22500.0)
    """
    for loyal, n in ((loyal_top, n_top), (loyal_next, n_next)):
        if not (isfinite(n) and 0 <= loyal <= n):
            raise CountError(f"Loyal respondents lie in 0 to the base; got {loyal!r} of {n!r}.")
    difference = _difference(loyal_top, n_top, loyal_next, n_next, confidence)
    customers = n_next if customers is None else customers
    return value_of_difference(
        difference, share_moved=share_moved, margin=margin, customers=customers
    )


@takes(numbers=("share_moved", "margin", "customers"))
def value_of_difference(difference, *, share_moved, margin, customers):
    """Value of moving some of the fours to fives, from a difference already known.

    Parameters
    ----------
    difference : Estimate
        Loyal share of the fives minus that of the fours, such as the
        standardised one of `scoring.segments.compare_within_segments`.
    share_moved : float in [0, 1]
        Share of the fours assumed to move; an input, not a finding.
    margin : float
        Margin of one repurchase, in a currency.
    customers : float
        Customers at the score below the top.

    Returns
    -------
    MovedValue
        With the method, base and status of `difference`.

    Raises
    ------
    ArgumentError
        `share_moved` lies outside [0, 1], or `margin` or `customers` is not
        a finite number that makes sense.

    Notes
    -----
    ``customers · share · difference · margin``, at the estimate and at both ends.

    Examples
    --------
    >>> from scoring.estimating import share_estimate
    >>> value_of_difference(
    ...     share_estimate(25, 100), share_moved=0.5, margin=10, customers=8
    ... ).value.value
    10.0
    """
    if not 0 <= share_moved <= 1:
        raise ArgumentError(f"The share moved lies in [0, 1]; got {share_moved!r}.")
    if not isfinite(margin) or not isfinite(customers) or customers < 0:
        raise ArgumentError(f"Margin and customers must be finite: {margin!r}, {customers!r}.")
    moved = customers * share_moved
    return MovedValue(difference, _scaled(difference, moved), _scaled(difference, moved * margin))


def _difference(loyal_top, n_top, loyal_next, n_next, confidence):
    base = round(n_top + n_next)
    if min(n_top, n_next) == 0:
        return undefined(Reason.EMPTY_BASE, base=base, confidence=confidence, method="newcombe")
    low, high = newcombe_difference(loyal_top, n_top, loyal_next, n_next, confidence=confidence)
    few = min(n_top, n_next) < 10
    return Estimate(
        loyal_top / n_top - loyal_next / n_next,
        low,
        high,
        base,
        float(base),
        confidence,
        "newcombe",
        Status.LOW_BASE if few else Status.OK,
        (Reason.LOW_BASE,) if few else (),
    )


def _scaled(estimate, factor):
    if not estimate.is_defined:
        return estimate
    low = high = None
    if estimate.has_interval:
        low, high = sorted((estimate.low * factor, estimate.high * factor))
    return replace(estimate, value=estimate.value * factor, low=low, high=high)


@takes(numbers=("margin", "retention", "discount", "periods", "acquisition_cost"))
def lifetime_value(
    margin, *, retention, discount, first_margin, periods=None, acquisition_cost=0.0
):
    """Lifetime value of a customer under contract.

    Parameters
    ----------
    margin : float
        Margin of one period, in a currency.
    retention : float, at least 0
        Share of customers kept from one period to the next.
    discount : float, above -1
        Discount rate of a period.
    first_margin : {"now", "after_renewal"}
        Whether the first margin is earned at once and for sure, or after the
        first renewal. There is no default: the two differ by one margin.
    periods : int, optional
        Number of margins; endless when not given.
    acquisition_cost : float, default 0
        Subtracted.

    Returns
    -------
    float
        In the currency of the margin.

    Raises
    ------
    ArgumentError
        An input is impossible, or retention is at least 1 + discount over an
        endless time, so that the sum has no limit.

    Notes
    -----
    Endless: ``m (1+d)/(1+d-r)`` now, ``m r/(1+d-r)`` after renewal. Over T
    periods: the sum of ``m (r/(1+d))^t`` for t from 0 to T-1, or from 1 to T.
    Retention may come from the curve: one r for each score gives one value for
    each score.

    References
    ----------
    .. [1] Berger, P. D. and Nasr, N. I. (1998). Customer lifetime value.
       J Interactive Marketing 12(1), 17-30.
    .. [2] Gupta, S., Lehmann, D. R. and Stuart, J. A. (2004). Valuing
       customers. J Marketing Res 41, 7-18.

    Examples
    --------
    >>> lifetime_value(50, retention=0.9, discount=0, first_margin="after_renewal")
    450.0000000000001
    """
    if first_margin not in ("now", "after_renewal"):
        raise ArgumentError(f"first_margin is 'now' or 'after_renewal'; got {first_margin!r}.")
    if not all(isfinite(number) for number in (margin, retention, discount, acquisition_cost)):
        raise ArgumentError("Margin, retention, discount and cost must be finite.")
    if retention < 0 or discount <= -1:
        raise ArgumentError(
            f"Retention must be at least 0 and discount above -1; got {retention!r}, {discount!r}."
        )
    kept = retention / (1 + discount)
    start = 1.0 if first_margin == "now" else kept
    if periods is None:
        if kept >= 1:
            raise ArgumentError(
                f"Retention {retention!r} is not below 1 + discount {discount!r}: the endless sum "
                "has no limit. Give a number of periods."
            )
        return float(margin * start / (1 - kept) - acquisition_cost)
    if not 1 <= periods <= MOST_PERIODS or periods != int(periods):
        raise ArgumentError(
            f"Periods are a whole number from 1 to {MOST_PERIODS}; got {periods!r}. "
            "Give none for an unlimited time."
        )
    return float(margin * start * (kept ** np.arange(int(periods))).sum() - acquisition_cost)


@takes(numbers=("rate", "periods"))
def annuity_factor(rate, periods):
    """Present value of one unit paid at the end of each period (PVIFA).

    Parameters
    ----------
    rate : float, above -1
        Interest rate of a period, 0.1 for 10 percent.
    periods : int, at least 0
        Number of payments.

    Returns
    -------
    float
        ``(1 - (1+i)^-T) / i``, and T at a rate of 0.

    Raises
    ------
    ArgumentError
        The rate is not above -1, or the periods are not a whole number.

    Notes
    -----
    Computed as ``-expm1(-T log1p(i)) / i``, so that a rate near 0 loses no digits.

    Examples
    --------
    >>> round(annuity_factor(0.1, 5), 5), annuity_factor(0, 5)
    (3.79079, 5.0)
    """
    if not (isfinite(rate) and rate > -1):
        raise ArgumentError(f"An interest rate lies above -1; got {rate!r}.")
    if not isfinite(periods) or periods != int(periods) or periods < 0:
        raise ArgumentError(f"Periods are a whole number of at least 0; got {periods!r}.")
    if rate == 0:
        return float(periods)
    return float(-np.expm1(-periods * np.log1p(rate)) / rate)


@takes(numbers=("yearly_income", "yearly_cost", "rate", "years"))
def annuity_lifetime_value(yearly_income, yearly_cost, *, rate, years):
    """Lifetime value of a customer group over a fixed number of years.

    Parameters
    ----------
    yearly_income, yearly_cost : float
        Q and C, in a currency.
    rate : float, above -1
        Interest rate of a year.
    years : int, at least 0
        T.

    Returns
    -------
    float
        ``(Q - C) × PVIFA(i, T)``, in the same currency.

    Raises
    ------
    ArgumentError
        An input is not finite, or the rate or the years are impossible.

    Notes
    -----
    Everybody is kept for all years; `lifetime_value` reckons with customers
    who leave.

    Examples
    --------
    >>> round(annuity_lifetime_value(1000, 400, rate=0.1, years=5), 2)
    2274.47
    """
    if not (isfinite(yearly_income) and isfinite(yearly_cost)):
        raise ArgumentError("Yearly income and cost must be finite.")
    return (yearly_income - yearly_cost) * annuity_factor(rate, years)


MEASURES = (
    Measure(
        key="value_of_moving",
        name="Value of moving a 4 to a 5",
        definition="Extra repurchases, and their margin, if those moved behaved like today's "
        "top scorers.",
        formula="N4 · s · (p5 - p4) · margin",
        denominator="Customers at the score below the top",
        scale="any rating scale",
        unit="currency",
        interval="Newcombe's interval of the difference, scaled",
        source="Newcombe (1998), Stat Med 17, 873-890",
    ),
    Measure(
        key="lifetime_value",
        name="Customer lifetime value",
        definition="Discounted margins of a customer under contract, with constant retention.",
        formula="m (1+d)/(1+d-r) with the first margin now; m r/(1+d-r) after the first renewal",
        denominator="One customer",
        scale="any",
        unit="currency",
        interval="none; a calculation from inputs",
        source="Berger & Nasr (1998); Gupta, Lehmann & Stuart (2004), J Marketing Res 41, 7-18",
    ),
    Measure(
        key="annuity_lifetime_value",
        name="Customer group lifetime value",
        definition="Yearly income less yearly cost, discounted over a fixed number of years.",
        formula="(Q - C) × PVIFA(i, T)",
        denominator="One customer group",
        scale="any",
        unit="currency",
        interval="none; a calculation from inputs",
        source="Textbook annuity formula",
    ),
)
