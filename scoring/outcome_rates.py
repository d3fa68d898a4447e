"""Response, cooperation, refusal and contact rates after AAPOR, and the funnel of a wave."""

from dataclasses import dataclass, fields
from itertools import pairwise

from .argument_types import takes
from .errors import CountError
from .intervals import wilson
from .measure import Measure
from .results import Estimate, undefined


@dataclass(frozen=True, slots=True)
class Dispositions:
    """How many invitations ended in what.

    Parameters
    ----------
    complete, partial : int
        Finished questionnaires (I), and those answered far enough to be used (P).
    refusal : int, default 0
        Refusals and break-offs (R).
    non_contact : int, default 0
        Eligible, but never reached or never answered (NC).
    other : int, default 0
        Eligible, reached, no answer for another reason (O).
    unknown_household, unknown_other : int, default 0
        Eligibility not known: whether there is anybody at all (UH), other
        reasons (UO). An e-mail that bounced belongs to UO.
    ineligible : int, default 0
        Known not to belong to the survey; in no rate, only in the estimate of `e`.

    Raises
    ------
    CountError
        A number is negative or not whole.
    """

    complete: int
    partial: int = 0
    refusal: int = 0
    non_contact: int = 0
    other: int = 0
    unknown_household: int = 0
    unknown_other: int = 0
    ineligible: int = 0

    def __post_init__(self):
        for field in fields(self):
            count = getattr(self, field.name)
            if not isinstance(count, int | float) or not 0 <= count < float("inf"):
                raise CountError(f"{field.name} must be 0 or more; got {count!r}.")
            if count != int(count):
                raise CountError(f"{field.name} counts invitations and must be whole.")
            object.__setattr__(self, field.name, int(count))

    def __add__(self, other):
        if not isinstance(other, Dispositions):
            return NotImplemented
        return Dispositions(
            *(getattr(self, field.name) + getattr(other, field.name) for field in fields(self))
        )

    @property
    def eligible(self):
        """Invitations known to be eligible."""
        return self.complete + self.partial + self.refusal + self.non_contact + self.other

    @property
    def unknown(self):
        """Invitations of unknown eligibility."""
        return self.unknown_household + self.unknown_other


@dataclass(frozen=True, slots=True)
class OutcomeRates:
    """AAPOR's rates with the eligibility that they assume.

    Parameters
    ----------
    rates : dict of str to Estimate
        ``"RR1"`` to ``"RR6"``, ``"COOP1"`` to ``"COOP4"``, ``"REF1"`` to
        ``"REF3"`` and ``"CON1"`` to ``"CON3"``. `base` counts the invitations
        in the denominator, `effective_base` the same with those of unknown
        eligibility taken times `eligibility`.
    eligibility : float
        The share `e` of unknown cases taken as eligible.
    eligibility_is_assumed : bool
        Whether `e` was given; otherwise it is the share among known cases.
    dispositions : Dispositions
        What the rates were computed from.
    """

    rates: dict
    eligibility: float
    eligibility_is_assumed: bool
    dispositions: Dispositions


