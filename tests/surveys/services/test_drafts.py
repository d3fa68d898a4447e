"""Changing drafts: what is stored, what can be undone, and who is told."""

import pytest

from surveys.definitions import ready_choices
from surveys.errors import DraftChangedMeanwhile, InvalidDefinition, SurveyError
from surveys.services import draft_questions, drafts
from surveys.services.definitions import export_question, export_version
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft():
    return factories.make_draft(factories.make_survey())


def keys(draft):
    """Question keys by section, in order."""
    return [
        [question["key"] for question in section["questions"]]
        for section in export_version(draft)["sections"]
    ]


def change(service, draft, **arguments):
    return service(version=draft, revision=draft.revision, **arguments)


def new_question(**members):
    return {
        "key": "extra",
        "type": "rating",
        "text": {"en": "And this?"},
        "choices": ready_choices.quality_scale(),
    } | members


def test_added_question_stands_where_it_was_put(draft):
    section = draft.sections.first()

    change(draft_questions.add_question, draft, section=section, definition=new_question())
    change(
        draft_questions.add_question,
        draft,
        section=section,
        definition=new_question(key="first"),
        position=0,
    )

    assert keys(draft) == [
        ["first", "overall", "again", "recommend", "extra"],
        ["staff", "comment"],
    ]
    assert draft.revision == 2


def test_added_question_must_fit_the_others(draft):
    section = draft.sections.first()

    with pytest.raises(SurveyError, match="key overall already"):
        change(
            draft_questions.add_question,
            draft,
            section=section,
            definition=new_question(key="overall"),
        )
    with pytest.raises(SurveyError, match="only once"):
        change(
            draft_questions.add_question,
            draft,
            section=section,
            definition=new_question(role="overall"),
        )
    with pytest.raises(InvalidDefinition, match="not there any more"):
        change(
            draft_questions.add_question,
            draft,
            section=section,
            definition=new_question(dimension="nowhere"),
        )

    draft.refresh_from_db()
    assert draft.revision == 0


def test_changed_question_keeps_key_and_type(draft):
    question = draft.questions.get(key="staff")
    definition = export_question(question) | {
        "key": "other",
        "type": "long_text",
        "text": {"en": "How is the staff?", "zh-hans": "员工如何?"},
        "is_required": True,
        "dimension": None,
    }

    change(draft_questions.change_question, draft, question=question, definition=definition)

    question.refresh_from_db()
    assert (question.key, question.type) == ("staff", "rating")
    assert question.text["zh-hans"] == "员工如何?"
    assert question.dimension is None
    assert [choice.code for choice in question.choices.all()] == ["1", "2", "3", "4", "5", "na"]


def test_moving_crosses_the_borders_of_sections(draft):
    question = draft.questions.get(key="recommend")

    change(draft_questions.move_question, draft, question=question, step=1)
    assert keys(draft) == [["overall", "again"], ["recommend", "staff", "comment"]]

    question.refresh_from_db()
    change(draft_questions.move_question, draft, question=question, step=-1)
    assert keys(draft) == [["overall", "again", "recommend"], ["staff", "comment"]]


def test_moving_within_a_section_swaps_neighbours(draft):
    change(draft_questions.move_question, draft, question=draft.questions.get(key="again"), step=-1)

    assert keys(draft)[0] == ["again", "overall", "recommend"]


def test_first_question_cannot_move_further_up(draft):
    change(
        draft_questions.move_question, draft, question=draft.questions.get(key="overall"), step=-1
    )

    assert keys(draft)[0] == ["overall", "again", "recommend"]


def test_question_moves_to_the_end_of_a_section(draft):
    change(
        draft_questions.place_question,
        draft,
        question=draft.questions.get(key="again"),
        section=draft.sections.last(),
    )

    assert keys(draft) == [["overall", "recommend"], ["staff", "comment", "again"]]


def test_removed_question_comes_back_as_it_was(draft):
    before = export_version(draft)
    question = draft.questions.get(key="again")
    removed = change(draft_questions.remove_question, draft, question=question)
    assert keys(draft)[0] == ["overall", "recommend"]

    change(draft_questions.put_back, draft, removed=removed)

    assert export_version(draft) == before
    assert not draft.removed_parts.exists()


