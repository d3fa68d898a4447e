"""Every text of a document has a place, and can be given other words there."""

import copy

import pytest
from hypothesis import given, settings

from surveys.definitions.document import checked_document
from surveys.definitions.translating import groups_of, texts_of, with_texts
from surveys.selectors.survey_templates import survey_template

from .documents import documents, small_document


def test_places_name_questions_by_key_and_choices_by_code():
    places = [text.place for text in texts_of(small_document())]

    assert places[:2] == ["title", "questions/overall/text"]
    assert places[-1] == "questions/overall/choices/5/label"


def test_place_stays_when_a_question_moves():
    document = copy.deepcopy(survey_template("xerox").document)
    before = {text.place for text in texts_of(document)}

    for section in document["sections"]:
        section["questions"].reverse()

    assert {text.place for text in texts_of(document)} == before


@settings(max_examples=40)
@given(documents())
def test_every_text_can_be_replaced_and_nothing_else_changes(document):
    document = checked_document(document)
    changes = {text.place: {"en": f"new {text.place}"} for text in texts_of(document)}

    changed = with_texts(document, changes)

    assert {t.place: t.words["en"] for t in texts_of(changed)} == {
        place: words["en"] for place, words in changes.items()
    }
    assert with_texts(changed, {t.place: _restored(t) for t in texts_of(document)}) == document


def _restored(text):
    return {"en": "", **text.words}


def test_unknown_place_is_refused():
    with pytest.raises(KeyError, match="questions/nowhere/text"):
        with_texts(small_document(), {"questions/nowhere/text": {"en": "x"}})


def test_equal_texts_are_translated_once():
    document = survey_template("xerox").document

    groups = groups_of(document, "zh-hans")

    very_satisfied = [group for group in groups if group.source == "Very satisfied"]
    assert len(very_satisfied) == 1
    assert len(very_satisfied[0].places) == 7


def test_number_is_shown_only_where_it_is_missing():
    document = copy.deepcopy(survey_template("nps").document)
    assert "7" not in [group.source for group in groups_of(document, "zh-hans")]

    del document["sections"][0]["questions"][0]["choices"][7]["label"]["zh-hans"]

    assert "7" in [group.source for group in groups_of(document, "zh-hans")]
