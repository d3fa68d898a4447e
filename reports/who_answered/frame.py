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

from django.db.models import Case, CharField, Count, F, FilteredRelation, Q, Value, When
from django.db.models.functions import TruncDate

from reports.dataset import published_questionnaires, scale_of
from scoring.counts import MISSING
from scoring.outcome_rates import Dispositions
from surveys.enums import DeliveryState, InvitationState
from surveys.models import Invitation, Response, SkippedCustomer, Visit

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
    UNDELIVERED = "undelivered"
    WAITING = "waiting"


UNDELIVERED = (DeliveryState.BOUNCED, DeliveryState.FAILED)
WAITING = (DeliveryState.QUEUED, DeliveryState.SENDING)
SENT = (DeliveryState.SENT, DeliveryState.BOUNCED, DeliveryState.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Tally:
    """Invitations by what became of them."""

    complete: int = 0
    begun: int = 0
    refused: int = 0
    silent: int = 0
    withdrawn: int = 0
    undelivered: int = 0
    waiting: int = 0

    def __add__(self, other):
        return Tally(
            *(getattr(self, outcome) + getattr(other, outcome) for outcome in map(str, Outcome))
        )

    @property
    def invited(self):
        """Everybody who was written to; who still waits for the message is not, nor is who
        was withdrawn before or after it."""
        return self.delivered + self.undelivered

    @property
    def delivered(self):
        """Those to whom the message did not come back."""
        return self.complete + self.begun + self.refused + self.silent

    @property
    def started(self):
        """Those who sent a page or more, whether or not they finished."""
        return self.complete + self.begun

    @property
    def dispositions(self):
        """In the terms of AAPOR: a survey that was begun and not sent is a break-off.

        Of a message that came back nobody knows whether the customer is still one
        ("invitation returned undelivered"); who does not react is on our list, so
        eligible and not contacted.
        """
        return Dispositions(
            complete=self.complete,
            refusal=self.refused + self.begun,
            non_contact=self.silent,
            unknown_other=self.undelivered,
            ineligible=self.withdrawn,
        )


def invitations(selection):
    """The invitations of a selection; its days are those on which they were made."""
    return _selected(Invitation.objects.all(), selection, at="created_at")


def _selected(rows, selection, *, at):
    """The rows about customers that belong to a selection, by the time in the field `at`."""
    rows = rows.filter(survey=selection.survey)
    if selection.placements is not None:
        rows = rows.filter(customer__unit__placement__in=selection.placements)
    if selection.segment is not None:
        rows = rows.filter(customer__segment=selection.segment)
    if selection.wave is not None:
        rows = rows.filter(wave=selection.wave)
    zone = ZoneInfo(selection.survey.time_zone)
    if selection.first_day is not None:
        first = datetime.combine(selection.first_day, time.min, zone)
        rows = rows.filter(**{f"{at}__gte": first})
    if selection.last_day is not None:
        after = datetime.combine(selection.last_day + timedelta(days=1), time.min, zone)
        rows = rows.filter(**{f"{at}__lt": after})
    return rows


def skipped(selection):
    """Customers who belonged to the population and were not asked."""
    return _selected(SkippedCustomer.objects.all(), selection, at="skipped_at")


def skipped_by(selection):
    """How many were skipped, by reason, and by each axis and its values."""
    found = {name: Counter() for name in ("reason", *AXES)}
    rows = skipped(selection).order_by().values_list("reason", *AXES.values())
    for *values, n in rows.annotate(n=Count("pk")):
        for name, value in zip(found, values, strict=True):
            found[name][value] += n
    return found


def skipped_by_day(selection):
    """How many were skipped, by the day in the survey's time zone."""
    zone = ZoneInfo(selection.survey.time_zone)
    return _counted(skipped(selection).annotate(day=TruncDate("skipped_at", tzinfo=zone)), "day")


def sent(selection):
    """How many invitations went out by a message of ours; None where none was to."""
    states = _with_first_message(invitations(selection)).exclude(first_message=None)
    counts = _counted(states, "first_message__state")
    return sum(counts.get(state, 0) for state in SENT) if counts else None


def excluded(selection):
    """Answers to invitations that are left out of the figures; unknown where they are anonymous."""
    if selection.survey.is_anonymous:
        return None
    answers = Response.objects.filter(is_test=False, is_excluded=True)
    return answers.filter(invitation__in=invitations(selection)).count()


def _counted(rows, path):
    return dict(rows.order_by().values_list(path).annotate(n=Count("pk")))


def _with_first_message(rows):
    first = FilteredRelation("deliveries", condition=Q(deliveries__number=0))
    return rows.annotate(first_message=first)


def tally(selection):
    """All invitations of a selection together."""
    return sum(_tallies(invitations(selection), ()).values(), Tally())


def tally_by_survey(surveys, placements):
    """All invitations of each survey together, by its id; what `tally` says of each."""
    found = {survey.pk: Tally() for survey in surveys}
    counted = _tallies(_invited_by(surveys, placements), ("survey",))
    return found | {pk: counts for (pk,), counts in counted.items()}


def tallies_before_and_after(surveys, placements, *, first, middle, last, within):
    """The invitations of two spans of time, by survey and whether they are of the later one.

    What was answered later than `within` counts as no reaction, and so in both alike.
    """
    rows = _invited_by(surveys, placements).filter(created_at__gte=first, created_at__lt=last)
    later = Case(When(created_at__gte=middle, then=Value(True)), default=Value(False))
    is_late = Q(answered_at__gt=F("created_at") + within)
    outcome = Case(When(is_late, then=Value(Outcome.SILENT)), default=_outcome())
    return _tallies(rows.annotate(is_later=later), ("survey", "is_later"), outcome)


def _invited_by(surveys, placements):
    rows = Invitation.objects.filter(survey__in=surveys)
    if placements is not None:
        rows = rows.filter(customer__unit__placement__in=placements)
    return rows


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


def _tallies(rows, paths, outcome=None):
    counted = (
        _with_first_message(rows)
        .annotate(outcome=outcome or _outcome())
        .order_by()
        .values_list(*paths, "outcome")
    )
    found = {}
    for *key, found_as, n in counted.annotate(n=Count("pk")):
        found.setdefault(tuple(key), Counter())[found_as] += n
    return {key: Tally(**counts) for key, counts in found.items()}


def _is_withdrawn():
    return Q(state=InvitationState.REVOKED) & ~_has_refused()


def _has_refused():
    return Q(customer__opted_out_at__gte=F("created_at")) | Q(declined_at__isnull=False)


def _outcome():
    return Case(
        When(state=InvitationState.ANSWERED, awaits_mixing=False, then=Value(Outcome.COMPLETE)),
        When(state=InvitationState.ANSWERED, then=Value(Outcome.SILENT)),
        When(first_message__state=DeliveryState.CANCELLED, then=Value(Outcome.WITHDRAWN)),
        When(_has_refused(), then=Value(Outcome.REFUSED)),
        When(state=InvitationState.REVOKED, then=Value(Outcome.WITHDRAWN)),
        When(draft__isnull=False, then=Value(Outcome.BEGUN)),
        When(first_message__state__in=UNDELIVERED, then=Value(Outcome.UNDELIVERED)),
        When(first_message__state__in=WAITING, then=Value(Outcome.WAITING)),
        default=Value(Outcome.SILENT),
        output_field=CharField(),
    )
