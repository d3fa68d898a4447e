"""Repurchase modelled in time: hazard by periods from counts, and Cox regression.

Both call statsmodels and belong in a job, not in a page.
"""

import warnings
from dataclasses import dataclass

import numpy as np

from .answers import answer_column, answer_rows, same_length
from .argument_types import takes
from .counts import CountTable
from .errors import ArgumentError, AxisError
from .intervals import normal_quantile
from .measure import Measure
from .results import Estimate, Reason, Status, TestResult, undefined

MOST_PERIODS = 10_000
_RUNAWAY = 50.0  # a standard error that only a coefficient without a limit has


@dataclass(frozen=True, slots=True)
class DiscreteHazard:
    """Effect of the score on the chance to buy in the next period.

    Parameters
    ----------
    base, events : int
        Person-periods in the model, and purchases.
    link : str
        "cloglog" or "logit".
    coefficient : Estimate
        Change of the linear predictor per point of the score.
    standard_error : float or None
        Of the coefficient.
    ratio : Estimate
        ``exp(coefficient)``: hazard ratio (cloglog) or odds ratio (logit) per point.
    log_likelihood : float or None
        With the binomial constants of the grouped counts.
    periods_left_out : tuple of hashable
        Periods in which nobody or everybody bought; they say nothing about
        the score.
    """

    base: int
    events: int
    link: str
    coefficient: Estimate
    standard_error: float | None
    ratio: Estimate
    log_likelihood: float | None
    periods_left_out: tuple


@dataclass(frozen=True, slots=True)
class CoxRegression:
    """Proportional hazards.

    Parameters
    ----------
    base, events : int
        Customers and purchases.
    ties : str
        "efron" or "breslow".
    coefficients, hazard_ratios : tuple of Estimate
        One for each covariate, with Wald intervals.
    standard_errors : tuple of (float or None)
        Of the coefficients.
    null_log_likelihood, log_likelihood : float or None
        Partial log-likelihood without and with the covariates.
    likelihood_ratio : TestResult
        Test of all covariates together.
    """

    base: int
    events: int
    ties: str
    coefficients: tuple[Estimate, ...]
    hazard_ratios: tuple[Estimate, ...]
    standard_errors: tuple[float | None, ...]
    null_log_likelihood: float | None
    log_likelihood: float | None
    likelihood_ratio: TestResult


@takes(numbers=("period_days",))
def person_periods(scores, time, event, *, period_days):
    """Count customers at risk and buying, by score and period.

    Needs one time for each customer; the counts that come out add up over
    any division of the customers, and are all that `discrete_hazard` needs.

    Parameters
    ----------
    scores : array_like of float, shape (n,)
        Score of each customer.
    time : array_like of float, shape (n,)
        Days to the first purchase after the score, or to the end of follow-up.
    event : array_like of bool, shape (n,)
        Whether it was a purchase.
    period_days : float
        Length of a period.

    Returns
    -------
    CountTable
        Axes "score", "period" (1, 2 ...) and "bought" (False, True).

    Raises
    ------
    ArgumentError
        A score or time is missing, a time is negative, an event is not 0 or
        1, the columns do not fit, or the period is not positive.

    Notes
    -----
    Period ``ceil(time / period_days)``. A customer is at risk in every period
    entered; one whose follow-up ends stays in the last period without a purchase.

    References
    ----------
    .. [1] Singer, J. D. and Willett, J. B. (1993). It's about time: using
       discrete-time survival analysis to study duration and the timing of
       events. J Educ Stat 18, 155-195.

    Examples
    --------
    >>> table = person_periods([5, 4], [10, 40], [1, 0], period_days=30)
    >>> table.count(score=4, bought=False), table.count(score=5, bought=True)
    (2, 1)
    """
    points = answer_column(scores, name="scores")
    days, bought = answer_column(time, name="time"), answer_column(event, name="event")
    same_length(scores=points, time=days, event=bought)
    if np.isnan(points).any() or np.isnan(days).any() or (days < 0).any():
        raise ArgumentError("Every customer needs a score and a time that is not negative.")
    if not np.isin(bought, (0.0, 1.0)).all():
        raise ArgumentError("An event is 1 for a purchase and 0 for the end of follow-up.")
    if not (np.isfinite(period_days) and period_days > 0):
        raise ArgumentError(f"A period lasts more than 0 days; got {period_days!r}.")
    if days.max(initial=0) / period_days > MOST_PERIODS:
        raise ArgumentError(
            f"The longest time makes more than {MOST_PERIODS} periods of {period_days} days; "
            "check its unit or take longer periods."
        )
    last = np.maximum(np.ceil(days / period_days), 1).astype(int)
    levels = np.unique(points)
    periods = int(last.max(initial=1))
    n = np.zeros((len(levels), periods, 2), dtype=np.int64)
    for i, level in enumerate(levels):
        own = points == level
        ends = np.bincount(last[own], minlength=periods + 1)[1:]
        at_risk = ends[::-1].cumsum()[::-1]
        n[i, :, 1] = np.bincount(last[own & (bought == 1)], minlength=periods + 1)[1:]
        n[i, :, 0] = at_risk - n[i, :, 1]
    names = tuple(int(level) if level == int(level) else float(level) for level in levels)
    axes = [("score", names), ("period", range(1, periods + 1)), ("bought", (False, True))]
    return CountTable.from_counts(axes, n)


