"""Association of two ordered questions from their table of counts."""

from dataclasses import dataclass

import numpy as np

from .crosstab import checked_counts
from .errors import CountError
from .intervals import normal_quantile
from .measure import Measure
from .results import Estimate, Reason, undefined


@dataclass(frozen=True, slots=True)
class OrdinalAssociation:
    """How two ordered questions go together, each figure from -1 to 1.

    Parameters
    ----------
    base : int
        Respondents who answered both.
    kendall_tau_b : Estimate
        Concordant less discordant pairs, corrected for ties on both sides.
    gamma : Estimate
        Goodman and Kruskal: pairs without a tie only.
    somers_d : Estimate
        Of the columns given the rows: pairs without a tie in the rows.
    spearman : Estimate
        Correlation of mid-ranks.
    pearson : Estimate
        Correlation of the numbers of the levels.
    """

    base: int
    kendall_tau_b: Estimate
    gamma: Estimate
    somers_d: Estimate
    spearman: Estimate
    pearson: Estimate


def ordinal_association(counts, *, row_values=None, column_values=None, confidence=0.95):
    """Rank and linear correlations from a table of two ordered questions.

    Parameters
    ----------
    counts : array_like of int, shape (r, c)
        Respondents at each answer of the first question (rows, such as
        satisfaction) and the second (columns, such as loyalty), both in order.
    row_values, column_values : array_like of float, optional
        Numbers of the levels for Pearson's r; 1, 2, 3 ... when not given.
    confidence : float in (0, 1), default 0.95
        Level of the intervals.

    Returns
    -------
    OrdinalAssociation
        A figure is undefined when a question has only one answer in use, and
        has no interval when its standard error is zero.

    Raises
    ------
    CountError
        The counts are not a table of whole numbers from 0 up, or the values
        of the levels do not fit it.
    ArgumentError
        `confidence` is not between 0 and 1.

    Notes
    -----
    All from the table, at a cost that does not grow with respondents.
    Intervals of tau-b, gamma and Somers' d: multinomial delta method (the
    "ASE1" of other software), cut to [-1, 1]. Pearson: Fisher's z; Spearman:
    Fisher's z with Bonett and Wright's variance. ``cor(method=)`` in R and
    ``scipy.stats.kendalltau``, ``somersd`` give the same figures.

    References
    ----------
    .. [1] Agresti, A. (2010). Analysis of Ordinal Categorical Data. Wiley.
    .. [2] Bonett, D. G. and Wright, T. A. (2000). Sample size requirements
       for estimating Pearson, Kendall and Spearman correlations.
       Psychometrika 65, 23-28.

    Examples
    --------
    >>> table = [[1, 3, 10, 6], [2, 3, 10, 7], [1, 6, 14, 12], [0, 1, 9, 11]]
    >>> round(ordinal_association(table).gamma.value, 4)
    0.2211
    """
    z = normal_quantile(confidence)
    table = checked_counts(counts)
    x = _level_values(row_values, table.shape[0])
    y = _level_values(column_values, table.shape[1])
    base = int(table.sum())
    about = {"base": base, "confidence": confidence}
    if base == 0 or (table.sum(axis=1) > 0).sum() < 2 or (table.sum(axis=0) > 0).sum() < 2:
        none = undefined(Reason.CONSTANT if base else Reason.EMPTY_BASE, **about)
        return OrdinalAssociation(base, none, none, none, none, none)
    tau_b, gamma, somers_d = _pair_measures(table / base, z, about)
    ranks = _mid_ranks(table.sum(axis=1)), _mid_ranks(table.sum(axis=0))
    spearman = _correlation(table, *ranks)
    return OrdinalAssociation(
        base,
        tau_b,
        gamma,
        somers_d,
        _by_fisher_z(spearman, 1 + spearman**2 / 2, z, about),
        _by_fisher_z(_correlation(table, x, y), 1.0, z, about),
    )


def _level_values(values, k):
    levels = np.arange(1.0, k + 1) if values is None else np.asarray(values, dtype=float)
    if levels.shape != (k,) or not (np.diff(levels) > 0).all():
        raise CountError(f"{k} levels need {k} rising values; got {values!r}.")
    return levels


