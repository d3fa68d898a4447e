"""Which customers meet the conditions of a filter.

A document is ``{"all": [condition, …]}``, and a customer meets it by meeting
every condition. A condition names a field and says one thing of it::

    {"field": "unit", "is": "north"}                 the unit or one below it
    {"field": "segment", "is_not": "prime"}          also stage, type, role, language, account
    {"field": "attribute.visits", "at_least": 3}     also at_most, is, is_not
    {"field": "event.purchase", "within_days": 90}   or not_within_days
    {"field": "last_answer", "not_within_days": 60}  nobody who has answered since
    {"field": "satisfaction", "is": "high"}          the class of the last answer

Lists are named by their codes. Whoever lacks a value is never "is" and always "is not".
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KeyTransform
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.enums import AccountRole, AttributeKind, SatisfactionClass
from surveys.errors import SurveyError
from surveys.models import (
    Account,
    Customer,
    CustomerAttribute,
    Event,
    EventKind,
    RespondentType,
    Response,
    Segment,
    Stage,
    Unit,
)

from .satisfaction_classes import last_answered

OPERATORS = {
    "is": gettext_lazy("is"),
    "is_not": gettext_lazy("is not"),
    "at_least": gettext_lazy("is at least"),
    "at_most": gettext_lazy("is at most"),
    "within_days": gettext_lazy("in the last … days"),
    "not_within_days": gettext_lazy("not in the last … days"),
}
EQUALITY = ("is", "is_not")
ORDER = (*EQUALITY, "at_least", "at_most")
RECENCY = ("within_days", "not_within_days")
MOST_CONDITIONS = 20
LONGEST_DAYS = 36_500


@dataclass(frozen=True, slots=True)
class Condition:
    """One line of a filter, known to be right."""

    field: str
    operator: str
    value: object


def check_conditions(conditions):
    """The conditions one by one; raises `SurveyError` with a sentence about the first wrong one."""
    if not isinstance(conditions, dict) or set(conditions) - {"all"}:
        raise SurveyError(_("A filter is a list of conditions under “all”."))
    listed = conditions.get("all", [])
    if not isinstance(listed, list) or len(listed) > MOST_CONDITIONS:
        raise SurveyError(
            _("A filter has at most %(number)d conditions.") % {"number": MOST_CONDITIONS}
        )
    return [_checked(one) for one in listed]


def matching_filter(conditions):
    """The customers who meet every condition; raises `SurveyError` where one is wrong."""
    found = Customer.objects.all()
    for condition in check_conditions(conditions):
        found = found.filter(_rule(condition))
    return found


def operators_of(field):
    """What can be said of a field; raises `SurveyError` for one that is not known."""
    kind, _dot, code = field.partition(".")
    if "\x00" in field:
        kind = ""
    if kind == "event" and EventKind.objects.filter(code=code).exists():
        return RECENCY
    if kind == "attribute":
        attribute = CustomerAttribute.objects.filter(code=code).first()
        if attribute:
            ordered = attribute.kind in (AttributeKind.NUMBER, AttributeKind.DATE)
            return ORDER if ordered else EQUALITY
    if field == "last_answer":
        return RECENCY
    if field in LISTS or field in FIXED or field == "account":
        return EQUALITY
    raise SurveyError(_("“%(field)s” is nothing that a filter knows.") % {"field": field[:60]})


LISTS = {"unit": Unit, "segment": Segment, "stage": Stage, "type": RespondentType}
FIXED = {
    "role": AccountRole.values,
    "language": [code for code, _name in settings.LANGUAGES],
    "satisfaction": SatisfactionClass.values,
}
COLUMNS = {
    "segment": "segment__code",
    "stage": "stage__code",
    "type": "respondent_type__code",
    "role": "account_role",
    "language": "language",
    "account": "account__external_id",
}


def _checked(one):
    if not isinstance(one, dict) or not isinstance(one.get("field"), str) or len(one) != 2:
        raise SurveyError(_("A condition names a field and says one thing of it."))
    field = one["field"]
    operator = next(name for name in one if name != "field")
    if operator not in operators_of(field):
        raise SurveyError(
            _("“%(operator)s” cannot be said of “%(field)s”.")
            % {"operator": str(operator)[:60], "field": field}
        )
    return Condition(field, operator, _value(field, operator, one[operator]))


def _value(field, operator, value):
    if operator in RECENCY:
        if not isinstance(value, int) or isinstance(value, bool) or not 0 < value <= LONGEST_DAYS:
            raise SurveyError(_("A number of days is a whole number from 1 on."))
        return value
    if field.startswith("attribute."):
        return _attribute_value(field.removeprefix("attribute."), value)
    known = (
        isinstance(value, str)
        and value
        and "\x00" not in value
        and (value in FIXED[field] if field in FIXED else _is_listed(field, value))
    )
    if not known:
        raise SurveyError(
            _("“%(value)s” is not known here (%(field)s).")
            % {"value": str(value)[:60], "field": field}
        )
    return value


def _is_listed(field, value):
    if field == "account":
        return Account.objects.filter(external_id=value).exists()
    return LISTS[field].objects.filter(code=value).exists()


def _attribute_value(code, value):
    attribute = CustomerAttribute.objects.get(code=code)
    refusal = SurveyError(
        _("“%(value)s” is no value of the attribute “%(code)s”.")
        % {"value": str(value)[:60], "code": code}
    )
    if attribute.kind == AttributeKind.NUMBER:
        if not isinstance(value, int | float) or isinstance(value, bool):
            raise refusal
        return value
    if not isinstance(value, str) or not value or "\x00" in value:
        raise refusal
    if attribute.kind == AttributeKind.CHOICE and not attribute.choices.filter(code=value).exists():
        raise refusal
    if attribute.kind == AttributeKind.DATE:
        try:
            return date.fromisoformat(value).isoformat()
        except ValueError:
            raise refusal from None
    return value


def _rule(condition):
    """The condition as a rule of the database; negated by a subquery, where nothing is unknown."""
    if condition.operator in RECENCY:
        found = Exists(_since(condition))
        return found if condition.operator == "within_days" else ~found
    if condition.operator == "is_not":
        return ~Q(pk__in=_meeting(condition).values("pk"))
    return Q(pk__in=_meeting(condition).values("pk"))


def _since(condition):
    moment = timezone.now() - timedelta(days=condition.value)
    if condition.field == "last_answer":
        return Response.objects.filter(
            customer=OuterRef("pk"), is_test=False, submitted_at__gte=moment
        )
    kind = condition.field.removeprefix("event.")
    return Event.objects.filter(customer=OuterRef("pk"), kind__code=kind, occurred_at__gte=moment)


def _meeting(condition):
    """The customers of whom it is so, before any "not"."""
    field, value = condition.field, condition.value
    if field == "unit":
        unit = Unit.objects.get(code=value)
        return Customer.objects.filter(unit__path__startswith=unit.path)
    if field == "satisfaction":
        return last_answered(Customer.objects.all(), Response.objects.all(), value)
    if field.startswith("attribute."):
        lookup = {"at_least": "__gte", "at_most": "__lte"}.get(condition.operator, "")
        known = Customer.objects.annotate(
            known=KeyTransform(field.removeprefix("attribute."), "attributes")
        )
        return known.filter(**{f"known{lookup}": value})
    return Customer.objects.filter(**{COLUMNS[field]: value})
