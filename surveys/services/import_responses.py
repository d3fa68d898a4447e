"""Answers that were given elsewhere, by the rules of `submit_response`.

The id of the submission is made from the survey and the number that the
answer had where it came from, so that a file brought twice is stored once. An
answer that is here already is never changed. In an anonymous survey neither
the customer nor the time of day is kept, and the rows of a batch are stored in
random order.
"""

import uuid
from datetime import UTC
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.enums import Channel
from surveys.errors import SurveyError
from surveys.models import Response
from surveys.validators import checked_answers, fingerprint_of, measure_values

NAMESPACE = uuid.UUID("5a0b6c9e-3b0f-4d8e-9a51-6f7d9f1f1c02")
NEW, UNCHANGED, CONFLICT = "new", "unchanged", "conflict"


class CannotImport(SurveyError):
    """An answer that must not be stored; the text says why."""


def imported_response(
    *, survey, questionnaire, external_id, answers, answered_at, language, customer=None, unit=None
):
    """A response that is right but not stored yet.

    `answers` holds the questions that were asked. Raises `InvalidAnswers` or
    `CannotImport`.
    """
    if survey.is_anonymous and customer is not None:
        raise CannotImport(_("This survey is anonymous; the file must not name customers."))
    if answered_at > timezone.now():
        raise CannotImport(_("The answer lies in the future."))
    checked = checked_answers(_asked_elsewhere(questionnaire, answers), answers)
    checked = {key: answer for key, answer in checked.items() if key in answers}
    unit = unit or (customer.unit if customer else None)
    return Response(
        submission_id=uuid.uuid5(NAMESPACE, f"{survey.pk}:{external_id}"),
        survey=survey,
        version_id=questionnaire.version_id,
        fingerprint=fingerprint_of(questionnaire.version_id, checked),
        answers=checked,
        language=language,
        customer=customer,
        segment_id=customer.segment_id if customer else None,
        placement_id=unit.placement_id if unit else None,
        channel=Channel.IMPORT,
        is_anonymous=survey.is_anonymous,
        submitted_on=answered_at.astimezone(ZoneInfo(survey.time_zone)).date(),
        submitted_at=None if survey.is_anonymous else answered_at.astimezone(UTC),
        **measure_values(questionnaire, checked),
    )


def what_imported_are(responses):
    """Which of them are new, known, or known with other answers: in the same order."""
    stored = dict(
        Response.objects.filter(
            survey__in={response.survey_id for response in responses},
            submission_id__in=[response.submission_id for response in responses],
        ).values_list("submission_id", "fingerprint")
    )
    return [_outcome(response, stored) for response in responses]


def _asked_elsewhere(questionnaire, answers):
    """The questions without those that have a rule and no answer: they were not asked."""
    if not questionnaire.has_rules:
        return questionnaire
    conditional = {
        question.key
        for section in questionnaire.sections
        for question in section.questions
        if section.rule or question.rule
    }
    given = {entry.partition(".")[0] for entry, answer in answers.items() if answer is not None}
    keys = {question.key for question in questionnaire.questions}
    return questionnaire.only(keys - conditional | given & keys)


def _outcome(response, stored):
    fingerprint = stored.get(response.submission_id)
    if fingerprint is None:
        return NEW
    return UNCHANGED if fingerprint == response.fingerprint else CONFLICT
