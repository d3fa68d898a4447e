"""Means under calibrated weights, with the error that calibration leaves."""

from math import sqrt

import numpy as np

from .counts import MISSING, NOT_APPLICABLE
from .errors import CountError
from .intervals import t_quantile
from .measure import Measure
from .results import Estimate, Reason, undefined
from .score_sums import ScoreSums
from .weight_types import design_effect
from .weighted_means import WeightedFigure


def calibrated_mean(table, weights, *, axis="score", confidence=0.95):
    """Mean under raked or post-stratified weights, with the error that calibration leaves.

    Parameters
    ----------
    table : CountTable
        Respondents by the axes of the targets and by the outcome; its Σw are
        the base weights.
    weights : CalibratedWeights
        What `rake` or `poststratify` made of the same respondents.
    axis : str, default "score"
        Axis of the outcome, whose levels are numbers; blanks and "does not
        apply" may be levels too and are left out of the mean.
    confidence : float in (0, 1), default 0.95
        Level of the t interval.

    Returns
    -------
    WeightedFigure
        Undefined when nobody has an outcome.

    Raises
    ------
    AxisError
        The table lacks an axis.
    CountError
        The table holds other respondents than the weights were made for, or
        an outcome is not a number.

    Notes
    -----
    The variance is that of the residuals of the outcome from its regression
    (with base weights) on the margins, each times its final weight: what the
    known totals explain is no longer uncertain. R: ``svymean`` after
    ``calibrate`` or ``postStratify``. Trimmed weights are taken as raked ones.

    References
    ----------
    .. [1] Deville, J.-C. & Särndal, C.-E. (1992). Calibration estimators in
       survey sampling. Journal of the American Statistical Association 87,
       376–382.

    Examples
    --------
    >>> from scoring.counts import CountTable
    >>> from scoring.weighting import poststratify
    >>> axes = [("sex", ("f", "m")), ("score", (1, 2))]
    >>> table = CountTable.from_counts(axes, [[3, 1], [1, 1]])
    >>> even = poststratify(table, "sex", {"f": 50, "m": 50})
    >>> calibrated_mean(table, even).estimate.value
    1.375
    """
    names = tuple(name.name for name in weights.table.axes)
    cells = table.sum_to(*names, axis)
    if not np.array_equal(cells.n.sum(axis=-1), weights.table.n):
        raise CountError("The table holds other respondents than the weights were made for.")
    levels = cells.axes[-1].levels
    outcome = np.array([_number(level) for level in levels])
    known = np.isfinite(outcome)
    shape = (-1, len(levels))
    n, w, w2 = (cells.n.reshape(shape), cells.w.reshape(shape), cells.w2.reshape(shape))
    factors = weights.factors.reshape(-1, 1)
    total = (factors * w)[:, known].sum()
    base = int(n[:, known].sum())
    if total == 0:
        return WeightedFigure(undefined(confidence=confidence, method="t"), None, None)
    mean = float(((factors * w)[:, known] * outcome[known]).sum() / total)
    influence = np.where(known, outcome - mean, 0.0) / total
    residual = influence[None, :] - _explained(weights, w, influence)[:, None]
    people = int(n.sum())
    error = None
    if people > 1:
        first = (factors * w * residual).sum()
        second = (factors**2 * w2 * residual**2).sum()
        error = float(sqrt(max(0.0, people / (people - 1) * (second - first**2 / people))))
    people_with_outcome = ScoreSums(
        outcome[known], n[:, known], (factors * w)[:, known], (factors**2 * w2)[:, known]
    )
    effect = design_effect(people_with_outcome)
    reason = () if error else (Reason.SINGLE_RESPONDENT if people < 2 else Reason.ZERO_VARIANCE,)
    half = t_quantile(confidence, people - 1) * error if error else None
    estimate = Estimate(
        mean,
        None if half is None else mean - half,
        None if half is None else mean + half,
        base,
        effect.effective_base,
        confidence,
        "calibrated_t",
        reasons=(*effect.reasons, *reason),
        missing=int(n[:, [level == MISSING for level in levels]].sum()),
        not_applicable=int(n[:, [level == NOT_APPLICABLE for level in levels]].sum()),
    )
    return WeightedFigure(estimate, error, effect)


def _explained(weights, w, influence):
    """Part of the influence that the margins explain, for each cell."""
    names = [axis.name for axis in weights.table.axes]
    sizes = weights.table.n.shape
    positions = np.indices(sizes).reshape(len(sizes), -1)
    columns = []
    for margin in weights.margins:
        axes = [names.index(name) for name in margin]
        label = np.ravel_multi_index(positions[axes], [sizes[axis] for axis in axes])
        columns.append(np.eye(np.prod([sizes[axis] for axis in axes], dtype=int))[label])
    design = np.hstack(columns)
    cell_weight = w.sum(axis=1)
    mean = np.divide(
        w @ influence, cell_weight, out=np.zeros(len(cell_weight)), where=cell_weight > 0
    )
    root = np.sqrt(cell_weight)
    slopes = np.linalg.lstsq(design * root[:, None], mean * root, rcond=None)[0]
    return design @ slopes


def _number(level):
    if level in (MISSING, NOT_APPLICABLE):
        return np.nan
    try:
        number = float(level)
    except (TypeError, ValueError) as error:
        raise CountError(f"The outcome {level!r} is not a number.") from error
    if not np.isfinite(number):
        raise CountError("An outcome must be finite; mark blanks with MISSING.")
    return number


MEASURES = (
    Measure(
        key="calibrated_mean",
        name="Calibrated mean",
        definition="The mean score under weights that meet known totals.",
        formula="Σwx / Σw with raked or post-stratified w",
        denominator="Respondents with a level on every target's axis who answered the item",
        scale="any",
        unit="score",
        interval="t with the standard error of the calibration residuals",
        source="Deville & Särndal (1992), JASA 87, 376–382",
    ),
)