def _pair_measures(p, z, about):
    """Tau-b, gamma and Somers' d with the derivative of each by the cell shares."""
    concordant, discordant = _pairs_around(p), _pairs_around(p[:, ::-1])[:, ::-1]
    c, d = (p * concordant).sum(), (p * discordant).sum()
    excess = 2 * (concordant - discordant)
    rows, columns = p.sum(axis=1, keepdims=True), p.sum(axis=0, keepdims=True)
    free_rows, free_columns = 1 - (rows**2).sum(), 1 - (columns**2).sum()
    root = np.sqrt(free_rows * free_columns)
    slope_tau = excess / root + (c - d) / root * (rows / free_rows + columns / free_columns)
    slope_d = excess / free_rows + 2 * (c - d) * rows / free_rows**2
    tau_b = _by_delta((c - d) / root, slope_tau, p, z, about)
    somers_d = _by_delta((c - d) / free_rows, slope_d, p, z, about)
    if c + d == 0:
        return tau_b, undefined(Reason.CONSTANT, method="delta", **about), somers_d
    slope_gamma = 4 * (d * concordant - c * discordant) / (c + d) ** 2
    return tau_b, _by_delta((c - d) / (c + d), slope_gamma, p, z, about), somers_d


def _pairs_around(p):
    """For each cell, the share of respondents above-left and below-right of it."""
    padded = np.zeros((p.shape[0] + 1, p.shape[1] + 1))
    padded[1:, 1:] = p.cumsum(axis=0).cumsum(axis=1)
    before = padded[:-1, :-1]
    turned = np.zeros_like(padded)
    turned[:-1, :-1] = p[::-1, ::-1].cumsum(axis=0).cumsum(axis=1)[::-1, ::-1]
    return before + turned[1:, 1:]


def _by_delta(value, slope, p, z, about):
    variance = ((p * slope**2).sum() - (p * slope).sum() ** 2) / about["base"]
    return _estimate(value, z * np.sqrt(variance) if variance > 1e-15 else None, "delta", about)


def _mid_ranks(margin):
    return margin.cumsum() - (margin - 1) / 2


def _correlation(table, x, y):
    n = table.sum()
    u = x - (table.sum(axis=1) @ x) / n
    v = y - (table.sum(axis=0) @ y) / n
    spread = (table.sum(axis=1) @ u**2) * (table.sum(axis=0) @ v**2)
    return float(np.clip(u @ table @ v / np.sqrt(spread), -1.0, 1.0))


def _by_fisher_z(value, inflation, z, about):
    if about["base"] <= 3 or 1 - abs(value) < 1e-12:
        return _estimate(value, None, "fisher_z", about)
    half = z * np.sqrt(inflation / (about["base"] - 3))
    low, high = np.tanh(np.arctanh(value) - half), np.tanh(np.arctanh(value) + half)
    base = about["base"]
    return Estimate(
        value, float(low), float(high), base, float(base), about["confidence"], "fisher_z"
    )


def _estimate(value, half, method, about):
    value, base = float(np.clip(value, -1.0, 1.0)), about["base"]
    if half is None:
        low = high = None
        reasons = (Reason.ZERO_VARIANCE,)
    else:
        low, high = max(-1.0, value - float(half)), min(1.0, value + float(half))
        reasons = ()
    return Estimate(
        value, low, high, base, float(base), about["confidence"], method, reasons=reasons
    )


MEASURES = (
    Measure(
        key="ordinal_association",
        name="Association of two ordered questions",
        definition="How far respondents who answer one question higher also answer the other "
        "higher.",
        formula="(concordant - discordant) pairs over pairs without ties, by several corrections",
        denominator="Respondents who answered both questions",
        scale="two ordered scales",
        unit="coefficient",
        interval="delta method; Fisher's z for the correlations",
        source="Kendall (1945); Goodman & Kruskal (1954); Somers (1962); Agresti (2010)",
    ),
)
