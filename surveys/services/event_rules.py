"""Asking about events: so many days after each, on the customer's own calendar, once.

A rule is looked at once a minute, by one worker: the time of the last look is
claimed by an UPDATE. Once an hour it looks at all its events, also at those
that were imported too late. That no event is asked about twice does not rest
on this: the database allows one invitation for an event in a survey.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from surveys.enums import SkipReason, VersionState
from surveys.local_times import DAY, next_allowed, zone_of
from surveys.models import ContactPolicy, EventRule
from surveys.selectors.event_candidates import due_events, due_moment

from .asking import (
    Asking,
    add_ready_texts,
    ask_or_skip,
    check_personal_links,
    save_plan,
    skip,
)
from .rows import checked

EVERY = timedelta(minutes=1)
PIECE = 300  # events; some seconds of work


def save_event_rule(*, rule, user=None):
    """Store a new or changed rule; what it has asked stays."""
    check_personal_links(rule.survey)
    with transaction.atomic():
        add_ready_texts(rule)
        rule.created_by = rule.created_by or user
        save_plan(checked(rule, exclude=["created_by"]), beside=("looked_at", "reminded_at"))
    return rule


def switch_event_rule(*, rule, is_active):
    """Let a rule rest, or ask again."""
    rule.is_active = is_active
    rule.save(update_fields=["is_active"])
    return rule


def ask_about_next_events():
    """Decide about the due events of one rule; whether there were any."""
    now = timezone.now()
    for rule in _rules_to_look_at(now):
        is_thorough = rule.looked_at is None or _hour(rule.looked_at) != _hour(now)
        if _claim(rule, now) and _decide(rule, now, is_thorough=is_thorough):
            return True
    return False


def _hour(moment):
    return moment.replace(minute=0, second=0, microsecond=0)


def _rules_to_look_at(now):
    unseen = Q(looked_at__isnull=True) | Q(looked_at__lte=now - EVERY)
    return EventRule.objects.filter(
        unseen,
        is_active=True,
        text__isnull=False,
        survey__versions__state=VersionState.PUBLISHED,
    ).select_related("survey", "unit", "text")


def _claim(rule, now):
    return EventRule.objects.filter(pk=rule.pk, looked_at=rule.looked_at).update(looked_at=now)


def _decide(rule, now, *, is_thorough):
    """Ask or skip, and say how many; where there may be more, the next look is at once."""
    policy = ContactPolicy.current()
    events = due_events(rule, now, is_thorough=is_thorough, limit=PIECE)
    decided = [_decide_one(rule, event, now, policy) for event in events]
    if len(decided) == PIECE:
        EventRule.objects.filter(pk=rule.pk, looked_at=now).update(looked_at=rule.looked_at)
    return sum(decided)


def _decide_one(rule, event, now, policy):
    """Whether this call decided it, and not somebody else in the same moment."""
    zone = zone_of(event.customer, rule.survey)
    due_at = next_allowed(now, zone, policy.quiet)
    asking = Asking(
        survey=rule.survey,
        customer=event.customer,
        unit=event.unit or event.customer.unit,
        due_at=due_at,
        expires_at=due_at + timedelta(days=rule.answer_days),
        event=event,
        rule=rule,
    )
    try:
        with transaction.atomic():
            if now > due_moment(rule, event.occurred_at, zone.key) + rule.latest_days * DAY:
                skip(asking, SkipReason.TOO_LATE)
            else:
                ask_or_skip(asking, policy=policy)
    except IntegrityError:
        return False
    return True
