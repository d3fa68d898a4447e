"""Who was asked and who answered, as it may be shown: rates, groups, and how alike both are.

Groups on too few invitations are taken out here, with as many others as keep
them from being worked out; in the check against the frame they stand together.
"""

from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings

from reports.dataset import Selection
from reports.fieldwork.participation import MOST_DAYS
from reports.suppression import hidden_cells
from scoring.intervals import proportion
from scoring.nonresponse import NonresponseCheck, nonresponse_check
from scoring.outcome_rates import OutcomeRates, outcome_rates
from scoring.results import Estimate

from .frame import (
    AXES,
    TOGETHER,
    Tally,
    excluded,
    opened,
    sent,
    skipped_by,
    skipped_by_day,
    tallies,
    tallies_by_day,
)
from .weights import Weighting, weighting

LEAST_INVITED = 100
LEAST_PER_CLASS = 20
CHECKED = ("unit", "segment", "language")


@dataclass(frozen=True, slots=True)
class Group:
    """The invitations of one unit, segment, language, wave or day; no tally where too few."""

    key: object
    tally: Tally | None
    rate: Estimate | None
    skipped: int = 0


@dataclass(frozen=True, slots=True)
class FrameShare:
    """One class of the frame: its share among the invited, and among those who answered.

    The frame is known, so all uncertainty is in the share of those who
    answered; `difference` is that share minus the frame's.
    """

    key: object
    invited: float
    answered: Estimate
    difference: Estimate
    standardised_difference: float | None


@dataclass(frozen=True, slots=True)
class FrameCheck:
    """Those who answered against those who were asked, by one axis.

    `r_indicator` is None below `LEAST_INVITED` invitations and `LEAST_PER_CLASS`
    for each class, where chance alone would move it.
    """

    axis: str
    shares: tuple[FrameShare, ...]
    check: NonresponseCheck
    r_indicator: float | None


@dataclass(frozen=True, slots=True)
class WhoAnswered:
    """Everything that the page on who answered shows.

    `obstacle` is "public_only" where nobody was asked in person and answers
    came by public links, "nobody_asked" where there is nothing at all, and
    "too_few" below the minimum base.
    """

    selection: Selection
    tally: Tally
    public_answers: int
    skipped: dict | None = None
    sent: int | None = None
    opened: int | None = None
    excluded: int | None = None
    rates: OutcomeRates | None = None
    groups: dict | None = None
    by_day: tuple[Group, ...] = ()
    has_months: bool = False
    checks: tuple[FrameCheck, ...] = ()
    weighting: Weighting | None = None
    obstacle: str = ""


def response_rate(found):
    """Complete answers among all in a tally (RR1), or None where there is no such rate."""
    return _rate(found) if found.invited >= settings.MINIMUM_BASE else None


def who_answered(selection, *, margins=(), may_weight=True):
    """Count who was asked and who answered; weighted by `margins` only where they are given.

    Weighted figures are results: where this choice may show none, `may_weight` is false.
    """
    cells = tallies(selection)
    whole = sum(cells.values(), Tally())
    public = selection.rows().filter(public_link__isnull=False).count()
    found = WhoAnswered(selection, whole, public)
    if whole.invited < settings.MINIMUM_BASE:
        return replace(found, obstacle=_obstacle(whole, public))
    groups = {axis: _by_axis(cells, place) for place, axis in enumerate(AXES)}
    skipped = skipped_by(selection)
    days, has_months = _by_day(selection)
    return replace(
        found,
        skipped=skipped["reason"],
        sent=sent(selection),
        opened=opened(selection),
        excluded=excluded(selection),
        rates=outcome_rates(whole.dispositions),
        groups={axis: _shown(counted, skipped[axis]) for axis, counted in groups.items()},
        by_day=days,
        has_months=has_months,
        checks=tuple(
            check for axis in CHECKED if (check := _frame_check(axis, groups[axis])) is not None
        ),
        weighting=_weighting(selection, cells, margins, may_weight) if margins else None,
    )


def _weighting(selection, cells, margins, may_weight):
    if not may_weight:
        return Weighting(tuple(margins), obstacle="withheld")
    return weighting(selection, cells, margins)


def _obstacle(whole, public):
    if whole.invited:
        return "too_few"
    return "public_only" if public else "nobody_asked"


def _by_axis(cells, place):
    counted = {}
    for key, found in cells.items():
        counted[key[place]] = counted.get(key[place], Tally()) + found
    return counted


def _by_day(selection):
    counted = tallies_by_day(selection)
    if not counted:
        return (), False
    has_months = (max(counted) - min(counted)).days > MOST_DAYS
    spans: dict[date, Tally] = {}
    for day, found in counted.items():
        span = day.replace(day=1) if has_months else day
        spans[span] = spans.get(span, Tally()) + found
    skipped: dict[date, int] = {}
    for day, number in skipped_by_day(selection).items():
        span = day.replace(day=1) if has_months else day
        skipped[span] = skipped.get(span, 0) + number
    return _shown(spans, skipped), has_months


def _shown(counted, skipped=()):
    numbers = dict(skipped)
    hidden = hidden_cells(
        [found.invited for found in counted.values()], minimum=settings.MINIMUM_BASE
    )
    return tuple(
        Group(key, None, None)
        if place in hidden
        else Group(key, found, _rate(found), numbers.get(key, 0))
        for place, (key, found) in enumerate(counted.items())
    )


def _rate(found):
    return outcome_rates(found.dispositions).rates["RR1"]


def _frame_check(axis, counted):
    classes = _classes(counted)
    if len(classes) < 2 or not any(found.complete for found in classes.values()):
        return None
    answered = [found.complete for found in classes.values()]
    invited = [found.invited for found in classes.values()]
    check = nonresponse_check(answered, invited, names=tuple(classes))
    shares = tuple(
        _frame_share(one, got, sum(answered), asked, sum(invited))
        for one, got, asked in zip(check.classes, answered, invited, strict=True)
    )
    is_known = sum(invited) >= max(LEAST_INVITED, LEAST_PER_CLASS * len(classes))
    return FrameCheck(axis, shares, check, check.r_indicator if is_known else None)


def _classes(counted):
    """The groups that may be shown, and all others together as one class."""
    classes, rest = {}, Tally()
    for group in _shown(counted):
        if group.tally is None:
            rest += counted[group.key]
        elif group.tally.invited:
            classes[group.key] = group.tally
    return classes | ({TOGETHER: rest} if rest.invited else {})


def _frame_share(one, got, answered, asked, invited):
    share, in_frame = proportion(got, answered), asked / invited
    difference = replace(
        share,
        value=share.value - in_frame,
        low=share.low - in_frame,
        high=share.high - in_frame,
    )
    return FrameShare(one.name, in_frame, share, difference, one.standardised_difference)
