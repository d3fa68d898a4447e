"""Asking in person: staff read the questions out and type the answers in."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import InvitationState
from surveys.errors import BegunOnline, SurveyError
from surveys.models import Invitation

from .links import invite_customer


def begin_interview(
    *, survey, customer, channel, interviewer, begins_anew=False, although_recent=False
):
    """The invitation by which a customer is asked in person; an open one is taken over.

    What the customer typed online is never shown to the interviewer: raises
    `BegunOnline` while there is some, unless `begins_anew` discards it. Raises
    `AskedRecently` by the contact rule, unless `although_recent`.
    """
    if survey.is_anonymous:
        raise SurveyError(_("An anonymous survey is answered by the customer alone."))
    if not customer.may_be_asked:
        raise SurveyError(_("This customer asked not to be surveyed."))
    with transaction.atomic():
        invitation = _open_invitation(survey, customer)
        if invitation is None:
            invitation, _token = invite_customer(
                survey=survey, customer=customer, channel=channel, although_recent=although_recent
            )
        elif invitation.interviewer_id is None and hasattr(invitation, "draft"):
            if not begins_anew:
                raise BegunOnline(_("This customer has begun to answer online."))
            invitation.draft.delete()
        invitation.channel, invitation.interviewer = channel, interviewer
        invitation.save(update_fields=["channel", "interviewer"])
    return invitation


def decline_interview(*, invitation):
    """Note that the customer does not want to answer this survey; its link closes."""
    return bool(
        Invitation.objects.filter(pk=invitation.pk, state=InvitationState.OPEN).update(
            state=InvitationState.REVOKED, declined_at=timezone.now()
        )
    )


def _open_invitation(survey, customer):
    in_time = Q(expires_at__isnull=True) | Q(expires_at__gt=timezone.now())
    waiting = survey.invitations.select_for_update(of=("self",)).filter(
        in_time, customer=customer, state=InvitationState.OPEN
    )
    return waiting.order_by("-pk").first()
