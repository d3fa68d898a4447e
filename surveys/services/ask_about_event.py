"""Asking a customer about one event now, because somebody of the staff wants to know."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.contact_rule import Skipped, claim_contact, lasting_reason
from surveys.enums import Channel, MessageKind, SkipReason
from surveys.errors import SurveyError
from surveys.local_times import next_allowed, zone_of
from surveys.models import ContactPolicy, Delivery, Invitation, SkippedCustomer
from surveys.recipients import address_of, recipient_key
from surveys.tokens import hash_token, new_seed, token_of

from .asking import check_personal_links
from .message_texts import default_text
from .rows import checked

ANSWER_DAYS = 30


def ask_about_event(*, survey, event, channel=Channel.EMAIL):
    """Invite the customer of an event to a survey about it, at once or when no hour is quiet.

    Gives the message. Raises `SurveyError` with the reason why the customer is not asked: the rules
    of contact hold here too, and an event is asked about once.
    """
    check_personal_links(survey)
    if Invitation.objects.filter(survey=survey, event=event).exists():
        raise SurveyError(_("The customer was asked about this event by this survey already."))
    reason = lasting_reason(event.customer, channel, unit=event.unit)
    if reason is not None:
        raise _not_asked(reason)
    with transaction.atomic():
        policy = ContactPolicy.current()
        due_at = next_allowed(timezone.now(), zone_of(event.customer, survey), policy.quiet)
        try:
            claim_contact(event.customer, due_at, policy)
        except Skipped as skipped:
            raise _not_asked(skipped.reason) from skipped
        return _invite(survey, event, channel, due_at)


def _not_asked(reason):
    return SurveyError(
        _("The customer is not asked: %(reason)s.") % {"reason": SkipReason(reason).label}
    )


def _invite(survey, event, channel, due_at):
    seed = new_seed()
    invitation = Invitation(
        survey=survey,
        customer=event.customer,
        event=event,
        channel=channel,
        token_seed=seed,
        token_hash=hash_token(token_of(seed)),
        recipient_key=recipient_key(address_of(event.customer, channel)),
        expires_at=due_at + timedelta(days=ANSWER_DAYS),
    )
    checked(invitation).save()
    text = default_text(survey=survey, kind=MessageKind.INVITATION)
    delivery = Delivery.objects.create(
        invitation=invitation, channel=channel, text=text, due_at=due_at
    )
    # Whom a rule passed over has been asked about the event after all.
    SkippedCustomer.objects.filter(survey=survey, event=event).delete()
    return delivery
