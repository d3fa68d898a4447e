"""The places that can be filled in: ``{{customer.name|customer}}``.

A value is words and stays words: it is put in once, never read for further
places, and never evaluated. What is missing leaves the words after the bar.
"""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.models import Customer, Event, Survey
from surveys.rules.piping import DIRECTIONS, LONGEST_PIPED
from surveys.texts import text_in

LINK = "link"
ENCODED_WORD = "=?"  # would be decoded in a header (RFC 2047), line ends and all
UNSEEN = ("Cc", "Cs", "Co", "Cn")  # control signs, halves of signs, and what is no sign at all


@dataclass(frozen=True, slots=True)
class Asking:
    """Whom a message asks, about what, and where the answer goes."""

    survey: Survey
    customer: Customer
    link: str
    unsubscribe_link: str
    event: Event | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class MergeField:
    """A place that can be filled in; `example` is how it stands in a text."""

    label: str | Promise
    may_be_missing: bool = False


FIELDS = {
    "greeting": MergeField(gettext_lazy("“Dear …”, or “Good day” where no name is known")),
    "customer.name": MergeField(gettext_lazy("Name of the customer"), may_be_missing=True),
    "customer.unit": MergeField(gettext_lazy("Unit of the customer"), may_be_missing=True),
    "event.kind": MergeField(gettext_lazy("What happened"), may_be_missing=True),
    "event.date": MergeField(gettext_lazy("Day on which it happened"), may_be_missing=True),
    "event.unit": MergeField(gettext_lazy("Unit where it happened"), may_be_missing=True),
    "event.staff": MergeField(gettext_lazy("Who served the customer"), may_be_missing=True),
    "survey.title": MergeField(gettext_lazy("Title of the survey")),
    "organisation": MergeField(gettext_lazy("Name of the organisation")),
    "days": MergeField(gettext_lazy("Days left to answer"), may_be_missing=True),
    "last_day": MergeField(gettext_lazy("Last day to answer"), may_be_missing=True),
    LINK: MergeField(gettext_lazy("The customer's own link")),
    "unsubscribe": MergeField(gettext_lazy("Where the customer says no to all surveys")),
}


def values_for(asking, language):
    """The words of every field in one language; "" for what is missing."""
    with translation.override(language):
        values = {**_of_customer(asking), **_of_event(asking), **_of_time(asking)}
    values["survey.title"] = text_in(asking.survey.title, language, asking.survey.default_language)
    values["organisation"] = settings.ORGANISATION_NAME
    clean = {name: clean_words(value) for name, value in values.items()}
    return clean | {LINK: asking.link, "unsubscribe": asking.unsubscribe_link}


def _of_customer(asking):
    customer = asking.customer
    name = clean_words(customer.name)
    greeting = _("Dear %(customer_name)s,") % {"customer_name": name} if name else _("Good day,")
    return {
        "greeting": greeting,
        "customer.name": name,
        "customer.unit": customer.unit.name if customer.unit else "",
    }


def _of_event(asking):
    event, language = asking.event, translation.get_language()
    if event is None:
        return dict.fromkeys(("event.kind", "event.date", "event.unit", "event.staff"), "")
    local = timezone.localtime(event.occurred_at, ZoneInfo(asking.survey.time_zone))
    return {
        "event.kind": text_in(event.kind.name, language, asking.survey.default_language),
        "event.date": date_format(local, "DATE_FORMAT"),
        "event.unit": event.unit.name if event.unit else "",
        "event.staff": event.staff,
    }


def _of_time(asking):
    if asking.expires_at is None:
        return {"days": "", "last_day": ""}
    left = asking.expires_at - timezone.now()
    local = timezone.localtime(asking.expires_at, ZoneInfo(asking.survey.time_zone))
    days = max(ceil(left.total_seconds() / 86_400), 0)
    return {"days": str(days), "last_day": date_format(local, "DATE_FORMAT")}


def clean_words(value):
    """A value as one line of visible words: no line ends, control signs or turned directions."""
    words = " ".join(str(value).split())
    words = "".join(sign for sign in words if unicodedata.category(sign) not in UNSEEN)
    words = words.translate(DIRECTIONS).replace(ENCODED_WORD, "= ?")
    return words if len(words) <= LONGEST_PIPED else words[: LONGEST_PIPED - 1] + "…"
