"""The ready templates: complete, in three languages, with the right measures."""

import json

import pytest

from surveys.enums import MeasureRole
from surveys.selectors.survey_templates import FOLDER, survey_template, survey_templates

LANGUAGES = {"en", "zh-hans", "zh-hant"}
CODES = ["xerox", "nps", "csat", "after_repair"]
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
        if question["role"] in ("overall", "attribute"):
            points = [choice for choice in question["choices"] if choice["kind"] == "scored"]
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
