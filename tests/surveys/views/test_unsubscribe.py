"""Saying no by the link in a mail: a GET shows, a POST does, and twice is as once."""

import pytest
from django.test import Client

from surveys.enums import DeliveryState
from surveys.models import Customer
from surveys.services.sending import claim, send_next_delivery
from surveys.unsubscribe_links import unsubscribe_token
from tests import factories
from tests.deliveries import make_delivery

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery():
    """A message that is due."""
    return make_delivery()


def address_of(delivery):
    return f"/u/{unsubscribe_token(delivery.invitation)}/"


def test_opening_the_link_changes_nothing(client, delivery):
    page = client.get(address_of(delivery))

    assert page.status_code == 200
    assert "No more surveys" in page.content.decode()
    assert Customer.objects.get().may_be_asked
    assert not client.cookies


def test_mail_program_says_no_by_one_click_without_page_cookie_or_token(delivery):
    strict = Client(enforce_csrf_checks=True)

    for _time in range(2):
        reply = strict.post(address_of(delivery), {"List-Unsubscribe": "One-Click"})
        assert reply.status_code == 200

    delivery.refresh_from_db()
    assert not Customer.objects.get().may_be_asked
    assert delivery.state == DeliveryState.CANCELLED


def test_second_no_keeps_the_time_of_the_first(client, delivery):
    client.post(address_of(delivery))
    first = Customer.objects.get().opted_out_at

    client.post(address_of(delivery))

    assert Customer.objects.get().opted_out_at == first


def test_not_this_survey_ends_only_its_reminders(client, delivery):
    other = make_delivery(customer=delivery.invitation.customer)

    client.post(address_of(delivery), {"only": "survey"})
    send_next_delivery()

    delivery.refresh_from_db()
    other.refresh_from_db()
    assert Customer.objects.get().may_be_asked
    assert (delivery.state, other.state) == (DeliveryState.CANCELLED, DeliveryState.SENT)


@pytest.mark.parametrize(
    "change", [lambda t: t[:-1], lambda t: "9" + t, lambda t: "1", lambda t: "é"]
)
def test_link_cannot_be_guessed(client, delivery, change):
    token = change(unsubscribe_token(delivery.invitation))

    assert client.post(f"/u/{token}/").status_code == 404
    assert Customer.objects.get().may_be_asked


def test_link_to_the_questionnaire_does_not_say_no(client):
    _invitation, token = factories.make_invitation(factories.make_published_survey())

    assert client.post(f"/u/{token}/").status_code == 404


def test_page_speaks_the_language_of_the_customer(client, delivery):
    Customer.objects.update(language="zh-hans")

    assert 'lang="zh-hans"' in client.get(address_of(delivery)).content.decode()


def test_claim_sees_a_no_of_a_moment_ago(client, delivery):
    """R13: committed before the claim, so nothing is sent."""
    client.post(address_of(delivery))

    assert claim(delivery.pk, delivery.due_at) == 0
