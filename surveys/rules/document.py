"""Reading a rule's document: every mistake gets a sentence that says where it is."""

import re

from django.utils.translation import gettext as _

from surveys.definitions.checks import refuse

from .conditions import COMPARISONS, WITHOUT_VALUES, Join, Operator

SUBJECT = re.compile(
    r"answer\.[a-z][a-z0-9_]{0,39}(\.[A-Za-z0-9_-]{1,40})?\Z"
    r"|customer\.(language|unit|segment|stage|type|role|attribute\.[-a-zA-Z0-9_]{1,60})\Z"
    r"|event\.(kind|date)\Z|link\.(touchpoint|channel|unit)\Z|language\Z"
)
MOST_CONDITIONS, MOST_VALUES, LONGEST_VALUE = 30, 200, 100
DEEPEST = 2


def checked_rule(rule, where="rule"):
    """The rule in full form; raises `InvalidDefinition` at the first mistake."""
    if rule == {}:
        return {}
    checked = _group(rule, where, depth=1)
    if _count(checked) > MOST_CONDITIONS:
        refuse(where, _("has more than %(most)d conditions.") % {"most": MOST_CONDITIONS})
    return checked


def _group(group, where, depth):
    if not isinstance(group, dict) or len(group) != 1 or set(group) - set(Join):
        refuse(where, _("must be an object with the one member “all” or “any”."))
    if depth > DEEPEST:
        refuse(where, _("groups of conditions may be nested once."))
    [(join, parts)] = group.items()
    if not isinstance(parts, list) or not 0 < len(parts) <= MOST_CONDITIONS:
        refuse(where, _("needs a list of conditions."))
    return {
        str(join): [
            _condition(part, f"{where}.{join}[{number}]")
            if isinstance(part, dict) and "subject" in part
            else _group(part, f"{where}.{join}[{number}]", depth + 1)
            for number, part in enumerate(parts)
        ]
    }


def _condition(condition, where):
    if set(condition) - {"subject", "operator", "values"}:
        refuse(where, _("has a member that is not known."))
    subject, operator = condition["subject"], condition.get("operator")
    values = condition.get("values", [])
    if not isinstance(subject, str) or not SUBJECT.match(subject):
        refuse(where, _("the subject %(subject)r is not known.") % {"subject": subject})
    if not isinstance(operator, str) or operator not in list(Operator):
        refuse(where, _("the operator %(operator)r is not known.") % {"operator": operator})
    if not isinstance(values, list) or len(values) > MOST_VALUES:
        refuse(where, _("the values must be a list."))
    _check_values(operator, values, where)
    return {"subject": subject, "operator": operator, "values": values}


def _check_values(operator, values, where):
    if operator in WITHOUT_VALUES and values:
        refuse(where, _("this operator takes no value."))
    if operator in COMPARISONS:
        if len(values) != 1 or not _is_number(values[0]):
            refuse(where, _("this operator takes one number."))
        return
    if operator not in WITHOUT_VALUES and not values:
        refuse(where, _("this operator needs a value."))
    for value in values:
        is_text = isinstance(value, str) and 0 < len(value) <= LONGEST_VALUE and value.isprintable()
        if not is_text and not _is_number(value):
            refuse(where, _("%(value)r cannot be used here.") % {"value": value})


def _is_number(value):
    return type(value) in {int, float} and abs(value) < 1e15


def _count(part):
    if "subject" in part:
        return 1
    return sum(_count(inner) for parts in part.values() for inner in parts)
