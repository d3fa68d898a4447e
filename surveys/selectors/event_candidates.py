"""Events that a rule still has to decide about."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q

from surveys.local_times import DAY, moment_of, zone_named
from surveys.models import Event, Invitation, SkippedCustomer

CLOCK_CHANGES = timedelta(hours=3)


def due_moment(rule, occurred_at, zone_name):
    """When somebody is to be asked about an event, on the calendar of the customer."""
    zone = zone_named(zone_name, rule.survey)
    day = occurred_at.astimezone(zone).date() + timedelta(days=rule.days_after)
    return moment_of(day, rule.sends_at, zone)


def due_events(rule, now, *, is_thorough, limit):
    """The oldest events that are due and are neither asked about nor skipped yet.

    What is older than the rule waits for was imported late; it is looked for only
    now and then, because it takes a look at all events.
    """
    found = []
    rows = _undecided(rule, now, is_thorough).values_list(
        "pk", "occurred_at", "customer__time_zone"
    )
    for pk, occurred_at, zone_name in rows.iterator():
        if due_moment(rule, occurred_at, zone_name) <= now:
            found.append(pk)
            if len(found) == limit:
                break
    events = Event.objects.select_related("customer__unit", "customer__account", "unit")
    return events.filter(pk__in=found).order_by("occurred_at", "pk")


def _undecided(rule, now, is_thorough):
    newest = now - rule.days_after * DAY + DAY + CLOCK_CHANGES
    oldest = moment_of(rule.events_from, time.min, ZoneInfo(rule.survey.time_zone))
    if not is_thorough:
        oldest = max(oldest, now - (rule.days_after + rule.latest_days + 2) * DAY)
    events = Event.objects.filter(
        kind=rule.kind_id, occurred_at__gte=oldest, occurred_at__lte=newest
    )
    if rule.unit_id is not None:
        events = events.filter(unit__path__startswith=rule.unit.path)
    is_decided = Q()
    for rows in (Invitation, SkippedCustomer):
        is_decided |= Exists(rows.objects.filter(survey=rule.survey_id, event=OuterRef("pk")))
    return events.exclude(is_decided).order_by("occurred_at", "pk")
