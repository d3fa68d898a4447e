"""Weighting respondents to known totals: raking, trimming and post-stratification.

All of it works on the table of cells, so the cost does not grow with the
number of respondents; a respondent's weight is the base weight times the
factor of the cell.
"""

from dataclasses import dataclass, replace

import numpy as np

from .counts import CountTable
from .errors import ArgumentError, AxisError, ConvergenceError, CountError
from .measure import Measure
from .results import Reason
from .weight_types import DesignEffect, design_effect

_ROUNDING = 1e-6  # published targets may differ by this much and still mean the same total


@dataclass(frozen=True, slots=True, eq=False)
class CalibratedWeights:
    """Weights that reproduce known totals.

    Parameters
    ----------
    table : CountTable
        The cells with their new Σw and Σw².
    factors : numpy.ndarray of float
        What each base weight is multiplied with, shaped like the table; 1 in
        empty cells.
    margins : tuple of tuple of str
        The axes, or groups of crossed axes, whose totals were met.
    iterations : int
        Rounds that were needed.
    largest_gap : float
        Largest distance of a margin from its target, as a part of the total.
    design_effect : DesignEffect
        What the weights cost.
    trimmed_respondents, trimmed_weight : float
        Shares of respondents, and of all weight, that trimming cut.
    reasons : tuple of Reason
        `Reason.HEAVY_WEIGHTING` above a design effect of 2;
        `Reason.NOT_CONVERGED` where weights outside the bounds are left after
        trimming, because the targets cannot be met within them.
    """

    table: CountTable
    factors: np.ndarray
    margins: tuple[tuple[str, ...], ...]
    iterations: int
    largest_gap: float
    design_effect: DesignEffect
    trimmed_respondents: float = 0.0
    trimmed_weight: float = 0.0
    reasons: tuple[Reason, ...] = ()

    @property
    def weight_by_cell(self):
        """Mean weight of a respondent in each cell, keyed by the cell's levels.

        ``None`` where nobody is in the cell.
        """
        weights = {}
        for index in np.ndindex(self.table.n.shape):
            levels = tuple(axis.levels[i] for axis, i in zip(self.table.axes, index, strict=True))
            n = self.table.n[index]
            weights[levels] = float(self.table.w[index] / n) if n else None
        return weights

    @property
    def largest_over_smallest(self):
        """Largest mean cell weight over the smallest, or ``None`` without any."""
        weights = [weight for weight in self.weight_by_cell.values() if weight]
        return max(weights) / min(weights) if weights else None


def rake(table, targets, *, tolerance=1e-10, max_iterations=500):
    """Weight a table of cells until each margin has its target totals.

    Parameters
    ----------
    table : CountTable
        Respondents by the axes that targets are known for; its Σw are the
        base weights. Further axes are summed over.
    targets : dict of str to dict
        Axis name to its targets, a total (or share) for each level.
    tolerance : float, default 1e-10
        Largest allowed distance of a margin from its target, as a part of the total.
    max_iterations : int, default 500
        Rounds over all margins before giving up.

    Returns
    -------
    CalibratedWeights
        Equal to the base weights where the margins were right already.

    Raises
    ------
    ConvergenceError
        The margins were not met in `max_iterations`; the message says how close they came.
    CountError
        A level with a target has no respondents (merge it with another), a
        level with respondents has no target, or a target is impossible.
    ArgumentError
        The totals of two axes differ, or an option is impossible.
    AxisError
        The table has no such axis.

    Notes
    -----
    Iterative proportional fitting; equals ``survey::rake`` of R. Totals that
    differ by rounding only are scaled to the first axis. Thirty lines of our
    own are a smaller risk than a further dependency.

    References
    ----------
    .. [1] Deming, W. E. & Stephan, F. F. (1940). On a least squares adjustment
       of a sampled frequency table when the expected marginal totals are
       known. Annals of Mathematical Statistics 11, 427–444.

    Examples
    --------
    >>> table = CountTable.from_counts([("sex", ("f", "m")), ("age", ("old",))], [[3], [1]])
    >>> raked = rake(table, {"sex": {"f": 50, "m": 50}})
    >>> raked.weight_by_cell[("m",)]
    50.0
    """
    if not targets:
        raise ArgumentError("Raking needs the targets of at least one axis.")
    if not 0 < tolerance < 1 or max_iterations < 1:
        raise ArgumentError("Raking needs a tolerance between 0 and 1 and one iteration or more.")
    cells = table.sum_to(*targets)
    wanted = _margin_targets(cells, targets)
    fitted, iterations, gap = _fit(cells.w, wanted, tolerance, max_iterations)
    return _calibrated(cells, fitted, tuple((name,) for name in targets), iterations, gap)


