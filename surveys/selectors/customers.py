"""Finding customers, and telling what happened with one of them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.enums import InvitationState
from surveys.texts import text_in

LONGEST_TIMELINE = 500


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a customer's timeline."""

    at: datetime
    kind: str
    what: str
    detail: str = ""
    unit: str = ""


def matching(customers, wanted):
    """The customers whose number, name or e-mail address holds this text, in order of number."""
    customers = customers.select_related("unit", "segment").order_by("external_id")
    if not wanted or "\x00" in wanted:
        return customers
    return customers.filter(
        Q(external_id__icontains=wanted) | Q(name__icontains=wanted) | Q(email__icontains=wanted)
    )


def timeline_of(customer):
    """Events, invitations, answers and messages of a customer, newest first."""
    happenings = [*_events(customer), *_invitations(customer), *_responses(customer)]
    return sorted(happenings, key=lambda one: one.at, reverse=True)[:LONGEST_TIMELINE]


def _events(customer):
    events = customer.events.select_related("kind", "unit").order_by("-occurred_at")
    for event in events[:LONGEST_TIMELINE]:
        amount = "" if event.amount is None else f"{event.amount:.2f}"
        yield Happening(
            at=event.occurred_at,
            kind=_("Event"),
            what=text_in(event.kind.name, get_language()),
            detail=" · ".join(filter(None, [amount, event.staff, event.external_id])),
            unit=event.unit.name if event.unit else "",
        )


def _invitations(customer):
    invitations = customer.invitations.select_related("survey", "wave").order_by("-created_at")
    for invitation in invitations[:LONGEST_TIMELINE]:
        wave = invitation.wave.name if invitation.wave else ""
        yield Happening(
            at=invitation.created_at,
            kind=_("Invitation"),
            what=text_in(invitation.survey.title, get_language()),
            detail=" · ".join(filter(None, [wave, _state_of(invitation)])),
        )


def _state_of(invitation):
    if invitation.state == InvitationState.OPEN and invitation.is_past:
        return _("Not answered in time")
    return invitation.get_state_display()


def _responses(customer):
    responses = (
        customer.responses.exclude(submitted_at=None)
        .select_related("survey", "placement__unit")
        .prefetch_related("outbox_messages")
        .order_by("-submitted_at")
    )
    for response in responses[:LONGEST_TIMELINE]:
        score = response.satisfaction
        yield Happening(
            at=response.submitted_at,
            kind=_("Answer"),
            what=text_in(response.survey.title, get_language()),
            detail="" if score is None else _("overall satisfaction: %(score)d") % {"score": score},
            unit=response.placement.unit.name if response.placement else "",
        )
        for message in response.outbox_messages.all():
            yield Happening(
                at=message.finished_at or message.created_at,
                kind=_("Message"),
                what=message.get_kind_display(),
                detail=message.get_state_display(),
            )
