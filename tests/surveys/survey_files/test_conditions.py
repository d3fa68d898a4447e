"""Conditions of other tools: what becomes a rule means the same, and the rest is told."""

import pytest

from surveys.enums import Fate

from . import files
from .test_readers import fates_at, limesurvey, of_workbook, qualtrics, questions_of

NOT_READ = "This condition is not read"


def condition(subject, operator, *values):
    return {"subject": f"answer.{subject}", "operator": operator, "values": list(values)}


def other_than(subject, code):
    return [condition(subject, "is_not", code), condition(subject, "is_not_answered")]


OF_LIMESURVEY = {
    "again.NAOK == 'Y'": {"all": [condition("again", "is", "yes")]},
    '((again.NAOK == "N"))': {"all": [condition("again", "is", "no")]},
    "again.NAOK != 'Y'": {"any": other_than("again", "yes")},
    "!(again.NAOK == 'Y')": {"any": other_than("again", "yes")},
    "'Y' == again": {"all": [condition("again", "is", "yes")]},
    "1X1X2.NAOK eq 'Y'": {"all": [condition("again", "is", "yes")]},
    "overall.NAOK >= 4": {"all": [condition("overall", "is_one_of", "4", "5")]},
    "3 > overall": {"all": [condition("overall", "is_one_of", "1", "2")]},
    "!is_empty(overall.NAOK)": {"all": [condition("overall", "is_answered")]},
    "overall.NAOK == ''": {"all": [condition("overall", "is_not_answered")]},
    "ways_shop.NAOK == 'Y'": {"all": [condition("ways", "contains", "shop")]},
    "ways_shop.NAOK != 'Y'": {"any": other_than("ways", "shop")},
    "again == 'Y' and (overall == 1 or overall == 2)": {
        "all": [
            condition("again", "is", "yes"),
            {"any": [condition("overall", "is", "1"), condition("overall", "is", "2")]},
        ]
    },
    "again == 'Y' or overall == 1 or overall == 2": {
        "any": [
            condition("again", "is", "yes"),
            condition("overall", "is", "1"),
            condition("overall", "is", "2"),
        ]
    },
}
NOT_OF_LIMESURVEY = [
    "overall.NAOK == again.NAOK",
    "again == 'maybe'",
    "missing == 'Y'",
    "comment == 'good'",
    "visits > 3",
    "count(ways_shop, ways_phone) > 1",
    "best == 'shop'",
    "overall + 1 == 5",
    "again == 'Y' or (overall == 1 and (again == 'N' or overall == 2))",
    "again ==",
    "(" * 50 + "again == 'Y'" + ")" * 50,
    "again == 'Y'" + " and again == 'Y'" * 200,
    "overall == 1e999",
    "TOKEN:EMAIL != ''",
]


def best_of(read):
    return next(question for question in questions_of(read) if question["key"] == "best")


def under(relevance):
    return limesurvey(lambda tables: tables["questions"][3].update(relevance=relevance, sid=1))


@pytest.mark.parametrize("relevance", OF_LIMESURVEY)
def test_relevance_equation_becomes_a_rule(relevance):
    def change(tables):
        for row in tables["questions"]:
            row["sid"] = 1
        tables["questions"][3]["relevance"] = relevance

    read = limesurvey(change)

    assert best_of(read)["rule"] == OF_LIMESURVEY[relevance]
    assert (relevance, Fate.KEPT) in fates_at(read, "best")


@pytest.mark.parametrize("relevance", NOT_OF_LIMESURVEY)
def test_relevance_equation_that_says_more_is_told_and_everybody_is_asked(relevance):
    read = under(relevance)

    assert best_of(read)["rule"] == {}
    lost = [line for line in read.lines if line.place == "best" and line.fate == Fate.DROPPED]
    assert [line.reason.startswith(NOT_READ) for line in lost] == [True]


def test_group_of_limesurvey_is_shown_by_its_condition():
    read = limesurvey(lambda tables: tables["groups"][0].update(grelevance="overall <= 2"))

    rules = [section["rule"] for section in read.document["sections"]]
    assert rules == [{}, {"all": [condition("overall", "is_one_of", "1", "2")]}]
    assert ("overall <= 2", Fate.KEPT) in fates_at(read, "The rest")


