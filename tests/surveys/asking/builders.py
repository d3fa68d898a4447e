"""Waves, rules and messages; every call makes something new and valid."""

import itertools
from datetime import UTC, date, datetime, timedelta

from surveys.enums import DeliveryState, Interval, MessageKind
from surveys.models import (
    Delivery,
    EventKind,
    EventRule,
    MessageText,
    Wave,
    WaveSeries,
)
from surveys.services.recruiting import recruit_next_wave, start_wave
from tests import factories

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)  # a Monday
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
_numbers = itertools.count(1)


def make_text(survey, kind=MessageKind.INVITATION):
    """A message."""
    return MessageText.objects.create(
        survey=survey,
        name=f"Text {next(_numbers)}",
        kind=kind,
        subject={"en": "Your opinion"},
        body={"en": "Please answer."},
    )


def make_wave(survey, **fields):
    """The wave of March, which sends."""
    values = {
        "name": f"Wave {next(_numbers)}",
        "starts_on": date(2026, 3, 1),
        "ends_on": date(2026, 3, 31),
        "text": make_text(survey),
    }
    return Wave.objects.create(survey=survey, **values | fields)


def make_rule(survey, *, kind="repair_done", **fields):
    """Seven days after a repair, at ten."""
    values = {
        "name": f"Rule {next(_numbers)}",
        "kind": EventKind.objects.get(code=kind),
        "text": make_text(survey),
        "events_from": date(2026, 1, 1),
    }
    return EventRule.objects.create(survey=survey, **values | fields)


def make_series(survey, **fields):
    """A wave each month."""
    values = {
        "name": f"Monthly {next(_numbers)}",
        "text": make_text(survey),
        "interval": Interval.MONTHS,
        "next_on": date(2026, 3, 1),
    }
    series = WaveSeries(survey=survey, **values | fields)
    series.counted_from = series.next_on
    series.save()
    return series


def make_customers(number, **fields):
    """So many customers with an address each."""
    return [
        factories.make_customer(email=f"c{next(_numbers)}@example.org", **fields)
        for _number in range(number)
    ]


def recruit(wave):
    """Start a wave and recruit all its customers, as the worker does."""
    start_wave(wave=wave)
    while recruit_next_wave():
        pass
    wave.refresh_from_db()
    return wave


def mark_sent(wave_or_rule, moment):
    """All first messages went out at a moment."""
    Delivery.objects.filter(invitation__in=wave_or_rule.invitations.all(), number=0).update(
        state=DeliveryState.SENT, finished_at=moment
    )


def asked(wave):
    """The customers who were asked."""
    return {invitation.customer for invitation in wave.invitations.select_related("customer")}
