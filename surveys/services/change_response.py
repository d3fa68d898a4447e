"""Changing an answer by the personal link that gave it, until the survey's deadline.

The page that changes carries two ids: its own, so that sending twice changes
once, and that of the submission it replaces, so that of two devices the
second is told instead of overwriting the first. What was replaced stays as a
`ResponseRevision`; every figure reads the response, which is the last.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone

from surveys.enums import FlagKind
from surveys.errors import ChangedMeanwhile, ForeignSubmission, SubmissionConflict
from surveys.models import Response, ResponseDraft, ResponseRevision
from surveys.selectors.doors import refuse_late_change
from surveys.validators import checked_answers, fingerprint_of, measure_values

from .changed_days import note_changed_days
from .visits import day_in


def change_response(*, invitation, questionnaire, submission_id, replaces, answers, language):
    """Put new answers in the place of those sent as `replaces`, and keep the old ones.

    Raises `InvalidAnswers`, `ChangeTooLate`, `SubmissionConflict` when the id
    came before with other answers, and `ChangedMeanwhile` when another page
    has replaced the same answers; in each case nothing is written.
    """
    answers = checked_answers(questionnaire, answers)
    fingerprint = fingerprint_of(questionnaire.version_id, answers)
    try:
        with transaction.atomic(durable=True):
            response = Response.objects.select_for_update().get(invitation=invitation)
            known = _fingerprint_under(response, submission_id)
            if known == fingerprint:
                return response
            if known is not None:
                raise SubmissionConflict("This change was already sent with other answers.")
            refuse_late_change(invitation)
            if response.submission_id != replaces:
                raise ChangedMeanwhile(response.submission_id)
            # The clock may have been set back since the first answer.
            now = max(timezone.now(), response.submitted_at)
            _keep_old(response, replaced_at=now)
            day_before = response.submitted_on
            _replace(
                response,
                submitted_at=now,
                submitted_on=day_in(response.survey, now),
                submission_id=submission_id,
                fingerprint=fingerprint,
                version_id=questionnaire.version_id,
                answers=answers,
                language=language,
                examined_by_rule=0,
                **measure_values(questionnaire, answers),
            )
            response.flags.exclude(kind=FlagKind.STAFF).delete()  # they were about the old answers
            ResponseDraft.objects.filter(invitation=invitation).delete()
            note_changed_days(response.survey_id, [day_before, response.submitted_on])
    except IntegrityError as error:
        raise ForeignSubmission("Other answers were sent under this id.") from error
    return response


def _fingerprint_under(response, submission_id):
    """What was stored under this id for this response, now or before; None if nothing was."""
    if response.submission_id == submission_id:
        return response.fingerprint
    old = response.revisions.filter(submission_id=submission_id)
    return old.values_list("fingerprint", flat=True).first()


def _keep_old(response, *, replaced_at):
    ResponseRevision.objects.create(
        response=response,
        submission_id=response.submission_id,
        fingerprint=response.fingerprint,
        version_id=response.version_id,
        answers=response.answers,
        language=response.language,
        submitted_at=response.submitted_at,
        replaced_at=replaced_at,
    )


def _replace(response, **new):
    for name, value in new.items():
        setattr(response, name, value)
    response.save(update_fields=list(new))
