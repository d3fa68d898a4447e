"""Against expectation and against others: delight, comparison, basic and latent items, promises."""

from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from .answers import answer_rows
from .argument_types import takes
from .errors import ArgumentError, CountError, ScaleError
from .estimating import mean_estimate, share_estimate
from .intervals import normal_quantile
from .measure import Measure
from .results import Estimate, Reason, undefined

BELOW, AS_EXPECTED, BEYOND = 1, 2, 3


class ItemKind(StrEnum):
    """What customers expect of an item."""

    BASIC = "basic"
    LATENT = "latent"


@dataclass(frozen=True, slots=True)
class AgainstExpectation:
    """An item answered "below", "as" or "beyond expected".

    Parameters
    ----------
    below, as_expected, beyond : Estimate
        Shares with Wilson's interval; `beyond` is the delight rate.
    """

    below: Estimate
    as_expected: Estimate
    beyond: Estimate


@dataclass(frozen=True, slots=True)
class ComparedWithOthers:
    """An item answered "worse", "same" or "better" than others.

    Parameters
    ----------
    worse, same, better : Estimate
        Shares with Wilson's interval.
    net : Estimate
        Better less worse, in points from -100 to 100.
    """

    worse: Estimate
    same: Estimate
    better: Estimate
    net: Estimate


@dataclass(frozen=True, slots=True)
class KindResult:
    """The items of one kind together.

    Parameters
    ----------
    items : tuple of str
        Names of the items of this kind.
    met : Estimate
        Mean share of its items that a respondent found as expected or beyond.
    delighted : Estimate
        Mean share of its items that a respondent found beyond expectation.
    """

    items: tuple[str, ...]
    met: Estimate
    delighted: Estimate


@dataclass(frozen=True, slots=True)
class BasicAndLatent:
    """Basic and latent items apart.

    Parameters
    ----------
    basic, latent : KindResult
        Each kind. The delight figure is ``latent.delighted``: meeting every
        basic item does not raise it.
    """

    basic: KindResult
    latent: KindResult


@takes(counts=("below", "as_expected", "beyond"))
def against_expectation(below, as_expected, beyond, *, missing=0, confidence=0.95):
    """Delight rate and the two other shares.

    Parameters
    ----------
    below, as_expected, beyond : int
        Respondents with each answer.
    missing : int, default 0
        Respondents who left the item blank.
    confidence : float in (0, 1), default 0.95
        Level of Wilson's intervals.

    Returns
    -------
    AgainstExpectation
        Shares that sum to 1; undefined on an empty base.

    Raises
    ------
    CountError
        A count is negative or not finite.
    ArgumentError
        `confidence` is not between 0 and 1.

    Notes
    -----
    The delight rate is the share "beyond"; "as expected" is no delight.

    Examples
    --------
    >>> against_expectation(10, 60, 30).beyond.value
    0.3
    """
    shares = _three_shares((below, as_expected, beyond), missing, confidence)
    return AgainstExpectation(*shares)


@takes(counts=("worse", "same", "better"))
def compared_with_others(worse, same, better, *, missing=0, confidence=0.95):
    """Net of better and worse than others.

    Parameters
    ----------
    worse, same, better : int
        Respondents with each answer.
    missing : int, default 0
        Respondents who left the item blank.
    confidence : float in (0, 1), default 0.95
        Level of the intervals.

    Returns
    -------
    ComparedWithOthers
        `net` in points from -100 to 100; undefined on an empty base.

    Raises
    ------
    CountError
        A count is negative or not finite.
    ArgumentError
        `confidence` is not between 0 and 1.

    Notes
    -----
    ``100 (better - worse) / n``. The interval is the adjusted Wald interval
    with +3 (3/4 better, 3/4 worse, 3/2 same) that the net promoter score has:
    the two are the same trinomial problem. Cut at ±100, and widened where
    needed to hold the plain estimate.

    References
    ----------
    .. [1] Rocks, B. (2016). Interval estimation for the "net promoter score".
       Am Stat 70, 365-372.

    Examples
    --------
    >>> compared_with_others(20, 30, 50).net.value
    30.0
    """
    shares = _three_shares((worse, same, better), missing, confidence)
    return ComparedWithOthers(
        *shares, _net(worse, better, worse + same + better, missing, confidence)
    )


@takes(lists=("kinds",))
def basic_and_latent(answers, *, kinds, names=None, confidence=0.95):
    """Report basic and latent items apart.

    Needs rows: several items of one respondent are not independent, so the
    interval rests on one figure for each respondent.

    Parameters
    ----------
    answers : array_like of int, shape (n, k)
        1 below, 2 as, 3 beyond expectation; NaN where blank.
    kinds : sequence of ItemKind
        Basic or latent, for each column.
    names : sequence of str, optional
        Names of the items.
    confidence : float in (0, 1), default 0.95
        Level of the t intervals.

    Returns
    -------
    BasicAndLatent
        Undefined for a kind without items or answers.

    Raises
    ------
    ArgumentError
        The kinds or names do not fit the columns.
    ScaleError
        An answer is not 1, 2 or 3.

    Notes
    -----
    Of each respondent the share of the answered items of a kind that was met,
    and that was beyond; then the mean over respondents, cut to [0, 1].
    Whoever has answered no item of a kind is missing there. Where all have
    the same share a t interval has no width: Wilson's, with one answer for
    each respondent, stands there instead.

    References
    ----------
    .. [1] Kano, N. et al. (1984). Attractive quality and must-be quality.
       J Japanese Soc Quality Control 14(2), 39-48.

    Examples
    --------
    >>> result = basic_and_latent([[2, 2], [2, 3]], kinds=[ItemKind.BASIC, ItemKind.LATENT])
    >>> result.basic.met.value, result.latent.delighted.value
    (1.0, 0.5)
    """
    rows = answer_rows(answers)
    k = rows.shape[1]
    kinds = [ItemKind(kind) if kind in tuple(ItemKind) else None for kind in kinds]
    names = tuple(names) if names is not None else tuple(f"item {j + 1}" for j in range(k))
    if len(kinds) != k or None in kinds or len(names) != k:
        raise ArgumentError(f"{k} items need {k} kinds ('basic' or 'latent') and {k} names.")
    if not np.isin(rows[~np.isnan(rows)], (BELOW, AS_EXPECTED, BEYOND)).all():
        raise ScaleError("Answers are 1 (below), 2 (as) or 3 (beyond expectation).")
    return BasicAndLatent(
        *(_kind_result(rows, kinds, names, kind, confidence) for kind in ItemKind)
    )


