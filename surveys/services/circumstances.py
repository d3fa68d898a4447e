"""Where, how and by whom an answer was given, as far as the survey's mode lets it be known.

In an anonymous survey the answer keeps its day, and of a public link where it
was offered. Of an invitation it keeps only what enough others share: since it
is known who answered, the first answers from a small shop would otherwise
name their customers. Each of wave, unit and segment is kept when, within the
ones before it, `MINIMUM_BASE` customers have answered, this one included. The
first few of each group are therefore counted for the whole alone.
"""

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from surveys.durations import seconds_between
from surveys.enums import Channel, InvitationState
from surveys.models import Invitation

from .traits import traits_of
from .visits import day_in, placement_id_of


def circumstances(survey, *, public_link=None, invitation=None, opened_at=None):
    """What is copied onto a response that arrives now by this link."""
    now = timezone.now()
    return {
        "is_anonymous": survey.is_anonymous,
        "awaits_mixing": survey.is_anonymous,
        "submitted_on": day_in(survey, now),
        "submitted_at": None if survey.is_anonymous else now,
        "seconds": seconds_between(opened_at, now, is_coarse=survey.is_anonymous),
    } | _of_door(survey, public_link, invitation)


def _of_door(survey, public_link, invitation):
    if public_link is not None:
        return _of_public_link(public_link)
    if survey.is_anonymous:
        return _shared_by_enough(invitation)
    return _of_customer(invitation)


def _of_public_link(link):
    return {
        "public_link": link,
        "is_test": link.is_test,
        "channel": link.channel,
        "touchpoint": link.touchpoint,
        "placement_id": placement_id_of(link, None),
    }


def _of_customer(invitation):
    return {
        "invitation": invitation,
        "customer": invitation.customer,
        "event": invitation.event,
        "wave_id": invitation.wave_id,
        "channel": invitation.channel,
        "segment_id": invitation.customer.segment_id,
        "account_id": invitation.customer.account_id,
        "entered_by_id": invitation.interviewer_id,
        "traits": traits_of(invitation.customer, wave=invitation.wave, event=invitation.event),
        "placement_id": placement_id_of(None, invitation),
    }


def _shared_by_enough(invitation):
    """Wave, unit and segment of an invitation, each as long as enough customers share it."""
    unit, segment_id = _unit_of(invitation), invitation.customer.segment_id
    shared = {"channel": Channel.LINK}
    alike = Invitation.objects.filter(
        survey=invitation.survey_id, state=InvitationState.ANSWERED
    ).exclude(pk=invitation.pk)
    for known, condition, kept in (
        (invitation.wave_id, Q(wave=invitation.wave_id), {"wave_id": invitation.wave_id}),
        (unit, _in_unit(unit), {"placement_id": unit and unit.placement_id}),
        (segment_id, Q(customer__segment=segment_id), {"segment_id": segment_id}),
    ):
        if known is None:
            continue
        alike = alike.filter(condition)
        others = settings.MINIMUM_BASE - 1
        if alike.order_by()[:others].count() < others:
            break
        shared |= kept
    return shared


def _in_unit(unit):
    return Q(event__unit=unit) | Q(event__unit=None, customer__unit=unit)


def _unit_of(invitation):
    event = invitation.event
    return (event and event.unit) or invitation.customer.unit
