"""The conditions of a filter as the rows of a form; each row knows what its field can be."""

from dataclasses import dataclass, field

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.attribute_values import value_from_text
from surveys.enums import AccountRole, AttributeKind, SatisfactionClass
from surveys.errors import SurveyError
from surveys.languages import language_name
from surveys.models import (
    CustomerAttribute,
    EventKind,
    RespondentType,
    Segment,
    Stage,
    Unit,
)
from surveys.selectors.customer_filters import (
    FIXED,
    MOST_CONDITIONS,
    OPERATORS,
    RECENCY,
    operators_of,
)
from surveys.texts import text_in

USUAL_DAYS = "30"


@dataclass(slots=True)
class ConditionRow:
    """One condition as it is shown: its field, what can be said of it, and the value."""

    number: int
    field: str
    label: str
    operator: str
    value: str
    operators: list
    input_type: str = "text"
    choices: list = field(default_factory=list)


def conditions_in(query):
    """The document that a form (a QueryDict) describes; raises `SurveyError` for a wrong value."""
    return {
        "all": [
            {"field": name, operator: _value(name, operator, text)}
            for name, operator, text in _parts(query)
        ]
    }


def query_of(conditions):
    """The pairs of a form that describe a document."""
    for one in conditions.get("all", []):
        operator = next(name for name in one if name != "field")
        yield from (("field", one["field"]), ("op", operator), ("value", str(one[operator])))


def condition_rows(query):
    """The rows to show; a field that nobody knows is left out."""
    labels = dict(one for _group, fields in field_groups() for one in fields)
    rows = []
    for name, operator, value in _parts(query):
        if name in labels:
            rows.append(_row(len(rows), name, labels[name], operator, value))
    return rows


def field_groups():
    """What a condition can be about, in groups of (code, words)."""
    language = get_language()
    own = [
        (f"attribute.{one.code}", text_in(one.name, language))
        for one in CustomerAttribute.objects.filter(is_active=True)
    ]
    events = [
        (f"event.{one.code}", text_in(one.name, language))
        for one in EventKind.objects.filter(is_active=True)
    ]
    return [
        (
            _("Customer"),
            [
                ("unit", _("Unit")),
                ("segment", _("Segment")),
                ("stage", _("Stage")),
                ("type", _("Answers as")),
                ("language", _("Language")),
                ("account", _("Account number")),
                ("role", _("Role in the account")),
            ],
        ),
        *([(_("Attributes"), own)] if own else []),
        (_("Events"), events),
        (_("Answers"), [("last_answer", _("Last answer")), ("satisfaction", _("Satisfaction"))]),
    ]


def _parts(query):
    """Field, operator and value of each row; a row to be removed is left out, one to add added."""
    listed = list(
        zip(query.getlist("field"), query.getlist("op"), query.getlist("value"), strict=False)
    )
    removed = query.get("remove", "")
    parts = [part for number, part in enumerate(listed) if str(number) != removed]
    if query.get("add"):
        parts.append((query["add"], *_usual(query["add"])))
    return parts[:MOST_CONDITIONS]


def _usual(name):
    """What a new condition says before anybody changes it."""
    try:
        operator = operators_of(name)[0]
    except SurveyError:
        return "", ""
    choices = _choices(name)
    return operator, choices[0][0] if choices else USUAL_DAYS * (_input_type(name) == "days")


def _row(number, name, label, operator, value):
    possible = operators_of(name)
    row = ConditionRow(
        number,
        name,
        label,
        operator if operator in possible else possible[0],
        value,
        [(code, OPERATORS[code]) for code in possible],
    )
    row.choices = _choices(name)
    row.input_type = _input_type(name)
    return row


def _input_type(name):
    if name.startswith("event.") or name == "last_answer":
        return "days"
    if name.startswith("attribute."):
        kind = CustomerAttribute.objects.get(code=name.removeprefix("attribute.")).kind
        return {AttributeKind.NUMBER: "number", AttributeKind.DATE: "date"}.get(kind, "text")
    return "text"


def _choices(name):
    language = get_language()
    lists = {"segment": Segment, "stage": Stage, "type": RespondentType}
    if name in lists:
        return [(one.code, text_in(one.name, language)) for one in lists[name].objects.all()]
    if name == "unit":
        units = Unit.objects.get_tree()
        return [(unit.code, "\u2003" * (unit.depth - 1) + unit.name) for unit in units]
    if name == "role":
        return AccountRole.choices
    if name == "satisfaction":
        return SatisfactionClass.choices
    if name == "language":
        return [(code, language_name(code)) for code in FIXED["language"]]
    if name.startswith("attribute."):
        attribute = CustomerAttribute.objects.get(code=name.removeprefix("attribute."))
        return [(one.code, text_in(one.name, language)) for one in attribute.choices.all()]
    return []


def _value(name, operator, text):
    text = text.strip()
    if not text:
        raise SurveyError(_("Each condition needs a value."))
    if operator in RECENCY:
        if not (text.isascii() and text.isdigit()):
            raise SurveyError(_("A number of days is a whole number from 1 on."))
        return int(text[:6])
    if name.startswith("attribute."):
        attribute = CustomerAttribute.objects.filter(code=name.removeprefix("attribute.")).first()
        return text if attribute is None else value_from_text(attribute, text)
    return text