def trim_and_rake(table, targets, *, bounds=(0.0, 5.0), relative_to="median", rounds=10):
    """Rake, cut extreme weights, and rake again.

    Parameters
    ----------
    table, targets
        As for `rake`.
    bounds : tuple of (float, float), default (0.0, 5.0)
        Smallest and largest weight allowed, in medians (or means).
    relative_to : {"median", "mean"}, default "median"
        What the bounds are multiples of, taken over respondents.
    rounds : int, default 10
        How often to cut and rake before leaving the rest as it is.

    Returns
    -------
    CalibratedWeights
        With the shares of respondents and of weight that were cut; the
        margins are met in any case.

    Raises
    ------
    ConvergenceError, CountError, ArgumentError, AxisError
        As for `rake`; also bounds that are not around 1.

    Notes
    -----
    The weight of a cell is the mean weight of its respondents. Trimming trades
    a little bias for less variance, so the report must say what was cut.

    References
    ----------
    .. [1] Potter, F. J. (1990). A study of procedures to identify and trim
       extreme sampling weights. Proceedings of the Section on Survey Research
       Methods, American Statistical Association.

    Examples
    --------
    >>> table = CountTable.from_counts([("sex", ("f", "m"))], [90, 10])
    >>> trim_and_rake(table, {"sex": {"f": 50, "m": 50}}).trimmed_respondents
    0.1
    """
    low, high = bounds
    if not 0 <= low < 1 < high:
        raise ArgumentError(f"Trimming bounds lie on both sides of 1; got {bounds!r}.")
    if relative_to not in ("median", "mean") or rounds < 1:
        raise ArgumentError('Trim relative to "median" or "mean", in one round or more.')
    raked = rake(table, targets)
    cut, cut_weight = np.zeros(raked.table.n.shape, dtype=bool), 0.0
    cells = table.sum_to(*targets)
    for attempt in range(rounds):
        beyond, ratio = _beyond(raked.table, low, high, relative_to)
        if not beyond.any():
            break
        cut |= beyond
        if attempt == 0:
            removed = (raked.table.w * np.clip(1 - ratio, 0, None)).sum()
            cut_weight = float(removed / raked.table.w.sum())
        raked = rake(_scaled(raked.table, ratio), targets)
    left = _beyond(raked.table, low, high, relative_to)[0].any()
    factors = np.divide(raked.table.w, cells.w, out=np.ones(cells.w.shape), where=cells.w > 0)
    return replace(
        raked,
        factors=factors,
        trimmed_respondents=float(raked.table.n[cut].sum() / max(raked.table.base, 1)),
        trimmed_weight=cut_weight,
        reasons=(*raked.reasons, Reason.NOT_CONVERGED) if left else raked.reasons,
    )


def poststratify(table, axes, totals):
    """Weight each cell of one or more crossed axes to its known total.

    Parameters
    ----------
    table : CountTable
        Respondents by these axes; its Σw are the base weights.
    axes : str or tuple of str
        The axis, or the axes whose crossing has known totals.
    totals : dict
        Level (or tuple of levels, for crossed axes) to its total.

    Returns
    -------
    CalibratedWeights
        One factor for each cell.

    Raises
    ------
    CountError
        A cell with a total has no respondents, a cell with respondents has no
        total, or a total is impossible.
    AxisError
        The table has no such axis, or a total names an unknown level.

    Notes
    -----
    Factor = total over Σw of the cell; ``survey::postStratify`` of R.

    References
    ----------
    .. [1] Holt, D. & Smith, T. M. F. (1979). Post stratification. Journal of
       the Royal Statistical Society A 142, 33–46.

    Examples
    --------
    >>> table = CountTable.from_counts([("sex", ("f", "m"))], [3, 1])
    >>> poststratify(table, "sex", {"f": 6, "m": 6}).factors.tolist()
    [2.0, 6.0]
    """
    axes = (axes,) if isinstance(axes, str) else tuple(axes)
    cells = table.sum_to(*axes)
    wanted = np.zeros(cells.n.shape)
    for key, total in totals.items():
        levels = key if isinstance(key, tuple) else (key,)
        if len(levels) != len(axes):
            raise AxisError(f"A total needs one level for each of {axes}; got {levels!r}.")
        index = tuple(
            cells.axis(axis).index(level) for axis, level in zip(axes, levels, strict=True)
        )
        wanted[index] = _checked_total(total, " × ".join(map(str, levels)))
    _check_respondents(cells.n, wanted, " × ".join(axes))
    return _calibrated(cells, wanted, (axes,), 1, 0.0)


