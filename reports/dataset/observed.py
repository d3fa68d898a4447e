"""Satisfaction, counted against what customers did afterwards."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import (
    Count,
    DateTimeField,
    Exists,
    Func,
    Max,
    Min,
    OuterRef,
    Q,
    Value,
)

from scoring.counts import CountTable
from scoring.scales import Scale
from surveys.models import Event, EventKind

from .follow_up_rows import followed, needs_follow_up
from .lists import known_segments
from .measures import BY
from .questionnaires import OUTSIDE, asking_on_one_scale, blank_code, scale_of, score_level
from .reading import countable
from .selection import Span


@dataclass(frozen=True, slots=True, eq=False)
class ObservedCounts:
    """Satisfaction × what customers did within a window after they answered.

    One row for each customer: the last answer whose window has ended by
    `cutoff`, the time of the last known event that shows loyalty. Answers
    without full follow-up and answers of unknown customers are counted apart
    and are never "not loyal".

    Of very many answers the worker keeps them joined with the events: `as_of`
    says when, `is_awaited` that it has not been there yet.
    """

    table: CountTable
    scale: Scale
    span: Span
    days: int
    cutoff: datetime | None
    without_follow_up: int
    without_customer: int
    earlier_answers: int
    as_of: datetime | None = None
    is_awaited: bool = False


def observed_counts(selection, *, days=180, questionnaires=None, by=None):
    """Count satisfaction against later events.

    Returns None when the survey does not ask for overall satisfaction.
    """
    asked = asking_on_one_scale(selection.survey, questionnaires)
    if not asked:
        return None
    scale = scale_of(next(iter(asked.values())).overall)
    if needs_follow_up(countable(selection.survey)):
        found = _from_followed(selection, asked, days, by)
    else:
        found = _from_rows(selection, asked, days, by)
    cells = Counter()
    for (*front, version_id, score, blank, loyal), n in found.last_answers:
        level = score_level(score, blank, asked[version_id].overall)
        cells[(*front, level, bool(loyal))] += n
    axes = [("score", (*scale.points, *OUTSIDE)), ("loyal", (False, True))]
    if by:
        axes.insert(0, ("group", sorted({cell[0] for cell in cells}, key=str)))
    return ObservedCounts(
        table=CountTable.from_cells(axes, [(*cell, n) for cell, n in cells.items()]),
        scale=scale,
        span=found.span,
        days=days,
        cutoff=found.cutoff,
        without_follow_up=found.early,
        without_customer=found.unknown,
        earlier_answers=found.ready - found.span.responses,
        as_of=found.as_of,
        is_awaited=found.is_awaited,
    )


@dataclass(frozen=True, slots=True)
class Found:
    """The last answer of each customer by (group), version, score, blank and loyalty."""

    last_answers: list
    span: Span
    cutoff: datetime | None
    unknown: int
    early: int
    ready: int
    as_of: datetime | None = None
    is_awaited: bool = False


def _from_followed(selection, asked, days, by):
    """From what the worker has joined; awaited where it has not been there yet."""
    kept = followed(selection.survey)
    if kept is None:
        return Found([], Span(), None, 0, 0, 0, is_awaited=True)
    unknown, early, ready, last = kept.ready(selection, asked, days)
    cells = kept.cells.derived("loyal", "days_until", lambda until: until <= days)
    names = [*([BY[by]] if by else []), "version", "satisfaction", "blank_overall", "loyal"]
    sums = [(key, n) for *key, n in cells.sums(names, last)]
    if by:
        codes = {segment.pk: segment.code for segment in known_segments()}
        sums = [([codes.get(key[0]), *key[1:]], n) for key, n in sums]
    on_days = dict(cells.sums(["day"], last))
    span = Span(sum(on_days.values()), min(on_days), max(on_days)) if on_days else Span()
    return Found(sums, span, kept.cutoff, unknown, early, ready, as_of=kept.as_of)


def _from_rows(selection, asked, days, by):
    """By one grouped query over the rows, joined with the events."""
    window = timedelta(days=days)
    kinds = list(EventKind.objects.filter(shows_loyalty=True).values_list("pk", flat=True))
    loyal_events = Event.objects.filter(kind__in=kinds)
    cutoff = loyal_events.aggregate(last=Max("occurred_at"))["last"]
    rows = selection.rows().filter(version_id__in=asked)
    known = Q(customer__isnull=False, submitted_at__isnull=False)
    in_time = Q(submitted_at__lte=cutoff - window) if cutoff else Q(pk__in=[])
    apart = rows.aggregate(
        unknown=Count("pk", filter=~known),
        early=Count("pk", filter=known & ~in_time),
        followed=Count("pk", filter=known & in_time),
    )
    ready = rows.filter(known & in_time)
    later = ready.filter(
        Q(submitted_at__gt=OuterRef("submitted_at")) | Q(pk__gt=OuterRef("pk")),
        customer=OuterRef("customer"),
        submitted_at__gte=OuterRef("submitted_at"),
    )
    came_back = loyal_events.filter(
        customer=OuterRef("customer"),
        occurred_at__gt=OuterRef("submitted_at"),
        occurred_at__lte=DaysLater(OuterRef("submitted_at"), days),
    )
    last_answers = (
        ready.filter(~Exists(later))
        .annotate(loyal=Exists(came_back), blank_overall=blank_code(asked, "overall"))
        .order_by()
        .values_list(*([by] if by else []), "version_id", "satisfaction", "blank_overall", "loyal")
        .annotate(
            n=Count("pk"),
            first=Min("submitted_on"),
            last=Max("submitted_on"),
            moment=Max("submitted_at"),
        )
    )
    sums, span = [], Span()
    for *key, n, first, last, moment in last_answers:
        span += Span(n, first, last, moment)
        sums.append((key, n))
    return Found(sums, span, cutoff, apart["unknown"], apart["early"], apart["followed"])


class DaysLater(Func):
    """A moment some whole days later.

    SQLite would call back into Python for every row; moments are texts there,
    of which only the day moves.
    """

    output_field = DateTimeField()

    def __init__(self, moment, days):
        super().__init__(moment, Value(days))

    def as_sqlite(self, compiler, connection, **context):
        """The later day, and the time of day as it was."""
        moment, days = self.get_source_expressions()
        text, values = compiler.compile(moment)
        later = f"(strftime('%%Y-%%m-%%d', {text}, %s) || substr({text}, 11))"
        return later, [*values, f"+{days.value} days", *values]

    def as_postgresql(self, compiler, connection, **context):
        """`moment + make_interval(…)`; a day has 24 hours, in every time zone."""
        return self.as_sql(
            compiler,
            connection,
            template="(%(expressions)s))",
            arg_joiner=" + make_interval(hours => 24 * ",
            **context,
        )
