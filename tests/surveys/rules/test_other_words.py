"""The words of "other, please say" in rules and later texts."""

import pytest

from surveys.definitions.findings import errors_in
from surveys.enums import ChoiceKind
from surveys.questionnaire import questionnaire_of
from surveys.rules.circumstances import Circumstances
from surveys.rules.reach import shown_keys
from surveys.rules.words import RuleWords
from surveys.selectors.rule_subjects import names_for_rules, rules_to_show, subjects_before

from .surveys import make_draft, question, section, when

pytestmark = pytest.mark.django_db
CHOICES = [
    {"code": "tea", "label": {"en": "Tea"}},
    {"code": "cake", "label": {"en": "Cake"}},
    {"code": "x", "label": {"en": "Something else:"}, "kind": ChoiceKind.OTHER.value},
]
WRITTEN = when("answer.order.other", "is_answered")


@pytest.fixture
def draft():
    order = question(
        "order", "single_choice", role="", text={"en": "What did you order?"}, choices=CHOICES
    )
    asked = question("asked", rule=WRITTEN, text={"en": "How was {{answer.order.other|it}}?"})
    return make_draft(section(order, asked))


def test_rule_on_the_words_can_be_published(draft):
    assert errors_in(questionnaire_of(draft)) == []


def test_who_wrote_something_else_is_asked(draft):
    questionnaire = questionnaire_of(draft)

    def is_asked(**answers):
        return "asked" in shown_keys(questionnaire, answers, Circumstances())

    assert is_asked(order="x", **{"order.other": "Soup"})
    assert not is_asked(order="x", **{"order.other": None})
    assert not is_asked(order="tea")


def test_words_are_offered_as_subject_and_as_place_to_fill_in(draft):
    questionnaire = questionnaire_of(draft)
    offered = {
        one.code: one for one in subjects_before(questionnaire, 1, "en", names_for_rules("en"))
    }
    asked = draft.questions.get(key="asked")

    assert "Something else" in offered["answer.order.other"].name
    assert "answer.order.other" in dict(rules_to_show(questionnaire, "en", asked)["placeholders"])


def test_rule_is_said_in_words(draft):
    questionnaire = questionnaire_of(draft)

    said = RuleWords(questionnaire, "en").sentence(questionnaire.question("asked").rule)

    assert said == "Shown if “What did you order? – Something else:” was answered."