def discrete_hazard(table, *, link="cloglog", confidence=0.95):
    """Regress buying in a period on the score, with a free level for each period.

    Parameters
    ----------
    table : CountTable
        Axes "score" (numbers), "period" and "bought" (False, True), as from
        `person_periods`; unweighted counts are used.
    link : {"cloglog", "logit"}, default "cloglog"
        "cloglog" gives a ratio of hazards as in Cox regression, "logit" one of odds.
    confidence : float in (0, 1), default 0.95
        Level of the Wald interval.

    Returns
    -------
    DiscreteHazard
        Undefined with the reason "constant" (one score), "empty_cell" (no
        period says anything), "separation" or "not_converged".

    Raises
    ------
    AxisError
        An axis is missing, or a score is not a number.
    ArgumentError
        The link is unknown, or `confidence` is not between 0 and 1.

    Notes
    -----
    ``statsmodels`` GLM on the grouped counts, so that cost does not grow with
    customers. Periods in which nobody (or everybody) bought have a level
    without a limit; they are left out, which changes neither the coefficient
    nor the likelihood. ``glm`` in R gives the same.

    References
    ----------
    .. [1] Singer, J. D. and Willett, J. B. (1993), as in `person_periods`.

    Examples
    --------
    >>> bought = [1] * 8 + [0] * 12 + [1] * 2 + [0] * 18
    >>> table = person_periods([5] * 20 + [4] * 20, [10] * 40, bought, period_days=30)
    >>> round(discrete_hazard(table).ratio.value, 2)
    4.85
    """
    normal_quantile(confidence)
    if link not in ("cloglog", "logit"):
        raise ArgumentError(f"The link is 'cloglog' or 'logit'; got {link!r}.")
    table = table.sum_to("score", "period", "bought").keep("bought", (False, True))
    scores = _numbers(table.axis("score").levels)
    failed, bought = table.n[:, :, 0], table.n[:, :, 1]
    telling = (failed.sum(axis=0) > 0) & (bought.sum(axis=0) > 0)
    left_out = tuple(
        period
        for period, kept, at_risk in zip(
            table.axis("period").levels, telling, table.n.sum(axis=(0, 2)), strict=True
        )
        if not kept and at_risk > 0
    )
    cells = np.argwhere((failed + bought > 0) & telling[None, :])
    counts = np.array([[bought[i, j], failed[i, j]] for i, j in cells], dtype=float)
    base = int(counts.sum())
    events = int(bought.sum())

    def refused(reason):
        none = undefined(reason, base=base, confidence=confidence, method="wald")
        return DiscreteHazard(base, events, link, none, None, none, None, left_out)

    if base == 0:
        return refused(Reason.EMPTY_CELL if table.base else Reason.EMPTY_BASE)
    if len(np.unique(cells[:, 0])) < 2:
        return refused(Reason.CONSTANT)
    design = np.column_stack(
        [scores[cells[:, 0]], cells[:, 1][:, None] == np.flatnonzero(telling)[None, :]]
    ).astype(float)
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return refused(Reason.COLLINEAR)
    fit = _fit_binomial(counts, design, link)
    coefficient, error = float(fit.params[0]), float(fit.bse[0])
    if not np.isfinite([coefficient, error]).all() or error > _RUNAWAY:
        return refused(Reason.SEPARATION)
    if not fit.converged:
        return refused(Reason.NOT_CONVERGED)
    estimate = _wald(coefficient, error, base, confidence)
    return DiscreteHazard(
        base, events, link, estimate, error, _exponential(estimate), float(fit.llf), left_out
    )


