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
    decided = 0
    for delivery in deliveries:
        with transaction.atomic():
            decided += _decide(delivery, choice, user)
    return decided


def _decide(delivery, choice, user):
    state, reason = delivery.state, delivery.last_error
    mine = Delivery.objects.filter(pk=delivery.pk, state=state, state__in=DECIDABLE)
    if choice == DeliveryChoice.RESEND:
        changed = mine.update(
            state=DeliveryState.QUEUED,
            attempts=0,
            lease_until=None,
            due_at=timezone.now(),
            finished_at=None,
        )
    else:
        changed = mine.update(state=state)
    if changed:
        DeliveryDecision.objects.create(
            delivery=delivery,
            choice=choice,
            state_before=state,
            reason_before=reason,
            decided_by=user,
        )
    return changed
