"""Storing an answer exactly once: the promise that the thank-you page makes.

One durable transaction claims the personal link, inserts the response and
writes what is owed because of it. Nothing outside the database happens in
it, and the page that says "saved" is rendered only after it was committed.

The submission id comes with the page, so that sending twice, reloading, and
repeating after a lost reply all lead to the same row. There are three ways:

* new: the response is stored;
* the same again: the id is known and the answers are equal, so the respondent
  sees the same thank-you page;
* a conflict: the id or the personal link was used before with other answers,
  so nothing is changed and the respondent is told.
"""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from surveys.enums import InvitationState
from surveys.errors import AlreadyAnswered, Full, SubmissionConflict, UnknownLink
from surveys.models import Invitation, OutboxMessage, PublicLink, Response, ResponseDraft
from surveys.rules.reach import asked_part
from surveys.selectors.circumstances import circumstances_of
from surveys.selectors.doors import refuse_full_link
from surveys.validators import checked_answers, fingerprint_of, measure_values

from .changed_days import note_changed_days
from .circumstances import circumstances
from .flags import flag_as_sent_by_staff
from .owing import kinds_owed_for
from .reward_codes import give_reward_code
from .rows import insert_row
from .visits import UNKNOWN_OPENING, count_completed


@dataclass(frozen=True, slots=True)
class Submitted:
    """A stored response, and whether this very call stored it."""

    response: Response
    is_new: bool


def submit_response(
    *,
    questionnaire,
    submission_id,
    answers,
    language,
    public_link=None,
    invitation=None,
    may_have_draft=True,
    is_suspected_bot=False,
    opening=UNKNOWN_OPENING,
):
    """Store the answers given through one link, once.

    Exactly one of `public_link` and `invitation` is given, with its survey
    loaded; a questionnaire of one page has no draft to be deleted. `opening`
    says how the page was opened, for the time taken and the count of visits. Raises
    `InvalidAnswers` before anything is written, `SubmissionConflict` when the
    id came before with other answers, `AlreadyAnswered` when the personal
    link was used by another submission, and `Full` when a public link has all
    the answers that it takes. Answers to questions that the rules do not ask
    are left out.
    """
    door = invitation or public_link
    asked = asked_part(
        questionnaire,
        answers,
        lambda: circumstances_of(language=language, public_link=public_link, invitation=invitation),
    )
    answers = checked_answers(asked, answers)
    response = Response(
        submission_id=submission_id,
        survey=door.survey,
        version_id=questionnaire.version_id,
        fingerprint=fingerprint_of(questionnaire.version_id, answers),
        answers=answers,
        language=language,
        is_suspected_bot=is_suspected_bot,
        **measure_values(asked, answers),
        **circumstances(
            door.survey,
            public_link=public_link,
            invitation=invitation,
            opened_at=opening.opened_at,
        ),
    )
    try:
        with transaction.atomic(durable=True):
            if public_link is not None and public_link.maximum_answers:
                _hold_place(public_link)
            if invitation is None or _claim(invitation):
                _store(response, invitation)
                if may_have_draft or (invitation and response.is_anonymous):
                    _forget_draft(response, invitation)
                count_completed(
                    response=response, opening=opening, reached=len(questionnaire.pages)
                )
                if opening.by_staff and response.entered_by_id is None:
                    flag_as_sent_by_staff(response)
                return Submitted(response, is_new=True)
    except (IntegrityError, Full):
        # Mostly the id is there already. Anything else the database refused is
        # no repetition, and must not be told as one.
        stored = _stored_before(response)
        if stored is None:
            raise
    else:
        stored = _stored_before(response)
    return Submitted(_the_same(stored, response, invitation), is_new=False)


def _claim(invitation):
    """Take the personal link, if nobody has; of many at once the database lets one through.

    In an anonymous survey the invitation says that it was answered, but not when.
    """
    is_anonymous = invitation.survey.is_anonymous
    return Invitation.objects.filter(pk=invitation.pk, state=InvitationState.OPEN).update(
        state=InvitationState.ANSWERED,
        answered_at=None if is_anonymous else timezone.now(),
        answered_anonymously=is_anonymous,
        awaits_mixing=is_anonymous,
    )


def _hold_place(public_link):
    """Make those who answer by a link with a maximum come one after the other, and count.

    Only such a link is locked; the others let everybody through at once.
    """
    held = PublicLink.objects.select_for_update(no_key=True).get(pk=public_link.pk)
    refuse_full_link(held)


def _forget_draft(response, invitation):
    """Delete what was answered so far; of an anonymous answer nothing stays with the person."""
    drafts = Q(submission_id=response.submission_id)
    if response.is_anonymous and invitation is not None:
        drafts |= Q(invitation=invitation)
    ResponseDraft.objects.filter(drafts).delete()


def _store(response, invitation):
    insert_row(response)
    if response.survey.gives_reward_codes and not response.is_suspected_bot:
        give_reward_code(
            survey=response.survey, submission_id=response.submission_id, invitation=invitation
        )
    if kinds := kinds_owed_for(response):
        OutboxMessage.objects.bulk_create(
            OutboxMessage(response=response, kind=kind) for kind in kinds
        )
    note_changed_days(response.survey_id, [response.submitted_on])


def _stored_before(response):
    """The response that was stored under this id, or None."""
    return Response.objects.filter(
        survey=response.survey, submission_id=response.submission_id
    ).first()


def _the_same(stored, response, invitation):
    """The stored response, when it came by the same personal link with the same answers."""
    if stored is None:
        if not _was_answered(invitation):
            raise UnknownLink("This personal link was withdrawn a moment ago.")
        raise AlreadyAnswered("This personal link was already answered.")
    if (stored.invitation_id, stored.fingerprint) != (response.invitation_id, response.fingerprint):
        raise SubmissionConflict("This questionnaire was already sent with other answers.")
    return stored


def _was_answered(invitation):
    """Whether an invitation is answered in the database by now."""
    return Invitation.objects.filter(pk=invitation.pk, state=InvitationState.ANSWERED).exists()