def cox_regression(time, event, covariates, *, ties="efron", confidence=0.95):
    """Cox's proportional hazards.

    Needs rows. Optional: `discrete_hazard` answers the same question from counts.

    Parameters
    ----------
    time : array_like of float, shape (n,)
        Days to the first purchase after the score, or to the end of follow-up.
    event : array_like of bool, shape (n,)
        Whether it was a purchase.
    covariates : array_like of float, shape (n, k)
        Such as the score, without blanks.
    ties : {"efron", "breslow"}, default "efron"
        How equal times are treated; R's default is Efron, that of statsmodels Breslow.
    confidence : float in (0, 1), default 0.95
        Level of the Wald intervals.

    Returns
    -------
    CoxRegression
        Undefined without a purchase, for a constant covariate, for covariates
        that determine each other, and under separation.

    Raises
    ------
    ArgumentError
        The columns do not fit, hold blanks or negative times, or an option is
        unknown.

    Notes
    -----
    Fitted by ``statsmodels.PHReg``. ``coxph`` in R
    gives the same.

    References
    ----------
    .. [1] Cox, D. R. (1972). Regression models and life-tables. J R Stat Soc
       B 34, 187-220.
    .. [2] Efron, B. (1977). The efficiency of Cox's likelihood function for
       censored data. J Am Stat Assoc 72, 557-565.

    Examples
    --------
    >>> scores = [[5], [4], [5], [3], [5], [2]]
    >>> result = cox_regression([9, 13, 13, 18, 20, 25], [1, 1, 0, 1, 1, 1], scores)
    >>> result.base, result.events
    (6, 5)
    """
    normal_quantile(confidence)
    days, bought = answer_column(time, name="time"), answer_column(event, name="event")
    x = answer_rows(covariates, name="covariates")
    same_length(time=days, event=bought, covariates=x)
    if np.isnan(days).any() or (days < 0).any() or np.isnan(x).any():
        raise ArgumentError("Every customer needs a time from 0 up and every covariate.")
    if not np.isin(bought, (0.0, 1.0)).all():
        raise ArgumentError("An event is 1 for a purchase and 0 for the end of follow-up.")
    if ties not in ("efron", "breslow"):
        raise ArgumentError(f"Ties are treated by 'efron' or 'breslow'; got {ties!r}.")
    base, events = len(days), int(bought.sum())

    def refused(reason):
        none = undefined(reason, base=base, confidence=confidence, method="wald")
        test = TestResult(None, None, None, "likelihood_ratio", Status.UNDEFINED, (reason,))
        k = x.shape[1]
        return CoxRegression(
            base, events, ties, (none,) * k, (none,) * k, (None,) * k, None, None, test
        )

    if base == 0 or events == 0:
        return refused(Reason.EMPTY_BASE if base == 0 else Reason.EMPTY_CELL)
    if (x == x[0]).all(axis=0).any():
        return refused(Reason.CONSTANT)
    if np.linalg.matrix_rank(x - x.mean(axis=0)) < x.shape[1]:
        return refused(Reason.COLLINEAR)
    fit, null = _fit_cox(days, bought, x, ties)
    if (
        fit is None
        or not np.isfinite(fit.bse).all()
        or fit.bse.max() > _RUNAWAY / x.std(axis=0).min()
    ):
        return refused(Reason.SEPARATION)
    estimates = tuple(
        _wald(float(value), float(error), base, confidence)
        for value, error in zip(fit.params, fit.bse, strict=True)
    )
    return CoxRegression(
        base,
        events,
        ties,
        estimates,
        tuple(_exponential(estimate) for estimate in estimates),
        tuple(fit.bse.tolist()),
        null,
        float(fit.llf),
        _likelihood_ratio(null, float(fit.llf), x.shape[1]),
    )


def _numbers(levels):
    try:
        return np.asarray(levels, dtype=float)
    except (TypeError, ValueError):
        raise AxisError(f"Scores must be numbers; got {levels!r}.") from None


def _fit_binomial(counts, design, link):
    from statsmodels.genmod.families import Binomial, links
    from statsmodels.genmod.generalized_linear_model import GLM

    chosen = links.CLogLog() if link == "cloglog" else links.Logit()
    with warnings.catch_warnings():
        # separation shows in the standard error, which the caller looks at
        warnings.simplefilter("ignore")
        return GLM(counts, design, family=Binomial(chosen)).fit(maxiter=200, tol=1e-12)


def _fit_cox(days, bought, x, ties):
    from statsmodels.duration.hazard_regression import PHReg

    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        model = PHReg(days, x, status=bought, ties=ties)
        try:
            fit = model.fit(disp=0)
        except np.linalg.LinAlgError:
            return None, None
        return fit, float(model.loglike(np.zeros(x.shape[1])))


def _wald(value, error, base, confidence):
    half = normal_quantile(confidence) * error
    return Estimate(value, value - half, value + half, base, float(base), confidence, "wald")


def _exponential(estimate):
    return Estimate(
        *(float(np.exp(end)) for end in (estimate.value, estimate.low, estimate.high)),
        estimate.base,
        estimate.effective_base,
        estimate.confidence,
        "wald",
    )


def _likelihood_ratio(null, full, df):
    from scipy.special import chdtrc

    statistic = max(0.0, 2 * (full - null))
    return TestResult(statistic, float(df), float(chdtrc(df, statistic)), "likelihood_ratio")


MEASURES = (
    Measure(
        key="repurchase_hazard",
        name="Chance to buy in the next period, per point of the score",
        definition="Ratio of the chances to buy in a period between customers one point apart, "
        "among those who have not bought yet.",
        formula="exp(b) in cloglog h(t | score) = a_t + b · score",
        denominator="Person-periods at risk",
        scale="any rating scale",
        unit="ratio",
        interval="Wald on the log scale",
        source="Singer & Willett (1993), J Educ Stat 18, 155-195; Cox (1972)",
    ),
)