def test_removed_section_comes_back_with_its_questions(draft):
    before = export_version(draft)
    removed = change(drafts.remove_section, draft, section=draft.sections.first())
    assert keys(draft) == [["staff", "comment"]]

    change(draft_questions.put_back, draft, removed=removed)

    assert export_version(draft) == before


def test_removed_question_finds_a_place_when_its_section_is_gone(draft):
    question = draft.questions.get(key="again")
    removed = change(draft_questions.remove_question, draft, question=question)
    change(drafts.remove_section, draft, section=draft.sections.first())
    removed.refresh_from_db()

    change(draft_questions.put_back, draft, removed=removed)

    assert keys(draft) == [["staff", "again", "comment"]]


def test_removed_question_is_not_put_beside_another_with_its_measure(draft):
    question = draft.questions.get(key="again")
    removed = change(draft_questions.remove_question, draft, question=question)
    change(
        draft_questions.add_question,
        draft,
        section=draft.sections.first(),
        definition=new_question(
            role="repurchase", loyal_from=4, choices=ready_choices.intention_scale()
        ),
    )

    with pytest.raises(SurveyError, match="only once"):
        change(draft_questions.put_back, draft, removed=removed)

    assert draft.removed_parts.count() == 1


def test_new_key_is_none_that_was_ever_used(draft):
    question = draft.questions.get(key="overall")
    change(draft_questions.remove_question, draft, question=question)

    assert draft_questions.new_key(draft) == "q1"
    assert draft_questions.new_key(draft, "effort") == "effort"
    assert draft_questions.new_key(draft, "overall") == "overall1"


def test_last_section_stays(draft):
    change(drafts.remove_section, draft, section=draft.sections.last())

    with pytest.raises(SurveyError, match="one section at least"):
        change(drafts.remove_section, draft, section=draft.sections.get())


def test_sections_are_added_named_and_moved(draft):
    section = change(drafts.add_section, draft, title={"en": "Third"})
    change(
        drafts.change_section, draft, section=section, title={"en": "New", "zh-hans": "新"}, rule={}
    )
    change(drafts.move_section, draft, section=section, step=-1)

    titles = [section["title"]["en"] for section in export_version(draft)["sections"]]
    assert titles == ["Overall", "New", "Details"]


def test_texts_and_layout_are_changed_together(draft):
    change(
        drafts.change_texts,
        draft,
        introduction={"en": "Hello", "zh-hans": ""},
        thanks={"en": "Thanks"},
        page_layout="question",
    )

    draft.refresh_from_db()
    assert draft.introduction == {"en": "Hello"}
    assert draft.page_layout == "question"


def test_dimension_in_use_stays(draft):
    dimension = draft.dimensions.get()

    with pytest.raises(SurveyError, match="still in this dimension"):
        change(drafts.remove_dimension, draft, dimension=dimension)

    assert draft.dimensions.exists()


def test_dimensions_are_added_renamed_and_removed(draft):
    dimension = change(drafts.add_dimension, draft, key="price", name={"en": "Price"})
    change(drafts.rename_dimension, draft, dimension=dimension, name={"en": "Value"})
    assert export_version(draft)["dimensions"][1] == {"key": "price", "name": {"en": "Value"}}

    change(drafts.remove_dimension, draft, dimension=dimension)

    assert draft.dimensions.count() == 1


def test_second_editor_is_told_and_nothing_is_overwritten(draft):
    question = draft.questions.get(key="staff")
    opened = draft.revision
    first = export_question(question) | {"text": {"en": "The first editor's words"}}
    change(draft_questions.change_question, draft, question=question, definition=first)

    with pytest.raises(DraftChangedMeanwhile, match="Nothing was overwritten"):
        draft_questions.change_question(
            version=draft,
            revision=opened,
            question=question,
            definition=first | {"text": {"en": "The second's"}},
        )

    question.refresh_from_db()
    assert question.text == {"en": "The first editor's words"}
