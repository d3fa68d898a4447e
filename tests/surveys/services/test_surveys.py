"""Making surveys and changing their settings."""

import pytest

from surveys.errors import InvalidDefinition, SurveyError
from surveys.services.surveys import change_survey, create_survey

pytestmark = pytest.mark.django_db

FIELDS = {
    "title": {"en": "Spring survey"},
    "kind": "relationship",
    "mode": "named",
    "languages": ["en"],
    "default_language": "en",
}


def test_empty_survey_has_a_draft_with_one_section():
    survey = create_survey(**FIELDS)

    assert survey.slug == "spring-survey"
    assert survey.versions.get().sections.count() == 1


def test_surveys_with_one_title_have_addresses_of_their_own():
    slugs = [create_survey(**FIELDS).slug for _ in range(3)]

    assert slugs == ["spring-survey", "spring-survey-2", "spring-survey-3"]


def test_chinese_title_still_has_an_address():
    survey = create_survey(
        **FIELDS
        | {"title": {"zh-hans": "调查"}, "languages": ["zh-hans"]}
        | {"default_language": "zh-hans"}
    )

    assert survey.slug == "survey"


WRONG = {
    "no title": ({"title": {"en": " "}}, "Title: needs a text"),
    "unknown zone": ({"time_zone": "Mars/Olympus"}, "no time zone Mars/Olympus"),
    "first language missing": ({"languages": ["zh-hans"]}, "must be one of the languages"),
    "taken address": ({"slug": "taken"}, "already exists"),
}


@pytest.mark.parametrize(("fields", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_wrong_survey_is_refused(fields, sentence):
    taken = create_survey(**FIELDS, slug="taken")

    with pytest.raises(SurveyError, match=sentence):
        create_survey(**FIELDS | fields)

    assert type(taken).objects.count() == 1


def test_first_language_stays():
    survey = create_survey(**FIELDS | {"languages": ["en", "zh-hans"]})

    with pytest.raises(InvalidDefinition, match="first language"):
        change_survey(survey=survey, languages=["zh-hans"])


def test_settings_that_do_not_exist_are_a_mistake_of_the_caller():
    with pytest.raises(TypeError, match="slug"):
        change_survey(survey=create_survey(**FIELDS), slug="new")
