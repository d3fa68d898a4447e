"""The kind and the day of the event that a personal link is about, as subjects of rules."""

from datetime import UTC, datetime

import pytest

from surveys.definitions.findings import errors_in, warnings_in
from surveys.enums import SurveyMode
from surveys.questionnaire import questionnaire_of
from surveys.rules.circumstances import Circumstances
from surveys.rules.conditions import read_rule
from surveys.rules.reach import shown_keys
from surveys.rules.words import RuleWords
from surveys.selectors.circumstances import circumstances_of
from surveys.selectors.rule_subjects import names_for_rules, subjects_before
from tests import factories

from .surveys import make_draft, question, section, when

pytestmark = pytest.mark.django_db
SINCE_MARCH = when("event.date", "is_at_least", 20260301)


def draft_with(rule, **fields):
    return make_draft(section(question("overall"), question("asked", rule=rule)), **fields)


def shown_to(draft, *, kind="repair_done", at):
    event = factories.make_event(factories.make_customer(), kind=kind, occurred_at=at)
    invitation, _token = factories.make_invitation(draft.survey, event.customer, event=event)
    known = circumstances_of(language="en", invitation=invitation)
    return "asked" in shown_keys(questionnaire_of(draft), {}, known)


def test_kind_of_the_event_decides():
    draft = draft_with(when("event.kind", "is", "repair_done"))
    march = datetime(2026, 3, 1, tzinfo=UTC)

    assert shown_to(draft, kind="repair_done", at=march)
    assert not shown_to(draft, kind="purchase", at=march)


@pytest.mark.parametrize(("day", "is_shown"), [((2026, 2, 28, 23), False), ((2026, 3, 1), True)])
def test_day_of_the_event_decides(day, is_shown):
    assert shown_to(draft_with(SINCE_MARCH), at=datetime(*day, tzinfo=UTC)) is is_shown


def test_day_is_that_of_the_surveys_time_zone():
    draft = draft_with(SINCE_MARCH)
    draft.survey.time_zone = "Asia/Taipei"

    assert shown_to(draft, at=datetime(2026, 2, 28, 17, tzinfo=UTC))


def test_who_came_without_an_event_is_not_asked():
    draft = draft_with(SINCE_MARCH)

    assert "asked" not in shown_keys(questionnaire_of(draft), {}, Circumstances())


def test_rule_on_a_day_is_said_in_words():
    questionnaire = questionnaire_of(draft_with(SINCE_MARCH))

    said = RuleWords(questionnaire, "en").sentence(read_rule(SINCE_MARCH))

    assert said == "Shown if the day of the event is March 1, 2026 or later."


def test_anonymous_survey_offers_no_event_and_refuses_a_rule_on_one():
    draft = draft_with(SINCE_MARCH, mode=SurveyMode.ANONYMOUS)
    questionnaire = questionnaire_of(draft)
    offered = subjects_before(questionnaire, 2, "en", names_for_rules("en"))

    assert not [subject for subject in offered if subject.code.startswith("event.")]
    assert any("an anonymous survey does not know" in e.sentence for e in errors_in(questionnaire))


def test_day_that_is_none_is_an_error():
    questionnaire = questionnaire_of(draft_with(when("event.date", "is_at_least", 20260231)))

    assert any("20260231" in error.sentence for error in errors_in(questionnaire))


def test_days_that_exclude_each_other_are_noticed():
    never = {
        "all": [
            when("event.date", "is_at_least", 20260301)["all"][0],
            when("event.date", "is_at_most", 20260201)["all"][0],
        ]
    }

    def unreached(rule):
        found = warnings_in(questionnaire_of(draft_with(rule)))
        return [one for one in found if "Nobody can reach" in one.sentence]

    assert unreached(never)
    assert not unreached(SINCE_MARCH)
