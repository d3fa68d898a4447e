"""Promoters, passives and detractors, and the intervals of their difference."""

import math
from dataclasses import dataclass

import numpy as np

from .cells import score_cells
from .errors import ArgumentError, ScaleError
from .intervals import normal_quantile, proportion
from .trinomial import TrinomialInterval, adjusted_wald, trinomial_t, unit_variance, wald

PROMOTER_FROM = 9
DETRACTOR_TO = 6


@dataclass(frozen=True, slots=True)
class NpsGroups:
    """Detractors, passives and promoters, in this order.

    Parameters
    ----------
    n, w, w2 : numpy.ndarray of float, shape (3,)
        Respondents, Σw and Σw² of each group.
    is_weighted : bool
        Whether any weight differs from one.
    apart : dict of str to int
        Respondents outside the base: "missing" and "not_applicable".
    """

    n: np.ndarray
    w: np.ndarray
    w2: np.ndarray
    is_weighted: bool
    apart: dict

    @property
    def base(self):
        """Respondents in the base."""
        return int(self.n.sum())

    @property
    def weight(self):
        """Sum of weights."""
        return float(self.w.sum())

    @property
    def effective_base(self):
        """Kish's effective base."""
        return self.weight**2 / float(self.w2.sum())

    @property
    def plus(self):
        """Share of promoters."""
        return float(self.w[2]) / self.weight

    @property
    def minus(self):
        """Share of detractors."""
        return float(self.w[0]) / self.weight

    @property
    def score(self):
        """Promoters minus detractors, as a share."""
        return self.plus - self.minus

    def share(self, group, confidence):
        """Share of one group.

        Parameters
        ----------
        group : int
            0 for detractors, 1 for passives, 2 for promoters.
        confidence : float in (0, 1)
            Level of the Wilson interval.

        Returns
        -------
        Estimate
            In [0, 1].

        Raises
        ------
        ArgumentError
            `confidence` lies outside its domain.
        """
        return proportion(
            float(self.w[group]),
            self.weight,
            effective_base=self.effective_base if self.is_weighted else None,
            respondents=self.base,
            confidence=confidence,
            **self.apart,
        )


def nps_groups(counts, scale):
    """Read the three groups of a recommendation question.

    Parameters
    ----------
    counts : array_like of int, shape (11,), or CountTable
        Respondents at each point from 0 to 10.
    scale : Scale
        The scale of the question; only 0 to 10 is accepted.

    Returns
    -------
    NpsGroups
        Detractors, passives and promoters.

    Raises
    ------
    ScaleError
        `scale` is not 0 to 10, or there are not eleven counts.
    CountError, AxisError
        A count is impossible, or the table has no scores.
    """
    if (scale.lowest, scale.highest) != (0, 10) or not scale.higher_is_better:
        raise ScaleError(
            "The Net Promoter Score is defined on 0 to 10 only; the question has "
            f"{scale.lowest} to {scale.highest}. Report its top box instead."
        )
    cells = score_cells(counts, scale=scale)
    group = np.where(cells.points >= PROMOTER_FROM, 2, np.where(cells.points > DETRACTOR_TO, 1, 0))
    sums = (np.bincount(group, array, minlength=3) for array in (cells.n, cells.w, cells.w2))
    return NpsGroups(
        *sums,
        is_weighted=cells.is_weighted,
        apart={"missing": cells.missing, "not_applicable": cells.not_applicable},
    )


def raw_error(groups):
    """Standard error of the raw score, as a share.

    Parameters
    ----------
    groups : NpsGroups
        The three groups, not empty.

    Returns
    -------
    float
        Linearised when weighted; 0 when all answers fall in one group.

    Raises
    ------
    ArgumentError
        The shares are impossible.
    """
    if not groups.is_weighted:
        return math.sqrt(unit_variance(groups.plus, groups.minus) / groups.base)
    n = groups.base
    if n == 1:
        return 0.0
    spread = float(groups.w2 @ (np.array([-1.0, 0.0, 1.0]) - groups.score) ** 2)
    return math.sqrt(n / (n - 1) * spread) / groups.weight


def group_interval(groups, method, confidence):
    """One named interval, as a share.

    Parameters
    ----------
    groups : NpsGroups
        The three groups, not empty.
    method : str
        "adjusted_wald", "wald", "trinomial_t", "dirichlet" or "linearised".
    confidence : float in (0, 1)
        Level of the interval.

    Returns
    -------
    TrinomialInterval
        In [-1, 1]; "wald" and "trinomial_t" are not cut.

    Raises
    ------
    ArgumentError
        `confidence` or `method` is not known.
    """
    shares = groups.plus, groups.minus
    if method == "linearised":
        error = raw_error(groups)
        half = normal_quantile(confidence) * error
        low, high = max(-1.0, groups.score - half), min(1.0, groups.score + half)
        return TrinomialInterval(groups.score, error, low, high)
    if method == "dirichlet":
        from .nps_posterior import dirichlet_interval

        return dirichlet_interval(*shares, groups.effective_base, confidence=confidence)
    closed_forms = {"adjusted_wald": adjusted_wald, "wald": wald, "trinomial_t": trinomial_t}
    if method not in closed_forms:
        raise ArgumentError(
            f"No interval {method!r} for the Net Promoter Score; choose from "
            f"{sorted([*closed_forms, 'dirichlet', 'linearised'])}."
        )
    return closed_forms[method](*shares, groups.effective_base, confidence=confidence)
