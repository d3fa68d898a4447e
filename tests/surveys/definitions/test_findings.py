"""What the editor and the publishing page say about a questionnaire."""

import copy

import pytest

from surveys.definitions import ready_choices
from surveys.definitions.findings import errors_in, estimated_minutes, findings_in, warnings_in
from surveys.questionnaire import questionnaire_of
from surveys.selectors.survey_templates import survey_template
from surveys.services.surveys import create_survey

pytestmark = pytest.mark.django_db


def draft_of(document):
    """The questionnaire of a draft made from a document."""
    survey = create_survey(
        title=document["title"],
        kind=document["kind"],
        mode="named",
        languages=document["languages"],
        default_language=document["default_language"],
        document=document,
    )
    return questionnaire_of(survey.versions.get())


def xerox(change=None, key="overall"):
    """The questionnaire of the Xerox set after a change of one question."""
    document = copy.deepcopy(survey_template("xerox").document)
    for section in document["sections"]:
        for question in section["questions"]:
            if question["key"] == key and change:
                question.update({"settings": {}} | change)
    return draft_of(document)


def sentences(findings):
    return " ".join(finding.sentence for finding in findings)


def test_xerox_set_has_nothing_against_it():
    assert findings_in(xerox()) == []


ERRORS = {
    "one answer": ({"choices": ready_choices.satisfaction_scale()[:1]}, "two answers"),
    "asides are no answers": (
        {"choices": [ready_choices.not_applicable(), ready_choices.dont_know()]},
        "two answers",
    ),
    "no first language": ({"text": {"zh-hans": "满意吗?"}}, "no text in the first language"),
    "scale without values": (
        {"choices": [c | {"value": None} for c in ready_choices.satisfaction_scale()]},
        "value of its own",
    ),
    "role of another type": ({"type": "single_choice"}, "cannot be measured by"),
}


@pytest.mark.parametrize(("change", "sentence"), ERRORS.values(), ids=ERRORS.keys())
def test_mistake_is_an_error(change, sentence):
    found = errors_in(xerox(change))

    assert sentence in sentences(found)
    assert all(finding.question_key == "overall" for finding in found)


def test_recommendation_runs_from_0_to_10():
    found = errors_in(xerox({"choices": ready_choices.recommendation_scale()[1:]}, "recommend"))

    assert sentences(found) == "The recommendation scale runs from 0 to 10."


@pytest.mark.parametrize("loyal_from", [None, 1, 9])
def test_repurchase_says_from_where_it_is_loyal(loyal_from):
    found = errors_in(xerox({"loyal_from": loyal_from}, "repurchase"))

    assert "Say from which point" in sentences(found)


def test_survey_without_question_is_an_error():
    document = survey_template("nps").document | {"sections": [{"title": {}, "questions": []}]}

    assert sentences(errors_in(draft_of(document))) == "The survey has no question yet."


def test_missing_measures_are_warnings():
    document = copy.deepcopy(survey_template("nps").document)
    del document["sections"][0]["questions"][0]

    found = warnings_in(draft_of(document))

    assert "No question asks for overall satisfaction" in sentences(found)
    assert "No question asks for loyalty" in sentences(found)
    assert not any(finding.is_error for finding in found)


def test_long_survey_is_a_warning():
    document = copy.deepcopy(survey_template("csat").document)
    comment = document["sections"][0]["questions"].pop()
    document["sections"][0]["questions"] += [
        comment | {"key": f"c{number}"} for number in range(14)
    ]

    questionnaire = draft_of(document)

    assert estimated_minutes(questionnaire) == 8
    assert "16 questions are many" in sentences(warnings_in(questionnaire))
    assert "about 8 minutes" in sentences(warnings_in(questionnaire))


def test_attribute_without_does_not_apply_is_a_warning():
    found = warnings_in(xerox({"choices": ready_choices.satisfaction_scale()}, "speed"))

    assert [finding.question_key for finding in found] == ["speed"]


def test_missing_translation_names_language_and_question():
    found = warnings_in(xerox({"text": {"en": "How fast?", "zh-hant": "多快?"}}, "speed"))

    assert sentences(found) == "Not everything is translated into 简体中文: speed."


NAMING = {
    "e-mail": {"type": "email", "role": "", "choices": []},
    "name": {
        "type": "short_text",
        "role": "",
        "choices": [],
        "text": {"en": "What is your full name?"},
    },
    "telephone": {
        "type": "short_text",
        "role": "",
        "choices": [],
        "text": {"en": "?", "zh-hans": "您的联系方式是什么？"},
    },
}


def naming_findings(change, mode):
    document = copy.deepcopy(survey_template("csat").document)
    document["sections"][0]["questions"][-1].update({"settings": {}} | change)
    survey = create_survey(
        title=document["title"],
        kind=document["kind"],
        mode=mode,
        languages=document["languages"],
        default_language="en",
        document=document,
    )
    found = findings_in(questionnaire_of(survey.versions.get()))
    return [finding for finding in found if finding.kind == "names_people"]


@pytest.mark.parametrize("change", NAMING.values(), ids=NAMING)
def test_question_that_names_people_is_warned_of_in_an_anonymous_survey(change):
    (finding,) = naming_findings(change, "anonymous")

    assert not finding.is_error
    assert naming_findings(change, "named") == []


def test_ordinary_questions_name_nobody():
    comment = {"type": "long_text", "role": "", "choices": [], "text": {"en": "What else?"}}

    assert naming_findings(comment, "anonymous") == []
