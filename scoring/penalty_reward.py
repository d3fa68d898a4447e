"""Penalty–reward contrast: does an item hurt more when bad than it helps when good?"""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from .answers import answer_column, answer_rows, same_length
from .argument_types import takes
from .errors import ArgumentError
from .intervals import t_quantile
from .measure import Measure
from .results import Estimate, Reason, Status, TestResult, undefined


class DriverKind(StrEnum):
    """What an item is, where a test says so."""

    BASIC = "basic"
    PERFORMANCE = "performance"
    EXCITEMENT = "excitement"


@dataclass(frozen=True, slots=True)
class PenaltyReward:
    """One driver's penalty and reward.

    Parameters
    ----------
    name : str
        Name of the item.
    penalty, reward : Estimate
        What goes with a low and with a high answer against the middle, in
        points of the outcome, all drivers together, with t intervals.
    penalty_standard_error, reward_standard_error : float or None
        Their standard errors.
    range : float or None
        ``|penalty| + |reward|``.
    asymmetry : float or None
        ``(|reward| - |penalty|) / range``, from -1 to 1.
    base_low, base_high : int
        Respondents with a low and with a high answer.
    symmetry : TestResult
        Test of ``penalty + reward = 0``, adjusted by Holm over the drivers.
    kind : DriverKind or None
        The class of the item; ``None`` where the data cannot carry one.
    """

    name: str
    penalty: Estimate
    reward: Estimate
    penalty_standard_error: float | None
    reward_standard_error: float | None
    range: float | None
    asymmetry: float | None
    base_low: int
    base_high: int
    symmetry: TestResult
    kind: DriverKind | None


@dataclass(frozen=True, slots=True)
class PenaltyRewardResult:
    """The contrast of every driver in one model.

    Parameters
    ----------
    base, missing : int
        Respondents in the model, and those left out for a blank.
    intercept : float or None
        Mean outcome of a respondent with middling answers everywhere.
    r_squared : float or None
        Explained share of the outcome's variance.
    drivers : tuple of PenaltyReward
        In the order given; empty when refused.
    status, reasons : Status, tuple of Reason
        Why there is no model, where there is none.
    """

    base: int
    missing: int
    intercept: float | None
    r_squared: float | None
    drivers: tuple[PenaltyReward, ...]
    status: Status = Status.OK
    reasons: tuple[Reason, ...] = ()


@takes(numbers=("low_max", "high_min"))
def penalty_reward(
    answers, outcome, *, low_max, high_min, names=None, minimum_group=20, confidence=0.95
):
    """Regress the outcome on low and high answers of every driver.

    Needs rows; only respondents who answered everything are used.

    Parameters
    ----------
    answers : array_like of float, shape (n, k)
        One row for each respondent, one column for each driver, NaN where blank.
    outcome : array_like of float, shape (n,)
        The overall judgement, NaN where blank.
    low_max, high_min : float
        Answers up to `low_max` are low, from `high_min` on high.
    names : sequence of str, optional
        Names of the drivers.
    minimum_group : int, default 20
        Respondents needed in the low and in the high group before an item is
        given a class; below it the figures have status "low_n".
    confidence : float in (0, 1), default 0.95
        Level of the intervals, and of the test behind a class.

    Returns
    -------
    PenaltyRewardResult
        A penalty or reward without any respondent is undefined; the whole is
        undefined when the low and high groups of the drivers determine each other.

    Raises
    ------
    ArgumentError
        Answers, names or an option are impossible.

    Notes
    -----
    Ordinary least squares with two dummies for each driver. Larger penalty:
    basic; larger reward: excitement; both clear of zero and no difference
    shown: performance. A class is named only after the test of
    ``penalty + reward = 0``, adjusted by Holm. ``lm`` in R gives the same figures.

    References
    ----------
    .. [1] Brandt, D. R. (1987). A procedure for identifying value-enhancing
       service components using customer satisfaction survey data.
    .. [2] Mittal, V., Ross, W. T. and Baldasare, P. M. (1998). The asymmetric
       impact of negative and positive attribute-level performance.
       J Marketing 62(1), 33-47.

    Examples
    --------
    >>> rows = [[1], [1], [3], [3], [5], [5]]
    >>> result = penalty_reward(rows, [1, 2, 4, 5, 5, 5], low_max=2, high_min=5)
    >>> round(result.drivers[0].penalty.value, 2), round(result.drivers[0].reward.value, 2)
    (-3.0, 0.5)
    """
    rows, y = answer_rows(answers), answer_column(outcome, name="outcome")
    same_length(answers=rows, outcome=y)
    k = rows.shape[1]
    names = tuple(names) if names is not None else tuple(f"item {j + 1}" for j in range(k))
    if len(names) != k:
        raise ArgumentError(f"{k} drivers need {k} names; got {len(names)}.")
    if not low_max < high_min:
        raise ArgumentError(f"low_max must lie below high_min; got {low_max!r} and {high_min!r}.")
    t_quantile(confidence, 1)
    known = ~np.isnan(rows).any(axis=1) & ~np.isnan(y)
    missing = int((~known).sum())
    rows, y = rows[known], y[known]
    n = len(y)
    dummies = np.column_stack([rows <= low_max, rows >= high_min]).astype(float)
    size = dummies.sum(axis=0).astype(int)
    used = np.flatnonzero(size > 0)
    design = np.column_stack([np.ones(n), dummies[:, used]])
    reason = _refusal(design, y)
    if reason is not None:
        return PenaltyRewardResult(n, missing, None, None, (), Status.UNDEFINED, (reason,))
    model, r_squared = _least_squares(design, y, used, confidence)
    found = [_contrast(model, names[j], size, (j, j + k), minimum_group) for j in range(k)]
    classified = tuple(_classified(found, minimum_group, confidence))
    return PenaltyRewardResult(n, missing, float(model.beta[0]), r_squared, classified)


