"""How far waves are: who was looked at, asked, skipped and why, and what became of the messages."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from surveys.enums import DeliveryState, InvitationState, SkipReason, WaveState
from surveys.models import Delivery, Invitation, SkippedCustomer


@dataclass(frozen=True, slots=True)
class Progress:
    """The figures of one wave."""

    to_recruit: int | None
    asked: int
    skipped: tuple[tuple[str, int], ...]
    messages: tuple[tuple[str, int, int], ...]
    sent: int
    answered: int
    uncertain: int
    goes_on: bool
    next_at: datetime | None

    @property
    def skipped_count(self):
        """How many were skipped in all."""
        return sum(number for _reason, number in self.skipped)

    @property
    def decided(self):
        """How many are asked or skipped."""
        return self.asked + self.skipped_count


def waves_of(survey):
    """The waves of a survey, the newest first, with the figures of a list."""
    return (
        survey.waves.select_related("series", "panel", "filter")
        .annotate(
            asked_count=_count(Invitation.objects.filter(wave=OuterRef("pk")), "wave"),
            answered_count=_count(
                Invitation.objects.filter(wave=OuterRef("pk"), state=InvitationState.ANSWERED),
                "wave",
            ),
            skipped_count=_count(SkippedCustomer.objects.filter(wave=OuterRef("pk")), "wave"),
        )
        .order_by("-starts_on", "-pk")
    )


def progress_of(wave):
    """What became of everybody of a wave so far."""
    asked = wave.invitations.aggregate(
        all=Count("pk"), answered=Count("pk", filter=Q(state=InvitationState.ANSWERED))
    )
    counts = _messages(wave)
    first = {state: number for (is_first, state), number in counts.items() if is_first}
    return Progress(
        to_recruit=wave.to_recruit,
        asked=asked["all"],
        skipped=tuple(reasons_of(wave)),
        messages=tuple(
            (state.label, counts.get((True, state), 0), counts.get((False, state), 0))
            for state in DeliveryState
            if (True, state) in counts or (False, state) in counts
        ),
        sent=first.get(DeliveryState.SENT, 0) + first.get(DeliveryState.BOUNCED, 0),
        answered=asked["answered"],
        uncertain=sum(counts.get((is_first, DeliveryState.UNCERTAIN), 0) for is_first in (0, 1)),
        goes_on=wave.state == WaveState.RUNNING and _goes_on(wave, counts),
        next_at=_next_moment(wave) if wave.state == WaveState.RUNNING else None,
    )


def reasons_of(wave):
    """Why customers of a wave were skipped: the reason in words, and how many."""
    counted = wave.skipped_customers.order_by().values_list("reason").annotate(n=Count("pk"))
    found = dict(counted)
    for reason in SkipReason:
        if reason in found:
            yield reason.label, found[reason]


def skipped_of(wave):
    """Who was skipped, in the order of their numbers."""
    rows = wave.skipped_customers.select_related("customer__unit")
    return rows.order_by("customer__external_id")


def _messages(wave):
    """How many messages by whether they are the first, and by state."""
    rows = Delivery.objects.filter(invitation__wave=wave).order_by()
    counted = rows.values_list("number", "state").annotate(n=Count("pk"))
    found = {}
    for number, state, n in counted:
        key = (number == 0, state)
        found[key] = found.get(key, 0) + n
    return found


def _next_moment(wave):
    """When the next message leaves, where all that waits is for later."""
    waiting = Delivery.objects.filter(invitation__wave=wave, state=DeliveryState.QUEUED)
    first = waiting.aggregate(first=Min("due_at"))["first"]
    return first if first is not None and first > timezone.now() else None


def _goes_on(wave, counts):
    """Whether the figures of a running wave may change from one second to the next."""
    waiting = (DeliveryState.QUEUED, DeliveryState.SENDING)
    return wave.recruited_at is None or any(state in waiting for _first, state in counts)


def _count(rows, group):
    counted = rows.order_by().values(group).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)
