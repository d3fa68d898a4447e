"""Counts over time: one question by day or by wave, and by the version that asked it."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, F
from django.db.models.fields.json import KeyTextTransform

from surveys.enums import MeasureRole

from .reading import reading_of
from .selection import Selection

COLUMNS = {
    MeasureRole.OVERALL: "satisfaction",
    MeasureRole.RECOMMENDATION: "recommendation",
    MeasureRole.REPURCHASE: "repurchase",
}
BY_DAY, BY_WAVE = "submitted_on", "wave_id"
CELL_COLUMNS = {BY_DAY: "day", BY_WAVE: "wave"}


@dataclass(frozen=True, slots=True, eq=False)
class PeriodCounts:
    """How often each value was given, by (day or wave, version).

    `values` holds those who rated; `responses` holds everybody, with or
    without a rating. Answers outside every wave are under None.
    """

    values: dict[tuple[object, int], Counter]
    responses: Counter


def period_counts(selection: Selection, questionnaires, key, *, by=BY_DAY):
    """Count the values given to the question `key`.

    Without a key, or where no version asks it, only the responses are counted.
    """
    asked = {q.version_id: q.item(key) for q in questionnaires if key and q.item(key)}
    column = _typed_column(asked.values())
    reading = reading_of(selection.survey, questionnaires) if column or not asked else None
    if reading is None:
        counted = _rows_counted(selection, asked, key, by)
    else:
        names = [CELL_COLUMNS[by], "version", *filter(None, [column])]
        counted = [(*found, n) for found, n in reading.sums(selection, names).items()]
    values, responses = defaultdict(Counter), Counter()
    for period, version_id, *answer, n in counted:
        responses[period, version_id] += n
        if answer and version_id in asked:
            value = _value(asked[version_id], answer[0])
            if value is not None:
                values[period, version_id][value] += n
    return PeriodCounts(dict(values), responses)


def _rows_counted(selection, asked, key, by):
    """By one grouped query over the rows."""
    rows, columns = selection.rows(), [by, "version_id"]
    if asked:
        column = _typed_column(asked.values())
        answer = F(column) if column else KeyTextTransform(key, "answers")
        rows, columns = rows.annotate(answer=answer), [*columns, "answer"]
    return rows.order_by().values_list(*columns).annotate(n=Count("pk"))


def _typed_column(questions):
    """The typed column of a question, where every version has it there."""
    roles = {question.role for question in questions}
    return COLUMNS.get(roles.pop()) if len(roles) == 1 else None


def _value(question, answer):
    """The value of an answer on the question's scale; None for blank and "does not apply"."""
    if answer is None or isinstance(answer, int):
        return answer
    choice = question.choice(answer)
    return choice.value if choice and choice.is_scored else None
