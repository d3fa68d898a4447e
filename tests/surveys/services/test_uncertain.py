"""Messages that nobody knows about: they resolve themselves, or somebody decides and is noted."""

import uuid

import pytest

from surveys.enums import DeliveryChoice, DeliveryState, SurveyMode
from surveys.models import Delivery, DeliveryDecision
from surveys.questionnaire import questionnaire_of
from surveys.selectors.deliveries import to_decide
from surveys.services.mixing import mix
from surveys.services.sending import send_next_delivery
from surveys.services.submit_response import submit_response
from surveys.services.uncertain import decide, resolve_uncertain
from tests import factories
from tests.deliveries import make_delivery, make_mailing

pytestmark = pytest.mark.django_db


@pytest.fixture
def uncertain():
    """A message of which nobody knows whether it arrived."""
    return make_delivery(state=DeliveryState.UNCERTAIN)


def answer(delivery):
    survey = delivery.invitation.survey
    submit_response(
        questionnaire=questionnaire_of(survey.versions.get()),
        submission_id=uuid.uuid4(),
        answers={"overall": "5"},
        language="en",
        invitation=delivery.invitation,
    )


def state_of(delivery):
    return Delivery.objects.get(pk=delivery.pk).state


def test_answer_says_that_the_message_arrived(uncertain):
    resolve_uncertain()
    assert state_of(uncertain) == DeliveryState.UNCERTAIN

    answer(uncertain)
    resolve_uncertain()

    assert state_of(uncertain) == DeliveryState.SENT


def test_answer_by_the_invitation_says_nothing_about_the_reminder(uncertain):
    Delivery.objects.create(
        invitation=uncertain.invitation,
        number=1,
        channel="email",
        text=uncertain.text,
        due_at=uncertain.due_at,
        state=DeliveryState.SENT,
    )

    answer(uncertain)
    resolve_uncertain()

    assert state_of(uncertain) == DeliveryState.UNCERTAIN
    assert not to_decide(Delivery.objects.all()).exists()  # and nothing is left to decide


@pytest.mark.django_db(transaction=True)
def test_anonymous_answer_is_not_betrayed_before_the_answers_are_mixed():
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS_INVITED)
    delivery = make_delivery(survey, state=DeliveryState.UNCERTAIN)
    before = Delivery.objects.values("finished_at", "claimed_at").get()

    answer(delivery)
    resolve_uncertain()
    assert state_of(delivery) == DeliveryState.UNCERTAIN

    for _number in range(12):
        answer(make_delivery(survey, factories.make_customer(email="x@example.org")))
    mix(survey)
    resolve_uncertain()
    after = Delivery.objects.values("finished_at", "claimed_at").get(pk=delivery.pk)
    assert state_of(delivery) == DeliveryState.SENT
    assert after == before


def test_sending_again_is_decided_noted_and_done(uncertain):
    user = factories.make_user("administrator")

    assert decide(deliveries=[uncertain], choice=DeliveryChoice.RESEND, user=user) == 1
    send_next_delivery()

    decision = DeliveryDecision.objects.get()
    assert state_of(uncertain) == DeliveryState.SENT
    assert (decision.decided_by, decision.state_before) == (user, DeliveryState.UNCERTAIN)


def test_two_people_decide_once(uncertain):
    user = factories.make_user("administrator")
    stale = Delivery.objects.get()

    assert decide(deliveries=[uncertain], choice=DeliveryChoice.RESEND, user=user) == 1
    assert decide(deliveries=[stale], choice=DeliveryChoice.RESEND, user=user) == 0


def test_of_many_at_once_only_those_are_left_about_which_somebody_was_quicker(db):
    make_mailing(3)
    Delivery.objects.update(state=DeliveryState.UNCERTAIN)
    user = factories.make_user("administrator")
    stale = list(Delivery.objects.order_by("pk"))
    decide(deliveries=stale[:1], choice=DeliveryChoice.RESEND, user=None)

    assert decide(deliveries=stale, choice=DeliveryChoice.RESEND, user=user) == 2
    assert DeliveryDecision.objects.filter(decided_by=user).count() == 2


def test_message_that_is_left_is_not_listed_any_more(uncertain):
    assert to_decide(Delivery.objects.all()).get() == uncertain

    decide(deliveries=[uncertain], choice=DeliveryChoice.LEAVE, user=None)

    assert not to_decide(Delivery.objects.all()).exists()
    assert state_of(uncertain) == DeliveryState.UNCERTAIN


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.SENDING, DeliveryState.QUEUED])
def test_nobody_decides_about_what_is_no_matter_of_doubt(state):
    delivery = make_delivery(state=state)

    assert decide(deliveries=[delivery], choice=DeliveryChoice.RESEND, user=None) == 0
    assert state_of(delivery) == state
