"""What an answer to an anonymous invitation keeps of where its customer belongs."""

import uuid

import pytest

from surveys.enums import Channel, SurveyMode
from surveys.models import Invitation, Segment
from surveys.questionnaire import questionnaire_of
from surveys.services.submit_response import submit_response
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    """An anonymous survey with personal links."""
    return factories.make_published_survey(mode=SurveyMode.ANONYMOUS_INVITED)


def answer_from(survey, unit, *, segment=None, event=None, channel=Channel.EMAIL):
    customer = factories.make_customer(unit=unit, segment=segment, email="ada@example.org")
    event = event and factories.make_event(customer, unit=event)
    invitation, _token = factories.make_invitation(survey, customer, event=event, channel=channel)
    return submit_response(
        questionnaire=questionnaire_of(survey.versions.get()),
        submission_id=uuid.uuid4(),
        answers={"overall": "5"},
        language="en",
        invitation=Invitation.objects.get(pk=invitation.pk),
    ).response


def test_unit_is_kept_when_enough_of_it_have_answered(survey):
    shop = factories.make_unit()

    kept = [answer_from(survey, shop).placement for _ in range(6)]

    assert kept == [None] * 4 + [shop.placement] * 2


def test_each_unit_counts_for_itself(survey):
    crowded, lonely = factories.make_unit(), factories.make_unit()
    for _ in range(5):
        answer_from(survey, crowded)

    assert answer_from(survey, lonely).placement is None


def test_unit_of_the_event_goes_before_the_customers(survey):
    home, shop = factories.make_unit(), factories.make_unit()
    for _ in range(4):
        answer_from(survey, home, event=shop)

    assert answer_from(survey, home, event=shop).placement == shop.placement
    assert answer_from(survey, home).placement is None


def test_segment_needs_enough_within_its_unit(survey):
    shop, other = factories.make_unit(), factories.make_unit()
    prime, main = (Segment.objects.create(code=code, name={"en": code}) for code in ("p", "m"))
    for _ in range(5):
        answer_from(survey, shop, segment=prime)
        answer_from(survey, other, segment=main)

    assert answer_from(survey, shop, segment=prime).segment == prime
    assert answer_from(survey, shop, segment=main).segment is None


def test_nothing_of_the_invitation_is_stored_with_the_answer(survey):
    response = answer_from(survey, None, channel=Channel.SMS)

    response.refresh_from_db()
    assert (response.invitation, response.customer, response.event) == (None, None, None)
    assert response.channel == Channel.LINK
    assert response.submitted_at is None
    invitation = Invitation.objects.get()
    assert (invitation.state, invitation.answered_at) == ("answered", None)
    assert not response.outbox_messages.exists()


def test_segment_of_a_named_answer_is_always_kept():
    """Control: where the customer is known anyway nothing is left out."""
    shop = factories.make_unit()

    assert answer_from(factories.make_published_survey(), shop).placement == shop.placement
