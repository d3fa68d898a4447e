"""Messages of which nobody knows whether they arrived: what resolves them, and who decides.

They resolve themselves when the customer begins to answer: the link came by
no other way. Of an anonymous survey it is only said after its answers were
mixed, all at once, so that the time of a mark tells nothing.
"""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from surveys.enums import DeliveryChoice, DeliveryState, InvitationState, SurveyMode
from surveys.models import Delivery, DeliveryDecision, Invitation, ResponseDraft

DECIDABLE = (DeliveryState.UNCERTAIN, DeliveryState.FAILED, DeliveryState.BOUNCED)
PIECE = 500  # messages decided about in one transaction


def resolve_uncertain():
    """Mark as sent what was answered and can only have come by this message; one sweep for all.

    When it was marked is not written down.
    """
    answered = Invitation.objects.filter(
        pk=OuterRef("invitation_id"), state=InvitationState.ANSWERED, awaits_mixing=False
    )
    begun = ResponseDraft.objects.filter(
        invitation=OuterRef("invitation_id"), invitation__survey__mode=SurveyMode.NAMED
    )
    others = Delivery.objects.filter(
        invitation=OuterRef("invitation_id"), state__in=(DeliveryState.SENT, *DECIDABLE)
    ).exclude(pk=OuterRef("pk"))
    Delivery.objects.filter(
        Exists(answered) | Exists(begun), ~Exists(others), state=DeliveryState.UNCERTAIN
    ).update(state=DeliveryState.SENT, last_error="")
    return False


def decide(*, deliveries, choice, user):
    """Send each of these messages again, or leave it; gives how many it was decided for.

    A message about which somebody else decided a moment ago is left as it is.
    """
    deliveries = list(deliveries)
    return sum(
        _decide(deliveries[start : start + PIECE], choice, user)
        for start in range(0, len(deliveries), PIECE)
    )


class _DecidedMeanwhile(Exception):
    """Somebody else was quicker with one of these messages."""


def _decide(deliveries, choice, user):
    """Decide about all of these at once; where somebody was quicker, one by one."""
    try:
        with transaction.atomic():
            return _decide_together(deliveries, choice, user)
    except _DecidedMeanwhile:
        if len(deliveries) == 1:
            return 0
        return sum(_decide([delivery], choice, user) for delivery in deliveries)


def _decide_together(deliveries, choice, user):
    for state in sorted({delivery.state for delivery in deliveries}):
        keys = [delivery.pk for delivery in deliveries if delivery.state == state]
        rows = Delivery.objects.filter(pk__in=keys, state=state).filter(state__in=DECIDABLE)
        if rows.update(**_changes(choice, state)) < len(keys):
            raise _DecidedMeanwhile
    DeliveryDecision.objects.bulk_create(
        DeliveryDecision(
            delivery=delivery,
            choice=choice,
            state_before=delivery.state,
            reason_before=delivery.last_error,
            decided_by=user,
        )
        for delivery in deliveries
    )
    return len(deliveries)


def _changes(choice, state):
    if choice == DeliveryChoice.LEAVE:
        return {"state": state}
    return {
        "state": DeliveryState.QUEUED,
        "attempts": 0,
        "lease_until": None,
        "due_at": timezone.now(),
        "finished_at": None,
    }
