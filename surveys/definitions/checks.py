"""The small checks that a document is read with; each says where the mistake is."""

import re

from django.utils.translation import gettext as _

from surveys.errors import InvalidDefinition

KEY = re.compile(r"[a-z][a-z0-9_]{0,39}\Z")
CODE = re.compile(r"[A-Za-z0-9_-]{1,40}\Z")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*\Z")
LONGEST_TEXT = 5_000
LOWEST_VALUE, HIGHEST_VALUE = -100, 100


def texts_in(texts, where, *, needed=False):
    """A text in several languages without its empty ones."""
    if not isinstance(texts, dict):
        refuse(where, _("must be an object of texts by language."))
    for language, text in texts.items():
        match(language, LANGUAGE, where)
        if not isinstance(text, str):
            refuse(f"{where}.{language}", _("must be a text."))
        if len(text) > LONGEST_TEXT:
            refuse(
                f"{where}.{language}",
                _("is longer than %(longest)d characters.") % {"longest": LONGEST_TEXT},
            )
        if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
            refuse(f"{where}.{language}", _("holds a sign that cannot be stored."))
    filled = {language: text for language, text in texts.items() if text.strip()}
    if needed and not filled:
        refuse(where, _("needs a text in at least one language."))
    return filled


def members_of(value, where, *, needed=(), optional=None):
    """The members of an object, missing ones filled in; unknown ones are refused."""
    optional = optional or {}
    if not isinstance(value, dict):
        refuse(where, _("must be an object."))
    for name in value:
        if name not in needed and name not in optional:
            refuse(where, _("the member %(name)r is not known.") % {"name": name})
    for name in needed:
        if name not in value:
            refuse(where, _("the member %(name)r is missing.") % {"name": name})
    return optional | value


def list_of(value, where, most):
    """A list of so many entries at most."""
    if not isinstance(value, list):
        refuse(where, _("must be a list."))
    if len(value) > most:
        refuse(where, _("has more than %(most)d entries.") % {"most": most})
    return value


def one_of(value, vocabulary, where):
    """A word of a vocabulary (an enumeration of texts)."""
    if not isinstance(value, str) or value not in vocabulary.values:
        refuse(
            where,
            _("must be one of %(words)s; it is %(value)r.")
            % {"words": ", ".join(filter(None, vocabulary.values)), "value": value},
        )
    return str(value)


def match(value, pattern, where):
    """A text of a given form."""
    if not isinstance(value, str) or not pattern.match(value):
        refuse(where, _("%(value)r cannot be used here.") % {"value": value})
    return value


def whole_number(value, where):
    """A whole number of the range that a value may have, or None."""
    if value is None:
        return None
    if type(value) is not int or not LOWEST_VALUE <= value <= HIGHEST_VALUE:
        refuse(
            where,
            _("must be a whole number from %(low)d to %(high)d.")
            % {"low": LOWEST_VALUE, "high": HIGHEST_VALUE},
        )
    return value


def refuse_twice(values, where, sentence):
    """Refuse a list in which a value stands twice."""
    twice = next((value for value in values if values.count(value) > 1), None)
    if twice is not None:
        refuse(where, f"{sentence}: {twice}.")


def refuse(where, sentence):
    """Raise the error that says where in the document the mistake is."""
    raise InvalidDefinition(f"{where or _('The document')}: {sentence}")
