"""Publishing freezes; nothing that the services offer can change a published version."""

import pytest

from surveys.definitions.document import digest_of
from surveys.enums import VersionState
from surveys.errors import CannotPublish, DraftChangedMeanwhile, SurveyError, VersionIsFrozen
from surveys.questionnaire import frozen_questionnaire, questionnaire_of
from surveys.selectors.survey_templates import survey_template
from surveys.services import draft_questions, drafts
from surveys.services.definitions import export_question, export_version
from surveys.services.publishing import close_survey, publish_version, start_next_draft
from surveys.services.surveys import change_survey, create_survey
from tests import factories
from tests.surveys.definitions.documents import small_document
from tests.surveys.services.test_drafts import new_question

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    """A survey whose draft can be published."""
    document = survey_template("xerox").document
    return create_survey(
        title=document["title"],
        kind=document["kind"],
        mode="named",
        languages=document["languages"],
        default_language="en",
        document=document,
    )


@pytest.fixture
def draft(survey):
    return survey.versions.get()


def publish(version):
    return publish_version(version=version, revision=version.revision)


def test_publishing_freezes_with_the_digest_of_the_document(draft, administrator):
    publish_version(version=draft, revision=draft.revision, user=administrator)

    draft.refresh_from_db()
    assert draft.state == VersionState.PUBLISHED
    assert draft.digest == digest_of(survey_template("xerox").document)
    assert draft.published_by == administrator


def test_draft_with_a_mistake_is_not_published(draft):
    draft.questions.get(key="speed").choices.filter(kind="scored").delete()

    with pytest.raises(CannotPublish) as refusal:
        publish(draft)

    assert refusal.value.sentences == ["speed: A closed question needs two answers at least."]
    draft.refresh_from_db()
    assert draft.is_draft


def test_publishing_what_somebody_changed_meanwhile_is_refused(draft):
    drafts.add_section(version=draft, revision=draft.revision, title={"en": "More"})

    with pytest.raises(DraftChangedMeanwhile):
        publish_version(version=draft, revision=draft.revision - 1)


def test_next_version_closes_the_former(survey, draft):
    publish(draft)
    second = publish(start_next_draft(survey=survey))

    draft.refresh_from_db()
    assert (draft.state, second.state) == (VersionState.CLOSED, VersionState.PUBLISHED)
    assert draft.closed_at == second.published_at


def test_refused_publication_leaves_the_former_version_open(survey, draft):
    publish(draft)
    second = start_next_draft(survey=survey)
    second.questions.all().delete()

    with pytest.raises(CannotPublish):
        publish(second)

    draft.refresh_from_db()
    assert draft.state == VersionState.PUBLISHED


def test_next_draft_asks_the_same_with_the_same_keys(survey, draft):
    publish(draft)

    second = start_next_draft(survey=survey)

    assert export_version(second) == export_version(draft)
    assert second.number == 2
    assert second.revision > draft.revision


def test_page_of_the_former_draft_cannot_save_into_the_next(survey, draft):
    opened = draft.revision
    publish(draft)
    second = start_next_draft(survey=survey)
    while second.revision <= opened:
        drafts.add_section(version=second, revision=second.revision, title={"en": "More"})

    with pytest.raises(DraftChangedMeanwhile):
        drafts.add_section(version=second, revision=opened, title={"en": "Late"})


def test_second_draft_cannot_be_started(survey, draft):
    with pytest.raises(SurveyError, match="has a draft already"):
        start_next_draft(survey=survey)


def test_closing_takes_the_published_version(survey, draft):
    publish(draft)

    close_survey(survey=survey)

    draft.refresh_from_db()
    assert draft.state == VersionState.CLOSED
    with pytest.raises(SurveyError, match="not published"):
        close_survey(survey=survey)


def test_removed_parts_are_forgotten_when_published(draft):
    question = draft.questions.get(key="speed")
    draft_questions.remove_question(version=draft, revision=draft.revision, question=question)

    publish(draft)

    assert not draft.removed_parts.exists()


