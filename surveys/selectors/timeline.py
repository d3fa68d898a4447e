"""Telling what happened with a customer, as far as the reader may know it."""

from dataclasses import dataclass
from datetime import datetime, time

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.customer_permissions import responses_of_customer_for
from surveys.enums import ComplaintState, InvitationState
from surveys.models import Delivery
from surveys.permissions import (
    complaints_for,
    not_apart,
    sees_rows_of_all_units,
    units_with_rows_for,
)
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
    address: str = ""
    is_day: bool = False
    event_pk: int | None = None


def timeline_of(customer, user):
    """Everything that happened with a customer and that this user may know, newest first."""
    happenings = [
        *_events(customer, user),
        *_invitations(customer, user),
        *_deliveries(customer, user),
        *_skips(customer, user),
        *_responses(customer, user),
        *_stages(customer),
        *_complaints(customer, user),
    ]
    return sorted(happenings, key=lambda one: one.at, reverse=True)[:LONGEST_TIMELINE]


def _events(customer, user):
    events = customer.events.select_related("kind", "unit").order_by("-occurred_at")
    if not sees_rows_of_all_units(user):
        events = events.filter(Q(unit=None) | Q(unit__in=units_with_rows_for(user)))
    for event in events[:LONGEST_TIMELINE]:
        amount = "" if event.amount is None else f"{event.amount:.2f}"
        yield Happening(
            at=event.occurred_at,
            kind=_("Event"),
            what=text_in(event.kind.name, get_language()),
            detail=" · ".join(filter(None, [amount, event.staff, event.external_id])),
            unit=event.unit.name if event.unit else "",
            event_pk=event.pk,
        )


def _invitations(customer, user):
    invitations = customer.invitations.filter(not_apart(user, "survey__"))
    invitations = invitations.select_related("survey", "wave").order_by("-created_at")
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


def _deliveries(customer, user):
    deliveries = Delivery.objects.filter(
        not_apart(user, "invitation__survey__"), invitation__customer=customer
    ).select_related("invitation__survey")
    for delivery in deliveries.order_by("-due_at")[:LONGEST_TIMELINE]:
        kind = _("Reminder") if delivery.number else _("Invitation message")
        yield Happening(
            at=delivery.finished_at or delivery.due_at,
            kind=_("Message"),
            what=text_in(delivery.invitation.survey.title, get_language()),
            detail=" · ".join([kind, delivery.get_channel_display(), delivery.get_state_display()]),
        )


def _skips(customer, user):
    skips = customer.skipped.filter(not_apart(user, "survey__"))
    skips = skips.select_related("survey", "wave").order_by("-skipped_at")
    for skip in skips[:LONGEST_TIMELINE]:
        wave = skip.wave.name if skip.wave else ""
        yield Happening(
            at=skip.skipped_at,
            kind=_("Not asked"),
            what=text_in(skip.survey.title, get_language()),
            detail=" · ".join(filter(None, [wave, skip.get_reason_display()])),
        )


def _responses(customer, user):
    responses = (
        responses_of_customer_for(user, customer)
        .exclude(submitted_at=None)
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


def _stages(customer):
    for change in customer.stage_changes.select_related("stage"):
        stage = text_in(change.stage.name, get_language()) if change.stage else _("No stage")
        yield Happening(at=_morning_of(change.changed_on), kind=_("Stage"), what=stage, is_day=True)


def _complaints(customer, user):
    sent = complaints_for(user).filter(customer=customer).exclude(state=ComplaintState.BEGUN)
    for complaint in sent.select_related("survey", "placement__unit"):
        yield Happening(
            at=complaint.received_at or _morning_of(complaint.received_on),
            is_day=complaint.received_at is None,
            kind=_("Complaint"),
            what=text_in(complaint.survey.title, get_language()),
            detail=complaint.get_state_display(),
            unit=complaint.placement.unit.name if complaint.placement else "",
            address=reverse("surveys:complaint_detail", args=[complaint.pk]),
        )


def _morning_of(day):
    return timezone.make_aware(datetime.combine(day, time()))
