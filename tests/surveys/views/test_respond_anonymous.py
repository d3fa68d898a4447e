"""Answering an anonymous survey by a personal link: once, resumable, and joined to nobody."""

import uuid

import pytest

from surveys.enums import InvitationState, SurveyMode
from surveys.models import OutboxMessage, Response, ResponseDraft
from tests import factories

from .conftest import Door, answer_all, hidden_fields, send


@pytest.fixture
def invited(db):
    """An anonymous survey that thanks by mail if it may, behind a personal link."""
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS_INVITED, sends_thanks=True)
    customer = factories.make_customer(email="ada@example.org", name="Ada")
    invitation, token = factories.make_invitation(survey, customer)
    return Door(survey, f"/r/{token}/", invitation=invitation)


def test_link_is_used_up_and_the_answer_belongs_to_nobody(client, invited):
    reply = answer_all(client, invited.address)

    invited.invitation.refresh_from_db()
    assert reply.status_code == 303
    assert invited.invitation.state == InvitationState.ANSWERED
    assert Response.objects.get().customer is None
    assert not ResponseDraft.objects.exists()
    assert not OutboxMessage.objects.exists()


def test_answers_wait_under_the_link_until_they_are_sent(client, invited, new_browser):
    send(client, invited.address, {"overall": "2"})

    assert 'value="2" checked' in new_browser().get(invited.address).content.decode()


def test_thanks_are_shown_on_any_device_without_the_answers(client, invited, new_browser):
    thanks = answer_all(client, invited.address)["Location"]

    page = new_browser().get(thanks)

    assert page.status_code == 200
    assert "Your answers are saved" in page.content.decode()


def test_same_page_sent_again_leads_to_the_thanks(client, invited):
    first = hidden_fields(client.get(invited.address)) | {"overall": "5"}
    kept = client.post(invited.address, first)
    last = hidden_fields(client.get(kept["Location"])) | {"comment": "Good."}

    replies = [client.post(kept["Location"], last) for _ in range(3)]
    again = client.post(invited.address, first)

    assert {reply["Location"] for reply in [*replies, again]} == {f"{invited.address}thanks/"}
    assert Response.objects.count() == 1


def test_second_answer_by_the_same_link_is_refused(client, invited, new_browser):
    answer_all(client, invited.address)
    stranger = {"_id": str(uuid.uuid4()), "_version": "1", "overall": "1"}

    assert new_browser().get(invited.address).status_code == 410
    assert new_browser().post(invited.address, stranger).status_code == 409
    assert Response.objects.get().satisfaction == 5


def test_second_device_learns_that_the_link_was_used(client, invited, new_browser):
    """Both had the page open; the second one's other answers are not stored."""
    other = new_browser()
    opened_earlier = hidden_fields(other.get(invited.address)) | {"overall": "1"}
    answer_all(client, invited.address)

    assert other.post(invited.address, opened_earlier).status_code == 409
    assert Response.objects.count() == 1


def test_answer_cannot_be_changed_although_the_survey_has_days_for_it(client, invited):
    """Nothing joins the link to the answer, so that there is nothing to open again."""
    invited.survey.changeable_days = 5
    invited.survey.save()
    answer_all(client, invited.address)

    assert client.get(invited.address).status_code == 410
    assert "Change my answers" not in client.get(f"{invited.address}thanks/").content.decode()


def test_personal_link_from_before_a_survey_became_anonymous_still_works(client, personal):
    personal.survey.mode = SurveyMode.ANONYMOUS
    personal.survey.save()

    answer_all(client, personal.address)

    assert Response.objects.get().customer is None


LANGUAGES = {"en": "anonymous", "zh-hans": "匿名", "zh-hant": "匿名"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["personal", "public"])
@pytest.mark.parametrize("mode", [SurveyMode.ANONYMOUS_INVITED, SurveyMode.ANONYMOUS])
def test_first_page_names_the_mode_in_every_language(client, db, language, kind, mode):
    survey = factories.make_published_survey(mode=mode, languages=list(LANGUAGES))
    address = f"/s/{factories.make_public_link(survey).slug}/"
    if kind == "personal":
        address = f"/r/{factories.make_invitation(survey)[1]}/"

    assert LANGUAGES[language] in client.get(f"{address}?lang={language}").content.decode()
