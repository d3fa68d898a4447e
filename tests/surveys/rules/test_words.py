"""Rules in words, and rules as documents."""

import pytest
from django.utils import translation

from surveys.definitions.document import checked_document
from surveys.errors import InvalidDefinition
from surveys.questionnaire import questionnaire_of
from surveys.rules.conditions import read_rule
from surveys.rules.document import checked_rule
from surveys.rules.words import RuleWords
from surveys.services.definitions import export_version
from surveys.services.publishing import publish_version, start_next_draft

from .surveys import condition, make_draft, question, section, when

RULE = {
    "all": [
        condition("answer.overall", "is_one_of", "1", "2", "3"),
        {
            "any": [
                condition("language", "is", "zh-hans"),
                condition("answer.words", "is_not_answered"),
            ]
        },
    ]
}


@pytest.mark.django_db
def test_rule_is_said_in_words():
    draft = make_draft(
        section(question("overall", text={"en": "How was it?"}), question("words", "short_text")),
        languages=["en", "zh-hans"],
    )

    sentence = RuleWords(questionnaire_of(draft), "en").sentence(read_rule(RULE))

    assert sentence == (
        "Shown if “How was it?” is Very dissatisfied, Dissatisfied or Neutral and "
        "(the language of the page is 简体中文 or “What about words?” was not answered)."
    )


@pytest.mark.django_db
def test_rule_on_what_is_gone_is_still_said():
    draft = make_draft(section(question("overall")))

    with translation.override("zh-hans"):
        sentence = RuleWords(questionnaire_of(draft), "en").sentence(
            read_rule(when("answer.gone", "is_at_least", 4))
        )

    assert "“gone”" in sentence


@pytest.mark.django_db
def test_rules_are_frozen_with_the_version_and_go_on_into_the_next_draft():
    draft = make_draft(
        section(question("overall"), question("words", "short_text")),
        section(question("asked", rule=RULE), rule=when("answer.overall", "is_answered")),
        languages=["en", "zh-hans"],
    )
    document = export_version(draft)
    without = make_draft(section(question("overall")))

    publish_version(version=draft, revision=draft.revision)
    publish_version(version=without, revision=without.revision)
    following = export_version(start_next_draft(survey=draft.survey))

    assert following == document == checked_document(document)
    assert following["sections"][1]["questions"][0]["rule"] == RULE
    assert draft.digest != without.digest


def nested(depth):
    rule = condition("language", "is", "en")
    for _level in range(depth):
        rule = {"all": [rule]}
    return rule


WRONG = {
    "no object": [],
    "a list": [condition("language", "is", "en")],
    "two members": {"all": [], "any": []},
    "no condition": {"all": []},
    "unknown join": {"none": [condition("language", "is", "en")]},
    "nested twice": nested(3),
    "deep": nested(500),
    "unknown subject": when("customer.email", "is", "a@b"),
    "code": when("answer.a; import os", "is", "1"),
    "subject is a list": when(["answer.a"], "is", "1"),
    "unknown operator": when("language", "matches", ".*"),
    "operator is a list": when("language", ["is"], "en"),
    "value is missing": when("language", "is"),
    "value too many": when("answer.a", "is_answered", "1"),
    "value is an object": when("language", "is", {"en": 1}),
    "value cannot be stored": when("language", "is", "\x00"),
    "value too long": when("language", "is", "x" * 101),
    "no number": when("answer.a", "is_at_least", "4"),
    "truth is no number": when("answer.a", "is_at_least", True),
    "no end of numbers": when("answer.a", "is_at_least", float("nan")),
    "too many": {"all": [condition("language", "is", "en")] * 31},
    "unknown member": {"all": [condition("language", "is", "en") | {"not": True}]},
}


@pytest.mark.parametrize("rule", WRONG.values(), ids=WRONG.keys())
def test_wrong_rule_is_refused_in_a_sentence(rule):
    with pytest.raises(InvalidDefinition, match=r"^rule.*: "):
        checked_rule(rule)


@pytest.mark.parametrize("rule", [{}, RULE, nested(1), nested(2)])
def test_right_rule_is_kept(rule):
    assert checked_rule(rule) == rule
