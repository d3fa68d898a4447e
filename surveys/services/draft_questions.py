"""Adding, changing, moving, removing and putting back the questions of a draft.

A question comes as a document (`surveys/definitions/README.md`), so that a
form, a template and an import are checked by the same code.
"""

from django.utils.translation import gettext as _

from surveys.definitions.document import checked_question, checked_section
from surveys.definitions.losses import lacks_of, with_what_it_lacks
from surveys.enums import ROLES_ASKED_ONCE, RemovedKind
from surveys.errors import InvalidDefinition, SurveyError
from surveys.models import Choice, Question, RemovedPart

from .definitions import build_question, build_section, export_question, rebuild_question
from .drafts import editing, number_in_order


def add_question(*, version, revision, section, definition, position=None):
    """Add a question to a section, at its end or at `position`."""
    definition = checked_question(definition)
    with editing(version, revision):
        _refuse_clashes(version, [definition])
        question = _insert(section, definition, position)
    return question


def change_question(*, version, revision, question, definition):
    """Change everything about a question but its key and type; what it loses can be put back."""
    definition = checked_question(
        {**definition, "key": question.key, "type": question.type}, question.key
    )
    with editing(version, revision):
        _refuse_clashes(version, [definition], besides=question)
        before = export_question(question)
        rebuild_question(question, definition, _dimensions(version))
        if lacks_of(definition, before):
            _keep(question, before)
    return question


def move_question(*, version, revision, question, step):
    """Move a question one place up (−1) or down (+1), over the border of its section too."""
    with editing(version, revision):
        sections = list(version.sections.all())
        here = sections.index(question.section)
        neighbours = list(question.section.questions.order_by("position", "pk"))
        target = neighbours.index(question) + step
        if 0 <= target < len(neighbours):
            neighbours.remove(question)
            neighbours.insert(target, question)
            number_in_order(neighbours)
        elif 0 <= here + step < len(sections):
            beside = sections[here + step]
            _settle(question, beside, position=0 if step > 0 else None)
    return question


def place_question(*, version, revision, question, section, position=None):
    """Put a question into a section, at its end or at `position`, counted without the question."""
    with editing(version, revision):
        _settle(question, section, position=position)
    return question


def remove_question(*, version, revision, question):
    """Take a question out; the result can be put back."""
    with editing(version, revision):
        section = question.section
        removed = _keep(question, export_question(question))
        question.delete()
        number_in_order(list(section.questions.order_by("position", "pk")))
    return removed


def put_back(*, version, revision, removed):
    """Put back what was removed, where it was, as far as that place exists."""
    with editing(version, revision):
        if removed.kind == RemovedKind.QUESTION:
            part = _put_question_back(version, removed)
        else:
            part = _put_section_back(version, removed)
        removed.delete()
    return part


def new_key(version, stem="q"):
    """A key that no version of the survey has ever used, nor a removed question."""
    used = set(
        Question.objects.filter(version__survey_id=version.survey_id).values_list("key", flat=True)
    )
    for removed in RemovedPart.objects.filter(version=version):
        parts = removed.document.get("questions", [removed.document])
        used.update(part["key"] for part in parts)
    if stem != "q" and stem not in used:
        return stem
    number = 1
    while f"{stem}{number}" in used:
        number += 1
    return f"{stem}{number}"


def used_codes(question):
    """Every code that a choice or a row of this question has had, in any version or removed."""
    survey_id = question.version.survey_id
    everywhere = Question.objects.filter(version__survey_id=survey_id, key=question.key)
    choices = Choice.objects.filter(question__in=everywhere).values_list("code", flat=True)
    used = set(choices)
    for settings in everywhere.values_list("settings", flat=True):
        used.update(row["code"] for row in settings.get("rows", []))
    for removed in RemovedPart.objects.filter(version__survey_id=survey_id):
        for part in removed.document.get("questions", [removed.document]):
            if part["key"] == question.key:
                rows = part.get("settings", {}).get("rows", [])
                used.update(one["code"] for one in (*part["choices"], *rows))
    return used


def _keep(question, document):
    return RemovedPart.objects.create(
        version=question.version,
        kind=RemovedKind.QUESTION,
        document=document,
        section=question.section,
        position=question.position,
    )


def _put_question_back(version, removed):
    definition = _without_lost_dimension(version, checked_question(removed.document))
    question = version.questions.filter(key=definition["key"]).first()
    if question:
        definition = checked_question(with_what_it_lacks(export_question(question), definition))
        rebuild_question(question, definition, _dimensions(version))
        return question
    _refuse_clashes(version, [definition])
    section = removed.section or version.sections.last()
    return _insert(section, definition, removed.position)


def _put_section_back(version, removed):
    if removed.section:
        return _put_section_rule_back(removed)
    definition = checked_section(removed.document)
    definition["questions"] = [
        _without_lost_dimension(version, question) for question in definition["questions"]
    ]
    _refuse_clashes(version, definition["questions"])
    sections = list(version.sections.all())
    section = build_section(version, definition, len(sections), _dimensions(version))
    sections.insert(removed.position, section)
    number_in_order(sections)
    return section


def _put_section_rule_back(removed):
    section = removed.section
    section.rule = section.rule or removed.document["rule"]
    section.save(update_fields=["rule"])
    return section


def _without_lost_dimension(version, definition):
    kept = definition["dimension"] if definition["dimension"] in _dimensions(version) else None
    return definition | {"dimension": kept}


def _insert(section, definition, position):
    neighbours = list(section.questions.order_by("position", "pk"))
    place = len(neighbours) if position is None else min(position, len(neighbours))
    question = build_question(section, definition, place, _dimensions(section.version))
    neighbours.insert(place, question)
    number_in_order(neighbours)
    return question


def _settle(question, section, *, position):
    left = question.section
    question.section = section
    question.save(update_fields=["section"])
    neighbours = list(section.questions.exclude(pk=question.pk).order_by("position", "pk"))
    neighbours.insert(len(neighbours) if position is None else position, question)
    number_in_order(neighbours)
    number_in_order(list(left.questions.order_by("position", "pk")))


def _dimensions(version):
    return {dimension.key: dimension for dimension in version.dimensions.all()}


def _refuse_clashes(version, definitions, besides=None):
    """Refuse questions whose key, measure or dimension does not fit the rest of the draft."""
    others = version.questions.exclude(pk=besides.pk if besides else None)
    keys, roles = set(), set()
    for key, role in others.values_list("key", "role"):
        keys.add(key)
        roles.add(role)
    dimensions = set(version.dimensions.values_list("key", flat=True))
    for definition in definitions:
        if definition["key"] in keys:
            raise SurveyError(
                _("There is a question with the key %(key)s already.") % {"key": definition["key"]}
            )
        if definition["role"] in ROLES_ASKED_ONCE and definition["role"] in roles:
            raise SurveyError(
                _("Another question of this draft has this measure; it may have it only once.")
            )
        if definition["dimension"] not in {None, *dimensions}:
            raise InvalidDefinition(_("This dimension is not there any more."))
