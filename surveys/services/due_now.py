"""Everything in asking that is due at this moment, at one call; a worker does it by itself."""

from dataclasses import dataclass

from surveys.models import Delivery, Invitation, SkippedCustomer

from .event_rules import ask_about_next_events
from .recruiting import finish_next_wave, start_next_due_wave
from .reminders import make_next_reminders
from .wave_series import begin_next_wave_of_series


@dataclass(frozen=True, slots=True)
class Asked:
    """How many waves were begun, and how many rows were made by events and reminders."""

    waves: int
    events: int
    skipped: int
    reminders: int


def ask_what_is_due():
    """Begin the waves that are due, ask about events, remind; a worker recruits and sends."""
    waves = _all(begin_next_wave_of_series) + _all(start_next_due_wave)
    about_events = (
        Invitation.objects.filter(rule__isnull=False),
        SkippedCustomer.objects.filter(event__isnull=False),
        Delivery.objects.filter(number__gt=0),
    )
    before = [rows.count() for rows in about_events]
    _all(ask_about_next_events)
    _all(make_next_reminders)
    _all(finish_next_wave)
    made = [rows.count() - number for rows, number in zip(about_events, before, strict=True)]
    return Asked(waves, *made)


def _all(sweep):
    """Repeat a sweep until it finds nothing; how often it found something."""
    times = 0
    while sweep():
        times += 1
    return times
