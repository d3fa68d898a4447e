"""Saving surveys as templates and questions for later, and taking questions into a draft."""

from django.db import transaction
from django.utils.translation import gettext as _

from surveys.definitions.document import checked_document, checked_question
from surveys.enums import ROLES_ASKED_ONCE
from surveys.errors import SurveyError
from surveys.models import SavedQuestion, SavedTemplate

from .definitions import export_question, export_version
from .draft_questions import add_question, new_key
from .rows import checked

BOUND_TO_ITS_SURVEY = ("dimension", "rule")


def save_as_template(*, version, name, measures="", user=None):
    """Keep what a version asks as a template for new surveys."""
    saved = SavedTemplate(
        name=name.strip(),
        measures=measures.strip(),
        document=checked_document(export_version(version)),
        saved_by=user,
    )
    checked(saved, exclude=["saved_by"]).save(force_insert=True)
    return saved


def save_question(*, question, user=None):
    """Keep a question for other surveys, without what ties it to its own.

    Keeping the same question again changes nothing.
    """
    exported = export_question(question)
    document = checked_question(
        {name: value for name, value in exported.items() if name not in BOUND_TO_ITS_SURVEY}
    )
    same = next((one for one in SavedQuestion.objects.all() if one.document == document), None)
    return same or SavedQuestion.objects.create(
        text=document["text"], document=document, saved_by=user
    )


def take_questions(*, version, revision, section, definitions):
    """Add questions of the library to the end of a section, all or none.

    A measure that the draft asks for already is left away, and so is a
    dimension that the draft does not have.
    """
    if not definitions:
        raise SurveyError(_("Choose one question at least."))
    taken = []
    with transaction.atomic():
        for number, definition in enumerate(definitions):
            taken.append(
                add_question(
                    version=version,
                    revision=revision + number,
                    section=section,
                    definition=_fitted(version, definition),
                )
            )
    return taken


def _fitted(version, definition):
    """The definition with a key of its own, and with nothing that clashes with the draft."""
    fitted = definition | {"key": new_key(version, definition["key"])}
    roles = set(version.questions.values_list("role", flat=True))
    if definition["role"] in ROLES_ASKED_ONCE and definition["role"] in roles:
        fitted |= {"role": "", "loyal_from": None}
    dimensions = set(version.dimensions.values_list("key", flat=True))
    if definition["dimension"] not in dimensions:
        fitted["dimension"] = None
    if "rule" in fitted:
        del fitted["rule"]
    return fitted
