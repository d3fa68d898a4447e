"""Conditions of an outline as rules of our document, where rules can say the same."""

from dataclasses import dataclass, field

from surveys.definitions.document import checked_document
from surveys.errors import InvalidDefinition
from surveys.questionnaire import questionnaire_from
from surveys.rules.checks import broken_rules
from surveys.rules.conditions import Join, Operator
from surveys.rules.document import checked_rule

from .conditions import Comparison, Joined, NotReadable, joined
from .outline import Kind

SEVERAL = (Kind.MULTIPLE_CHOICE, Kind.RANKING)
PICKED = {"Y", "1"}
LARGEST = 1e12
NUMBERS = {
    "==": lambda left, right: left == right,
    "!=": lambda left, right: left != right,
    ">=": lambda left, right: left >= right,
    "<=": lambda left, right: left <= right,
    ">": lambda left, right: left > right,
    "<": lambda left, right: left < right,
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a name of the file stands for; `member` is the one answer of several that it names."""

    subject: str
    kind: Kind
    codes: dict = field(default_factory=dict)
    is_whole: bool = False
    member: str = ""


def targets_of(asked, keys, choices):
    """The names by which a file can mean a question that was mapped, with what they mean.

    `keys` are those of its questions, one for each row where it is a grid, and
    `choices` their answers in our form.
    """
    codes = _codes(asked, choices)
    own = Target("", asked.kind, codes, is_whole=not asked.decimals)
    names = (asked.name, *asked.aliases)
    for row, subject in _subjects(asked, keys):
        target = Target(subject, own.kind, own.codes, own.is_whole)
        for name in names:
            for joint in ("_", "") if row else ("",):
                yield f"{name}{joint}{row}", target
            if asked.kind in SEVERAL:
                for code, mapped in codes.items():
                    yield f"{name}_{code}", Target(subject, own.kind, codes, member=mapped)


def _subjects(asked, keys):
    if not asked.rows:
        yield "", f"answer.{keys[0][0]}"
    for row, (key, part) in zip(asked.rows, keys, strict=False):
        yield row.code, f"answer.{key}.{part}" if part else f"answer.{key}"


def _codes(asked, choices):
    ours = [choice["code"] for choice in choices]
    if asked.kind == Kind.YES_NO:
        return {name: ours[at] for at, way in enumerate(("Yy", "Nn")) for name in _spelled(way)}
    found = dict(zip((option.code for option in asked.options), ours, strict=False))
    if asked.other is not None and len(ours) > len(asked.options):
        found |= dict.fromkeys(("-oth-", "other"), ours[-1])
    return found


def _spelled(way):
    return (*way, "yes", "Yes", "1") if "Y" in way else (*way, "no", "No", "0")


def rule_of(tree, targets):
    """The rule that a condition becomes; raises `NotReadable`."""
    said = _said(tree, targets)
    if not isinstance(said, Joined):
        said = Joined(Join.ALL, (said,))
    try:
        return checked_rule(_document(said))
    except InvalidDefinition as mistake:
        raise NotReadable(str(mistake)) from None


def _document(part):
    if isinstance(part, Joined):
        return {str(part.join): [_document(inner) for inner in part.parts]}
    return part


def _said(tree, targets):
    if isinstance(tree, Joined):
        return joined(tree.join, [_said(part, targets) for part in tree.parts])
    target = targets.get(tree.name)
    if target is None:
        raise NotReadable(tree.name)
    return _compared(tree, target)


def _compared(comparison: Comparison, target):
    operator, value = comparison.operator, comparison.value
    if target.member:
        return _picked(target, operator, value)
    if value == "" and operator in {"==", "!="}:
        answered = operator == "!="
        return _condition(target, Operator.IS_ANSWERED if answered else Operator.IS_NOT_ANSWERED)
    if target.kind == Kind.NUMBER:
        return _number(target, operator, value)
    if target.kind in SEVERAL and operator not in {"has", "lacks"}:
        raise NotReadable(value)
    if operator in {"==", "has", "!=", "lacks"}:
        return _one(target, target.codes.get(value), is_it=operator in {"==", "has"})
    return _among(target, NUMBERS[operator], _as_number(value))


def _picked(target, operator, value):
    """One answer of several has a name of its own, and says whether it was picked."""
    if operator not in {"==", "!="} or (value and value not in PICKED):
        raise NotReadable(value)
    return _one(target, target.member, is_it=(operator == "==") == bool(value))


def _one(target, code, *, is_it):
    """An answer is given, or it is not: another one, or none at all."""
    if code is None:
        raise NotReadable(target.subject)
    if is_it:
        has = Operator.CONTAINS if target.kind in SEVERAL else Operator.IS
        return _condition(target, has, code)
    other, none = _condition(target, Operator.IS_NOT, code), Operator.IS_NOT_ANSWERED
    return Joined(Join.ANY, (other, _condition(target, none)))


def _among(target, holds, number):
    """The answers whose codes, read as numbers, compare so."""
    codes = [ours for code, ours in target.codes.items() if holds(_as_number(code), number)]
    if not codes:
        raise NotReadable(target.subject)
    return _condition(target, Operator.IS_ONE_OF, *codes)


def _number(target, operator, value):
    number = _as_number(value)
    step = {">": 1, "<": -1}.get(operator)
    if step and not (target.is_whole and number == int(number)):
        raise NotReadable(value)
    number = number + (step or 0)
    number = int(number) if number == int(number) else number
    if operator in {">=", ">"}:
        return _condition(target, Operator.IS_AT_LEAST, number)
    if operator in {"<=", "<"}:
        return _condition(target, Operator.IS_AT_MOST, number)
    return _one(target, number, is_it=operator in {"==", "has"})


def _condition(target, operator, *values):
    return {"subject": target.subject, "operator": str(operator), "values": list(values)}


def _as_number(text):
    try:
        number = float(text)
    except ValueError:
        raise NotReadable(text) from None
    if not abs(number) <= LARGEST:
        raise NotReadable(text)
    return number


def without_broken_rules(document):
    """Empty the rules that the questionnaire of the document cannot have."""
    questionnaire = questionnaire_from(checked_document(document))
    broken = {finding.question_key for finding in broken_rules(questionnaire)}
    for section in document["sections"]:
        first = section["questions"][0]["key"]
        for part, key in ((section, first), *((q, q["key"]) for q in section["questions"])):
            if key in broken:
                part["rule"] = {}
