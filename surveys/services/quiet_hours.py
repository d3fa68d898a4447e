"""Sending looks at the quiet hours once more: a message may have waited beyond its hour.

A worker that was down, a server that was away, the limit of a minute or a
pause: whatever held it up, the message waits until its recipient's morning.
Putting it off is no attempt.
"""

from collections import defaultdict

from surveys.local_times import next_allowed, zone_named
from surveys.models import ContactPolicy, Delivery, Survey
from surveys.selectors.sendable import due


def zones_of(keys):
    """The zone of each message's recipient, by the key of the message."""
    rows = Delivery.objects.filter(pk__in=keys).values_list(
        "pk", "invitation__customer__time_zone", "invitation__survey__time_zone"
    )
    return {key: zone_named(name, Survey(time_zone=usual)) for key, name, usual in rows}


def is_quiet(zone, now, policy):
    """Whether nobody of this zone is written to at this moment."""
    return next_allowed(now, zone, policy.quiet) > now


def put_off_what_is_quiet(zones, now):
    """Give the zones of messages that may leave now; the others wait for their morning."""
    quiet = ContactPolicy.current().quiet
    keys_by_zone, awake = defaultdict(list), {}
    for key, zone in zones.items():
        keys_by_zone[zone].append(key)
    for zone, keys in keys_by_zone.items():
        opens = next_allowed(now, zone, quiet)
        if opens > now:
            due(now).filter(pk__in=keys).update(due_at=opens)
        else:
            awake |= dict.fromkeys(keys, zone)
    return awake
