"""What waits to be sent in a wave that is stopped."""

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_noop

from surveys.enums import DeliveryState, InvitationState
from surveys.models import Account, Customer, Delivery

STOPPED = gettext_noop("The wave was stopped")  # shown in the reader's language


def withdraw_waiting(wave):
    """Cancel what was not sent; who was never written to was not asked, and may be by others."""
    _waiting(wave).update(
        state=DeliveryState.CANCELLED,
        lease_until=None,
        last_error=STOPPED,
        finished_at=timezone.now(),
    )
    never_sent = Delivery.objects.filter(
        invitation=OuterRef("pk"), number=0, state=DeliveryState.CANCELLED
    )
    wave.invitations.filter(Exists(never_sent), state=InvitationState.OPEN).update(
        state=InvitationState.REVOKED
    )
    _give_back(Customer, "invitation__customer", wave.invitations.values("customer"))
    _give_back(
        Account, "invitation__customer__account", wave.invitations.values("customer__account")
    )


def _waiting(wave):
    """Messages that nobody is sending yet.

    The state stands beside the subquery and not in a join: so PostgreSQL looks at
    it again when another worker has just claimed the row.
    """
    return Delivery.objects.filter(
        state=DeliveryState.QUEUED, invitation__in=wave.invitations.values("pk")
    )


def _give_back(model, path, among):
    """Let the contact rule count from what was really sent before, where this wave was the last."""
    first = Delivery.objects.filter(number=0, **{path: OuterRef("pk")})
    cancelled = first.filter(state=DeliveryState.CANCELLED, due_at__gte=OuterRef("asked_at"))
    before = first.exclude(state=DeliveryState.CANCELLED).order_by("-due_at").values("due_at")[:1]
    model.objects.filter(Exists(cancelled), pk__in=among).update(asked_at=Subquery(before))
