"""Reading survey documents: every mistake gets a sentence that says where it is.

Works on plain values only. A checked document has every member, no empty
texts, and nothing else, so two documents that ask the same are equal.
"""

import hashlib
import json

from django.utils.translation import gettext as _

from surveys.enums import (
    ROLES_ASKED_ONCE,
    ROLES_WITH_EXPECTATION,
    ChoiceKind,
    ExpectationLevel,
    MeasureRole,
    PageLayout,
    QuestionType,
    SurveyKind,
)
from surveys.question_types import HANDLERS
from surveys.rules.document import checked_rule

from .checks import (
    CODE,
    KEY,
    LANGUAGE,
    list_of,
    match,
    members_of,
    one_of,
    refuse,
    refuse_twice,
    texts_in,
    whole_number,
)

FORMAT, FORMAT_VERSION = "topbox-survey", 1
MOST_SECTIONS, MOST_QUESTIONS, MOST_CHOICES, MOST_DIMENSIONS = 100, 1_500, 200, 100


def checked_document(document):
    """The document in full form; raises `InvalidDefinition` at the first mistake."""
    members = members_of(
        document,
        "",
        needed=("title", "default_language", "languages", "sections"),
        optional={
            "format": FORMAT,
            "format_version": FORMAT_VERSION,
            "kind": SurveyKind.RELATIONSHIP.value,
            "page_layout": PageLayout.SECTION.value,
            "introduction": {},
            "thanks": {},
            "dimensions": [],
        },
    )
    if (members["format"], members["format_version"]) != (FORMAT, FORMAT_VERSION):
        refuse("format", _("only version 1 of topbox-survey can be read."))
    languages = _languages(members["languages"], members["default_language"])
    dimensions = _dimensions(members["dimensions"])
    sections = _sections(members["sections"])
    checked = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "title": texts_in(members["title"], "title", needed=True),
        "kind": one_of(members["kind"], SurveyKind, "kind"),
        "default_language": members["default_language"],
        "languages": languages,
        "page_layout": one_of(members["page_layout"], PageLayout, "page_layout"),
        "introduction": texts_in(members["introduction"], "introduction"),
        "thanks": texts_in(members["thanks"], "thanks"),
        "dimensions": dimensions,
        "sections": sections,
    }
    check_together(
        [question for section in sections for question in section["questions"]],
        {dimension["key"] for dimension in dimensions},
    )
    return checked


def checked_section(section, where="section"):
    """A section in full form with its questions."""
    members = members_of(section, where, optional={"title": {}, "rule": {}, "questions": []})
    questions = list_of(members["questions"], f"{where}.questions", MOST_QUESTIONS)
    return {
        "title": texts_in(members["title"], f"{where}.title"),
        "rule": checked_rule(members["rule"], f"{where}.rule"),
        "questions": [
            checked_question(question, f"{where}.questions[{number}]")
            for number, question in enumerate(questions)
        ],
    }


def checked_question(question, where="question"):
    """A question in full form."""
    members = members_of(
        question,
        where,
        needed=("key", "type", "text"),
        optional={
            "hint": {},
            "is_required": False,
            "role": MeasureRole.NONE.value,
            "dimension": None,
            "expectation": ExpectationLevel.NONE.value,
            "loyal_from": None,
            "rule": {},
            "choices": [],
            "settings": {},
        },
    )
    kind = one_of(members["type"], QuestionType, f"{where}.type")
    role = one_of(members["role"], MeasureRole, f"{where}.role")
    choices = _choices(members["choices"], f"{where}.choices")
    if choices and not HANDLERS[kind].has_choices:
        refuse(f"{where}.choices", _("a question of this type has no choices."))
    if not isinstance(members["is_required"], bool):
        refuse(f"{where}.is_required", _("must be true or false."))
    if members["loyal_from"] is not None and role != MeasureRole.REPURCHASE:
        refuse(f"{where}.loyal_from", _("belongs to repurchase intention only."))
    expectation = one_of(members["expectation"], ExpectationLevel, f"{where}.expectation")
    if expectation and role not in ROLES_WITH_EXPECTATION:
        refuse(f"{where}.expectation", _("belongs to attributes and expectations only."))
    if members["dimension"] is not None:
        match(members["dimension"], KEY, f"{where}.dimension")
    return {
        "key": match(members["key"], KEY, f"{where}.key"),
        "type": kind,
        "text": texts_in(members["text"], f"{where}.text", needed=True),
        "hint": texts_in(members["hint"], f"{where}.hint"),
        "is_required": members["is_required"],
        "role": role,
        "dimension": members["dimension"],
        "expectation": expectation,
        "loyal_from": whole_number(members["loyal_from"], f"{where}.loyal_from"),
        "rule": checked_rule(members["rule"], f"{where}.rule"),
        "choices": choices,
        "settings": HANDLERS[kind].checked_settings(members["settings"], f"{where}.settings"),
    }


