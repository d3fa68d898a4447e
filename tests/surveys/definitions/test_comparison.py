"""What differs between two versions, and which trends this breaks."""

import copy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.definitions import ready_choices
from surveys.definitions.comparison import comparability_of, compare
from surveys.enums import Comparability
from surveys.selectors.survey_templates import survey_template

from .documents import documents, texts

CHANGES = {
    "same": (lambda q: None, Comparability.COMPARABLE),
    "other words": (lambda q: q["text"].update(en="How happy?"), Comparability.WORDING),
    "other words of a translation": (
        lambda q: q["text"].update({"zh-hans": "满意吗？"}),
        Comparability.WORDING,
    ),
    "one more translation": (lambda q: q["text"].update(de="Wie?"), Comparability.COMPARABLE),
    "label of a point": (
        lambda q: q["choices"][3]["label"].update(en="Quite satisfied"),
        Comparability.WORDING,
    ),
    "does not apply offered": (
        lambda q: q["choices"].append(ready_choices.not_applicable()),
        Comparability.WORDING,
    ),
    "a point less": (lambda q: q["choices"].pop(), Comparability.SCALE),
    "turned round": (lambda q: q["choices"].reverse(), Comparability.SCALE),
    "other scale": (
        lambda q: q.update(choices=ready_choices.effort_scale()),
        Comparability.SCALE,
    ),
    "other type": (lambda q: q.update(type="single_choice"), Comparability.SCALE),
    "other measure": (lambda q: q.update(role="attribute"), Comparability.SCALE),
    "other dimension": (lambda q: q.update(dimension="service"), Comparability.COMPARABLE),
    "basic now": (
        lambda q: q.update(expectation="basic"),
        Comparability.COMPARABLE,
    ),
    "may be left out": (lambda q: q.update(is_required=False), Comparability.COMPARABLE),
    "scale and words": (
        lambda q: (q["choices"].pop(), q["text"].update(en="How?")),
        Comparability.SCALE,
    ),
    "setting of a later kind": (lambda q: q.update(shown_as="stars"), Comparability.WORDING),
}


def xerox():
    return copy.deepcopy(survey_template("xerox").document)


def question_in(document, key="overall"):
    return next(
        question
        for section in document["sections"]
        for question in section["questions"]
        if question["key"] == key
    )


def sentences(question):
    return [difference.sentence for difference in question.differences]


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES)
def test_change_of_a_question_has_its_effect_on_the_trend(change, expected):
    old, new = xerox(), xerox()
    change(question_in(new))

    comparison = compare(old, new)

    assert comparability_of("overall", old, new) == expected
    assert comparison.comparability("overall") == expected
    assert [q.key for q in comparison.changed] == ([] if old == new else ["overall"])


def test_changed_words_stand_beside_each_other():
    old, new = xerox(), xerox()
    question_in(new)["text"]["en"] = "How happy are you with us?"

    (changed,) = compare(old, new).changed
    (difference,) = changed.differences

    assert difference.sentence == "Question: other words in English."
    assert difference.before == question_in(old)["text"]["en"]
    assert difference.after == "How happy are you with us?"


def test_added_and_removed_questions_have_no_trend():
    old, new = xerox(), xerox()
    question_in(new, "speed")["key"] = "pace"

    comparison = compare(old, new)

    assert comparison.comparability("speed") == Comparability.ABSENT
    assert comparison.comparability("pace") == Comparability.ABSENT
    assert {q.key: sentences(q) for q in comparison.changed} == {
        "pace": ["New question."],
        "speed": ["The question was removed."],
    }
    assert comparison.broken == []


def test_moved_question_is_named_with_its_places_and_stays_comparable():
    old, new = xerox(), xerox()
    questions = new["sections"][0]["questions"]
    questions.append(questions.pop(0))

    (changed,) = compare(old, new).changed

    assert changed.key == "overall"
    assert sentences(changed) == [f"Moved from place 1 to place {len(questions)}."]
    assert changed.comparability == Comparability.COMPARABLE


def test_what_stands_around_the_questions_is_said():
    old, new = xerox(), xerox()
    new["title"]["en"], new["page_layout"] = "Autumn survey", "single"
    new["languages"].remove("zh-hant")
    new["dimensions"].pop()

    said = " ".join(difference.sentence for difference in compare(old, new).around)

    assert "Title: other words in English." in said
    assert "Pages changed from “One section per page” to “Everything on one page”." in said
    assert "繁體中文 was taken out." in said
    assert "The dimension “service” was removed." in said


@settings(max_examples=40)
@given(documents())
def test_document_does_not_differ_from_itself(document):
    assert compare(document, copy.deepcopy(document)).is_same


@settings(max_examples=40)
@given(documents(), st.data())
def test_trends_are_the_same_in_both_directions(old, data):
    new = copy.deepcopy(old)
    questions = [question for section in new["sections"] for question in section["questions"]]
    for question in questions:
        question["text"] = data.draw(texts(needed=True))
        question["is_required"] = data.draw(st.booleans())
        question["choices"] = data.draw(st.sampled_from([question["choices"][1:], []]))
    forward, backward = compare(old, new), compare(new, old)

    for question in forward.questions:
        assert question.comparability == backward.comparability(question.key)
