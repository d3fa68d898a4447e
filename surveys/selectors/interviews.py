"""Who waits to be asked in person, and who has been."""

from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from surveys.enums import IN_PERSON, InvitationState
from surveys.models import Invitation, Response

MOST_FOUND = 20


def invitations_to_call(survey):
    """Open invitations to be asked by telephone or face to face, oldest first."""
    in_time = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
    waiting = survey.invitations.filter(in_time, state=InvitationState.OPEN, channel__in=IN_PERSON)
    return waiting.select_related("customer__unit", "interviewer").order_by("pk")


def customers_to_ask(survey, customers):
    """The first customers, each with whether they answered this survey already."""
    answered = Invitation.objects.filter(
        survey=survey, customer=OuterRef("pk"), state=InvitationState.ANSWERED
    )
    return customers.annotate(has_answered=Exists(answered))[:MOST_FOUND]


def entered_by_staff(survey):
    """How many answers each member of staff typed in."""
    entered = Response.objects.filter(survey=survey, entered_by__isnull=False, is_test=False)
    names = ("entered_by__username", "entered_by__first_name", "entered_by__last_name")
    return list(entered.order_by().values(*names).annotate(n=Count("pk")).order_by("-n", *names))