def _margin_targets(cells, targets):
    """Targets as arrays in the order of the table's axes, all with the first one's total."""
    wanted, first_total = [], None
    for axis in cells.axes:
        totals = np.zeros(len(axis.levels))
        for level, total in targets[axis.name].items():
            totals[axis.index(level)] = _checked_total(total, level)
        _check_respondents(cells.sum_to(axis.name).n, totals, axis.name, axis.levels)
        if first_total is None:
            first_total = totals.sum()
        if abs(totals.sum() - first_total) > _ROUNDING * first_total:
            raise ArgumentError(
                f"The targets of {axis.name!r} add up to {totals.sum()}, those of "
                f"{cells.axes[0].name!r} to {first_total}; they must agree."
            )
        wanted.append(totals * (first_total / totals.sum()))
    return wanted


def _checked_total(total, level):
    try:
        total = float(total)
    except (TypeError, ValueError) as error:
        raise CountError(f"The target of {level!r} must be a number; got {total!r}.") from error
    if not 0 <= total < np.inf:
        raise CountError(f"The target of {level!r} must be 0 or more and finite; got {total!r}.")
    return total


def _check_respondents(n, totals, name, levels=None):
    lacking, unwanted = (n == 0) & (totals > 0), (n > 0) & (totals == 0)
    for where, sentence in (
        (lacking, "has a target but no respondents; merge it with another level"),
        (unwanted, "has respondents but no target above 0; give one or leave the level out"),
    ):
        if where.any():
            position = tuple(int(i) for i in np.argwhere(where)[0])
            level = levels[position[0]] if levels is not None else position
            raise CountError(f"Level {level!r} of {name} {sentence}.")
    if not totals.any():
        raise CountError(f"{name} has no respondents and no targets.")


def _fit(start, wanted, tolerance, max_iterations):
    weights, total = start.copy(), wanted[0].sum()
    gap = _gap(weights, wanted, total)
    for iteration in range(1, max_iterations + 1):
        if gap <= tolerance:
            return weights, iteration - 1, gap
        for position, target in enumerate(wanted):
            margin = _margin(weights, position)
            factor = np.divide(target, margin, out=np.zeros(len(target)), where=margin > 0)
            shape = [1] * weights.ndim
            shape[position] = -1
            weights = weights * factor.reshape(shape)
        gap = _gap(weights, wanted, total)
    if gap <= tolerance:
        return weights, max_iterations, gap
    raise ConvergenceError(
        f"Raking did not meet the targets in {max_iterations} rounds: the worst margin is still "
        f"{gap:.3g} of the total away, {tolerance:.3g} was asked for. Merge small or empty cells."
    )


def _margin(weights, position):
    return weights.sum(axis=tuple(i for i in range(weights.ndim) if i != position))


def _gap(weights, wanted, total):
    return max(
        float(np.abs(_margin(weights, position) - target).max() / total)
        for position, target in enumerate(wanted)
    )


def _scaled(table, factors):
    return CountTable(table.axes, table.n, table.w * factors, table.w2 * factors**2)


def _calibrated(cells, fitted, margins, iterations, gap):
    factors = np.divide(fitted, cells.w, out=np.ones(cells.w.shape), where=cells.w > 0)
    weighted = _scaled(cells, factors)
    effect = design_effect(weighted)
    return CalibratedWeights(
        weighted, factors, margins, iterations, gap, effect, reasons=effect.reasons
    )


def _beyond(table, low, high, relative_to):
    """Cells whose mean weight is outside the bounds, and the factor that cuts it to them."""
    weights = np.divide(table.w, table.n, out=np.zeros(table.w.shape), where=table.n > 0)
    centre = _median(weights, table.n) if relative_to == "median" else table.w.sum() / table.base
    clipped = np.clip(weights, low * centre, high * centre)
    ratio = np.divide(clipped, weights, out=np.ones(weights.shape), where=weights > 0)
    return (table.n > 0) & (np.abs(ratio - 1) > 1e-6), ratio


def _median(weights, n):
    order = np.argsort(weights, axis=None)
    sorted_weights, reached = weights.ravel()[order], np.cumsum(n.ravel()[order])
    half = reached[-1] / 2
    first = sorted_weights[np.searchsorted(reached, half, side="left")]
    second = sorted_weights[min(np.searchsorted(reached, half, side="right"), len(order) - 1)]
    return (first + second) / 2


MEASURES = (
    Measure(
        key="raking",
        name="Raking",
        definition="Weights that make several margins of the respondents equal to known totals.",
        formula="w × target / margin for each axis in turn, until all margins are met",
        denominator="Respondents with a level on every axis",
        scale="any",
        unit="weight",
        interval="none",
        source="Deming & Stephan (1940), Annals of Mathematical Statistics 11, 427–444",
    ),
    Measure(
        key="post_stratification",
        name="Post-stratification",
        definition="Weights that make each cell of the respondents equal to its known total.",
        formula="w × total / Σw of the cell",
        denominator="Respondents with a known cell",
        scale="any",
        unit="weight",
        interval="none",
        source="Holt & Smith (1979), Journal of the Royal Statistical Society A 142, 33–46",
    ),
)
