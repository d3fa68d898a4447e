"""What is not kept for ever, when staff said so: silent customers, and notes of who looked."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from surveys.models import (
    AccessRecord,
    Complaint,
    Customer,
    Event,
    Invitation,
    Response,
    RetentionRule,
)

from .erase import request_erasure
from .rows import checked

DAYS_IN_A_MONTH = 30.4375
REQUESTED_AT_ONCE = 50
FORGOTTEN_AT_ONCE = 1000


def set_retention_rule(*, months, is_active, access_months=None, user=None):
    """Say after how many silent months customers are erased, and for how long looks are listed."""
    values = {"months": months, "is_active": is_active, "access_months": access_months}
    rule = RetentionRule(pk=1, **values, changed_by=user)
    with transaction.atomic():
        checked(rule, exclude=["id", "changed_by"])
        RetentionRule.objects.update_or_create(pk=1, defaults={**values, "changed_by": user})
    return rule


def silent_customers(months):
    """Customers without an answer, an event, an invitation or a complaint for so many months.

    Who asked not to be surveyed is left alone: the next import would bring
    them back, and nobody would know of their wish any more.
    """
    since = _months_ago(months)
    of_customer = {"customer": OuterRef("pk")}
    signs = (
        Response.objects.filter(**of_customer, submitted_at__gte=since),
        Event.objects.filter(**of_customer, occurred_at__gte=since),
        Invitation.objects.filter(**of_customer, created_at__gte=since),
        Complaint.objects.filter(**of_customer, begun_on__gte=since.date()),
    )
    silent = Customer.objects.filter(
        created_at__lt=since, opted_out_at__isnull=True, erasure__isnull=True
    )
    for sign in signs:
        silent = silent.filter(~Exists(sign))
    return silent


def erase_silent_customers():
    """Ask for the erasure of some customers that the rule is about; whether there were any."""
    rule = RetentionRule.current()
    if not rule.is_active:
        return False
    silent = silent_customers(rule.months).order_by("pk")[:REQUESTED_AT_ONCE]
    for customer in silent:
        request_erasure(customer=customer, is_by_rule=True)
    return bool(silent)


def forget_old_looks():
    """Delete some notes of who looked at a customer that are older than the rule says."""
    months = RetentionRule.current().access_months
    if months is None:
        return False
    old = AccessRecord.objects.filter(at__lt=_months_ago(months))
    piece = list(old.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
    AccessRecord.objects.filter(pk__in=piece).delete()
    return bool(piece)


def _months_ago(months):
    return timezone.now() - timedelta(days=round(months * DAYS_IN_A_MONTH))
