"""When a message of a wave goes out, and until when it can be answered."""

from datetime import time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from surveys.local_times import DAY, moment_of, next_allowed, spread, zone_of


def end_of(wave):
    """The moment at which the last day of a wave is over, on the clock of its survey."""
    return moment_of(wave.ends_on + DAY, time.min, ZoneInfo(wave.survey.time_zone))


def has_ended(wave):
    """Whether the last day of a wave is over."""
    return end_of(wave) <= timezone.now()


def due_time(wave, customer, place, policy):
    """When the message to the customer in this place goes out.

    More messages than may leave in a minute are spread over the minutes that they
    take, so that the last ones do not leave in the night. Places are spread by the
    mirrored digits of their number (van der Corput): any part of the hours gets its
    share, and no unit that stands together in the list gets an hour of its own.
    """
    zone, now = zone_of(customer, wave.survey), timezone.now()
    needed = timedelta(minutes=(wave.to_recruit or 0) // policy.sends_per_minute)
    last = wave.started_at + max(timedelta(hours=wave.spread_hours), needed)
    if last > now:
        due_at = spread(mirrored(place), wave.started_at, last, zone, policy.quiet)
        if due_at > now:
            return due_at
    return next_allowed(now, zone, policy.quiet)


def mirrored(place):
    """The number in [0, 1) whose binary digits are those of a whole number, mirrored."""
    return int(f"{place:032b}"[::-1], 2) / 2**32


def expiry_of(wave, due_at):
    """Until when an invitation can be answered: some days, but not beyond the wave.

    A message that goes out at the very end leaves a day all the same.
    """
    return min(due_at + timedelta(days=wave.answer_days), max(end_of(wave), due_at + DAY))
