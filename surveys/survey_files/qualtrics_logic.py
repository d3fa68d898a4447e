"""Display logic of Qualtrics as comparisons: which answer was selected, how large a number is."""

import re

from surveys.rules.conditions import Join

from .conditions import Comparison, NotReadable, Wanted, joined

LOCATOR = re.compile(
    r"q://(QID\d+)/(SelectableChoice|ChoiceNumericEntryValue|ChoiceTextEntryValue|QuestionText"
    r"|SelectedChoicesCount)(?:/(\w+))?"
)
SELECTED = {"Selected": "has", "NotSelected": "lacks"}
COMPARED = {
    "GreaterThan": ">",
    "LessThan": "<",
    "GreaterThanOrEqual": ">=",
    "LessThanOrEqual": "<=",
    "EqualTo": "==",
    "NotEqualTo": "!=",
}
EMPTY = {"Empty": "==", "NotEmpty": "!="}
JOINS = {"and": Join.ALL, "or": Join.ANY}


def read_logic(logic, words, name_of):
    """The condition of a display logic; raises `NotReadable`. `name_of` names a question by id."""
    if not isinstance(logic, dict):
        raise NotReadable(words)
    groups = [(group.get("Type", ""), _group(group, name_of)) for group in _numbered(logic)]
    return Wanted(words, _together([(kind[:-2], tree) for kind, tree in groups]))


def _group(group, name_of):
    parts = [
        (one.get("Conjuction") or one.get("Conjunction") or "", _comparison(one, name_of))
        for one in _numbered(group)
    ]
    return _together(parts)


def _together(parts):
    """Parts with the word that joins each to the one before; a mixture cannot be read."""
    if not parts:
        raise NotReadable
    joins = {JOINS.get(word.lower()) for word, _part in parts[1:]}
    if len(joins) > 1 or None in joins:
        raise NotReadable
    return joined(joins.pop() if joins else Join.ALL, [part for _word, part in parts])


def _comparison(one, name_of):
    match = LOCATOR.fullmatch(str(one.get("LeftOperand", "")))
    operator = one.get("Operator")
    if one.get("LogicType") != "Question" or match is None:
        raise NotReadable(str(one.get("LogicType")))
    question, part, choice = match.groups()
    name = name_of(question)
    if part == "SelectableChoice" and operator in SELECTED:
        return Comparison(name, SELECTED[operator], choice or "")
    if part.startswith("Choice") and operator in EMPTY:
        return Comparison(name, EMPTY[operator], "")
    if part.startswith("Choice") and operator in COMPARED:
        return Comparison(name, COMPARED[operator], str(one.get("RightOperand", "")))
    raise NotReadable(str(operator))


def _numbered(members):
    return [part for key, part in members.items() if key.isdigit() and isinstance(part, dict)]
