"""Change between the first and the latest answer of the same people."""

from dataclasses import dataclass

import numpy as np

from .answers import answer_column, same_length
from .argument_types import takes
from .counts import CountTable
from .errors import ArgumentError, CountError, ScaleError
from .estimating import share_estimate
from .intervals import t_quantile
from .measure import Measure
from .results import Estimate, Reason, Status, TestResult, undefined


@dataclass(frozen=True, slots=True)
class PairedChange:
    """What changed for those who answered at least twice.

    Parameters
    ----------
    base : int
        Respondents with two answers.
    mean_change : Estimate
        Latest less first, in points towards the good end, with a t interval.
    up, same, down : Estimate
        Shares who moved towards the good end, stayed, or moved away.
    top_box_first, top_box_latest : Estimate
        Share in the top box at each answer.
    top_box_change : TestResult
        McNemar's mid-p test of the top box.
    won, lost : int
        Respondents who entered and who left the top box.
    """

    base: int
    mean_change: Estimate
    up: Estimate
    same: Estimate
    down: Estimate
    top_box_first: Estimate
    top_box_latest: Estimate
    top_box_change: TestResult
    won: int
    lost: int


@takes(lists=("customers",))
def first_and_latest(customers, answered_at, scores, *, scale):
    """Table of first against latest answers.

    Needs rows; the table that comes out is all that `paired_change` needs.

    Parameters
    ----------
    customers : sequence of hashable
        Customer of each answer.
    answered_at : array_like of float, shape (n,)
        Time of each answer.
    scores : array_like of float, shape (n,)
        Score of each answer; blanks are passed over.
    scale : Scale
        The scale of the scores.

    Returns
    -------
    CountTable
        Axes "first" and "latest" over the points of the scale, customers with
        at least two answers.

    Raises
    ------
    ArgumentError
        The columns have different lengths, or a time is missing.
    ScaleError
        A score is no point of the scale.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT
    >>> table = first_and_latest(["a", "b", "a"], [1, 1, 2], [4, 5, 5], scale=FIVE_POINT)
    >>> table.base, table.count(first=4, latest=5)
    (1, 1)
    """
    times = answer_column(answered_at, name="answered_at")
    points = answer_column(scores, name="scores")
    customers = list(customers)
    same_length(customers=customers, answered_at=times, scores=points)
    if np.isnan(times).any():
        raise ArgumentError("Every answer needs its time.")
    if not np.isin(points[~np.isnan(points)], scale.points).all():
        raise ScaleError(f"A score is no point of {scale.lowest} to {scale.highest}.")
    first, latest, answers = {}, {}, {}
    for i in np.argsort(times, kind="stable").tolist():
        if np.isnan(points[i]):
            continue
        customer = customers[i]
        first.setdefault(customer, int(points[i]))
        latest[customer] = int(points[i])
        answers[customer] = answers.get(customer, 0) + 1
    return CountTable.from_cells(
        [("first", scale.points), ("latest", scale.points)],
        [(first[one], latest[one], 1) for one, times in answers.items() if times > 1],
    )


