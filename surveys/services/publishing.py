"""Publishing a draft, closing a survey, and starting the next draft."""

from django.db import transaction
from django.db.models import DateTimeField, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _

from surveys.definitions.document import digest_of
from surveys.definitions.findings import errors_in
from surveys.enums import VersionState
from surveys.errors import CannotPublish, SurveyError
from surveys.models import Survey, SurveyVersion
from surveys.questionnaire import questionnaire_of

from .definitions import build_draft, export_version
from .drafts import editing


def publish_version(*, version, revision, user=None):
    """Freeze a draft and open it to customers; the version published before is closed.

    Raises `CannotPublish` with a sentence for each mistake. Somebody who has
    the former version open can still send it: it is closed, not gone.
    """
    with editing(version, revision):
        survey = version.survey = Survey.objects.select_for_update().get(pk=version.survey_id)
        mistakes = errors_in(questionnaire_of(version))
        if mistakes:
            raise CannotPublish([_about(finding) for finding in mistakes])
        now = timezone.now()
        _close_published(survey, now, user)
        frozen = {
            "title": survey.title,
            "languages": survey.languages,
            "digest": digest_of(export_version(version)),
            "state": VersionState.PUBLISHED,
            "published_at": now,
            "published_by": user,
        }
        SurveyVersion.objects.filter(pk=version.pk).update(**frozen)
        version.removed_parts.all().delete()
    for name, value in frozen.items():
        setattr(version, name, value)
    return version


def start_next_draft(*, survey):
    """Copy the newest version into a draft; the questions keep their keys."""
    newest = survey.versions.order_by("-number").first()
    if newest is None:
        raise SurveyError(_("This survey has no version that could be copied."))
    return build_draft(survey=survey, document=export_version(newest))


def close_survey(*, survey, user=None):
    """Close the published version, so that the survey's links take no more answers."""
    with transaction.atomic():
        if not _close_published(survey, timezone.now(), user):
            raise SurveyError(_("This survey is not published."))
    return survey


def reopen_survey(*, survey):
    """Let the newest closed version take answers again, exactly as it was published."""
    with transaction.atomic():
        Survey.objects.select_for_update().get(pk=survey.pk)
        frozen = survey.versions.exclude(state=VersionState.DRAFT)
        newest = frozen.order_by("-number").first()
        if newest is None or newest.state != VersionState.CLOSED:
            raise SurveyError(_("This survey is not closed."))
        frozen.filter(pk=newest.pk).update(
            state=VersionState.PUBLISHED, closed_at=None, closed_by=None
        )
    newest.refresh_from_db()
    return newest


def _close_published(survey, now, user):
    """Close what is published, not before it was published though the clock was set back."""
    return SurveyVersion.objects.filter(survey=survey, state=VersionState.PUBLISHED).update(
        state=VersionState.CLOSED,
        closed_at=Greatest("published_at", Value(now, DateTimeField())),
        closed_by=user,
    )


def _about(finding):
    return (
        f"{finding.question_key}: {finding.sentence}"
        if finding.question_key
        else (finding.sentence)
    )
