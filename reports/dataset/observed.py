"""Satisfaction, counted against what customers did afterwards."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from scoring.counts import CountTable
from scoring.scales import Scale
from surveys.models import Event

from .questionnaires import OUTSIDE, asking_on_one_scale, blank_code, scale_of, score_level
from .selection import Span


@dataclass(frozen=True, slots=True, eq=False)
class ObservedCounts:
    """Satisfaction × what customers did within a window after they answered.

    One row for each customer: the last answer whose window has ended by
    `cutoff`, the time of the last known event that shows loyalty. Answers
    without full follow-up and answers of unknown customers are counted apart
    and are never "not loyal".
    """

    table: CountTable
    scale: Scale
    span: Span
    days: int
    cutoff: datetime | None
    without_follow_up: int
    without_customer: int
    earlier_answers: int


def observed_counts(selection, *, days=180, questionnaires=None, by=None):
    """Count satisfaction against later events by one grouped query.

    Returns None when the survey does not ask for overall satisfaction.
    """
    asked = asking_on_one_scale(selection.survey, questionnaires)
    if not asked:
        return None
    scale = scale_of(next(iter(asked.values())).overall)
    window = timedelta(days=days)
    loyal_events = Event.objects.filter(kind__shows_loyalty=True)
    cutoff = loyal_events.aggregate(last=Max("occurred_at"))["last"]
    rows = selection.rows().filter(version_id__in=asked)
    known = Q(customer__isnull=False, submitted_at__isnull=False)
    followed = Q(submitted_at__lte=cutoff - window) if cutoff else Q(pk__in=[])
    apart = rows.aggregate(
        unknown=Count("pk", filter=~known),
        early=Count("pk", filter=known & ~followed),
        followed=Count("pk", filter=known & followed),
    )
    ready = rows.filter(known & followed)
    later = ready.filter(customer=OuterRef("customer")).filter(
        Q(submitted_at__gt=OuterRef("submitted_at"))
        | Q(submitted_at=OuterRef("submitted_at"), pk__gt=OuterRef("pk"))
    )
    came_back = loyal_events.filter(
        customer=OuterRef("customer"),
        occurred_at__gt=OuterRef("submitted_at"),
        occurred_at__lte=OuterRef("submitted_at") + window,
    )
    group = [by] if by else []
    last_answers = (
        ready.filter(~Exists(later))
        .annotate(loyal=Exists(came_back), blank_overall=blank_code(asked, "overall"))
        .order_by()
        .values_list(*group, "version_id", "satisfaction", "blank_overall", "loyal")
        .annotate(
            n=Count("pk"),
            first=Min("submitted_on"),
            last=Max("submitted_on"),
            moment=Max("submitted_at"),
        )
    )
    cells, span = Counter(), Span()
    for *front, version_id, score, blank, loyal, count, first, last, moment in last_answers:
        span += Span(count, first, last, moment)
        level = score_level(score, blank, asked[version_id].overall)
        cells[(*front, level, bool(loyal))] += count
    axes = [("score", (*scale.points, *OUTSIDE)), ("loyal", (False, True))]
    if by:
        axes.insert(0, ("group", sorted({cell[0] for cell in cells}, key=str)))
    return ObservedCounts(
        table=CountTable.from_cells(axes, [(*cell, n) for cell, n in cells.items()]),
        scale=scale,
        span=span,
        days=days,
        cutoff=cutoff,
        without_follow_up=apart["early"],
        without_customer=apart["unknown"],
        earlier_answers=apart["followed"] - span.responses,
    )
