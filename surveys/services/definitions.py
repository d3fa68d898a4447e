"""Building a draft from a document, and writing a version out as one."""

from django.db import transaction
from django.utils.translation import gettext as _

from surveys.definitions.document import FORMAT, FORMAT_VERSION, checked_document
from surveys.enums import VersionState
from surveys.errors import SurveyError
from surveys.models import Choice, Dimension, Question, Section, SurveyVersion
from surveys.question_types import handler_of


def build_draft(*, survey, document):
    """Make the draft of a survey from a document; the survey must have none yet.

    The draft's number follows the versions there are. Its revision begins
    above every earlier one, so that a page opened before can never save.
    """
    document = checked_document(document)
    with transaction.atomic():
        versions = list(survey.versions.all())
        if any(version.state == VersionState.DRAFT for version in versions):
            raise SurveyError(_("This survey has a draft already."))
        version = SurveyVersion.objects.create(
            survey=survey,
            number=max((version.number for version in versions), default=0) + 1,
            revision=max((version.revision for version in versions), default=0) + 1,
            page_layout=document["page_layout"],
            introduction=document["introduction"],
            thanks=document["thanks"],
        )
        build_parts(version, document)
    return version


def build_parts(version, document):
    """Add the dimensions and sections of a checked document to a version that has none."""
    dimensions = Dimension.objects.bulk_create(
        Dimension(version=version, position=position, **dimension)
        for position, dimension in enumerate(document["dimensions"])
    )
    by_key = {dimension.key: dimension for dimension in dimensions}
    for position, section in enumerate(document["sections"]):
        build_section(version, section, position, by_key)


def build_section(version, document, position, dimensions):
    """Add a checked section with its questions; `dimensions` are the version's by key."""
    section = Section.objects.create(
        version=version, title=document["title"], rule=document["rule"], position=position
    )
    questions = Question.objects.bulk_create(
        _question(section, question, place, dimensions)
        for place, question in enumerate(document["questions"])
    )
    _build_choices(zip(questions, document["questions"], strict=True))
    return section


def build_question(section, document, position, dimensions):
    """Add a checked question with its choices."""
    question = _question(section, document, position, dimensions)
    question.save(force_insert=True)
    _build_choices([(question, document)])
    return question


def rebuild_question(question, document, dimensions):
    """Give a question of a draft everything that a checked document says, but not its key."""
    for name, value in _columns(document, dimensions).items():
        setattr(question, name, value)
    question.save(update_fields=list(_columns(document, dimensions)))
    question.choices.all().delete()
    _build_choices([(question, document)])


def export_version(version):
    """The document of a version: what was built, and what `build_draft` takes."""
    survey = version.survey
    sections = version.sections.prefetch_related("questions__choices", "questions__dimension")
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "title": version.title or survey.title,
        "kind": survey.kind,
        "default_language": survey.default_language,
        "languages": version.languages or survey.languages,
        "page_layout": version.page_layout,
        "introduction": version.introduction,
        "thanks": version.thanks,
        "dimensions": [
            {"key": dimension.key, "name": dimension.name} for dimension in version.dimensions.all()
        ],
        "sections": [export_section(section) for section in sections],
    }


def export_section(section):
    """The document of a section with its questions."""
    questions = sorted(section.questions.all(), key=lambda item: (item.position, item.pk))
    return {
        "title": section.title,
        "rule": section.rule,
        "questions": [export_question(item) for item in questions],
    }


def export_question(question):
    """The document of a question with its choices."""
    choices = sorted(question.choices.all(), key=lambda item: (item.position, item.pk))
    return {
        "key": question.key,
        "type": question.type,
        "text": question.text,
        "hint": question.hint,
        "is_required": question.is_required,
        "role": question.role,
        "dimension": question.dimension.key if question.dimension else None,
        "expectation": question.expectation,
        "loyal_from": question.loyal_from,
        "rule": question.rule,
        "choices": [
            {"code": item.code, "label": item.label, "kind": item.kind, "value": item.value}
            for item in choices
        ],
        "settings": handler_of(question).full_settings(question),
    }


def _question(section, document, position, dimensions):
    return Question(
        version_id=section.version_id,
        section=section,
        key=document["key"],
        type=document["type"],
        position=position,
        **_columns(document, dimensions),
    )


def _columns(document, dimensions):
    names = (
        "text",
        "hint",
        "is_required",
        "role",
        "expectation",
        "loyal_from",
        "settings",
        "rule",
    )
    same = {name: document[name] for name in names}
    return same | {"dimension": dimensions.get(document["dimension"])}


def _build_choices(pairs):
    Choice.objects.bulk_create(
        Choice(question=question, position=position, **choice)
        for question, document in pairs
        for position, choice in enumerate(document["choices"])
    )
