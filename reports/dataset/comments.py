"""What customers wrote, read one by one: the only answers that are not counted but shown."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from surveys.enums import ChoiceKind, QuestionType

from .entries import EntryType

WRITTEN = {QuestionType.LONG_TEXT, QuestionType.SHORT_TEXT}
TEXT_ENTRIES = ("text", "string")  # as SQLite and as PostgreSQL call them


@dataclass(frozen=True, slots=True)
class Comment:
    """One text of one response, with what stands beside it."""

    response: UUID
    key: str
    text: str
    score: int | None
    day: date
    unit: str
    segment: str

    @property
    def place(self):
        """Which comment it is."""
        return self.response, self.key


def comment_questions(questionnaires):
    """The questions that customers answer in their own words, by the key of the entry."""
    found = {}
    for questionnaire in questionnaires:
        for question in questionnaire.questions:
            if question.type in WRITTEN:
                found.setdefault(question.key, question)
            if any(choice.kind == ChoiceKind.OTHER for choice in question.choices):
                found.setdefault(f"{question.key}.other", question)
    return found


def comments_in(selection, keys, *, score=None):
    """Every comment under these keys, in the order of the random ids, which tells nothing."""
    keys = list(keys)
    if not keys:
        return []
    is_written = {f"entry_{place}": EntryType(key) for place, key in enumerate(keys)}
    anything = Q()
    for name in is_written:
        anything |= Q(**{f"{name}__in": TEXT_ENTRIES})
    rows = scored(selection, score).annotate(**is_written).filter(anything)
    columns = ("pk", "answers", "satisfaction", "submitted_on")
    places = ("placement__unit__name", "segment__code")
    return [
        Comment(pk, key, text, given, day, unit or "", segment or "")
        for pk, answers, given, day, unit, segment in rows.order_by("pk")
        .values_list(*columns, *places)
        .iterator()
        for key in keys
        if isinstance(text := answers.get(key), str) and text.strip()
    ]


def scored(selection, score):
    """The responses selected, or those of them with one score."""
    rows = selection.rows()
    return rows if score is None else rows.filter(satisfaction=score)


def margin(rows, field):
    """How many responses stand at each value of a field."""
    return dict(rows.order_by().values_list(field).annotate(n=Count("pk")))