@takes(numbers=("eligibility",))
def outcome_rates(dispositions, *, eligibility=None, confidence=0.95):
    """All outcome rates of AAPOR's Standard Definitions.

    Parameters
    ----------
    dispositions : Dispositions
        Counts of final outcomes; add two for a total over channels or segments.
    eligibility : float in [0, 1], optional
        Share `e` of the unknown cases that is taken as eligible. When not
        given, the share of eligible ones among all known cases.
    confidence : float in (0, 1), default 0.95
        Level of Wilson's intervals.

    Returns
    -------
    OutcomeRates
        A rate without denominator is undefined.

    Raises
    ------
    CountError
        `eligibility` is not between 0 and 1, or `dispositions` is none.
    ArgumentError
        `confidence` is not between 0 and 1.

    Notes
    -----
    With ``k = I + P + R + NC + O`` and ``u = UH + UO``: RR1 = I/(k + u),
    RR3 = I/(k + e u), RR5 = I/k; RR2, RR4 and RR6 count partials too.
    COOP1 = I/(I + P + R + O), COOP3 = I/(I + P + R); COOP2 and COOP4 count
    partials too. REF1–3 = R over the denominators of RR1, RR3, RR5, and
    CON1–3 = (I + P + R + O) over the same. The interval is for the chance that
    stands behind the invitations; a response rate says little about bias.

    References
    ----------
    .. [1] American Association for Public Opinion Research (2023). Standard
       Definitions, 10th edition.

    Examples
    --------
    >>> rates = outcome_rates(Dispositions(40, non_contact=50, unknown_other=10))
    >>> rates.rates["RR1"].value, rates.rates["RR5"].value
    (0.4, 0.4444444444444444)
    """
    if not isinstance(dispositions, Dispositions):
        raise CountError(f"Expected Dispositions; got {type(dispositions).__name__}.")
    d = dispositions
    assumed = eligibility is not None
    if not assumed:
        known = d.eligible + d.ineligible
        eligibility = d.eligible / known if known else 1.0
    if not 0 <= eligibility <= 1:
        raise CountError(f"The share of eligible cases lies between 0 and 1; got {eligibility!r}.")
    used = d.complete + d.partial
    reached = used + d.refusal + d.other
    whole = {1: (d.unknown, 1.0), 2: (d.unknown, eligibility), 3: (0, 1.0)}
    parts = {}
    for number, unknown in whole.items():
        parts[f"RR{2 * number - 1}"] = (d.complete, d.eligible, unknown)
        parts[f"RR{2 * number}"] = (used, d.eligible, unknown)
    for number, asked in ((1, reached), (3, reached - d.other)):
        parts[f"COOP{number}"] = (d.complete, asked, (0, 1.0))
        parts[f"COOP{number + 1}"] = (used, asked, (0, 1.0))
    for number, unknown in whole.items():
        parts[f"REF{number}"] = (d.refusal, d.eligible, unknown)
        parts[f"CON{number}"] = (reached, d.eligible, unknown)
    rates = {name: _rate(*part, confidence) for name, part in parts.items()}
    return OutcomeRates(rates, float(eligibility), assumed, d)


@takes(counts=("invited", "bounced", "complete", "partial", "refusal", "other", "ineligible"))
def email_dispositions(*, invited, bounced, complete, partial=0, refusal=0, other=0, ineligible=0):
    """Dispositions of a wave sent by e-mail to named customers.

    Parameters
    ----------
    invited : int
        Invitations sent.
    bounced : int
        Came back undelivered: eligibility unknown.
    complete, partial, refusal, other, ineligible : int
        What became of the delivered ones; who did not react at all counts as
        not contacted.

    Returns
    -------
    Dispositions
        Together as many as `invited`.

    Raises
    ------
    CountError
        More outcomes than invitations, or a negative number.

    Examples
    --------
    >>> email_dispositions(invited=100, bounced=10, complete=30).non_contact
    60
    """
    silent = invited - bounced - complete - partial - refusal - other - ineligible
    if silent < 0:
        raise CountError(f"{-silent} more outcomes than the {invited} invitations.")
    return Dispositions(
        complete=complete,
        partial=partial,
        refusal=refusal,
        non_contact=silent,
        other=other,
        unknown_other=bounced,
        ineligible=ineligible,
    )


@dataclass(frozen=True, slots=True)
class Funnel:
    """From invitation to analysis.

    Parameters
    ----------
    delivered, response_of_invited, response_of_delivered, started, completion : Estimate
        Delivered of invited; completed of invited; completed of delivered;
        started of delivered; completed of started.
    analysed : int
        Completed and not excluded.
    """

    delivered: Estimate
    response_of_invited: Estimate
    response_of_delivered: Estimate
    started: Estimate
    completion: Estimate
    analysed: int


