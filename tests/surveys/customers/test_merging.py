"""Making one customer of two moves everything and loses nothing but the second row."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from surveys.errors import SurveyError
from surveys.models import Account, Customer, Invitation, Panel, Response, SkippedCustomer, Wave
from surveys.selectors.customers import customer_by_number
from surveys.selectors.duplicates import suspected_duplicates
from surveys.services.customers import add_customer
from surveys.services.erase import request_erasure
from surveys.services.merging import merge_customers
from surveys.services.panels import add_to_panel
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept():
    return factories.make_customer(name="Ann Lee", email="ann@example.org")


@pytest.fixture
def merged():
    return factories.make_customer(name="A. Lee", phone="0911")


def make_wave(survey):
    return Wave.objects.create(
        survey=survey, name="May", starts_on=date(2026, 5, 1), ends_on=date(2026, 5, 31)
    )


def test_everything_of_the_second_is_the_first_ones(kept, merged, survey):
    event = factories.make_event(merged)
    response = factories.make_response(survey, {"overall": "4"}, customer=merged)

    merge_customers(kept=kept, merged=merged)

    assert list(kept.events.all()) == [event]
    assert list(kept.responses.all()) == [response]
    assert kept.invitations.count() == 1
    assert Customer.objects.count() == 1


def test_what_the_first_lacks_comes_from_the_second(kept, merged):
    one = merge_customers(kept=kept, merged=merged)

    assert (one.name, one.email, one.phone) == ("Ann Lee", "ann@example.org", "0911")


def test_value_of_the_second_counts_where_it_was_chosen(kept, merged):
    account = Account.objects.create(external_id="A-1")
    Customer.objects.filter(pk=merged.pk).update(account=account, account_role="buyer")

    one = merge_customers(kept=kept, merged=merged, taken=["name", "account"])

    assert (one.name, one.account, one.account_role) == ("A. Lee", account, "buyer")


@pytest.mark.parametrize("who", ["kept", "merged"])
def test_wish_of_either_not_to_be_asked_wins(kept, merged, who):
    Customer.objects.filter(pk={"kept": kept, "merged": merged}[who].pk).update(
        opted_out_at=timezone.now()
    )

    assert not merge_customers(kept=kept, merged=merged).may_be_asked


def test_last_asking_of_either_counts_for_the_contact_rule(kept, merged):
    late = timezone.now()
    Customer.objects.filter(pk=kept.pk).update(asked_at=late - timedelta(days=9))
    Customer.objects.filter(pk=merged.pk).update(asked_at=late)

    assert merge_customers(kept=kept, merged=merged).asked_at == late


def test_both_asked_in_one_wave_leaves_the_one_that_answered(kept, merged, survey):
    wave = make_wave(survey)
    factories.make_invitation(survey, kept, wave=wave)
    response = factories.make_response(survey, {"overall": "4"}, customer=merged)
    Invitation.objects.filter(response=response).update(wave=wave)

    merge_customers(kept=kept, merged=merged)

    assert wave.invitations.get() == response.invitation
    assert kept.invitations.exclude(wave=wave).get().state == "revoked"


def test_both_answered_in_one_wave_keeps_both_answers(kept, merged, survey):
    wave = make_wave(survey)
    for customer in (kept, merged):
        response = factories.make_response(survey, {"overall": "4"}, customer=customer)
        Invitation.objects.filter(response=response).update(wave=wave)
    Response.objects.update(wave=wave)

    merge_customers(kept=kept, merged=merged)

    assert Response.objects.filter(customer=kept, wave=wave).count() == 2
    assert wave.invitations.count() == 1


def test_asked_and_skipped_in_one_wave_was_asked(kept, merged, survey):
    wave = make_wave(survey)
    factories.make_invitation(survey, merged, wave=wave)
    SkippedCustomer.objects.create(survey=survey, customer=kept, wave=wave, reason="no_address")

    merge_customers(kept=kept, merged=merged)

    assert wave.invitations.get().customer == kept
    assert not wave.skipped_customers.exists()


def test_in_a_panel_once(kept, merged):
    panel = Panel.objects.create(name="Voices")
    add_to_panel(panel=panel, customers=[kept, merged])

    merge_customers(kept=kept, merged=merged)

    assert list(panel.customers.all()) == [kept]


def test_number_of_the_second_leads_to_the_first(kept, merged):
    third = factories.make_customer()
    merge_customers(kept=merged, merged=third)
    merge_customers(kept=kept, merged=merged)

    assert customer_by_number(merged.external_id) == kept
    assert customer_by_number(third.external_id) == kept
    with pytest.raises(SurveyError, match="merged"):
        add_customer(external_id=third.external_id)


def test_what_cannot_be_merged_is_refused(kept, merged):
    with pytest.raises(SurveyError, match="one customer already"):
        merge_customers(kept=kept, merged=kept)
    request_erasure(customer=merged)
    with pytest.raises(SurveyError, match="being erased"):
        merge_customers(kept=kept, merged=merged)


def test_shared_addresses_and_numbers_are_suspected():
    ann = factories.make_customer(email="Ann@Example.org", phone="+886 912-345-678")
    twin = factories.make_customer(email=" ann@example.org".strip(), phone="")
    third = factories.make_customer(phone="0912 345 678")
    factories.make_customer(email="bob@example.org", phone="0912 345 679")

    found = [
        {one.pk for one in suspicion.customers}
        for suspicion in suspected_duplicates(Customer.objects.all())
    ]

    assert found == [{ann.pk, twin.pk}, {ann.pk, third.pk}]