def check_together(questions, dimension_keys):
    """Refuse questions that cannot stand in one version."""
    refuse_twice([question["key"] for question in questions], "key", _("this key is used twice"))
    refuse_twice(
        [question["role"] for question in questions if question["role"] in ROLES_ASKED_ONCE],
        "role",
        _("this measure may be asked only once"),
    )
    for question in questions:
        if question["dimension"] not in {None, *dimension_keys}:
            refuse(
                question["key"],
                _("there is no dimension %(key)r.") % {"key": question["dimension"]},
            )


def checked_texts(texts, where, *, needed=False):
    """A text in several languages without its empty ones."""
    return texts_in(texts, where, needed=needed)


def checked_key(key, where):
    """A key that may stand in a document."""
    return match(key, KEY, where)


def digest_of(document):
    """SHA-256 of a checked document in canonical form."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _sections(sections):
    checked = [
        checked_section(section, f"sections[{number}]")
        for number, section in enumerate(list_of(sections, "sections", MOST_SECTIONS))
    ]
    if sum(len(section["questions"]) for section in checked) > MOST_QUESTIONS:
        refuse("sections", _("holds more than %(most)d questions.") % {"most": MOST_QUESTIONS})
    return checked


def _dimensions(dimensions):
    checked = []
    for number, dimension in enumerate(list_of(dimensions, "dimensions", MOST_DIMENSIONS)):
        where = f"dimensions[{number}]"
        members = members_of(dimension, where, needed=("key", "name"))
        checked.append(
            {
                "key": match(members["key"], KEY, f"{where}.key"),
                "name": texts_in(members["name"], f"{where}.name", needed=True),
            }
        )
    refuse_twice([item["key"] for item in checked], "dimensions", _("this key is used twice"))
    return checked


def _choices(choices, where):
    checked = []
    for number, choice in enumerate(list_of(choices, where, MOST_CHOICES)):
        here = f"{where}[{number}]"
        members = members_of(
            choice,
            here,
            needed=("code", "label"),
            optional={"kind": ChoiceKind.SCORED.value, "value": None},
        )
        kind = one_of(members["kind"], ChoiceKind, f"{here}.kind")
        if kind != ChoiceKind.SCORED and members["value"] is not None:
            refuse(f"{here}.value", _("only an answer has a value."))
        checked.append(
            {
                "code": match(members["code"], CODE, f"{here}.code"),
                "label": texts_in(members["label"], f"{here}.label", needed=True),
                "kind": kind,
                "value": whole_number(members["value"], f"{here}.value"),
            }
        )
    refuse_twice([choice["code"] for choice in checked], where, _("this code is used twice"))
    return checked


def _languages(languages, default_language):
    found = list_of(languages, "languages", 50)
    for number, language in enumerate(found):
        match(language, LANGUAGE, f"languages[{number}]")
    refuse_twice(found, "languages", _("this language stands there twice"))
    if default_language not in found:
        refuse("default_language", _("must be one of the languages."))
    return found
