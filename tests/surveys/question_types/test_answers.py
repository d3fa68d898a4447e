"""Every type of question against empty, valid, wrong and hostile forms."""

import json

import pytest
from django.http import QueryDict

from surveys.question_types import HANDLERS, handler_of
from surveys.question_types.shown import Page, order_for
from surveys.validators import errors_in, read_answers

from .samples import HOSTILE, SAMPLES, question_of

TYPES = list(SAMPLES)
ASKING = [kind for kind in TYPES if kind != "text_block"]


def form_of(values):
    """A posted form."""
    form = QueryDict(mutable=True)
    for name, value in values.items():
        form.setlist(name, value if isinstance(value, list) else [value])
    return form


def taken(question, values):
    """What a form becomes, and the sentence about it."""
    answers = read_answers([question], form_of(values))
    errors = errors_in([question], answers)
    return handler_of(question).kept(question, answers), errors


def test_the_table_has_every_type():
    assert set(SAMPLES) == set(HANDLERS)


@pytest.mark.parametrize("kind", TYPES)
def test_empty_is_a_skipped_question(kind):
    answers, errors = taken(question_of(kind), {})

    assert not errors
    assert set(answers.values()) <= {None}


@pytest.mark.parametrize("kind", ASKING)
def test_empty_is_refused_where_an_answer_is_needed(kind):
    _, errors = taken(question_of(kind, is_required=True), {})

    assert errors["q"].startswith("Please")


@pytest.mark.parametrize("kind", TYPES)
def test_valid_is_kept(kind):
    sample = SAMPLES[kind]

    answers, errors = taken(question_of(kind, is_required=True), sample.valid)

    assert not errors
    assert answers == sample.answers
    json.dumps(answers)


WRONG = [(kind, values) for kind, sample in SAMPLES.items() for values in sample.wrong]


@pytest.mark.parametrize(("kind", "values"), WRONG)
def test_wrong_gets_one_plain_sentence(kind, values):
    _, errors = taken(question_of(kind), values)

    assert errors["q"].endswith(".")
    assert not {"invalid", "illegal"} & set(errors["q"].lower().split())


@pytest.mark.parametrize("kind", ASKING)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_is_refused_or_a_text(kind, text):
    question = question_of(kind)
    names = [*SAMPLES[kind].valid, "q"]

    answers, errors = taken(question, dict.fromkeys(names, text))

    is_text = kind in {"short_text", "long_text"} or "q.other" in answers
    assert errors or is_text or set(answers.values()) == {None}
    if not errors:
        json.dumps(answers, ensure_ascii=False).encode("utf-8")


@pytest.mark.parametrize("kind", ASKING)
@pytest.mark.parametrize(
    "answer", [{}, [], [[]], {"a": 1}, 7, -0.5, True, ["c1", "c1"], [None], float("nan")], ids=repr
)
def test_hostile_documents_raise_nothing(kind, answer):
    question = question_of(kind)
    keys = handler_of(question).keys(question)

    errors = errors_in([question], dict.fromkeys(keys, answer))

    allowed = kind == "number" and answer == 7
    assert allowed or errors


@pytest.mark.parametrize("kind", TYPES)
def test_an_answer_survives_a_cell(kind):
    question, sample = question_of(kind), SAMPLES[kind]
    handler = handler_of(question)

    cells = {key: handler.cell_of(question, answer) for key, answer in sample.answers.items()}
    back = {key: handler.entry_from_cell(question, key, cell, str) for key, cell in cells.items()}

    assert back == sample.answers


@pytest.mark.parametrize("kind", TYPES)
def test_a_page_shows_what_was_answered(kind):
    question, sample = question_of(kind), SAMPLES[kind]
    page = Page(say=lambda texts: texts.get("en", ""), answers=sample.answers, errors={})

    field = handler_of(question).field(question, page)

    shown = [field, *field.rows]
    options = [option for one in shown for option in one.options + one.apart]
    chosen = {option.code for option in options if option.is_chosen}
    codes = {
        code
        for answer in sample.answers.values()
        for code in (answer if isinstance(answer, list) else [answer])
        if question.choice(str(code))
    }
    assert chosen == codes


@pytest.mark.parametrize(
    ("text", "decimals", "number"),
    [
        ("1,000", 0, 1000),
        ("1,234,567", 0, 1234567),
        ("1,5", 1, 1.5),
        ("３．５", 1, 3.5),
        ("−4", 0, -4),
        ("1 000", 0, 1000),
        ("1,000", 3, "1,000"),
        ("0x10", 0, "0x10"),
    ],
)
def test_numbers_are_read_where_they_mean_one_thing(text, decimals, number):
    question = question_of("number")
    question.settings.update(decimals=decimals)

    assert handler_of(question).read(question, form_of({"q": text})) == number


def test_random_order_belongs_to_the_submission():
    question = question_of("single_choice")
    orders = {tuple(order_for(question, seed)) for seed in range(50)}

    assert len(orders) == 6
    assert {order[-1] for order in orders} == {"other"}
    assert order_for(question, "a") == order_for(question, "a")
