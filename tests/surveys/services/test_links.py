"""Public links and personal links."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.formats import date_format

from surveys.enums import SurveyMode
from surveys.errors import AskedRecently, SurveyError
from surveys.models import Account, Invitation
from surveys.selectors.doors import invitation_by_token
from surveys.services.links import (
    add_public_link,
    change_public_link,
    close_public_link,
    invite_customer,
    open_public_link,
)
from tests import factories
from tests.deliveries import set_policy

pytestmark = pytest.mark.django_db


def test_links_have_addresses_of_their_own(survey):
    slugs = [add_public_link(survey=survey, name=name).slug for name in ("A", "Shop", "Shop")]

    assert slugs == [survey.slug, f"{survey.slug}-shop", f"{survey.slug}-shop-2"]


def test_taken_address_is_refused(survey):
    add_public_link(survey=survey, name="One", slug="here")

    with pytest.raises(SurveyError, match="already exists"):
        add_public_link(survey=survey, name="Two", slug="here")


def test_link_that_closes_before_it_opens_is_refused(survey):
    now = timezone.now()

    with pytest.raises(SurveyError):
        add_public_link(survey=survey, name="One", opens_at=now, closes_at=now - timedelta(hours=1))

    assert not survey.public_links.exists()


def test_link_is_changed_closed_and_opened(survey):
    link = add_public_link(survey=survey, name="One")

    change_public_link(link=link, name="Poster", touchpoint="counter")
    close_public_link(link=link)
    link.refresh_from_db()
    assert (link.name, link.touchpoint, link.is_active) == ("Poster", "counter", False)

    open_public_link(link=link)
    link.refresh_from_db()
    assert link.is_active


def test_address_of_a_link_cannot_be_changed(survey):
    link = add_public_link(survey=survey, name="One")

    with pytest.raises(TypeError, match="slug"):
        change_public_link(link=link, slug="other")


def test_personal_link_opens_with_its_token_alone(survey):
    customer = factories.make_customer()

    invitation, token = invite_customer(survey=survey, customer=customer)

    assert invitation_by_token(token) == invitation
    assert token not in str(Invitation.objects.values().get())


def test_link_made_by_hand_counts_for_the_contact_rule(survey):
    account = Account.objects.create(external_id="A-1")
    customer, colleague = (factories.make_customer(account=account) for _person in range(2))
    set_policy(person_days=30, account_days=5)

    invite_customer(survey=survey, customer=customer)

    customer.refresh_from_db()
    colleague.refresh_from_db()
    with pytest.raises(AskedRecently, match=f"This customer .* {date_format(customer.asked_at)}"):
        invite_customer(survey=survey, customer=customer)
    with pytest.raises(AskedRecently, match="this customer's account"):
        invite_customer(survey=survey, customer=colleague)
    assert survey.invitations.count() == 1


def test_staff_may_insist_and_it_counts_again(survey):
    long_ago, recently = (timezone.now() - timedelta(days=days) for days in (200, 3))
    account = Account.objects.create(external_id="A-1", asked_at=long_ago)
    customer = factories.make_customer(account=account, asked_at=recently)

    invite_customer(survey=survey, customer=customer, although_recent=True)

    customer.refresh_from_db()
    account.refresh_from_db()
    assert customer.asked_at > recently
    assert account.asked_at > long_ago


def test_anonymous_survey_has_no_personal_link(db):
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)

    with pytest.raises(SurveyError, match="anonymous survey has no personal links"):
        invite_customer(survey=survey, customer=factories.make_customer())


def test_customer_who_says_no_in_the_same_moment_is_not_asked(survey):
    customer = factories.make_customer()
    type(customer).objects.update(opted_out_at=timezone.now())  # after it was read

    with pytest.raises(SurveyError, match="asked not to be surveyed"):
        invite_customer(survey=survey, customer=customer, although_recent=True)

    assert not survey.invitations.exists()


def test_customer_who_opted_out_is_not_asked(survey):
    customer = factories.make_customer(opted_out_at=timezone.now())

    with pytest.raises(SurveyError, match="asked not to be surveyed"):
        invite_customer(survey=survey, customer=customer)
