"""How many of the items marked as basic or latent a respondent gave the best answer."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import (
    Case,
    CharField,
    Count,
    IntegerField,
    Min,
    OuterRef,
    Subquery,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from surveys.enums import ExpectationLevel
from surveys.models import Event

from .observed import DaysLater
from .questionnaires import published_questionnaires

LEVELS = (ExpectationLevel.BASIC, ExpectationLevel.LATENT)
UNKNOWN = "unknown"
BANDS = (("under_1", 365), ("from_1_to_3", 3 * 365))
LONGEST = "from_3"
LENGTHS = (*(code for code, _days in BANDS), LONGEST, UNKNOWN)


@dataclass(frozen=True, slots=True, eq=False)
class ExpectationCounts:
    """The marked items of the newest version, and how respondents answered them.

    `items` are those of each level. `respondents` counts them by (length of
    the relationship, ((best, answered) of the basic items, (best, answered) of
    the latent ones)); the length is `UNKNOWN` unless it was asked for.
    """

    items: dict
    respondents: Counter

    def of(self, level, band=None):
        """Respondents by (best, answered) of one level, without those who answered no item."""
        place, found = LEVELS.index(level), Counter()
        for (length, answers), n in self.respondents.items():
            if answers[place][1] and band in (None, length):
                found[answers[place]] += n
        return found


def marked_items(questionnaire):
    """The items of each level that have a best answer."""
    return {
        level: tuple(i for i in questionnaire.items if i.expectation == level and i.values)
        for level in LEVELS
    }


def expectation_counts(selection, *, questionnaires=None, by_length=False):
    """Count the best answers to marked items by one grouped query, or None where none is marked.

    A version that offered other answers to an item is not pooled for that item.
    """
    known = questionnaires or published_questionnaires(selection.survey)
    items = marked_items(known[0]) if known else {}
    if not any(items.values()):
        return None
    columns = {}
    for level, of_level in items.items():
        columns[f"{level}_best"] = _total([_is_answered(i, known, _best(i)) for i in of_level])
        columns[f"{level}_answered"] = _total([_is_answered(i, known, _codes(i)) for i in of_level])
    length = _length() if by_length else Value(UNKNOWN, output_field=CharField())
    rows = (
        _with_answers(selection.rows(), items)
        .annotate(**columns, length=length)
        .order_by()
        .values_list("length", *columns)
        .annotate(n=Count("pk"))
    )
    respondents = Counter()
    for band, *counts, n in rows:
        respondents[band, (tuple(counts[:2]), tuple(counts[2:]))] += n
    return ExpectationCounts(items, respondents)


def _with_answers(rows, items):
    keys = [item.key for of_level in items.values() for item in of_level]
    texts = {key: KeyTextTransform(key, "answers") for key in keys}
    return rows.annotate(**{_column(key): Cast(text, CharField()) for key, text in texts.items()})


def _column(key):
    return "item_" + key.replace(".", "__dot_")


def _is_answered(item, known, codes):
    """1 where one of the codes was given to an item in a version that asked it alike."""
    offered = [choice.code for choice in item.choices]
    alike = [
        q.version_id
        for q in known
        if (same := q.item(item.key)) and [choice.code for choice in same.choices] == offered
    ]
    return Case(
        When(**{"version_id__in": alike, f"{_column(item.key)}__in": codes}, then=1),
        default=0,
        output_field=IntegerField(),
    )


def _codes(item):
    return [choice.code for choice in item.scored_choices]


def _best(item):
    return [choice.code for choice in item.scored_choices if choice.value == item.values[-1]]


def _total(parts):
    """A sum whose expression stays shallow, however many items there are."""
    if len(parts) < 2:
        return parts[0] if parts else Value(0, output_field=IntegerField())
    middle = len(parts) // 2
    return _total(parts[:middle]) + _total(parts[middle:])


def _length():
    """How long the customer was known at the answer, counted from their first event."""
    events = Event.objects.filter(customer=OuterRef("customer")).order_by().values("customer")
    first = Subquery(events.annotate(first=Min("occurred_at")).values("first"))
    bounded = [
        When(submitted_at__lt=DaysLater(first, days), then=Value(code)) for code, days in BANDS
    ]
    known = When(submitted_at__gte=first, then=Value(LONGEST))
    before = When(submitted_at__lt=first, then=Value(UNKNOWN))
    return Case(before, *bounded, known, default=Value(UNKNOWN), output_field=CharField())