@takes(counts=("broken", "base"))
def broken_promises(broken, base, *, missing=0, confidence=0.95):
    """Share of customers to whom a promise was not kept.

    Parameters
    ----------
    broken : int
        Respondents who said that the promise was not kept.
    base : int
        Respondents who answered; "does not apply" is not in it.
    missing : int, default 0
        Respondents who left the item blank.
    confidence : float in (0, 1), default 0.95
        Level of Wilson's interval.

    Returns
    -------
    Estimate
        A share in [0, 1]; undefined on an empty base.

    Raises
    ------
    CountError
        `broken` lies outside 0 to `base`.
    ArgumentError
        `confidence` is not between 0 and 1.

    Examples
    --------
    >>> broken_promises(3, 60).value
    0.05
    """
    return share_estimate(broken, base, missing=missing, confidence=confidence)


def _three_shares(counts, missing, confidence):
    normal_quantile(confidence)
    if not np.isfinite(counts).all() or min(counts) < 0:
        raise CountError(f"Counts must be finite and not negative; got {counts!r}.")
    base = sum(counts)
    return [share_estimate(count, base, missing=missing, confidence=confidence) for count in counts]


def _net(worse, better, base, missing, confidence):
    about = {"confidence": confidence, "method": "adjusted_wald", "missing": missing}
    if base == 0:
        return undefined(Reason.EMPTY_BASE, **about)
    net = 100.0 * (better - worse) / base
    up, down, total = better + 0.75, worse + 0.75, base + 3.0
    centre = (up - down) / total
    variance = (up + down) / total - centre**2
    half = normal_quantile(confidence) * float(np.sqrt(variance / total))
    low = max(-100.0, min(net, 100.0 * (centre - half)))
    high = min(100.0, max(net, 100.0 * (centre + half)))
    return Estimate(net, low, high, round(base), float(base), **about)


def _kind_result(rows, kinds, names, kind, confidence):
    own = [j for j, name in enumerate(kinds) if name is kind]
    answers = rows[:, own]
    answered = (~np.isnan(answers)).sum(axis=1)
    figures = []
    for at_least in (AS_EXPECTED, BEYOND):
        reached = (answers >= at_least).sum(axis=1)
        shares = np.where(answered > 0, reached / np.maximum(answered, 1), np.nan)
        figures.append(_cut(mean_estimate(shares, confidence=confidence)))
    return KindResult(tuple(names[j] for j in own), *figures)


def _cut(share):
    if Reason.ZERO_VARIANCE in share.reasons:
        successes = share.value * share.base
        return share_estimate(
            successes, share.base, missing=share.missing, confidence=share.confidence
        )
    if not share.has_interval:
        return share
    return replace(share, low=max(0.0, share.low), high=min(1.0, share.high))


MEASURES = (
    Measure(
        key="best_of_kind",
        name="Best answers to basic and to latent items",
        definition="Mean share of the answered items of one kind that got the best answer.",
        formula="Σ (best answers / answered items) / n",
        denominator="Respondents who answered at least one item of the kind",
        scale="rating scales; below, as, beyond expected",
        unit="share",
        interval="t on one figure for each respondent; Wilson where all are equal",
        source="Kano et al. (1984), J Japanese Soc Quality Control 14(2), 39-48",
    ),
    Measure(
        key="delight_rate",
        name="Delight rate",
        definition="Share of respondents who found an item beyond their expectation.",
        formula="beyond / (below + as expected + beyond)",
        denominator="Respondents who answered the item",
        scale="below, as, beyond expected",
        unit="share",
        interval="Wilson",
        source="Oliver (1980); Kano et al. (1984)",
    ),
    Measure(
        key="net_compared",
        name="Compared with others, net",
        definition="Share who find it better than others less the share who find it worse.",
        formula="100 (better - worse) / n",
        denominator="Respondents who answered the item",
        scale="worse, same, better",
        unit="points",
        interval="adjusted Wald with +3",
        source="Rocks (2016), Am Stat 70, 365-372",
    ),
    Measure(
        key="broken_promises",
        name="Broken promises",
        definition="Share of respondents to whom a promise was not kept.",
        formula="not kept / answered",
        denominator="Respondents to whom the promise applies and who answered",
        scale="kept, not kept",
        unit="share",
        interval="Wilson",
        source="Definition of this library",
    ),
)
