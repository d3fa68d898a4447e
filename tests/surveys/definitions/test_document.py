"""Reading survey documents."""

import pytest
from hypothesis import HealthCheck, given, settings

from surveys.definitions.document import checked_document, digest_of
from surveys.errors import InvalidDefinition

from .documents import documents, small_document


def question_with(**members):
    document = small_document()
    document["sections"][0]["questions"][0] |= members
    return document


def choice_with(**members):
    document = small_document()
    document["sections"][0]["questions"][0]["choices"][0] |= members
    return document


WRONG = {
    "no object": ([], "The document: must be an object"),
    "other format": (small_document(format="x"), "format: only version 1"),
    "later version": (small_document(format_version=2), "format: only version 1"),
    "unknown member": (small_document(tittle={}), "'tittle' is not known"),
    "no title": (small_document(title={}), "title: needs a text"),
    "text is a number": (small_document(title={"en": 5}), "title.en: must be a text"),
    "text with NUL": (small_document(title={"en": "a\x00"}), "cannot be stored"),
    "half a surrogate": (small_document(title={"en": "\ud800"}), "cannot be stored"),
    "endless text": (small_document(title={"en": "a" * 5001}), "longer than 5000"),
    "hostile language": (small_document(title={"../x": "a"}), "cannot be used here"),
    "languages without the first": (small_document(default_language="de"), "must be one of"),
    "language twice": (small_document(languages=["en", "en"]), "stands there twice"),
    "sections no list": (small_document(sections={}), "sections: must be a list"),
    "many sections": (small_document(sections=[{}] * 101), "more than 100 entries"),
    "unknown layout": (small_document(page_layout="x"), "must be one of section"),
    "unknown kind": (small_document(kind=["x"]), "kind: must be one of"),
    "key with capitals": (question_with(key="Overall"), "questions[0].key: 'Overall'"),
    "key with line end": (question_with(key="overall\n"), "cannot be used here"),
    "unknown type": (question_with(type="slider"), "questions[0].type: must be one of"),
    "unknown role": (question_with(role="joy"), "questions[0].role: must be one of"),
    "unknown dimension": (question_with(dimension="x"), "no dimension 'x'"),
    "loyal_from of another role": (question_with(loyal_from=4), "belongs to repurchase"),
    "expectation of another role": (question_with(expectation="basic"), "belongs to attributes"),
    "unknown expectation": (question_with(expectation="wow"), "must be one of"),
    "required is a word": (question_with(is_required="yes"), "must be true or false"),
    "text with choices": (question_with(type="long_text", role=""), "has no choices"),
    "value is true": (choice_with(value=True), "whole number from -100 to 100"),
    "value of an aside": (choice_with(kind="dont_know"), "only an answer has a value"),
    "code twice": (choice_with(code="2"), "this code is used twice: 2"),
    "code with a space": (choice_with(code="a b"), "'a b' cannot be used here"),
}


@pytest.mark.parametrize(("document", "sentence"), WRONG.values(), ids=WRONG.keys())
def test_wrong_document_is_refused_with_its_place(document, sentence):
    with pytest.raises(InvalidDefinition) as refusal:
        checked_document(document)

    assert sentence in str(refusal.value)


def test_key_used_in_two_sections_is_refused():
    document = small_document()
    document["sections"] *= 2

    with pytest.raises(InvalidDefinition, match="this key is used twice: overall"):
        checked_document(document)


def test_second_overall_question_is_refused():
    document = small_document()
    question = document["sections"][0]["questions"][0]
    document["sections"][0]["questions"].append(question | {"key": "other"})

    with pytest.raises(InvalidDefinition, match="only once: overall"):
        checked_document(document)


def test_short_document_is_filled_in():
    question = {"key": "q1", "type": "long_text", "text": {"en": "Why?", "zh-hans": " "}}

    checked = checked_document(
        {
            "title": {"en": "Short"},
            "default_language": "en",
            "languages": ["en"],
            "sections": [{"questions": [question]}],
        }
    )

    assert checked["sections"][0]["questions"][0]["text"] == {"en": "Why?"}
    assert checked["sections"][0]["questions"][0]["is_required"] is False
    assert checked["page_layout"] == "section"


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(documents())
def test_checking_twice_changes_nothing(document):
    assert checked_document(checked_document(document)) == document


def test_digest_sees_every_change():
    document = checked_document(small_document())

    assert digest_of(document) == digest_of(dict(reversed(document.items())))
    assert digest_of(document) != digest_of(document | {"title": {"en": "Small!"}})
