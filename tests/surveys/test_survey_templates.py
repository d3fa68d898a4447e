"""The ready templates: complete, in three languages, with the right measures."""

import json

import pytest
from django.urls import reverse

from surveys.definitions.findings import findings_in
from surveys.enums import MeasureRole
from surveys.question_types import handler_of
from surveys.questionnaire import questionnaire_of
from surveys.selectors.survey_templates import FOLDER, survey_template, survey_templates
from surveys.services.publishing import publish_version
from surveys.services.surveys import create_survey
from tests import factories

LANGUAGES = {"en", "zh-hans", "zh-hant"}
CODES = [
    "xerox",
    "nps",
    "csat",
    "after_repair",
    "ces",
    "index_three_items",
    "servqual",
    "web_service",
    "journey",
    "airline",
    "complaint",
    "leaver",
    "employee",
]
ABOUT_THE_WORDS = {"double_barrelled", "leading", "agreement", "unlabelled", "grid", "translation"}
FIVE_POINTS = {
    "en": ["Very dissatisfied", "Dissatisfied", "Neutral", "Satisfied", "Very satisfied"],
    "zh-hans": ["非常不满意", "不满意", "一般", "满意", "非常满意"],
    "zh-hant": ["非常不滿意", "不滿意", "普通", "滿意", "非常滿意"],
}


def questions_of(template):
    return [
        question for section in template.document["sections"] for question in section["questions"]
    ]


def texts_in(value):
    """Every text by language in a document."""
    if isinstance(value, dict) and "en" in value:
        yield value
    elif isinstance(value, dict):
        for member in value.values():
            yield from texts_in(member)
    elif isinstance(value, list):
        for member in value:
            yield from texts_in(member)


def test_library_lists_every_file_in_its_order():
    assert [template.code for template in survey_templates()] == CODES
    assert {path.stem for path in FOLDER.glob("*.json")} == set(CODES)


@pytest.mark.parametrize("code", CODES)
def test_every_text_is_there_in_three_languages(code):
    texts = list(texts_in(json.loads((FOLDER / f"{code}.json").read_text(encoding="utf-8"))))

    assert len(texts) > 10
    assert all(set(text) == LANGUAGES and all(text.values()) for text in texts)


@pytest.mark.parametrize("code", CODES)
def test_template_says_what_it_measures_and_where_it_is_from(code):
    template = survey_template(code)

    assert template.source
    assert template.measures


@pytest.mark.parametrize("code", CODES)
def test_satisfaction_scale_has_the_standard_labels(code):
    for question in questions_of(survey_template(code)):
        points = [choice for choice in question["choices"] if choice["kind"] == "scored"]
        if len(points) == 5 and points[0]["label"]["en"] == FIVE_POINTS["en"][0]:
            assert [point["value"] for point in points] == [1, 2, 3, 4, 5]
            for language, labels in FIVE_POINTS.items():
                assert [point["label"][language] for point in points] == labels


def test_xerox_set_holds_what_the_curve_needs():
    roles = [question["role"] for question in questions_of(survey_template("xerox"))]

    assert roles[:3] == ["overall", "repurchase", "recommendation"]
    assert roles.count("attribute") == 6
    assert roles[-1] == "comment"


def test_xerox_attributes_stand_in_two_dimensions_with_a_way_out():
    attributes = [
        question
        for question in questions_of(survey_template("xerox"))
        if question["role"] == MeasureRole.ATTRIBUTE
    ]

    assert [question["dimension"] for question in attributes] == ["product"] * 3 + ["service"] * 3
    assert all(question["choices"][-1]["kind"] == "not_applicable" for question in attributes)


def test_unknown_template_is_none():
    assert survey_template("../settings") is None


@pytest.mark.parametrize("code", CODES)
def test_template_has_nothing_against_its_wording(code):
    template = survey_template(code)

    findings = findings_in(template.questionnaire)

    assert [finding for finding in findings if finding.is_error] == []
    assert [finding for finding in findings if finding.kind in ABOUT_THE_WORDS] == []


def promised_minutes(text):
    """The number of minutes that an introduction names."""
    words = {"less than a minute": 1, "a minute": 1, "two minutes": 2}
    return next(number for phrase, number in words.items() if phrase in text)


@pytest.mark.parametrize("code", [code for code in CODES if code != "complaint"])
def test_introduction_promises_the_minutes_that_it_takes(code):
    template = survey_template(code)

    assert promised_minutes(template.document["introduction"]["en"]) == template.minutes


def test_servqual_asks_expectation_and_perception_in_five_dimensions():
    pairs = [q for q in questions_of(survey_template("servqual")) if q["dimension"]]

    assert len({question["dimension"] for question in pairs}) == 5
    assert {(q["type"], q["role"]) for q in pairs} == {("expectation_pair", "expectation_pair")}
    assert {len(question["choices"]) for question in pairs} == {6}


def test_web_service_is_compared_with_others():
    types = [question["type"] for question in questions_of(survey_template("web_service"))]

    assert "compared_with_others" in types


def test_touchpoint_that_was_not_used_is_no_zero():
    touchpoints = [q for q in questions_of(survey_template("journey")) if q["role"] == "attribute"]

    assert len(touchpoints) == 8
    for question in touchpoints:
        aside = question["choices"][-1]
        assert (aside["label"]["en"], aside["value"]) == ("Did not use it", None)


def test_complaint_check_back_has_two_items():
    questions = questions_of(survey_template("complaint"))

    assert [question["role"] for question in questions] == ["overall", "repurchase"]


@pytest.mark.django_db
@pytest.mark.parametrize("code", CODES)
def test_every_template_is_published_answered_and_has_results(code, staff_client):
    template = survey_template(code)
    survey = create_survey(
        title=template.document["title"],
        kind=template.document["kind"],
        mode="named",
        languages=template.document["languages"],
        default_language="en",
        document=template.document,
    )
    version = survey.versions.get()
    publish_version(version=version, revision=version.revision)
    questions = questionnaire_of(version).questions
    for _number in range(5):
        factories.make_response(
            survey,
            {
                key: q.choices[-1].code if q.choices else "Fine."
                for q in questions
                for key in handler_of(q).keys(q)
            },
        )

    page = staff_client.get(reverse("reports:results", args=[survey.slug]))

    assert page.status_code == 200
    assert survey.responses.count() == 5
