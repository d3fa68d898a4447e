"""Surveys saved as templates, and questions that are kept and taken."""

import pytest

from surveys.errors import DraftChangedMeanwhile, SurveyError
from surveys.models import SavedQuestion
from surveys.selectors.question_library import library_questions, question_library
from surveys.selectors.survey_templates import saved_templates, survey_template
from surveys.services.definitions import build_draft, export_question, export_version
from surveys.services.library import save_as_template, save_question, take_questions
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return factories.make_draft(factories.make_survey())


def definitions(*codes):
    return [question.definition for question in library_questions(codes)]


def test_template_saved_from_a_survey_makes_the_same_survey(survey):
    version = survey.versions.get()
    save_as_template(version=version, name="Ours", measures="The curve.")
    (template,) = saved_templates()

    other = factories.make_survey(title=survey.title)
    made = build_draft(survey=other, document=template.document)

    assert export_version(made) == export_version(version)
    assert survey_template(template.code) == template
    assert template.name == {"en": "Ours"}


def test_template_stays_when_its_survey_goes_on(draft):
    save_as_template(version=draft, name="Ours")

    draft.questions.all().delete()

    assert saved_templates()[0].question_count == 5


def test_two_templates_do_not_share_a_name(draft):
    save_as_template(version=draft, name="Ours")

    with pytest.raises(SurveyError, match="already exists"):
        save_as_template(version=draft, name=" Ours ")


@pytest.mark.parametrize("code", ["saved-", "saved-0", "saved-x", "saved-²", "saved-" + "9" * 30])
def test_unknown_saved_template_is_none(code):
    assert survey_template(code) is None


def test_kept_question_leaves_its_dimension_behind(draft):
    question = draft.questions.get(key="staff")

    save_question(question=question)
    save_question(question=question)

    (kept,) = SavedQuestion.objects.all()
    assert kept.document == export_question(question) | {"dimension": None}


def test_library_offers_own_questions_first_and_each_question_once(draft):
    save_question(question=draft.questions.get(key="comment"))

    library = question_library()

    assert library[0].saved_id
    assert len({question.code for question in library}) == len(library)
    assert sum("friend or colleague" in question.text["en"] for question in library) == 1


def test_taken_questions_stand_at_the_end_with_keys_of_their_own(draft):
    section = draft.sections.first()

    take_questions(
        version=draft,
        revision=draft.revision,
        section=section,
        definitions=definitions("xerox:overall", "xerox:speed"),
    )

    keys = [question.key for question in section.questions.order_by("position")]
    assert keys[:3] == ["overall", "again", "recommend"]
    assert keys[3] not in keys[:3]
    assert keys[4] == "speed"


def test_taken_question_does_not_take_a_measure_that_is_there(draft):
    take_questions(
        version=draft,
        revision=draft.revision,
        section=draft.sections.first(),
        definitions=definitions("xerox:repurchase", "xerox:speed"),
    )

    again = draft.questions.get(key="repurchase")
    assert (again.role, again.loyal_from) == ("", None)
    speed = draft.questions.get(key="speed")
    assert (speed.role, speed.dimension.key) == ("attribute", "service")


def test_second_editor_is_told_and_nothing_is_taken(draft):
    before = export_version(draft)

    with pytest.raises(DraftChangedMeanwhile):
        take_questions(
            version=draft,
            revision=draft.revision + 1,
            section=draft.sections.first(),
            definitions=definitions("xerox:speed", "xerox:overall"),
        )

    assert export_version(draft) == before
