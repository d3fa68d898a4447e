"""B7, B36: staff read the questions out and type the answers in for a customer."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from surveys.enums import Channel, InvitationState, Role, SurveyMode
from surveys.models import Invitation, Response, ResponseFlag
from tests import factories

from .conftest import answer_all, hidden_fields, send


@pytest.fixture
def customer(db):
    return factories.make_customer(name="Mei Lin", language="zh-hans", phone="0100")


def begin(client, survey, customer, **fields):
    address = reverse("surveys:interview_begin", args=[survey.slug, customer.pk])
    return client.post(address, {"channel": Channel.PHONE} | fields)


def ask(client, survey, customer):
    """Begin, answer every page, and come to the page that says it is saved."""
    start = begin(client, survey, customer)["Location"].split("?")[0]
    return answer_all(client, start)


def test_answers_are_stored_with_their_channel_and_who_typed_them(
    staff_client, administrator, survey, customer
):
    ask(staff_client, survey, customer)

    [response] = Response.objects.all()
    assert response.customer == customer
    assert response.channel == Channel.PHONE
    assert response.entered_by == administrator
    assert response.satisfaction == 5


def test_an_interview_is_no_answer_sent_by_staff(staff_client, survey, customer):
    ask(staff_client, survey, customer)

    assert not ResponseFlag.objects.exists()


def test_first_page_says_what_to_read_out_in_the_language_of_the_customer(
    staff_client, survey, customer
):
    start = begin(staff_client, survey, customer)["Location"]
    page = staff_client.get(start)

    assert start.endswith("?lang=zh-hans")
    assert "Mei Lin" in page.content.decode()
    assert page.headers["Content-Language"] in survey.languages


def test_page_is_sent_only_with_the_token_of_the_session(administrator, survey, customer):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(administrator)
    address = reverse("surveys:interview_begin", args=[survey.slug, customer.pk])
    assert strict.post(address, {"channel": Channel.PHONE}).status_code == 403

    client = Client()
    client.force_login(administrator)
    start = begin(client, survey, customer)["Location"]
    fields = hidden_fields(strict.get(start))
    assert strict.post(start, {**fields, "overall": "5"}).status_code == 303
    del fields["csrfmiddlewaretoken"]
    assert strict.post(start, {**fields, "overall": "1"}).status_code == 403


def test_open_invitation_is_taken_over(staff_client, survey, customer):
    invitation, token = factories.make_invitation(survey, customer)

    ask(staff_client, survey, customer)

    [kept] = Invitation.objects.all()
    assert kept.pk == invitation.pk
    assert kept.state == InvitationState.ANSWERED
    assert Client().get(f"/r/{token}/").status_code == 410


def test_what_was_typed_online_is_not_shown_but_discarded_when_wanted(
    client, staff_client, survey, customer
):
    _invitation, token = factories.make_invitation(survey, customer)
    send(client, f"/r/{token}/", {"overall": "1", "again": "1", "recommend": "3"})

    asked = begin(staff_client, survey, customer)
    assert asked.status_code == 409
    assert "has begun to answer online" in asked.content.decode()

    start = begin(staff_client, survey, customer, anew="1")["Location"]
    assert "checked" not in staff_client.get(start).content.decode()


def test_answers_given_before_are_not_shown(staff_client, survey, customer):
    survey.changeable_days = 30
    survey.save()
    saved = ask(staff_client, survey, customer)
    [invitation] = Invitation.objects.all()

    again = staff_client.get(reverse("surveys:interview", args=[survey.slug, invitation.pk]))

    assert saved.status_code in (200, 303)
    assert again.status_code == 302
    assert "checked" not in again.content.decode()


def test_declining_closes_the_link_and_counts_as_a_refusal(staff_client, survey, customer):
    begin(staff_client, survey, customer)
    [invitation] = Invitation.objects.all()

    staff_client.post(reverse("surveys:interview_decline", args=[survey.slug, invitation.pk]))

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.REVOKED
    assert invitation.declined_at is not None


def test_who_was_asked_not_long_ago_is_asked_only_by_who_insists(staff_client, survey, customer):
    begin(staff_client, factories.make_published_survey(), customer)

    refused = begin(staff_client, survey, customer)
    assert (refused.status_code, survey.invitations.count()) == (409, 0)
    assert "Ask all the same" in refused.content.decode()

    begin(staff_client, survey, customer, although_recent="1")
    assert survey.invitations.count() == 1


def test_who_opted_out_is_not_asked(staff_client, survey, customer):
    customer.opted_out_at = timezone.now()
    customer.save()

    page = staff_client.post(
        reverse("surveys:interview_begin", args=[survey.slug, customer.pk]),
        {"channel": Channel.PHONE},
        follow=True,
    )

    assert "asked not to be surveyed" in page.content.decode()
    assert not Invitation.objects.exists()


@pytest.mark.parametrize("mode", [SurveyMode.ANONYMOUS, SurveyMode.ANONYMOUS_INVITED])
def test_nobody_types_in_an_anonymous_answer(staff_client, customer, mode):
    survey = factories.make_published_survey(mode=mode)

    assert begin(staff_client, survey, customer).status_code == 403


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.ANALYST, Role.VIEWER])
def test_only_who_may_see_customers_asks_them(survey, customer, role):
    client = Client()
    client.force_login(factories.make_user(role))

    assert begin(client, survey, customer).status_code in (403, 404)


def test_list_shows_who_waits_and_who_typed_in_how_many(
    staff_client, administrator, survey, customer
):
    waiting = factories.make_customer(name="Waits")
    factories.make_invitation(survey, waiting, channel=Channel.PHONE)
    ask(staff_client, survey, customer)

    page = staff_client.get(reverse("surveys:interview_list", args=[survey.slug]))

    assert [invitation.customer for invitation in page.context["page"]] == [waiting]
    assert [(one["entered_by__username"], one["n"]) for one in page.context["entered"]] == [
        (administrator.username, 1)
    ]


def test_search_finds_a_customer_and_says_that_the_survey_was_answered(
    staff_client, survey, customer
):
    ask(staff_client, survey, customer)

    page = staff_client.get(reverse("surveys:interview_list", args=[survey.slug]), {"q": "Mei"})

    [found] = page.context["found"]
    assert found.has_answered
