"""Adding and changing customers, and whether they may be asked."""

import pytest
from django.utils import timezone

from surveys.errors import SurveyError
from surveys.models import Account, Customer, Stage
from surveys.services.customers import add_customer, change_customer, opt_in, opt_out
from tests import factories

pytestmark = pytest.mark.django_db


def test_number_and_one_contact_are_enough():
    customer = add_customer(external_id="K-1", email="ann@example.org")

    assert Customer.objects.get() == customer
    assert customer.may_be_asked


def test_number_is_taken_once():
    add_customer(external_id="K-1")

    with pytest.raises(SurveyError, match="already exists"):
        add_customer(external_id="K-1")


def test_each_stage_is_kept_with_its_day():
    growth, decline = Stage.objects.get(code="growth"), Stage.objects.get(code="decline")
    customer = add_customer(external_id="K-1", stage=growth)

    change_customer(customer=customer, stage=decline)
    change_customer(customer=customer, name="Ann")

    found = list(customer.stage_changes.values_list("stage__code", "changed_on"))
    assert found == [("growth", timezone.localdate()), ("decline", timezone.localdate())]


def test_new_address_is_tried_again():
    customer = factories.make_customer(email="old@example.org", email_bounced_at=timezone.now())

    assert change_customer(customer=customer, name="Ann").email_bounced_at
    assert change_customer(customer=customer, email="new@example.org").email_bounced_at is None


def test_role_needs_its_account():
    customer = factories.make_customer()
    account = Account.objects.create(external_id="A-1")

    with pytest.raises(SurveyError, match="account"):
        change_customer(customer=customer, account_role="buyer")
    assert change_customer(customer=customer, account=account, account_role="buyer")


def test_unknown_time_zone_is_refused():
    with pytest.raises(SurveyError, match="time zone"):
        add_customer(external_id="K-1", time_zone="Mars/Base")


def test_first_wish_not_to_be_asked_stays_until_it_is_taken_back():
    customer = factories.make_customer()

    first = opt_out(customer=customer).opted_out_at
    assert opt_out(customer=customer).opted_out_at == first
    assert not customer.may_be_asked
    assert opt_in(customer=customer).may_be_asked
