"""Nobody is asked more than once in so many days, over all surveys and channels.

What was asked last stands with the person and with the account. It is claimed
by one UPDATE with the rule in its WHERE, in the transaction that makes the
invitation: of several waves and rules that want the same customer at the same
moment the database lets one through.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest

from .enums import Channel, SkipReason
from .models import Account, Customer
from .recipients import address_of


class Skipped(Exception):
    """The customer is not asked; `reason` says why."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


def claim_contact(customer, moment, policy):
    """Note that the customer and the account are asked at a moment, or raise `Skipped`.

    Either both are claimed or none.
    """
    with transaction.atomic():
        person = Customer.objects.filter(pk=customer.pk, opted_out_at__isnull=True)
        if not _claim(person, moment, policy.person_days):
            raise Skipped(_why_not(customer))
        if customer.account_id is None:
            return
        account = Account.objects.filter(pk=customer.account_id)
        if not _claim(account, moment, policy.account_days):
            raise Skipped(SkipReason.ACCOUNT_RECENTLY)


def note_contact(customer, moment):
    """Note that staff ask the customer by hand, although the rule would not."""
    _claim(Customer.objects.filter(pk=customer.pk), moment, days=0)
    _claim(Account.objects.filter(pk=customer.account_id), moment, days=0)


def lasting_reason(customer, channel, unit):
    """Why a customer is not asked whatever the day, or None."""
    if customer.opted_out_at is not None:
        return SkipReason.OPTED_OUT
    if unit is not None and not unit.is_active:
        return SkipReason.UNIT_CLOSED
    if not address_of(customer, channel):
        return SkipReason.NO_ADDRESS
    if channel == Channel.EMAIL and customer.email_bounced_at is not None:
        return SkipReason.BOUNCED
    return None


def recent_reason(customer, account, moment, policy):
    """Why a customer would not be asked at a moment because of an earlier asking, or None."""
    if _is_recent(customer.asked_at, moment, policy.person_days):
        return SkipReason.ASKED_RECENTLY
    if account is not None and _is_recent(account.asked_at, moment, policy.account_days):
        return SkipReason.ACCOUNT_RECENTLY
    return None


def _is_recent(asked_at, moment, days):
    return bool(days) and asked_at is not None and asked_at > moment - timedelta(days=days)


def _claim(rows, moment, days):
    if days:
        rows = rows.filter(
            Q(asked_at__isnull=True) | Q(asked_at__lte=moment - timedelta(days=days))
        )
    return rows.update(asked_at=Greatest(Coalesce(F("asked_at"), moment), moment))


def _why_not(customer):
    has_opted_out = Customer.objects.filter(pk=customer.pk, opted_out_at__isnull=False).exists()
    return SkipReason.OPTED_OUT if has_opted_out else SkipReason.ASKED_RECENTLY
