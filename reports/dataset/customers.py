"""What customers did in a period, counted from events; no answer is read.

Customers are those of today's units and segments, as in the counts of invitations.
"""

from collections import defaultdict
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Exists, Max, OuterRef, Q, Sum

from surveys.models import Customer, Event, EventKind

COMPLAINT = "complaint"
SOCIAL = "social"


@dataclass(frozen=True, slots=True)
class Days:
    """A stretch of days in a time zone; both ends are included."""

    first: date
    last: date
    zone: ZoneInfo

    @property
    def begins(self):
        """The first moment."""
        return datetime.combine(self.first, time.min, self.zone)

    @property
    def ends(self):
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time.min, self.zone)

    @property
    def before(self):
        """As many days right before."""
        length = self.last - self.first
        last = self.first - timedelta(days=1)
        return Days(last - length, last, self.zone)


@dataclass(frozen=True, slots=True)
class SideCounts:
    """The part of `CustomerCounts` that stands beside a survey score."""

    active: int
    earlier_buyers: int
    returned: int
    complaints: int
    social: int


@dataclass(frozen=True, slots=True)
class CustomerCounts:
    """Customers by what they did.

    `buyers` bought or renewed in the period, `repeat_buyers` of them twice or
    more; of `earlier_buyers`, who bought in as many days before, `returned`
    bought again; of those `active_at_start`, `lost` bought nothing in the last
    days before the end. `complaints` and `social` are events, not customers; None
    where no such event was ever imported.
    """

    members: int
    active: int
    buyers: int
    repeat_buyers: int
    earlier_buyers: int
    returned: int
    active_at_start: int
    lost: int
    complaints: int | None
    social: int | None


def customers_of(selection):
    """The customers of a selection by unit and segment."""
    found = Customer.objects.all()
    if selection.placements is not None:
        found = found.filter(unit__placement__in=selection.placements)
    if selection.segment is not None:
        found = found.filter(segment=selection.segment)
    return found


def last_event_day(selection):
    """The day of the newest event that is known, or None."""
    moment = _events_of(selection).aggregate(last=Max("occurred_at"))["last"]
    return moment and moment.astimezone(ZoneInfo(selection.survey.time_zone)).date()


def customer_counts(selection, days, *, inactive_after):
    """Count the customers of a selection in a period by a few queries."""
    idle = timedelta(days=inactive_after)
    buyers = _purchases(
        selection,
        within=(days.begins, days.ends),
        at_start=(days.begins - idle, days.begins),
        at_end=(days.ends - idle, days.ends),
    ).aggregate(
        all=Count("customer", filter=Q(within__gte=1)),
        repeated=Count("customer", filter=Q(within__gte=2)),
        active=Count("customer", filter=Q(at_start__gte=1)),
        lost=Count("customer", filter=Q(at_start__gte=1, at_end=0)),
    )
    (side,) = side_counts(selection, [days])
    recorded = _recorded(COMPLAINT, SOCIAL)
    return CustomerCounts(
        members=customers_of(selection).count(),
        active=side.active,
        buyers=buyers["all"],
        repeat_buyers=buyers["repeated"],
        earlier_buyers=side.earlier_buyers,
        returned=side.returned,
        active_at_start=buyers["active"],
        lost=buyers["lost"],
        complaints=side.complaints if COMPLAINT in recorded else None,
        social=side.social if SOCIAL in recorded else None,
    )


def side_counts(selection, periods):
    """What stands beside the survey score of each of these `Days`, by two queries."""
    if not periods:
        return []
    counted = _events_in(selection, periods) | _buyers_in(selection, periods)
    return [
        SideCounts(**{field.name: counted[f"{field.name}_{place}"] for field in fields(SideCounts)})
        for place in range(len(periods))
    ]


def _events_in(selection, periods):
    counts = {}
    for place, days in enumerate(periods):
        within = _is_between(days.begins, days.ends)
        counts |= {
            f"active_{place}": Count("customer", distinct=True, filter=within),
            f"complaints_{place}": Count("pk", filter=within & Q(kind__code=COMPLAINT)),
            f"social_{place}": Count("pk", filter=within & Q(kind__code=SOCIAL)),
        }
    begins, ends = min(days.begins for days in periods), max(days.ends for days in periods)
    return _between(_events_of(selection), begins, ends).aggregate(**counts)


def _buyers_in(selection, periods):
    spans, counts = {}, {}
    for place, days in enumerate(periods):
        before, within = f"before_{place}", f"within_{place}"
        spans[before] = (days.before.begins, days.before.ends)
        spans[within] = (days.begins, days.ends)
        earlier = Q(**{f"{before}__gte": 1})
        again = earlier & Q(**{f"{within}__gte": 1})
        counts[f"earlier_buyers_{place}"] = Count("customer", filter=earlier)
        counts[f"returned_{place}"] = Count("customer", filter=again)
    return _purchases(selection, **spans).aggregate(**counts)


def _purchases(selection, **spans):
    """How often each customer bought or renewed within each span; one row for each customer."""
    begins, ends = zip(*spans.values(), strict=True)
    bought = _between(_events_of(selection), min(begins), max(ends))
    counts = {name: Count("pk", filter=_is_between(*span)) for name, span in spans.items()}
    return bought.filter(kind__shows_loyalty=True).order_by().values("customer").annotate(**counts)


@dataclass(frozen=True, slots=True)
class ValuedAnswers:
    """For each customer with amounts the value held, and the last score given, or None."""

    values: tuple[float, ...]
    scores: tuple[float | None, ...]


def valued_answers(selection, days, *, questionnaires):
    """Value from the amounts of a period and the last score in the selection, by customer.

    `questionnaires` ask for overall satisfaction on one scale.
    """
    events = _events_of(selection).filter(amount__gt=0)
    amounts = dict(
        _between(events, days.begins, days.ends)
        .order_by()
        .values_list("customer")
        .annotate(value=Sum("amount"))
    )
    rows = selection.rows().filter(
        customer__isnull=False,
        satisfaction__isnull=False,
        version_id__in=[one.version_id for one in questionnaires],
    )
    answered = defaultdict(lambda: None)
    for customer, score in rows.order_by("submitted_at", "pk").values_list(
        "customer", "satisfaction"
    ):
        answered[customer] = score
    ordered = sorted(amounts)
    return ValuedAnswers(
        values=tuple(float(amounts[customer]) for customer in ordered),
        scores=tuple(answered[customer] for customer in ordered),
    )


def _events_of(selection):
    """The events of the customers of a selection; every event has a customer."""
    if selection.placements is None and selection.segment is None:
        return Event.objects.all()
    return Event.objects.filter(customer__in=customers_of(selection))


def _recorded(*codes):
    """The kinds of which an event was ever imported."""
    kinds = EventKind.objects.filter(Exists(Event.objects.filter(kind=OuterRef("pk"))))
    return set(kinds.filter(code__in=codes).values_list("code", flat=True))


def _between(events, begins, ends):
    return events.filter(_is_between(begins, ends))


def _is_between(begins, ends):
    return Q(occurred_at__gte=begins, occurred_at__lt=ends)
