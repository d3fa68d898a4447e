"""Making surveys and changing what is the same in all their versions."""

import secrets
from zoneinfo import available_timezones

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from surveys.definitions.document import FORMAT, FORMAT_VERSION, checked_texts
from surveys.end_urls import validate_end_url
from surveys.enums import Selection, VersionState
from surveys.errors import InvalidDefinition, SurveyError
from surveys.models import Survey
from surveys.texts import text_in

from .definitions import build_draft
from .rows import checked

FIXED_BY_PUBLICATION = ("mode", "kind")
SETTINGS = (
    "title",
    "kind",
    "mode",
    "languages",
    "time_zone",
    "sends_thanks",
    "changeable_days",
    "takes_complaints",
    "end_url",
    "accent",
    "sender_name",
    "purpose",
    "population",
    "selection",
    "selection_rule",
    "sample_size",
    "sample_seed",
    "field_from",
    "field_until",
)
LARGEST_SEED = 10**9


def create_survey(
    *,
    title,
    kind,
    mode,
    languages,
    default_language,
    time_zone="UTC",
    document=None,
    slug=None,
    user=None,
    **plan,
):
    """Make a survey with its first draft, from a document or with one empty section.

    A document gives the draft; title, kind and languages are the survey's own
    and are given here.
    """
    title = checked_texts(title, _("Title"), needed=True)
    document = (document or _empty_document()) | {
        "title": title,
        "kind": str(kind),
        "languages": list(languages),
        "default_language": default_language,
    }
    _check_time_zone(time_zone)
    with transaction.atomic():
        survey = Survey(
            slug=slug or _free_slug(text_in(title, "en", default_language)),
            title=title,
            kind=kind,
            mode=mode,
            languages=list(languages),
            default_language=default_language,
            time_zone=time_zone,
            created_by=user,
            **plan,
        )
        checked(survey, exclude=["created_by"]).save(force_insert=True)
        build_draft(survey=survey, document=document)
    return survey


def change_survey(*, survey, **values):
    """Change settings of a survey; a published version keeps its title and languages.

    Whether answers are anonymous, and what kind of survey it is, is a promise
    to the people who answered, and stays once a version was published.
    """
    unknown = set(values) - set(SETTINGS)
    if unknown:
        raise TypeError(f"These settings of a survey cannot be changed: {sorted(unknown)}")
    if "title" in values:
        values["title"] = checked_texts(values["title"], _("Title"), needed=True)
    if values.get("end_url"):
        validate_end_url(values["end_url"])
    if "time_zone" in values:
        _check_time_zone(values["time_zone"])
    if values.get("selection") == Selection.RANDOM and values.get("sample_seed") is None:
        values["sample_seed"] = secrets.randbelow(LARGEST_SEED)
    if survey.default_language not in values.get("languages", survey.languages):
        raise InvalidDefinition(_("The first language of a survey must stay."))
    with transaction.atomic():
        stored = Survey.objects.select_for_update().get(pk=survey.pk)
        if stored.versions.exclude(state=VersionState.DRAFT).exists():
            for name in FIXED_BY_PUBLICATION:
                if values.get(name, getattr(stored, name)) != getattr(stored, name):
                    raise SurveyError(
                        _("The kind and the anonymity of a published survey cannot be changed.")
                    )
        for name, value in values.items():
            setattr(survey, name, value)
        checked(survey, exclude=["created_by"]).save(update_fields=list(values))
    return survey


def _empty_document():
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "sections": [{"title": {}, "questions": []}],
    }


def _free_slug(title):
    stem = slugify(title)[:50].strip("-") or "survey"
    taken = set(Survey.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    number = 1
    slug = stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug


def _check_time_zone(name):
    if name not in available_timezones():
        raise InvalidDefinition(_("There is no time zone %(name)s.") % {"name": name})
