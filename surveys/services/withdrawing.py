"""What waits to be sent in a wave that is stopped, or was paused."""

from django.db.models import Exists, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext_noop

from surveys.enums import DeliveryState, InvitationState
from surveys.local_times import next_allowed, zone_of
from surveys.models import Account, ContactPolicy, Customer, Delivery

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


def put_off(wave):
    """Move what is overdue out of the quiet hours of those it goes to."""
    now, quiet = timezone.now(), ContactPolicy.current().quiet
    overdue = _waiting(wave).filter(due_at__lt=now)
    asked = Customer.objects.filter(invitations__wave=wave)
    for name in list(asked.order_by().values_list("time_zone", flat=True).distinct()):
        theirs = wave.invitations.filter(customer__time_zone=name).values("pk")
        zone = zone_of(Customer(time_zone=name), wave.survey)
        overdue.filter(invitation__in=theirs).update(due_at=next_allowed(now, zone, quiet))


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
