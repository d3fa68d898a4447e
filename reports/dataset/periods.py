"""Counts over time: one question by day or by wave, and by the version that asked it."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, F
from django.db.models.fields.json import KeyTextTransform

from surveys.enums import MeasureRole

from .selection import Selection

COLUMNS = {
    MeasureRole.OVERALL: "satisfaction",
    MeasureRole.RECOMMENDATION: "recommendation",
    MeasureRole.REPURCHASE: "repurchase",
}
BY_DAY, BY_WAVE = "submitted_on", "wave_id"


@dataclass(frozen=True, slots=True, eq=False)
class PeriodCounts:
    """How often each value was given, by (day or wave, version).

    `values` holds those who rated; `responses` holds everybody, with or
    without a rating. Answers outside every wave are under None.
    """

    values: dict[tuple[object, int], Counter]
    responses: Counter


def period_counts(selection: Selection, questionnaires, key, *, by=BY_DAY):
    """Count the values given to the question `key` by one grouped query.

    Without a key, or where no version asks it, only the responses are counted.
    """
    asked = {q.version_id: q.item(key) for q in questionnaires if key and q.item(key)}
    rows = selection.rows().annotate(answer=_answer(asked.values(), key))
    counted = (
        rows.order_by().values_list(by, "version_id", "answer").annotate(n=Count("pk"))
        if asked
        else selection.rows().order_by().values_list(by, "version_id").annotate(n=Count("pk"))
    )
    values, responses = defaultdict(Counter), Counter()
    for period, version_id, *answer, n in counted:
        responses[period, version_id] += n
        if answer and version_id in asked:
            value = _value(asked[version_id], answer[0])
            if value is not None:
                values[period, version_id][value] += n
    return PeriodCounts(dict(values), responses)


def _answer(questions, key):
    """The typed column where each version has one for this question, else the document."""
    roles = {question.role for question in questions}
    if len(roles) == 1 and (column := COLUMNS.get(roles.pop())):
        return F(column)
    return KeyTextTransform(key or "", "answers")


def _value(question, answer):
    """The value of an answer on the question's scale; None for blank and "does not apply"."""
    if answer is None or isinstance(answer, int):
        return answer
    choice = question.choice(answer)
    return choice.value if choice and choice.is_scored else None