@takes(counts=("invited", "delivered", "started", "completed", "excluded"))
def funnel(*, invited, delivered, started, completed, excluded=0, confidence=0.95):
    """Shares at each step of a wave.

    Parameters
    ----------
    invited, delivered, started, completed : int
        Each at most the one before.
    excluded : int, default 0
        Completed, but left out of the analysis.
    confidence : float in (0, 1), default 0.95
        Level of Wilson's intervals.

    Returns
    -------
    Funnel
        A step out of nobody is undefined.

    Raises
    ------
    CountError
        A step holds more than the one before it.
    ArgumentError
        `confidence` is not between 0 and 1.

    Examples
    --------
    >>> steps = funnel(invited=1000, delivered=950, started=400, completed=320, excluded=12)
    >>> steps.response_of_invited.value, round(steps.response_of_delivered.value, 3)
    (0.32, 0.337)
    >>> steps.analysed
    308
    """
    order = {
        "invited": invited,
        "delivered": delivered,
        "started": started,
        "completed": completed,
        "excluded": excluded,
    }
    for earlier, later in pairwise(order):
        if not 0 <= order[later] <= order[earlier]:
            raise CountError(
                f"{later} ({order[later]}) must lie between 0 and {earlier} ({order[earlier]})."
            )
    no_unknown = (0, 1.0)
    return Funnel(
        delivered=_rate(delivered, invited, no_unknown, confidence),
        response_of_invited=_rate(completed, invited, no_unknown, confidence),
        response_of_delivered=_rate(completed, delivered, no_unknown, confidence),
        started=_rate(started, delivered, no_unknown, confidence),
        completion=_rate(completed, started, no_unknown, confidence),
        analysed=completed - excluded,
    )


def _rate(count, known, unknown, confidence):
    cases, share = unknown
    denominator = known + share * cases
    base = known + cases
    if denominator == 0:
        return undefined(base=base, confidence=confidence, method="wilson")
    low, high = wilson(count, denominator, confidence=confidence)
    return Estimate(count / denominator, low, high, base, float(denominator), confidence, "wilson")


def _measure(
    key,
    name,
    definition,
    formula,
    denominator="Invitations, without those known to be ineligible",
):
    return Measure(
        key=key,
        name=name,
        definition=definition,
        formula=formula,
        denominator=denominator,
        scale="any",
        unit="share",
        interval="Wilson",
        source="AAPOR (2023), Standard Definitions, 10th edition",
    )


MEASURES = (
    _measure(
        "response_rate_1",
        "Response rate (RR1)",
        "Complete questionnaires among all invitations that may be eligible.",
        "I / (I + P + R + NC + O + UH + UO)",
    ),
    _measure(
        "response_rate_2",
        "Response rate (RR2)",
        "Complete and usable partial questionnaires among all invitations that may be eligible.",
        "(I + P) / (I + P + R + NC + O + UH + UO)",
    ),
    _measure(
        "response_rate_3",
        "Response rate (RR3)",
        "Complete questionnaires among eligible invitations, a stated share e of the unknown "
        "ones included.",
        "I / (I + P + R + NC + O + e(UH + UO))",
        "Invitations known to be eligible, and the share e of those that nobody knows about",
    ),
    _measure(
        "response_rate_5",
        "Response rate (RR5)",
        "Complete questionnaires among invitations known to be eligible.",
        "I / (I + P + R + NC + O)",
        "Invitations known to be eligible",
    ),
    _measure(
        "cooperation_rate_1",
        "Cooperation rate (COOP1)",
        "Complete questionnaires among all who were reached.",
        "I / (I + P + R + O)",
        "Invitations that reached a person",
    ),
    _measure(
        "refusal_rate_1",
        "Refusal rate (REF1)",
        "Refusals and break-offs among all invitations that may be eligible.",
        "R / (I + P + R + NC + O + UH + UO)",
    ),
    _measure(
        "contact_rate_1",
        "Contact rate (CON1)",
        "Invitations that reached a person among all that may be eligible.",
        "(I + P + R + O) / (I + P + R + NC + O + UH + UO)",
    ),
)
