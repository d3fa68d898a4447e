"""Customers of whom nothing is heard are erased only by a rule that was switched on."""

from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.models import AccessRecord, Customer
from surveys.services.erase import erase_next_customer
from surveys.services.retention import (
    erase_silent_customers,
    forget_old_looks,
    set_retention_rule,
)
from tests import factories

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=4000)


@pytest.fixture
def silent():
    customer = factories.make_customer(name="Silent")
    Customer.objects.filter(pk=customer.pk).update(created_at=LONG_AGO)
    return customer


def names():
    while erase_silent_customers() or erase_next_customer():
        pass
    return set(Customer.objects.values_list("name", flat=True))


def test_nobody_goes_while_the_rule_is_off(silent):
    assert names() == {"Silent"}
    set_retention_rule(months=12, is_active=False)
    assert names() == {"Silent"}


def test_only_who_is_silent_goes(silent, survey):
    heard = {
        "bought": lambda one: factories.make_event(one, occurred_at=timezone.now()),
        "asked": lambda one: factories.make_invitation(survey, one),
        "answered": lambda one: factories.make_response(survey, {"overall": "4"}, customer=one),
        "refused": lambda one: Customer.objects.filter(pk=one.pk).update(opted_out_at=LONG_AGO),
    }
    for name, happen in heard.items():
        customer = factories.make_customer(name=name)
        Customer.objects.filter(pk=customer.pk).update(created_at=LONG_AGO)
        happen(customer)
    factories.make_customer(name="new")
    set_retention_rule(months=12, is_active=True)

    assert names() == {*heard, "new"}


@pytest.mark.parametrize(("months", "kept"), [(None, 2), (12, 1)])
def test_notes_of_who_looked_are_kept_for_good_or_as_long_as_the_rule_says(months, kept):
    for days in (364, 367):
        record = AccessRecord.objects.create(customer=factories.make_customer(), what="page")
        AccessRecord.objects.filter(pk=record.pk).update(at=timezone.now() - timedelta(days=days))
    set_retention_rule(months=12, is_active=False, access_months=months)

    while forget_old_looks():
        pass

    assert AccessRecord.objects.count() == kept
    assert Customer.objects.count() == 2
