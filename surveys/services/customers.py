"""Keeping customers: adding and changing one, and whether they may be asked."""

from zoneinfo import available_timezones

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.errors import SurveyError
from surveys.models import Customer, CustomerAlias, StageChange

from .rows import checked

CHANGEABLE = (*Customer.DETAILS, "attributes")


def add_customer(*, external_id, **fields):
    """Add a customer; raises `SurveyError` where a number is taken or a value is wrong."""
    if CustomerAlias.objects.filter(external_id=external_id).exists():
        raise SurveyError(_("A customer with this number was merged into another one."))
    customer = Customer(external_id=external_id, **_known(fields))
    with transaction.atomic():
        _check(customer)
        customer.save()
        _note_stage(customer, before=None)
    return customer


def change_customer(*, customer, **fields):
    """Change what is known of a customer; a new stage is noted, and new mail is tried anew."""
    with transaction.atomic():
        customer = Customer.objects.select_for_update(of=("self",)).get(pk=customer.pk)
        before, address = customer.stage_id, customer.email
        for name, value in _known(fields).items():
            setattr(customer, name, value)
        if customer.email != address:
            customer.email_bounced_at = None
        _check(customer)
        customer.save()
        _note_stage(customer, before=before)
    return customer


def opt_out(*, customer):
    """Note that a customer asked not to be surveyed; the first time stays."""
    Customer.objects.filter(pk=customer.pk, opted_out_at=None).update(opted_out_at=timezone.now())
    customer.refresh_from_db(fields=["opted_out_at"])
    return customer


def opt_in(*, customer):
    """Note that a customer wants to be asked again."""
    Customer.objects.filter(pk=customer.pk).update(opted_out_at=None)
    customer.opted_out_at = None
    return customer


def _known(fields):
    unknown = set(fields) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"These fields of a customer cannot be given: {sorted(unknown)}")
    return fields


def _check(customer):
    if customer.time_zone and customer.time_zone not in available_timezones():
        raise SurveyError(_("This time zone is not known."))
    if customer.account_role and customer.account is None:
        raise SurveyError(_("A role is one in an account: please name the account too."))
    checked(customer)


def _note_stage(customer, *, before):
    if customer.stage_id != before:
        StageChange.objects.create(
            customer=customer, stage=customer.stage, changed_on=timezone.localdate()
        )