def paired_change(table, *, scale, boxes=1, confidence=0.95):
    """Change from first to latest answer, from the table of both.

    Parameters
    ----------
    table : CountTable or array_like of int, shape (k, k)
        Respondents by first (rows) and latest answer (columns), lowest point
        of the scale first; as from `first_and_latest`. Weights are not used.
    scale : Scale
        The scale, k points.
    boxes : int, default 1
        How many points at the good end make the top box.
    confidence : float in (0, 1), default 0.95
        Level of all intervals.

    Returns
    -------
    PairedChange
        Undefined on an empty base. The mean has no interval with one
        respondent, or when all changed by the same amount.

    Raises
    ------
    AxisError
        A `CountTable` lacks the axes "first" and "latest" or a point.
    CountError
        The array is not k by k, or holds a number that is no count.
    ArgumentError
        `boxes` or `confidence` is impossible.

    Notes
    -----
    The same people twice: a difference of two wave averages would throw away
    the pairing and mix in those who answered once. McNemar's mid-p:
    ``2 P(X < min) + P(X = min)`` with X binomial (won + lost, 1/2), 1 where
    as many won as lost.

    References
    ----------
    .. [1] McNemar, Q. (1947). Note on the sampling error of the difference
       between correlated proportions or percentages. Psychometrika 12, 153-157.
    .. [2] Fagerland, M. W., Lydersen, S. and Laake, P. (2013). The McNemar
       test for binary matched-pairs data. BMC Med Res Methodol 13, 91.

    Examples
    --------
    >>> from scoring.scales import Scale
    >>> result = paired_change([[1, 2], [0, 3]], scale=Scale(1, 2))
    >>> round(result.mean_change.value, 3), result.won, result.lost
    (0.333, 2, 0)
    """
    t_quantile(confidence, 1)
    if not 1 <= boxes < scale.length:
        raise ArgumentError(f"Boxes lie in 1 to {scale.length - 1}; got {boxes!r}.")
    n = _checked(table, scale)
    if not scale.higher_is_better:
        n = n[::-1, ::-1]
    base = int(n.sum())
    change = np.arange(scale.length)[None, :] - np.arange(scale.length)[:, None]
    first_top, latest_top = n[-boxes:].sum(), n[:, -boxes:].sum()
    both_top = n[-boxes:, -boxes:].sum()
    won, lost = int(latest_top - both_top), int(first_top - both_top)

    def share(count):
        return share_estimate(int(count), base, confidence=confidence)

    return PairedChange(
        base,
        _mean_change(n, change, base, confidence),
        share(n[change > 0].sum()),
        share(n[change == 0].sum()),
        share(n[change < 0].sum()),
        share(first_top),
        share(latest_top),
        _mcnemar(won, lost, base),
        won,
        lost,
    )


def _checked(table, scale):
    axes = [("first", scale.points), ("latest", scale.points)]
    if isinstance(table, CountTable):
        table = table.sum_to("first", "latest")
        return table.keep("first", scale.points).keep("latest", scale.points).n
    cells = np.asarray(table)
    if cells.shape != (scale.length, scale.length):
        raise CountError(f"{scale.length} points need a square table; got shape {cells.shape}.")
    return CountTable.from_counts(axes, cells).n


def _mean_change(n, change, base, confidence):
    if base == 0:
        return undefined(Reason.EMPTY_BASE, confidence=confidence, method="t")
    mean = float((n * change).sum() / base)
    variance = (n * (change - mean) ** 2).sum() / (base - 1) if base > 1 else 0.0
    low = high = None
    reasons = ()
    if base == 1 or len(np.unique(change[n > 0])) == 1:
        reasons = (Reason.SINGLE_RESPONDENT if base == 1 else Reason.ZERO_VARIANCE,)
    else:
        half = t_quantile(confidence, base - 1) * float(np.sqrt(variance / base))
        low, high = mean - half, mean + half
    return Estimate(mean, low, high, base, float(base), confidence, "t", reasons=reasons)


def _mcnemar(won, lost, base):
    from scipy.special import bdtr

    method = "mcnemar_mid_p"
    changed, fewer = won + lost, min(won, lost)
    if changed == 0:
        reason = Reason.EMPTY_BASE if base == 0 else Reason.CONSTANT
        return TestResult(None, None, None, method, Status.UNDEFINED, (reason,))
    if won == lost:
        return TestResult(float(fewer), None, 1.0, method)
    below = bdtr(fewer - 1, changed, 0.5) if fewer > 0 else 0.0
    p = float(below + bdtr(fewer, changed, 0.5))
    return TestResult(float(fewer), None, min(1.0, p), method)


MEASURES = (
    Measure(
        key="paired_change",
        name="Change from first to latest answer",
        definition="Mean change of those who answered at least twice, and the shares who moved "
        "up and down.",
        formula="Σ (latest - first) / n",
        denominator="Customers with at least two answers",
        scale="any rating scale",
        unit="points",
        interval="t interval of the differences; Wilson for the shares; McNemar's mid-p",
        source="McNemar (1947); Fagerland, Lydersen & Laake (2013)",
    ),
)
