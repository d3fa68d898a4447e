"""What a saved question or section lost can be put back, without undoing what came later."""

import pytest

from surveys.selectors.surveys import removed_from
from surveys.services import draft_questions, drafts
from surveys.services.definitions import export_question
from tests import factories
from tests.surveys.rules.surveys import make_draft, question, section, when

pytestmark = pytest.mark.django_db

RULE = when("language", "is", "en")


@pytest.fixture
def draft():
    return make_draft(
        section(
            question("where", "single_choice", rule=RULE),
            question("lines", "matrix", settings={"rows": rows("a", "b")}, choices=scale()),
        ),
        section(question("more"), title="More", rule=RULE),
    )


def rows(*codes):
    return [{"code": code, "label": {"en": code.upper()}} for code in codes]


def scale():
    return question("any")["choices"]


def change(draft, key, **members):
    one = draft.questions.get(key=key)
    draft_questions.change_question(
        version=draft,
        revision=draft.revision,
        question=one,
        definition=export_question(one) | members,
    )


def put_back(draft):
    removed = draft.removed_parts.get()
    draft_questions.put_back(version=draft, revision=draft.revision, removed=removed)


def stored(draft, key):
    return export_question(draft.questions.get(key=key))


def codes(choices):
    return [choice["code"] for choice in choices]


def test_lost_choice_comes_back_to_its_place_and_later_words_stay(draft):
    kept = [choice for choice in stored(draft, "where")["choices"] if choice["code"] != "b"]
    change(draft, "where", choices=kept)
    assert [removal.losses for removal in removed_from(draft)] == [({"en": "B"},)]
    change(draft, "where", text={"en": "Where was it?"})

    put_back(draft)

    assert codes(stored(draft, "where")["choices"]) == ["a", "b", "c"]
    assert stored(draft, "where")["text"] == {"en": "Where was it?"}
    assert list(removed_from(draft)) == []


def test_lost_line_of_a_matrix_comes_back(draft):
    change(draft, "lines", settings=stored(draft, "lines")["settings"] | {"rows": rows("b", "c")})

    put_back(draft)

    assert codes(stored(draft, "lines")["settings"]["rows"]) == ["a", "b", "c"]


def test_lost_rule_comes_back(draft):
    change(draft, "where", rule={})

    put_back(draft)

    assert stored(draft, "where")["rule"] == RULE


def test_lost_rule_of_a_section_comes_back(draft):
    more = draft.sections.last()
    drafts.change_section(
        version=draft, revision=draft.revision, section=more, title=more.title, rule={}
    )
    assert [removal.kind for removal in removed_from(draft)] == ["Rule"]

    put_back(draft)

    assert draft.sections.last().rule == RULE


def test_new_rule_is_not_overwritten_by_the_lost_one(draft):
    newer = when("language", "is_not", "en")
    change(draft, "where", rule={})
    change(draft, "where", rule=newer)

    put_back(draft)

    assert stored(draft, "where")["rule"] == newer


def test_change_that_loses_nothing_keeps_nothing(draft):
    change(draft, "where", text={"en": "Which one?"})

    assert not draft.removed_parts.exists()


@pytest.mark.parametrize(("position", "order"), [(0, [2, 0, 1]), (1, [0, 2, 1]), (9, [0, 1, 2])])
def test_section_is_put_where_it_was_dropped(position, order):
    draft = factories.make_draft(factories.make_survey())
    last = drafts.add_section(version=draft, revision=draft.revision, title={"en": "Third"})
    before = [*draft.sections.all()]

    drafts.place_section(version=draft, revision=draft.revision, section=last, position=position)

    assert [*draft.sections.all()] == [before[number] for number in order]
