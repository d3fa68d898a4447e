"""Changing the words of a draft in many places at once."""

from django.utils.translation import gettext as _

from surveys.definitions.document import checked_document
from surveys.definitions.translating import texts_of, with_texts
from surveys.errors import InvalidDefinition
from surveys.models import Survey

from .definitions import export_version, rebuild_question
from .drafts import editing


def save_texts(*, version, revision, changes):
    """Write words by place and language into a draft, all of them or none.

    `changes` is ``{"questions/overall/text": {"zh-hans": "..."}}``; "" takes
    words out. Gives the number of places whose words are others now.
    """
    with editing(version, revision):
        version.survey = Survey.objects.select_for_update().get(pk=version.survey_id)
        before = export_version(version)
        after = _changed(before, changes)
        _write_around(version, before, after)
        _write_sections(version, before, after)
    stored = {text.place: text.words for text in texts_of(before)}
    return sum(stored[place] | words != stored[place] for place, words in changes.items())


def _changed(document, changes):
    first = document["default_language"]
    if any(words.get(first, "…").strip() == "" for words in changes.values()):
        raise InvalidDefinition(_("A text cannot lose its words in the first language."))
    try:
        return checked_document(with_texts(document, changes))
    except KeyError as missing:
        raise InvalidDefinition(
            _("This draft has no text at %(place)s.") % {"place": missing.args[0]}
        ) from None


def _write_around(version, before, after):
    if before["title"] != after["title"]:
        version.survey.title = after["title"]
        version.survey.save(update_fields=["title"])
    version.introduction, version.thanks = after["introduction"], after["thanks"]
    version.save(update_fields=["introduction", "thanks"])
    names = {dimension["key"]: dimension["name"] for dimension in after["dimensions"]}
    for dimension in version.dimensions.all():
        if dimension.name != names[dimension.key]:
            dimension.name = names[dimension.key]
            dimension.save(update_fields=["name"])


def _write_sections(version, before, after):
    dimensions = {dimension.key: dimension for dimension in version.dimensions.all()}
    questions = {question.key: question for question in version.questions.all()}
    rows = version.sections.all()
    for row, old, new in zip(rows, before["sections"], after["sections"], strict=True):
        if old["title"] != new["title"]:
            row.title = new["title"]
            row.save(update_fields=["title"])
        for was, is_now in zip(old["questions"], new["questions"], strict=True):
            if was != is_now:
                rebuild_question(questions[was["key"]], is_now, dimensions)