def test_row_of_a_grid_can_be_meant():
    def change(tables):
        tables["questions"][0]["type"] = "A"
        tables["subquestions"].append(
            {"qid": 40, "parent_qid": 1, "gid": 1, "title": "SQ1", "question_order": 1}
        )
        tables["questions"][3]["relevance"] = "overall_SQ1.NAOK == '5'"

    rule = best_of(limesurvey(change))["rule"]

    assert rule == {"all": [condition("overall.sq1", "is", "5")]}


OF_XLSFORM = {
    "${again} = 'yes'": {"all": [condition("again", "is", "yes")]},
    "selected(${ways}, 'shop')": {"all": [condition("ways", "contains", "shop")]},
    "not(selected(${ways}, 'shop'))": {"any": other_than("ways", "shop")},
    "${overall} != ''": {"all": [condition("overall", "is_answered")]},
    "selected(${overall}, '1') or selected(${overall}, '2')": {
        "any": [condition("overall", "is", "1"), condition("overall", "is", "2")]
    },
}


@pytest.mark.parametrize("relevant", OF_XLSFORM)
def test_relevant_column_becomes_a_rule(relevant):
    rows = [list(row) for row in files.SURVEY]
    rows[7][7] = relevant

    assert best_of(of_workbook(rows))["rule"] == OF_XLSFORM[relevant]


@pytest.mark.parametrize("relevant", ["${ways} = 'shop'", ". > 3", "${again} = ${overall}"])
def test_relevant_column_that_says_more_is_told(relevant):
    rows = [list(row) for row in files.SURVEY]
    rows[7][7] = relevant
    read = of_workbook(rows)

    assert best_of(read)["rule"] == {}
    assert any(line.reason.startswith(NOT_READ) for line in read.lines)


def test_number_and_group_of_a_workbook():
    header = ["type", "name", "label", "relevant"]
    rows = [
        ["integer", "age", "How old are you?"],
        ["begin_group", "more", "More", "${age} > 17"],
        ["text", "car", "Which car do you drive?"],
        ["end_group"],
    ]
    read = of_workbook([header, *rows], settings=[["a"], ["b"]])

    rules = [section["rule"] for section in read.document["sections"]]
    assert rules == [{}, {"all": [condition("age", "is_at_least", 18)]}]


def logic(*parts, kind="If"):
    group = {str(at): part for at, part in enumerate(parts)} | {"Type": kind}
    return {"0": group, "Type": "BooleanExpression"}


def selected(choice, *, operator="Selected", join=""):
    found = {
        "LogicType": "Question",
        "LeftOperand": f"q://QID1/SelectableChoice/{choice}",
        "Operator": operator,
        "Description": f"<b>If</b> {choice} is selected",
    }
    return found | ({"Conjuction": join} if join else {})


def shown_by(display):
    first = files.asked(
        "MC", "SAVR", "Which?", tag="Q1", **files.choices("Tea", "Coffee", "Neither")
    )
    return qualtrics(first, files.asked("TE", "SL", "Why?", tag="Q2", DisplayLogic=display))


OF_QUALTRICS = {
    "selected": (logic(selected(2)), {"all": [condition("q1", "is", "2")]}),
    "not selected": (
        logic(selected(2, operator="NotSelected")),
        {"any": other_than("q1", "2")},
    ),
    "either": (
        logic(selected(1), selected(2, join="Or")),
        {"any": [condition("q1", "is", "1"), condition("q1", "is", "2")]},
    ),
    "two groups": (
        logic(selected(1)) | {"1": {"0": selected(2), "Type": "OrIf"}},
        {"any": [condition("q1", "is", "1"), condition("q1", "is", "2")]},
    ),
}


@pytest.mark.parametrize(("display", "rule"), OF_QUALTRICS.values(), ids=OF_QUALTRICS)
def test_display_logic_becomes_a_rule(display, rule):
    assert questions_of(shown_by(display))[1]["rule"] == rule


TOO_MUCH = {
    "mixed words": logic(selected(1), selected(2, join="Or"), selected(3, join="And")),
    "embedded data": logic({"LogicType": "EmbeddedField", "LeftOperand": "x", "Operator": "Is"}),
    "unknown question": logic(selected(1) | {"LeftOperand": "q://QID9/SelectableChoice/1"}),
    "no logic": "x",
    "empty": {"Type": "BooleanExpression"},
}


@pytest.mark.parametrize("display", TOO_MUCH.values(), ids=TOO_MUCH)
def test_display_logic_that_says_more_is_told(display):
    read = shown_by(display)

    assert questions_of(read)[1]["rule"] == {}
    assert any(line.place == "Q2" and line.reason.startswith(NOT_READ) for line in read.lines)
