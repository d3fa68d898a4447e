"""Which answers repeat each other: rules on plain values, without a query.

Where an answer has a time of day, equal answers by one link within ten minutes
are a burst; a short questionnaire is answered alike by chance, so it takes
three. Answers with a text of their own are alike by no chance: two on one day
are enough, and need no time of day.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

FEWEST_EQUAL = 3  # equal answers by one link within BURST
BURST = timedelta(minutes=10)
FEWEST_EQUAL_TEXTS = 2  # equal answers with the same text by one link on one day
FEWEST_IN_A_MINUTE = 10  # any answers by one link
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Sent:
    """When and by which link an answer came; equal fingerprints are equal answers."""

    id: UUID
    link: int
    day: date
    moment: datetime | None
    fingerprint: str


def repeated(sent, *, speaking):
    """Ids of the answers that are part of a repetition.

    `speaking` holds the fingerprints of answers with a text of their own.
    """
    found = set()
    for alike in _grouped(sent, lambda one: (one.link, one.day, one.fingerprint)):
        if alike[0].fingerprint in speaking and len(alike) >= FEWEST_EQUAL_TEXTS:
            found |= {one.id for one in alike}
    for alike in _grouped(sent, lambda one: (one.link, one.fingerprint)):
        found |= _dense(alike, FEWEST_EQUAL, BURST)
    for of_link in _grouped(sent, lambda one: one.link):
        found |= _dense(of_link, FEWEST_IN_A_MINUTE, MINUTE)
    return found


def _grouped(sent, key):
    groups = defaultdict(list)
    for one in sent:
        groups[key(one)].append(one)
    return groups.values()


def _dense(sent, fewest, window):
    """Ids of those that lie in any window with so many; who has no time lies in none."""
    ordered = sorted((one for one in sent if one.moment), key=lambda one: one.moment)
    found = set()
    for start in range(len(ordered) - fewest + 1):
        together = ordered[start : start + fewest]
        if together[-1].moment - together[0].moment <= window:
            found |= {one.id for one in together}
    return found
