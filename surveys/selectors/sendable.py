"""Which messages may be sent now, and why others never will be.

Every condition stands on the row of the message itself or in an EXISTS of its
own. With a join, Django would put the conditions into a subquery, and
PostgreSQL would not look at them again after waiting for another worker's
claim: both would send.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_noop

from surveys.enums import Channel, DeliveryState, InvitationState, VersionState, WaveState
from surveys.models import (
    Delivery,
    EventRule,
    Invitation,
    Survey,
    SurveyVersion,
    Wave,
)

SENT_CHANNELS = (Channel.EMAIL, Channel.SMS)
BACK_TO_SENDER = Q(customer__email_bounced_at__isnull=False)
ASKING_WAVES = (WaveState.RUNNING, WaveState.FINISHED)
MINUTE = timedelta(minutes=1)


def due(now):
    """Messages that wait and whose time has come, whatever else may speak against them."""
    is_due = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    return Delivery.objects.filter(
        is_due, state=DeliveryState.QUEUED, due_at__lte=now, channel__in=SENT_CHANNELS
    )


def head_of_queue(now, channel, most):
    """The messages of a channel that have been due for longest, without those that are held up.

    Reads only as many rows as it gives, however long the queue and whatever
    the database knows of its size.
    """
    waiting = due(now).filter(channel=channel)
    for name, held in _held_up():
        if held:
            waiting = waiting.exclude(**{f"invitation__{name}__in": held})
    return list(waiting.order_by("due_at", "pk").values_list("pk", flat=True)[:most])


def _held_up():
    """What waits as a whole: paused waves, rules that are off, surveys that take no answers."""
    waves = Wave.objects.filter(state__in=(WaveState.PLANNED, WaveState.PAUSED))
    yield "wave_id", list(waves.values_list("pk", flat=True))
    yield "rule_id", list(EventRule.objects.filter(is_active=False).values_list("pk", flat=True))
    open_surveys = SurveyVersion.objects.filter(state=VersionState.PUBLISHED).values("survey")
    closed = Survey.objects.filter(~Q(pk__in=open_surveys) | Q(archived_at__isnull=False))
    yield "survey_id", list(closed.values_list("pk", flat=True))


def sendable(now):
    """Messages that may be sent at this moment."""
    invitations = Invitation.objects.filter(
        Q(expires_at__isnull=True) | Q(expires_at__gt=now),
        Q(wave__isnull=True) | Q(wave__state__in=ASKING_WAVES),
        Q(rule__isnull=True) | Q(rule__is_active=True),
        pk=OuterRef("invitation_id"),
        state=InvitationState.OPEN,
        declined_at__isnull=True,
        customer__opted_out_at__isnull=True,
        survey__archived_at__isnull=True,
    )
    can_answer = SurveyVersion.objects.filter(
        survey__invitations=OuterRef("invitation_id"), state=VersionState.PUBLISHED
    )
    returned = Invitation.objects.filter(BACK_TO_SENDER, pk=OuterRef("invitation_id"))
    return due(now).filter(
        Exists(invitations),
        Exists(can_answer),
        ~Q(channel=Channel.EMAIL) | ~Exists(returned),
    )


def reasons_against(keys, now):
    """Why some of these messages will never be sent: each reason with its messages."""
    these = due(now).filter(pk__in=keys)
    by_invitation = {
        gettext_noop("The customer has answered"): Q(state=InvitationState.ANSWERED),
        gettext_noop("The invitation was withdrawn"): Q(state=InvitationState.REVOKED),
        gettext_noop("The customer asked not to be surveyed"): Q(
            customer__opted_out_at__isnull=False
        ),
        gettext_noop("The customer refused this survey"): Q(declined_at__isnull=False),
        gettext_noop("The time for answering is over"): Q(expires_at__lte=now),
        gettext_noop("The wave was stopped"): Q(wave__state=WaveState.STOPPED),
    }
    for reason, condition in by_invitation.items():
        found = Invitation.objects.filter(condition, pk=OuterRef("invitation_id"))
        yield reason, these.filter(Exists(found))
    returned = Invitation.objects.filter(BACK_TO_SENDER, pk=OuterRef("invitation_id"))
    yield (
        gettext_noop("Mail to this address comes back"),
        these.filter(Exists(returned), channel=Channel.EMAIL),
    )


def sends_left(now, policy):
    """How many more messages may leave in this minute, over all workers.

    A claim from the future, made before somebody set the clock back, is not counted.
    """
    begun = Delivery.objects.filter(claimed_at__gt=now - MINUTE, claimed_at__lte=now)
    return policy.sends_per_minute - begun.count()
