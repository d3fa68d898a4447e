"""Posterior distribution of a Net Promoter Score, for "how likely is it above 30?"."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from .argument_types import takes
from .errors import ArgumentError
from .intervals import checked_confidence
from .trinomial import TrinomialInterval, unit_variance

NODES = 400


@dataclass(frozen=True, slots=True)
class NpsPosterior:
    """Dirichlet posterior of promoters, passives and detractors.

    Parameters
    ----------
    promoters, passives, detractors : float
        Parameters of the Dirichlet distribution, prior included.
    """

    promoters: float
    passives: float
    detractors: float

    @property
    def mean(self):
        """Posterior mean of ``p₊ − p₋``."""
        total = self.promoters + self.passives + self.detractors
        return (self.promoters - self.detractors) / total

    def below(self, difference):
        """Posterior probability that ``p₊ − p₋`` is at most `difference`.

        Parameters
        ----------
        difference : float
            A share in [-1, 1].

        Returns
        -------
        float
            In [0, 1].

        Raises
        ------
        ArgumentError
            `difference` lies outside [-1, 1].

        Notes
        -----
        ``p₊ − p₋ = S (2R − 1)`` with independent betas: S for promoters or
        detractors, R for promoters among them. So one integral over S does:
        ``∫ F_R((t/s + 1)/2) dF_S(s)``, taken over the quantiles of S. For
        s < |t| the inner probability is 0 or 1 and needs no integral.
        """
        from scipy.special import betainc, betaincinv

        if not -1 <= difference <= 1:
            raise ArgumentError(f"A share lies in [-1, 1]; got {difference!r}.")
        moved, unmoved = self.promoters + self.detractors, self.passives
        start = float(betainc(moved, unmoved, abs(difference)))
        nodes, weights = _nodes()
        u = start + (1 - start) * nodes
        s = np.maximum(betaincinv(moved, unmoved, u), abs(difference))
        ratio = np.divide(difference, s, out=np.zeros_like(s), where=s > 0)
        inner = betainc(self.promoters, self.detractors, np.clip((ratio + 1) / 2, 0, 1))
        beyond = start if difference > 0 else 0.0
        return float(min(1.0, beyond + (1 - start) * (weights @ inner)))

    def quantile(self, probability):
        """Quantile of ``p₊ − p₋``.

        Parameters
        ----------
        probability : float in (0, 1)
            Which quantile.

        Returns
        -------
        float
            A share in [-1, 1].

        Raises
        ------
        ArgumentError
            `probability` lies outside (0, 1).
        """
        from scipy.optimize import brentq

        checked_confidence(probability)
        return float(brentq(lambda t: self.below(t) - probability, -1, 1, xtol=1e-13, rtol=1e-14))


def nps_posterior(plus, minus, base, *, prior=0.5):
    """Posterior of a Net Promoter Score from its shares.

    Parameters
    ----------
    plus, minus : float
        Shares of promoters and detractors.
    base : float
        Respondents, or the effective base.
    prior : float, default 0.5
        Parameter of the symmetric Dirichlet prior; ½ is Jeffreys'.

    Returns
    -------
    NpsPosterior
        Its `below` answers "how likely is a score of at most t".

    Raises
    ------
    ArgumentError
        A share, the base or the prior lies outside its domain.
    """
    unit_variance(plus, minus)
    if not (0 <= base < np.inf and 0 < prior < np.inf):
        raise ArgumentError(
            f"A base is finite and 0 or more and a prior above 0; got {base!r}, {prior!r}."
        )
    neither = max(0.0, 1 - plus - minus)
    return NpsPosterior(plus * base + prior, neither * base + prior, minus * base + prior)


@takes(numbers=("plus", "minus", "base"))
def dirichlet_interval(plus, minus, base, *, confidence=0.95, prior=0.5):
    """Equal-tailed posterior interval of ``p₊ − p₋``.

    Parameters
    ----------
    plus, minus : float
        Shares of promoters and detractors.
    base : float
        Respondents, or the effective base.
    confidence : float in (0, 1), default 0.95
        Posterior probability of the interval.
    prior : float, default 0.5
        Parameter of the symmetric Dirichlet prior.

    Returns
    -------
    TrinomialInterval
        `centre` is the posterior mean; there is no standard error.

    Raises
    ------
    ArgumentError
        A share, the base, the prior or `confidence` lies outside its domain.
    """
    posterior = nps_posterior(plus, minus, base, prior=prior)
    tail = (1 - checked_confidence(confidence)) / 2
    return TrinomialInterval(
        posterior.mean, None, posterior.quantile(tail), posterior.quantile(1 - tail)
    )


@cache
def _nodes():
    """Gauss–Legendre nodes on [0, 1], pulled to both ends.

    The quantile function of S is steep at its ends; the substitution
    ``u = v³(10 − 15v + 6v²)`` flattens it there, which keeps the rule exact
    to twelve digits.
    """
    v, weights = np.polynomial.legendre.leggauss(NODES)
    v, weights = (v + 1) / 2, weights / 2
    return v**3 * (10 - 15 * v + 6 * v * v), weights * 30 * v * v * (1 - v) ** 2