@dataclass(frozen=True, slots=True)
class _Model:
    """Coefficients with their covariances; `column` finds a dummy's coefficient."""

    beta: np.ndarray
    covariance: np.ndarray
    base: int
    df: int
    confidence: float
    column: dict

    def estimate(self, dummy, status, reasons):
        if dummy not in self.column:
            none = undefined(
                Reason.EMPTY_CELL, base=self.base, confidence=self.confidence, method="t"
            )
            return none, None
        j = self.column[dummy]
        value, error = float(self.beta[j]), float(np.sqrt(self.covariance[j, j]))
        half = t_quantile(self.confidence, self.df) * error
        return Estimate(
            value,
            value - half,
            value + half,
            self.base,
            float(self.base),
            self.confidence,
            "t",
            status,
            reasons,
        ), error


def _refusal(design, y):
    if len(y) == 0:
        return Reason.EMPTY_BASE
    if len(y) <= design.shape[1]:
        return Reason.LOW_BASE
    if (y == y[0]).all():
        return Reason.CONSTANT
    if np.linalg.matrix_rank(design) < design.shape[1]:
        return Reason.COLLINEAR
    return None


def _least_squares(design, y, used, confidence):
    n, p = design.shape
    inverse = np.linalg.inv(design.T @ design)
    beta = inverse @ design.T @ y
    residual = y - design @ beta
    covariance = inverse * (residual @ residual) / (n - p)
    r_squared = float(1 - residual @ residual / ((y - y.mean()) @ (y - y.mean())))
    column = {int(dummy): position + 1 for position, dummy in enumerate(used)}
    return _Model(beta, covariance, n, n - p, confidence, column), r_squared


def _contrast(model, name, size, dummies, minimum_group):
    low, high = dummies
    few = min(size[low], size[high]) < minimum_group
    status, reasons = (Status.LOW_BASE, (Reason.LOW_BASE,)) if few else (Status.OK, ())
    penalty, penalty_error = model.estimate(low, status, reasons)
    reward, reward_error = model.estimate(high, status, reasons)
    both = penalty.is_defined and reward.is_defined
    width = abs(penalty.value) + abs(reward.value) if both else None
    return PenaltyReward(
        name=name,
        penalty=penalty,
        reward=reward,
        penalty_standard_error=penalty_error,
        reward_standard_error=reward_error,
        range=width,
        asymmetry=(abs(reward.value) - abs(penalty.value)) / width if width else None,
        base_low=int(size[low]),
        base_high=int(size[high]),
        symmetry=_symmetry(model, dummies) if both else _no_test(Reason.EMPTY_CELL),
        kind=None,
    )


def _symmetry(model, dummies):
    from scipy.special import stdtr

    i, j = (model.column[dummy] for dummy in dummies)
    variance = model.covariance[i, i] + model.covariance[j, j] + 2 * model.covariance[i, j]
    if variance <= 0:
        return _no_test(Reason.ZERO_VARIANCE)
    statistic = float((model.beta[i] + model.beta[j]) / np.sqrt(variance))
    p = float(2 * stdtr(model.df, -abs(statistic)))
    return TestResult(statistic, float(model.df), p, "t")


def _no_test(reason):
    return TestResult(None, None, None, "t", Status.UNDEFINED, (reason,))


def _classified(found, minimum_group, confidence):
    """Adjust the tests by Holm over the drivers that can carry one, then name classes."""
    fit = [
        j
        for j, driver in enumerate(found)
        if driver.symmetry.p_value is not None
        and min(driver.base_low, driver.base_high) >= minimum_group
    ]
    adjusted, running = {}, 0.0
    for rank, j in enumerate(sorted(fit, key=lambda j: found[j].symmetry.p_value)):
        running = max(running, min(1.0, (len(fit) - rank) * found[j].symmetry.p_value))
        adjusted[j] = running
    for j, driver in enumerate(found):
        if j not in adjusted:
            yield driver
            continue
        symmetry = replace(driver.symmetry, p_adjusted=adjusted[j])
        yield replace(driver, symmetry=symmetry, kind=_kind(driver, adjusted[j], confidence))


def _kind(driver, p_adjusted, confidence):
    if not (driver.penalty.value <= 0 <= driver.reward.value):
        return None
    if p_adjusted < 1 - confidence:
        return DriverKind.EXCITEMENT if driver.asymmetry > 0 else DriverKind.BASIC
    clear = driver.penalty.high < 0 < driver.reward.low
    return DriverKind.PERFORMANCE if clear else None


MEASURES = (
    Measure(
        key="penalty_reward",
        name="Penalty–reward contrast",
        definition="What goes with a low and with a high answer to an item, against a middling "
        "one, in points of overall satisfaction.",
        formula="coefficients of low and high dummies of every item in one regression",
        denominator="Respondents who answered the outcome and every item of the model",
        scale="any",
        unit="points",
        interval="t interval",
        source="Brandt (1987); Mittal, Ross & Baldasare (1998), J Marketing 62(1), 33-47",
    ),
)
