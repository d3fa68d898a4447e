"""Reading and showing the values of the attributes that staff defined for customers."""

import math
from datetime import date

from django.utils import formats
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from surveys.enums import AttributeKind
from surveys.errors import SurveyError
from surveys.texts import text_in

LONGEST_VALUE = 500


def value_from_text(attribute, text):
    """What a text means as a value of this attribute, None for an empty one; or `SurveyError`."""
    text = text.strip()
    if not text:
        return None
    return READERS[attribute.kind](attribute, text)


def shown_value(attribute, value):
    """A stored value in words."""
    if attribute.kind == AttributeKind.CHOICE:
        choice = next((one for one in attribute.choices.all() if one.code == value), None)
        return text_in(choice.name, get_language()) if choice else str(value)
    if attribute.kind == AttributeKind.DATE:
        try:
            return formats.date_format(date.fromisoformat(value), "DATE_FORMAT")
        except (TypeError, ValueError):
            return str(value)
    return str(value)


def _text(attribute, text):
    if len(text) > LONGEST_VALUE or "\x00" in text:
        raise _refusal(attribute, text)
    return text


def _number(attribute, text):
    try:
        number = float(text)
    except ValueError:
        raise _refusal(attribute, text) from None
    if not math.isfinite(number) or abs(number) > 10**15:
        raise _refusal(attribute, text)
    return int(number) if number.is_integer() else number


def _date(attribute, text):
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        raise _refusal(attribute, text) from None


def _choice(attribute, text):
    for choice in attribute.choices.all():
        if text.casefold() in {choice.code.casefold(), *map(str.casefold, choice.name.values())}:
            return choice.code
    raise _refusal(attribute, text)


def _refusal(attribute, text):
    return SurveyError(
        _("“%(value)s” is no value of “%(attribute)s” (%(kind)s).")
        % {
            "value": text[:60],
            "attribute": text_in(attribute.name, get_language()),
            "kind": attribute.get_kind_display(),
        }
    )


READERS = {
    AttributeKind.TEXT: _text,
    AttributeKind.NUMBER: _number,
    AttributeKind.DATE: _date,
    AttributeKind.CHOICE: _choice,
}
