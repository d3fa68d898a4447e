"""Changing a draft: the guard that every change passes, the texts, sections and dimensions.

Every change names the revision that its page showed. The guard counts the
revision up in one conditional UPDATE, so of two editors who opened the same
draft the second is told, and a version that was published cannot be reached.
"""

from contextlib import contextmanager

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from surveys.definitions.document import checked_document, checked_key, checked_texts
from surveys.definitions.ready_dimensions import ready_dimensions
from surveys.enums import PageLayout, RemovedKind, VersionState
from surveys.errors import DraftChangedMeanwhile, InvalidDefinition, SurveyError, VersionIsFrozen
from surveys.models import Dimension, RemovedPart, Section, SurveyVersion
from surveys.rules.document import checked_rule

from .definitions import build_parts, export_section


@contextmanager
def editing(version, revision):
    """One change of a draft in one transaction; raises when it must not happen."""
    with transaction.atomic():
        taken = SurveyVersion.objects.filter(
            pk=version.pk, state=VersionState.DRAFT, revision=revision
        ).update(revision=F("revision") + 1)
        if not taken:
            raise _refusal(version)
        yield
    version.revision = revision + 1


def change_texts(*, version, revision, introduction, thanks, page_layout):
    """Change what stands before and after the questions, and how they are cut into pages."""
    if page_layout not in PageLayout.values:
        raise InvalidDefinition(_("This page layout is not known."))
    introduction = checked_texts(introduction, _("Introduction"))
    thanks = checked_texts(thanks, _("Thanks"))
    with editing(version, revision):
        version.introduction, version.thanks = introduction, thanks
        version.page_layout = page_layout
        version.save(update_fields=["introduction", "thanks", "page_layout"])
    return version


def replace_draft(*, version, revision, document):
    """Give a draft everything that a document says; what stood there can be put back."""
    document = checked_document(document)
    with editing(version, revision):
        for section in version.sections.all():
            _set_aside(section)
        version.dimensions.all().delete()
        for name in ("introduction", "thanks", "page_layout"):
            setattr(version, name, document[name])
        version.save(update_fields=["introduction", "thanks", "page_layout"])
        build_parts(version, document)
    return version


def add_section(*, version, revision, title):
    """Add a section at the end."""
    title = checked_texts(title, _("Section"), needed=True)
    with editing(version, revision):
        return Section.objects.create(
            version=version, title=title, position=version.sections.count()
        )


def change_section(*, version, revision, section, title, rule):
    """Change the title of a section and when it is shown; a rule that is gone can be put back."""
    title = checked_texts(title, _("Section"))
    rule = checked_rule(rule)
    with editing(version, revision):
        if section.rule and not rule:
            RemovedPart.objects.create(
                version=version,
                kind=RemovedKind.SECTION,
                document={"title": section.title, "rule": section.rule, "questions": []},
                section=section,
                position=section.position,
            )
        section.title, section.rule = title, rule
        section.save(update_fields=["title", "rule"])
    return section


def move_section(*, version, revision, section, step):
    """Move a section one place up (`step` −1) or down (+1); at the end nothing moves."""
    with editing(version, revision):
        _settle(section, lambda place: place + step)
    return section


def place_section(*, version, revision, section, position):
    """Put a section at `position`, counted without the section."""
    with editing(version, revision):
        _settle(section, lambda _place: position)
    return section


def remove_section(*, version, revision, section):
    """Take a section out with its questions; the result can be put back."""
    with editing(version, revision):
        if version.sections.count() == 1:
            raise SurveyError(_("A survey needs one section at least."))
        removed = _set_aside(section)
        number_in_order(list(version.sections.all()))
    return removed


def add_dimension(*, version, revision, key, name):
    """Add a dimension that questions can be put into."""
    checked_key(key, _("Dimension"))
    name = checked_texts(name, _("Dimension"), needed=True)
    with editing(version, revision):
        if version.dimensions.filter(key=key).exists():
            raise SurveyError(_("There is a dimension with this key already."))
        return Dimension.objects.create(
            version=version, key=key, name=name, position=version.dimensions.count()
        )


def add_ready_dimensions(*, version, revision):
    """Add those dimensions of the ready set that the draft does not have yet."""
    languages = version.survey.languages or [version.survey.default_language]
    with editing(version, revision):
        taken = set(version.dimensions.values_list("key", flat=True))
        missing = [one for one in ready_dimensions(languages) if one["key"] not in taken]
        return Dimension.objects.bulk_create(
            Dimension(version=version, position=position, **dimension)
            for position, dimension in enumerate(missing, version.dimensions.count())
        )


def rename_dimension(*, version, revision, dimension, name):
    """Change the name of a dimension."""
    name = checked_texts(name, _("Dimension"), needed=True)
    with editing(version, revision):
        dimension.name = name
        dimension.save(update_fields=["name"])
    return dimension


def remove_dimension(*, version, revision, dimension):
    """Remove a dimension that no question is in."""
    with editing(version, revision):
        if dimension.questions.exists():
            raise SurveyError(
                _("Questions are still in this dimension; move them to another one first.")
            )
        dimension.delete()
        number_in_order(list(version.dimensions.all()))


def _set_aside(section):
    """Remove a section, but keep it as a document that can be put back."""
    removed = RemovedPart.objects.create(
        version_id=section.version_id,
        kind=RemovedKind.SECTION,
        document=export_section(section),
        position=section.position,
    )
    section.delete()
    return removed


def number_in_order(rows):
    """Store the order of a list of rows as their positions."""
    for position, row in enumerate(rows):
        row.position = position
    if rows:
        type(rows[0]).objects.bulk_update(rows, ["position"])


def _settle(section, target_of):
    sections = list(section.version.sections.all())
    place = sections.index(section)
    sections.insert(max(target_of(place), 0), sections.pop(place))
    number_in_order(sections)


def _refusal(version):
    state = SurveyVersion.objects.values_list("state", flat=True).get(pk=version.pk)
    if state != VersionState.DRAFT:
        return VersionIsFrozen(
            _("This version is published and cannot be changed. Start the next draft to change it.")
        )
    return DraftChangedMeanwhile(
        _("Somebody changed this draft after you opened it. Nothing was overwritten.")
    )