CHANGES = {
    "change_texts": lambda v: (
        drafts.change_texts,
        {"introduction": {"en": "x"}, "thanks": {}, "page_layout": "single"},
    ),
    "replace_draft": lambda v: (drafts.replace_draft, {"document": small_document()}),
    "add_ready_dimensions": lambda v: (drafts.add_ready_dimensions, {}),
    "add_section": lambda v: (drafts.add_section, {"title": {"en": "x"}}),
    "change_section": lambda v: (
        drafts.change_section,
        {"section": v.sections.first(), "title": {"en": "x"}, "rule": {}},
    ),
    "place_section": lambda v: (
        drafts.place_section,
        {"section": v.sections.first(), "position": 1},
    ),
    "move_section": lambda v: (drafts.move_section, {"section": v.sections.first(), "step": 1}),
    "remove_section": lambda v: (drafts.remove_section, {"section": v.sections.first()}),
    "add_dimension": lambda v: (drafts.add_dimension, {"key": "x", "name": {"en": "x"}}),
    "rename_dimension": lambda v: (
        drafts.rename_dimension,
        {"dimension": v.dimensions.first(), "name": {"en": "x"}},
    ),
    "remove_dimension": lambda v: (
        drafts.remove_dimension,
        {"dimension": v.dimensions.first()},
    ),
    "add_question": lambda v: (
        draft_questions.add_question,
        {"section": v.sections.first(), "definition": new_question()},
    ),
    "change_question": lambda v: (
        draft_questions.change_question,
        {
            "question": v.questions.get(key="speed"),
            "definition": export_question(v.questions.get(key="speed")) | {"text": {"en": "x"}},
        },
    ),
    "move_question": lambda v: (
        draft_questions.move_question,
        {"question": v.questions.get(key="speed"), "step": 1},
    ),
    "place_question": lambda v: (
        draft_questions.place_question,
        {"question": v.questions.get(key="speed"), "section": v.sections.first()},
    ),
    "remove_question": lambda v: (
        draft_questions.remove_question,
        {"question": v.questions.get(key="speed")},
    ),
    "put_back": lambda v: (
        draft_questions.put_back,
        {
            "removed": v.removed_parts.create(
                kind="question", document=new_question(), section=v.sections.first()
            )
        },
    ),
    "publish_version": lambda v: (publish_version, {}),
}


def test_every_change_that_the_services_offer_is_tried():
    """A new service that takes a version must be added to the list above."""
    offered = {
        name
        for module in (drafts, draft_questions)
        for name, verb in vars(module).items()
        if getattr(verb, "__module__", "") == module.__name__
        and not name.startswith("_")
        and "revision" in (getattr(getattr(verb, "__code__", None), "co_varnames", ()))
    } - {"editing"}

    assert offered | {"publish_version"} == set(CHANGES)


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("state", [VersionState.PUBLISHED, VersionState.CLOSED])
def test_nothing_changes_a_frozen_version(survey, draft, name, state):
    publish(draft)
    if state == VersionState.CLOSED:
        close_survey(survey=survey)
    service, arguments = CHANGES[name](draft)
    draft.refresh_from_db()

    for revision in (draft.revision, draft.revision - 1, 0):
        with pytest.raises(VersionIsFrozen):
            service(version=draft, revision=revision, **arguments)

    draft.refresh_from_db()
    assert digest_of(export_version(draft)) == draft.digest


@pytest.mark.parametrize("name", sorted(set(CHANGES) - {"remove_dimension"}))
def test_the_same_changes_are_taken_by_a_draft(draft, name):
    """Control: the changes above are refused because of the state alone."""
    before = export_version(draft)
    service, arguments = CHANGES[name](draft)

    service(version=draft, revision=draft.revision, **arguments)

    draft.refresh_from_db()
    assert export_version(draft) != before or name == "publish_version"


def test_changing_the_survey_leaves_the_published_version_as_it_was(survey, draft):
    publish(draft)

    change_survey(survey=survey, title={"en": "Another title"}, languages=["en"])

    draft.refresh_from_db()
    frozen_questionnaire.cache_clear()
    assert digest_of(export_version(draft)) == draft.digest
    assert questionnaire_of(draft).title["en"] == "Customer satisfaction"
    assert questionnaire_of(draft).languages == ("en", "zh-hans", "zh-hant")
    assert export_version(start_next_draft(survey=survey))["languages"] == ["en"]


@pytest.mark.parametrize("values", [{"mode": "anonymous"}, {"kind": "transactional"}])
def test_promise_to_respondents_stays_after_publication(survey, draft, values):
    change_survey(survey=survey, **values)
    change_survey(survey=survey, mode="named", kind="relationship")
    publish(draft)

    with pytest.raises(SurveyError, match="cannot be changed"):
        change_survey(survey=survey, **values)


def test_answers_stay_with_the_version_they_saw(survey, draft):
    publish(draft)
    response = factories.make_response(survey, {"overall": "5"})
    publish(start_next_draft(survey=survey))

    response.refresh_from_db()
    assert response.version == draft
