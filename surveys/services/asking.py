"""Asking one customer, or keeping why not: together both are the population."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from surveys.contact_rule import Skipped, claim_contact, lasting_reason
from surveys.enums import MessageKind, SkipReason
from surveys.errors import SurveyError
from surveys.models import (
    Customer,
    Delivery,
    Event,
    EventRule,
    Invitation,
    SkippedCustomer,
    Survey,
    Unit,
    Wave,
)
from surveys.recipients import address_of, recipient_key
from surveys.tokens import hash_token, new_seed, token_of

from .message_texts import default_text


@dataclass(frozen=True, slots=True)
class Asking:
    """Who is to be asked when, and what for: a wave, or an event by its rule."""

    survey: Survey
    customer: Customer
    unit: Unit | None
    due_at: datetime
    expires_at: datetime
    wave: Wave | None = None
    event: Event | None = None
    rule: EventRule | None = None

    @property
    def plan(self):
        """What says by which channel and words it is asked."""
        return self.wave or self.rule


def ask_or_skip(asking, *, policy):
    """Make the invitation with its first message, or the row that says why there is none."""
    with transaction.atomic():
        try:
            return _ask(asking, policy)
        except Skipped as skipped:
            return skip(asking, skipped.reason)


def skip(asking, reason):
    """Keep why a customer of the population is not asked."""
    return SkippedCustomer.objects.create(
        survey=asking.survey,
        customer=asking.customer,
        wave=asking.wave,
        event=asking.event,
        reason=reason,
    )


def check_personal_links(survey):
    """Raise `SurveyError` where single customers must not be asked."""
    if not survey.has_personal_links:
        raise SurveyError(
            _("An anonymous survey has no personal links: they would say who answered.")
        )


def add_ready_texts(plan):
    """Give a wave, series or rule the ready wording where none was chosen."""
    if plan.text is None:
        plan.text = default_text(survey=plan.survey, kind=MessageKind.INVITATION)
    if plan.reminder_text is None and plan.reminder_days:
        plan.reminder_text = default_text(survey=plan.survey, kind=MessageKind.REMINDER)


def save_plan(plan, *, beside=()):
    """Store a wave, series or rule, but not over what the worker keeps in the row."""
    if plan.pk is None:
        plan.save()
        return
    fields = [field.name for field in plan._meta.concrete_fields if not field.primary_key]
    plan.save(update_fields=[name for name in fields if name not in {"is_active", *beside}])


def text_in_force(text):
    """The newest wording of a message; a text that was used is replaced, not changed."""
    while text.replaced_by_id is not None:
        text = text.replaced_by
    return text


def _ask(asking, policy):
    reason = lasting_reason(asking.customer, asking.plan.channel, asking.unit)
    if reason is not None:
        raise Skipped(reason)
    key = recipient_key(address_of(asking.customer, asking.plan.channel))
    if asking.wave is not None and asking.wave.invitations.filter(recipient_key=key).exists():
        raise Skipped(SkipReason.SAME_ADDRESS)
    with transaction.atomic():
        claim_contact(asking.customer, asking.due_at, policy)
        return _invite(asking, key)


def _invite(asking, key):
    seed = new_seed()
    invitation = Invitation.objects.create(
        survey=asking.survey,
        customer=asking.customer,
        wave=asking.wave,
        event=asking.event,
        rule=asking.rule,
        channel=asking.plan.channel,
        token_seed=seed,
        token_hash=hash_token(token_of(seed)),
        recipient_key=key,
        expires_at=asking.expires_at,
    )
    Delivery.objects.create(
        invitation=invitation,
        channel=asking.plan.channel,
        text=text_in_force(asking.plan.text),
        due_at=asking.due_at,
    )
    return invitation
