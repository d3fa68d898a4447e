"""Making a survey or a draft from a survey file that was read, with its report."""

from django.db import transaction
from django.utils.translation import gettext as _

from surveys.enums import VersionState
from surveys.models import ImportReport, Survey
from surveys.survey_files.outline import plain_lines

from .definitions import build_draft
from .drafts import replace_draft
from .surveys import create_survey


def import_as_survey(*, read, mode, document=None, user=None, **values):
    """Make a survey from a `ReadSurvey`; `document` is its document with confirmed measures."""
    document = document or read.document
    with transaction.atomic():
        survey = create_survey(
            title=document["title"],
            kind=document["kind"],
            mode=mode,
            languages=document["languages"],
            default_language=document["default_language"],
            document=document,
            user=user,
            **values,
        )
        _keep_report(survey.versions.get(), read, user)
    return survey


def import_as_draft(*, read, survey, revision=None, document=None, user=None):
    """Make the next draft of a survey, or replace the draft of that revision.

    The survey keeps its title, kind and languages; a replaced draft's sections
    can be put back. Raises `DraftChangedMeanwhile` when the draft is another one now.
    """
    document = document or read.document
    with transaction.atomic():
        Survey.objects.select_for_update().get(pk=survey.pk)
        draft = survey.versions.filter(state=VersionState.DRAFT).first()
        if draft is None:
            draft = build_draft(survey=survey, document=document)
        else:
            replace_draft(version=draft, revision=revision, document=document)
        _keep_report(draft, read, user)
    return draft


def lines_about_survey(read, survey):
    """What a survey does not take from a file that becomes its draft, as pairs of what and why."""
    own = {"title": survey.title, "kind": survey.kind}
    if any(read.document[name] != value for name, value in own.items()):
        yield _("Title and kind"), _("The survey keeps its own.")
    unused = [code for code in read.document["languages"] if code not in survey.languages]
    if unused:
        yield (
            ", ".join(unused),
            _("The survey does not have this language; its texts are kept and not shown."),
        )


def _keep_report(version, read, user):
    ImportReport.objects.update_or_create(
        version=version,
        defaults={
            "file": read.file[-255:],
            "tool": read.tool,
            "digest": read.digest,
            "lines": plain_lines(read.lines),
            "imported_by": user,
        },
    )
