"""The best score against the one below it: a 5 against a 4."""

from dataclasses import dataclass

from .errors import ScaleError
from .intervals import LOW_BASE, checked_confidence, proportion
from .loyalty_cells import LoyaltyCells, loyalty_cells
from .measure import Measure
from .power import more_respondents, respondents_per_group
from .results import Estimate, TestResult, undefined
from .two_proportions import odds_ratio, risk_difference, risk_ratio, two_proportion_test


@dataclass(frozen=True, slots=True)
class TopAgainstNext:
    """How much more loyal the best score is than the one below it.

    Parameters
    ----------
    top_score, next_score : int
        The two scores, such as 5 and 4.
    top, next : Estimate
        Share of loyal respondents at either.
    difference : Estimate
        Top minus next, Newcombe's interval.
    ratio : Estimate
        Top over next, Koopman's interval. ``value`` is None when nobody at the
        next score is loyal; then `ratio.low` reads "at least so many times".
    defection_ratio : Estimate
        Defectors at next over defectors at top, ``(1 − p₄)/(1 − p₅)``, which
        keeps telling where the ratio has a ceiling of ``1/p₄``.
    odds_ratio : Estimate
        Beside a logit model only; conditional exact with an empty cell.
    test : TestResult
        Of equal shares.
    needed_per_group : float or None
        Respondents in each group for an 80 percent chance of seeing the
        present difference; None when there is none to see.
    more_respondents : float or None
        Further respondents at the present mix for the same; 0 when enough.
    """

    top_score: int
    next_score: int
    top: Estimate
    next: Estimate
    difference: Estimate
    ratio: Estimate
    defection_ratio: Estimate
    odds_ratio: Estimate
    test: TestResult
    needed_per_group: float | None
    more_respondents: float | None

    @property
    def has_enough(self):
        """Whether both scores have the ten respondents that a ratio needs."""
        return min(self.top.base, self.next.base) >= LOW_BASE


def top_against_next(counts, *, scale, confidence=0.95, power=0.8):
    """Compare the loyalty of the two best scores.

    Parameters
    ----------
    counts : CountTable, pair of array_like of int, or LoyaltyCells
        Satisfaction by loyalty, see `scoring.loyalty_cells.loyalty_cells`.
    scale : Scale
        The scale of the scores; works for any length and direction.
    confidence : float in (0, 1), default 0.95
        Level of every interval.
    power : float in (0, 1), default 0.8
        Chance of seeing the difference that the two sample sizes are for.

    Returns
    -------
    TopAgainstNext
        Undefined figures where a score has no respondents; status "low_n"
        under ten at either.

    Raises
    ------
    ScaleError, CountError, AxisError
        The counts do not fit, see `scoring.loyalty_cells.loyalty_cells`.
    ArgumentError
        `confidence` or `power` lies outside its domain.

    Notes
    -----
    Weighted answers: every interval and test stands on the effective bases.

    References
    ----------
    .. [1] Jones & Sasser (1995). Why satisfied customers defect. Harvard
       Business Review. It reports a ratio of six without base or interval.

    Examples
    --------
    >>> from scoring.scales import FIVE_POINT
    >>> found = top_against_next(([0, 0, 0, 100, 100], [0, 0, 0, 10, 60]), scale=FIVE_POINT)
    >>> round(found.ratio.value, 6), round(found.defection_ratio.value, 2)
    (6.0, 2.25)
    """
    checked_confidence(confidence)
    if isinstance(counts, LoyaltyCells):
        cells = counts
        if set(cells.scores) != set(scale.points):
            raise ScaleError("The cells were read on another scale.")
    else:
        cells = loyalty_cells(counts, scale=scale)
    top, below = _group(cells, -1), _group(cells, -2)
    table = (*top, *below)
    against = (below[1] - below[0], below[1], top[1] - top[0], top[1])
    options = {"confidence": confidence}
    difference = risk_difference(*table, **options)
    needed = more = None
    if difference.is_defined:
        shares = top[0] / top[1], below[0] / below[1]
        needed = respondents_per_group(*shares, power=power, confidence=confidence)
        more = more_respondents(
            shares[0], top[1], shares[1], below[1], power=power, confidence=confidence
        )
    return TopAgainstNext(
        top_score=cells.scores[-1],
        next_score=cells.scores[-2],
        top=point_share(cells, -1, confidence),
        next=point_share(cells, -2, confidence),
        difference=difference,
        ratio=risk_ratio(*table, **options),
        defection_ratio=risk_ratio(*against, **options),
        odds_ratio=_odds(table, confidence),
        test=two_proportion_test(*table),
        needed_per_group=needed,
        more_respondents=more,
    )


def point_share(cells, position, confidence):
    """Share of loyal respondents at one point of a curve.

    Parameters
    ----------
    cells : LoyaltyCells
        Satisfaction by loyalty.
    position : int
        Which point, counted from the bad end.
    confidence : float in (0, 1)
        Level of the Wilson interval.

    Returns
    -------
    Estimate
        Undefined where nobody is.

    Raises
    ------
    ArgumentError
        `confidence` lies outside its domain.
    """
    if not cells.used[position]:
        return undefined(base=int(cells.n[position]), confidence=confidence, method="wilson")
    return proportion(
        float(cells.loyal_w[position]),
        float(cells.w[position]),
        effective_base=float(cells.effective[position]) if cells.is_weighted else None,
        respondents=int(cells.n[position]),
        confidence=confidence,
    )


def _group(cells, position):
    return float(cells.effective_loyal[position]), float(cells.effective[position])


def _odds(table, confidence):
    plain = odds_ratio(*table, confidence=confidence)
    whole = all(float(number).is_integer() for number in table)
    if plain.is_defined or not (table[1] and table[3] and whole):
        return plain
    return odds_ratio(*table, confidence=confidence, method="conditional")


MEASURES = (
    Measure(
        key="top_against_next",
        name="Best score against the next",
        definition="Loyal share at the best score as a multiple of that at the score below.",
        formula="p(top) / p(next)",
        denominator="Respondents with the score and a known loyalty, at either score",
        scale="any rating scale with a yes/no loyalty outcome",
        unit="ratio",
        interval="Koopman's score interval",
        source="Jones & Sasser (1995), Harvard Business Review; Koopman (1984)",
    ),
    Measure(
        key="defection_ratio",
        name="Defection ratio",
        definition="Not-loyal share at the score below the best as a multiple of that at the best.",
        formula="(1 − p(next)) / (1 − p(top))",
        denominator="Respondents with the score and a known loyalty, at either score",
        scale="any rating scale with a yes/no loyalty outcome",
        unit="ratio",
        interval="Koopman's score interval",
        source="Fagerland, Lydersen & Laake (2015) for the interval",
    ),
)
