"""Storing an answer exactly once."""

import uuid

import pytest
from django.db import IntegrityError

from surveys.enums import InvitationState, SurveyMode
from surveys.errors import AlreadyAnswered, InvalidAnswers, SubmissionConflict, UnknownLink
from surveys.models import Invitation, Response
from surveys.questionnaire import questionnaire_of
from surveys.services.submit_response import submit_response
from surveys.services.units import move_unit
from tests import factories

ANSWERS = {"overall": "5", "again": "4", "recommend": "9", "staff": "na", "comment": "好 👍"}


def submit(survey, answers=ANSWERS, *, submission_id=None, **door):
    door = door or {"public_link": factories.make_public_link(survey)}
    return submit_response(
        questionnaire=questionnaire_of(survey.versions.get()),
        submission_id=submission_id or uuid.uuid4(),
        answers=answers,
        language="en",
        **door,
    )


def test_measures_are_copied_into_columns(survey):
    response = submit(survey).response

    assert (response.satisfaction, response.repurchase, response.recommendation) == (5, 4, 9)
    assert response.answers["staff"] == "na"
    assert response.answers["comment"] == "好 👍"


def test_same_submission_again_gives_the_same_response(survey):
    link, number = factories.make_public_link(survey), uuid.uuid4()
    first = submit(survey, submission_id=number, public_link=link)

    again = submit(survey, submission_id=number, public_link=link)

    assert (first.is_new, again.is_new) == (True, False)
    assert again.response.pk == first.response.pk
    assert Response.objects.count() == 1


def test_same_id_with_other_answers_is_a_conflict(survey):
    link, number = factories.make_public_link(survey), uuid.uuid4()
    submit(survey, submission_id=number, public_link=link)

    with pytest.raises(SubmissionConflict):
        submit(survey, ANSWERS | {"overall": "1"}, submission_id=number, public_link=link)

    assert Response.objects.get().satisfaction == 5


def test_personal_link_is_used_once(survey):
    invitation, _token = factories.make_invitation(survey)
    submit(survey, invitation=invitation)

    with pytest.raises(AlreadyAnswered):
        submit(survey, ANSWERS | {"overall": "1"}, invitation=invitation)

    invitation.refresh_from_db()
    assert invitation.state == InvitationState.ANSWERED
    assert Response.objects.get().satisfaction == 5


def test_personal_link_repeated_by_the_same_page_is_the_same_answer(survey):
    invitation, _token = factories.make_invitation(survey)
    number = uuid.uuid4()
    first = submit(survey, submission_id=number, invitation=invitation)

    again = submit(survey, submission_id=number, invitation=invitation)

    assert again.response.pk == first.response.pk


def test_link_withdrawn_meanwhile_is_not_told_as_answered(survey):
    invitation, _token = factories.make_invitation(survey)
    Invitation.objects.update(state=InvitationState.REVOKED)

    with pytest.raises(UnknownLink):
        submit(survey, invitation=invitation)

    assert not Response.objects.exists()


def test_refusal_that_is_no_repetition_is_not_told_as_one(survey):
    link = factories.make_public_link(survey)
    link.channel = None

    with pytest.raises(IntegrityError):
        submit(survey, public_link=link)


def test_wrong_answers_write_nothing(survey):
    invitation, _token = factories.make_invitation(survey)

    with pytest.raises(InvalidAnswers) as refusal:
        submit(survey, {"overall": "6", "recommend": "11"}, invitation=invitation)

    invitation.refresh_from_db()
    assert set(refusal.value.errors) == {"overall", "recommend"}
    assert invitation.state == InvitationState.OPEN
    assert not Response.objects.exists()


def test_anonymous_answer_has_no_person_and_no_time_of_day(db):
    survey = factories.make_published_survey(mode=SurveyMode.ANONYMOUS)

    response = submit(survey).response

    assert response.submitted_at is None
    assert response.customer is None
    assert response.invitation is None


def test_moving_a_unit_leaves_old_answers_where_they_were(survey):
    north, south = factories.make_unit("North"), factories.make_unit("South")
    shop = factories.make_unit("Shop", parent=north)
    before = submit(survey, public_link=factories.make_public_link(survey, unit=shop)).response

    shop = move_unit(unit=shop, parent=south)
    after = submit(survey, public_link=factories.make_public_link(survey, unit=shop)).response

    assert f"/{north.pk}/" in before.placement.lineage
    assert f"/{south.pk}/" in after.placement.lineage
    assert before.placement.unit == after.placement.unit
