"""Who was asked and what became of it: grouped queries over invitations, no answer is read.

Unit, segment and language are the customer's own today, for those who answered
and those who did not alike. In an anonymous survey an answer counts as given
only when it is mixed with others, as everywhere.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, Count, F, Q, Value, When
from django.db.models.functions import TruncDate

from scoring.counts import MISSING
from scoring.outcome_rates import Dispositions
from surveys.enums import InvitationState
from surveys.models import Invitation, Visit

from .dataset import published_questionnaires, scale_of

TOGETHER = "together"  # the key under which small groups stand as one
AXES = {
    "unit": "customer__unit",
    "segment": "customer__segment",
    "language": "customer__language",
    "wave": "wave",
}


class Outcome(StrEnum):
    """What became of one invitation."""

    COMPLETE = "complete"
    BEGUN = "begun"
    REFUSED = "refused"
    SILENT = "silent"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Tally:
    """Invitations by what became of them."""

    complete: int = 0
    begun: int = 0
    refused: int = 0
    silent: int = 0
    withdrawn: int = 0

    def __add__(self, other):
        return Tally(
            *(getattr(self, outcome) + getattr(other, outcome) for outcome in map(str, Outcome))
        )

    @property
    def invited(self):
        """Everybody who could answer; a withdrawn invitation could not be answered."""
        return self.complete + self.begun + self.refused + self.silent

    @property
    def started(self):
        """Those who sent a page or more, whether or not they finished."""
        return self.complete + self.begun

    @property
    def dispositions(self):
        """In the terms of AAPOR: a survey that was begun and not sent is a break-off.

        Nothing tells yet which invitations did not arrive, so all are eligible.
        """
        return Dispositions(
            complete=self.complete,
            refusal=self.refused + self.begun,
            non_contact=self.silent,
            ineligible=self.withdrawn,
        )


def invitations(selection):
    """The invitations of a selection; its days are those on which they were made."""
    rows = Invitation.objects.filter(survey=selection.survey)
    if selection.placements is not None:
        rows = rows.filter(customer__unit__placement__in=selection.placements)
    if selection.segment is not None:
        rows = rows.filter(customer__segment=selection.segment)
    if selection.wave is not None:
        rows = rows.filter(wave=selection.wave)
    zone = ZoneInfo(selection.survey.time_zone)
    if selection.first_day is not None:
        rows = rows.filter(created_at__gte=datetime.combine(selection.first_day, time.min, zone))
    if selection.last_day is not None:
        after = selection.last_day + timedelta(days=1)
        rows = rows.filter(created_at__lt=datetime.combine(after, time.min, zone))
    return rows


def tally(selection):
    """All invitations of a selection together."""
    return sum(_tallies(invitations(selection), ()).values(), Tally())


def tallies(selection):
    """Invitations by unit, segment, language and wave, keyed by their values in this order."""
    return _tallies(invitations(selection), tuple(AXES.values()))


def tallies_by_day(selection):
    """Invitations by the day on which they were made, in the survey's time zone."""
    zone = ZoneInfo(selection.survey.time_zone)
    rows = invitations(selection).annotate(day=TruncDate("created_at", tzinfo=zone))
    return {day: found for (day,), found in sorted(_tallies(rows, ("day",)).items())}


def opened(selection):
    """How often the page was opened by a personal link; visits know no segment and no wave."""
    if selection.segment is not None or selection.wave is not None:
        return None
    visits = Visit.objects.filter(version__survey=selection.survey, public_link=None)
    if selection.placements is not None:
        visits = visits.filter(placement__in=selection.placements)
    if selection.first_day is not None:
        visits = visits.filter(shown_on__gte=selection.first_day)
    if selection.last_day is not None:
        visits = visits.filter(shown_on__lte=selection.last_day)
    return visits.count()


def answer_cells(selection, axes):
    """Answers to invitations by these axes, score and recommendation, and the scale.

    Cells are (*levels, score, recommendation, n). Only answers that a customer of
    the frame gave are counted; None where the survey does not ask for overall
    satisfaction.
    """
    asking = [q for q in published_questionnaires(selection.survey) if q.overall]
    asking = [q for q in asking if q.overall.values]
    if not asking:
        return None, None
    alike = [q.version_id for q in asking if q.overall.values == asking[0].overall.values]
    scale = scale_of(asking[0].overall)
    paths = [f"invitation__{AXES[axis]}" for axis in axes]
    rows = selection.rows().filter(
        invitation__isnull=False,
        version__in=alike,
        invitation__in=invitations(selection).exclude(_is_withdrawn()),
    )
    counted = (
        rows.order_by()
        .values_list(*paths, "satisfaction", "recommendation")
        .annotate(n=Count("pk"))
    )
    cells = [
        (*levels, *(MISSING if value is None else value for value in (score, would)), n)
        for *levels, score, would, n in counted
    ]
    return cells, scale


def _tallies(rows, paths):
    counted = rows.annotate(outcome=_outcome()).order_by().values_list(*paths, "outcome")
    found = {}
    for *key, outcome, n in counted.annotate(n=Count("pk")):
        found.setdefault(tuple(key), Counter())[outcome] += n
    return {key: Tally(**counts) for key, counts in found.items()}


def _is_withdrawn():
    return Q(state=InvitationState.REVOKED) & ~_has_refused()


def _has_refused():
    return Q(customer__opted_out_at__gte=F("created_at"))


def _outcome():
    return Case(
        When(state=InvitationState.ANSWERED, awaits_mixing=False, then=Value(Outcome.COMPLETE)),
        When(state=InvitationState.ANSWERED, then=Value(Outcome.SILENT)),
        When(_has_refused(), then=Value(Outcome.REFUSED)),
        When(state=InvitationState.REVOKED, then=Value(Outcome.WITHDRAWN)),
        When(draft__isnull=False, then=Value(Outcome.BEGUN)),
        default=Value(Outcome.SILENT),
        output_field=CharField(),
    )
