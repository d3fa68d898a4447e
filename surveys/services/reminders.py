"""Reminding those who have not answered; the message is a row, and sending asks once more.

Days count from the moment at which the invitation went out. Who answered,
refused, opted out, or whose mail comes back is not reminded, and after an
outage nobody gets two reminders at once: only the newest that is due.
"""

from datetime import timedelta

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from surveys.enums import Channel, DeliveryState, InvitationState, WaveState
from surveys.local_times import next_allowed, zone_of
from surveys.models import ContactPolicy, Delivery, EventRule, Invitation, Wave

from .asking import text_in_force

EVERY = timedelta(minutes=1)
PIECE = 1000  # reminders; some seconds of work


def make_next_reminders():
    """Make the reminders that are due of one wave or rule; whether there were any."""
    now = timezone.now()
    unseen = Q(reminded_at__isnull=True) | Q(reminded_at__lte=now - EVERY)
    for plans in (
        Wave.objects.filter(unseen, state=WaveState.RUNNING),
        EventRule.objects.filter(unseen, is_active=True),
    ):
        reminding = plans.filter(reminder_text__isnull=False).exclude(reminder_days=[])
        for plan in reminding.select_related("survey", "reminder_text"):
            if _claim(plan, now) and remind(plan, now):
                return True
    return False


def remind(plan, now):
    """Make the reminders of a wave or rule that are due; how many.

    The last ones first, so that who is due for two gets one.
    """
    quiet = ContactPolicy.current().quiet
    made = 0
    for number, days in reversed(list(enumerate(plan.reminder_days, start=1))):
        late = to_remind(plan, number, now - timedelta(days=days))[:PIECE]
        rows = [_reminder(plan, invitation, number, now, quiet) for invitation in late]
        made += len(Delivery.objects.bulk_create(rows, ignore_conflicts=True))
        if len(rows) == PIECE:
            _look_again(plan, now)
            break
    return made


def to_remind(plan, number, sent_before):
    """Invitations that were sent before a moment, wait for an answer, and had no such reminder."""
    now = timezone.now()
    sent = Delivery.objects.filter(
        invitation=OuterRef("pk"),
        number=0,
        state=DeliveryState.SENT,
        finished_at__lte=sent_before,
    )
    had = Delivery.objects.filter(invitation=OuterRef("pk"), number__gte=number)
    reachable = Q(customer__opted_out_at__isnull=True) & (
        ~Q(channel=Channel.EMAIL) | Q(customer__email_bounced_at__isnull=True)
    )
    return (
        Invitation.objects.filter(
            reachable,
            Exists(sent),
            ~Exists(had),
            Q(expires_at__isnull=True) | Q(expires_at__gt=now),
            state=InvitationState.OPEN,
            declined_at__isnull=True,
            **{"wave" if isinstance(plan, Wave) else "rule": plan},
        )
        .select_related("customer")
        .order_by("pk")
    )


def _reminder(plan, invitation, number, now, quiet):
    zone = zone_of(invitation.customer, plan.survey)
    return Delivery(
        invitation=invitation,
        number=number,
        channel=invitation.channel,
        text=text_in_force(plan.reminder_text),
        due_at=next_allowed(now, zone, quiet),
    )


def _claim(plan, now):
    mine = type(plan).objects.filter(pk=plan.pk, reminded_at=plan.reminded_at)
    return mine.update(reminded_at=now)


def _look_again(plan, now):
    looked = type(plan).objects.filter(pk=plan.pk, reminded_at=now)
    looked.update(reminded_at=plan.reminded_at)
