"""Reading survey documents: every mistake gets a sentence that says where it is.

Works on plain values only. A checked document has every member, no empty
texts, and nothing else, so two documents that ask the same are equal.
"""

import hashlib
import json
import re

from django.utils.translation import gettext as _

from surveys.enums import (
    ROLES_ASKED_ONCE,
    ChoiceKind,
    MeasureRole,
    PageLayout,
    QuestionType,
    SurveyKind,
)
from surveys.errors import InvalidDefinition
from surveys.rules.document import checked_rule

FORMAT, FORMAT_VERSION = "topbox-survey", 1
TEXT_TYPES = (QuestionType.SHORT_TEXT, QuestionType.LONG_TEXT)
KEY = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
CODE = re.compile(r"[A-Za-z0-9_-]{1,40}\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*\Z")
LONGEST_TEXT = 5_000
LOWEST_VALUE, HIGHEST_VALUE = -100, 100
MOST_SECTIONS, MOST_QUESTIONS, MOST_CHOICES, MOST_DIMENSIONS = 100, 1_500, 200, 100


def checked_document(document):
    """The document in full form; raises `InvalidDefinition` at the first mistake."""
    members = _members(
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
        _refuse("format", _("only version 1 of topbox-survey can be read."))
    languages = _languages(members["languages"], members["default_language"])
    dimensions = _dimensions(members["dimensions"])
    sections = _sections(members["sections"])
    checked = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "title": _texts(members["title"], "title", needed=True),
        "kind": _one_of(members["kind"], SurveyKind, "kind"),
        "default_language": members["default_language"],
        "languages": languages,
        "page_layout": _one_of(members["page_layout"], PageLayout, "page_layout"),
        "introduction": _texts(members["introduction"], "introduction"),
        "thanks": _texts(members["thanks"], "thanks"),
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
    members = _members(section, where, optional={"title": {}, "rule": {}, "questions": []})
    questions = _list(members["questions"], f"{where}.questions", MOST_QUESTIONS)
    return {
        "title": _texts(members["title"], f"{where}.title"),
        "rule": checked_rule(members["rule"], f"{where}.rule"),
        "questions": [
            checked_question(question, f"{where}.questions[{number}]")
            for number, question in enumerate(questions)
        ],
    }


def checked_question(question, where="question"):
    """A question in full form."""
    members = _members(
        question,
        where,
        needed=("key", "type", "text"),
        optional={
            "hint": {},
            "is_required": False,
            "role": MeasureRole.NONE.value,
            "dimension": None,
            "loyal_from": None,
            "rule": {},
            "choices": [],
        },
    )
    kind = _one_of(members["type"], QuestionType, f"{where}.type")
    role = _one_of(members["role"], MeasureRole, f"{where}.role")
    choices = _choices(members["choices"], f"{where}.choices")
    if kind in TEXT_TYPES and choices:
        _refuse(f"{where}.choices", _("a text question has no choices."))
    if not isinstance(members["is_required"], bool):
        _refuse(f"{where}.is_required", _("must be true or false."))
    if members["loyal_from"] is not None and role != MeasureRole.REPURCHASE:
        _refuse(f"{where}.loyal_from", _("belongs to repurchase intention only."))
    if members["dimension"] is not None:
        _match(members["dimension"], KEY, f"{where}.dimension")
    return {
        "key": _match(members["key"], KEY, f"{where}.key"),
        "type": kind,
        "text": _texts(members["text"], f"{where}.text", needed=True),
        "hint": _texts(members["hint"], f"{where}.hint"),
        "is_required": members["is_required"],
        "role": role,
        "dimension": members["dimension"],
        "loyal_from": _value(members["loyal_from"], f"{where}.loyal_from"),
        "rule": checked_rule(members["rule"], f"{where}.rule"),
        "choices": choices,
    }


def check_together(questions, dimension_keys):
    """Refuse questions that cannot stand in one version."""
    _unique([question["key"] for question in questions], "key", _("this key is used twice"))
    _unique(
        [question["role"] for question in questions if question["role"] in ROLES_ASKED_ONCE],
        "role",
        _("this measure may be asked only once"),
    )
    for question in questions:
        if question["dimension"] not in {None, *dimension_keys}:
            _refuse(
                question["key"],
                _("there is no dimension %(key)r.") % {"key": question["dimension"]},
            )


def checked_texts(texts, where, *, needed=False):
    """A text in several languages without its empty ones."""
    return _texts(texts, where, needed=needed)


def checked_key(key, where):
    """A key that may stand in a document."""
    return _match(key, KEY, where)


def digest_of(document):
    """SHA-256 of a checked document in canonical form."""
    canonical = json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8")).hexdigest()


def _sections(sections):
    checked = [
        checked_section(section, f"sections[{number}]")
        for number, section in enumerate(_list(sections, "sections", MOST_SECTIONS))
    ]
    if sum(len(section["questions"]) for section in checked) > MOST_QUESTIONS:
        _refuse("sections", _("holds more than %(most)d questions.") % {"most": MOST_QUESTIONS})
    return checked


def _dimensions(dimensions):
    checked = []
    for number, dimension in enumerate(_list(dimensions, "dimensions", MOST_DIMENSIONS)):
        where = f"dimensions[{number}]"
        members = _members(dimension, where, needed=("key", "name"))
        checked.append(
            {
                "key": _match(members["key"], KEY, f"{where}.key"),
                "name": _texts(members["name"], f"{where}.name", needed=True),
            }
        )
    _unique([item["key"] for item in checked], "dimensions", _("this key is used twice"))
    return checked


def _choices(choices, where):
    checked = []
    for number, choice in enumerate(_list(choices, where, MOST_CHOICES)):
        here = f"{where}[{number}]"
        members = _members(
            choice,
            here,
            needed=("code", "label"),
            optional={"kind": ChoiceKind.SCORED.value, "value": None},
        )
        kind = _one_of(members["kind"], ChoiceKind, f"{here}.kind")
        if kind != ChoiceKind.SCORED and members["value"] is not None:
            _refuse(f"{here}.value", _("only an answer has a value."))
        checked.append(
            {
                "code": _match(members["code"], CODE, f"{here}.code"),
                "label": _texts(members["label"], f"{here}.label", needed=True),
                "kind": kind,
                "value": _value(members["value"], f"{here}.value"),
            }
        )
    _unique([choice["code"] for choice in checked], where, _("this code is used twice"))
    return checked


def _languages(languages, default_language):
    found = _list(languages, "languages", 50)
    for number, language in enumerate(found):
        _match(language, LANGUAGE, f"languages[{number}]")
    _unique(found, "languages", _("this language stands there twice"))
    if default_language not in found:
        _refuse("default_language", _("must be one of the languages."))
    return found


def _texts(texts, where, *, needed=False):
    if not isinstance(texts, dict):
        _refuse(where, _("must be an object of texts by language."))
    for language, text in texts.items():
        _match(language, LANGUAGE, where)
        if not isinstance(text, str):
            _refuse(f"{where}.{language}", _("must be a text."))
        if len(text) > LONGEST_TEXT:
            _refuse(
                f"{where}.{language}",
                _("is longer than %(longest)d characters.") % {"longest": LONGEST_TEXT},
            )
        if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
            _refuse(f"{where}.{language}", _("holds a sign that cannot be stored."))
    filled = {language: text for language, text in texts.items() if text.strip()}
    if needed and not filled:
        _refuse(where, _("needs a text in at least one language."))
    return filled


def _members(value, where, *, needed=(), optional=None):
    """The members of an object, missing ones filled in; unknown ones are refused."""
    optional = optional or {}
    if not isinstance(value, dict):
        _refuse(where, _("must be an object."))
    for name in value:
        if name not in needed and name not in optional:
            _refuse(where, _("the member %(name)r is not known.") % {"name": name})
    for name in needed:
        if name not in value:
            _refuse(where, _("the member %(name)r is missing.") % {"name": name})
    return optional | value


def _list(value, where, most):
    if not isinstance(value, list):
        _refuse(where, _("must be a list."))
    if len(value) > most:
        _refuse(where, _("has more than %(most)d entries.") % {"most": most})
    return value


def _one_of(value, vocabulary, where):
    if not isinstance(value, str) or value not in vocabulary.values:
        _refuse(
            where,
            _("must be one of %(words)s; it is %(value)r.")
            % {"words": ", ".join(filter(None, vocabulary.values)), "value": value},
        )
    return str(value)


def _match(value, pattern, where):
    if not isinstance(value, str) or not pattern.match(value):
        _refuse(where, _("%(value)r cannot be used here.") % {"value": value})
    return value


def _value(value, where):
    if value is None:
        return None
    if type(value) is not int or not LOWEST_VALUE <= value <= HIGHEST_VALUE:
        _refuse(
            where,
            _("must be a whole number from %(low)d to %(high)d.")
            % {"low": LOWEST_VALUE, "high": HIGHEST_VALUE},
        )
    return value


def _unique(values, where, sentence):
    twice = next((value for value in values if values.count(value) > 1), None)
    if twice is not None:
        _refuse(where, f"{sentence}: {twice}.")


def _refuse(where, sentence):
    raise InvalidDefinition(f"{where or _('The document')}: {sentence}")
