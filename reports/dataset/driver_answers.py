"""Answers to the rated attributes beside overall satisfaction, by one grouped query."""

from dataclasses import dataclass

import numpy as np
from django.db.models import Count, Max, Min
from django.db.models.fields.json import KeyTextTransform

from scoring.scales import Scale
from surveys.enums import MeasureRole
from surveys.question_types import handler_of
from surveys.question_types.answer_type import Counted

from .questionnaires import published_questionnaires
from .selection import Span


@dataclass(frozen=True, slots=True, eq=False)
class DriverAnswers:
    """One row for each response: ratings on 0 to 100, NaN where nothing was rated.

    `keys` are the questions in order, `dimensions` those that belong to one,
    by key. The outcome stays on its own scale.
    """

    keys: tuple[str, ...]
    ratings: np.ndarray
    outcome: np.ndarray
    dimensions: dict
    span: Span
    other_versions: int


def attributes_of(questionnaire):
    """The rated questions that overall satisfaction is compared with."""
    return tuple(
        item
        for item in questionnaire.items
        if item.role == MeasureRole.ATTRIBUTE
        and len(item.values) > 1
        and handler_of(item).counted is Counted.RATED
    )


def driver_answers(selection):
    """Every pattern of answers with how often it was given, spread out to rows.

    None when the newest version does not ask for overall satisfaction and at
    least one attribute. A question of an older version counts where its
    choices are those of the newest; versions whose overall question has
    another scale are counted apart.
    """
    known = published_questionnaires(selection.survey)
    newest = next(iter(known), None)
    asked = attributes_of(newest) if newest and newest.overall else ()
    if not asked:
        return None
    pooled = {q.version_id: q for q in known if _asks_overall_like(q, newest)}
    patterns = (
        selection.rows()
        .annotate(
            **{
                f"answer_{place}": KeyTextTransform(item.key, "answers")
                for place, item in enumerate(asked)
            }
        )
        .order_by()
        .values_list("version_id", "satisfaction", *(f"answer_{i}" for i in range(len(asked))))
        .annotate(n=Count("pk"), first=Min("submitted_on"), last=Max("submitted_on"))
    )
    values = {version: _values(q, asked) for version, q in pooled.items()}
    rows, times, span, others = [], [], Span(), 0
    for version, score, *codes, n, first, last in patterns:
        if version not in pooled:
            others += n
            continue
        span += Span(n, first, last)
        found = [by_code.get(code) for by_code, code in zip(values[version], codes, strict=True)]
        rows.append([score, *found])
        times.append(n)
    table = np.repeat(np.array(rows, dtype=float).reshape(-1, len(asked) + 1), times, axis=0)
    return DriverAnswers(
        keys=tuple(item.key for item in asked),
        ratings=table[:, 1:],
        outcome=table[:, 0],
        dimensions={item.key: item.dimension for item in asked if item.dimension},
        span=span,
        other_versions=others,
    )


def _asks_overall_like(questionnaire, newest):
    return questionnaire.overall and questionnaire.overall.values == newest.overall.values


def _values(questionnaire, asked):
    """Points on 0 to 100 by code, for each question; nothing where a version asked otherwise."""
    return [
        _points(item) if _choices_of(questionnaire.item(item.key)) == _choices_of(item) else {}
        for item in asked
    ]


def _points(item):
    scale = Scale(item.values[0], item.values[-1])
    scored = [choice for choice in item.scored_choices if choice.value is not None]
    return {choice.code: scale.rescale(choice.value) for choice in scored}


def _choices_of(item):
    return item and [(choice.code, choice.value) for choice in item.choices]
