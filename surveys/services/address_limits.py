"""How often one network address may do something in a minute.

An address is counted under a keyed hash that is another one each minute, and
the counts are deleted soon after, so the database never tells who was here.
What people do normally must cost nothing: a process counts in memory and
tells the table only every tenth time, so that a limit is exceeded by at most
ten for each process.
"""

import ipaddress
import threading
import time
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import salted_hmac

from surveys.models import AddressCount

WINDOW_SECONDS = 60
STEP = 10


class AddressLimit:
    """One kind of thing that is counted; its limit is a setting, and 0 switches it off."""

    def __init__(self, name, setting, *, step):
        self.name = name
        self.setting = setting
        self.step = step
        self._lock = threading.Lock()
        self._window = None
        self._counts = {}

    def is_exceeded_by(self, address):
        """Count one more; whether that is more than the limit."""
        limit = getattr(settings, self.setting)
        if not limit:
            return False
        window = int(time.time()) // WINDOW_SECONDS
        key = self._key(address, window)
        unsaved, known = self._count(key, window, limit)
        if unsaved >= self.step:
            known, unsaved = _add(key, window, unsaved), 0
            self._learn(key, known)
        return known + unsaved > limit

    def forget(self):
        """Begin anew, as a process that was just started does."""
        with self._lock:
            self._window, self._counts = None, {}

    def _count(self, key, window, limit):
        """What this process has not told the table yet, and what it knows from there."""
        with self._lock:
            if window != self._window:
                self._window, self._counts = window, {}
            unsaved, known = self._counts.get(key, (0, 0))
            if known <= limit:  # beyond it, nothing more is written
                unsaved += 1
            told = 0 if unsaved >= self.step else unsaved
            self._counts[key] = (told, known)
            return unsaved, known

    def _learn(self, key, known):
        with self._lock:
            unsaved, _before = self._counts.get(key, (0, 0))
            self._counts[key] = (unsaved, known)

    def _key(self, address, window):
        text = f"{self.name} {window} {_network_of(address)}"
        return salted_hmac("address count", text, algorithm="sha256").hexdigest()


SUBMISSIONS = AddressLimit("submissions", "SUBMISSIONS_PER_MINUTE", step=10)
UNKNOWN_LINKS = AddressLimit("unknown links", "UNKNOWN_LINKS_PER_MINUTE", step=1)


def forget_old_counts():
    """Delete the counts of past minutes; whether there were any."""
    old = AddressCount.objects.filter(expires_at__lt=timezone.now())
    return old.exists() and bool(old.delete()[0])


def _add(key, window, number):
    """Add to the shared count of this minute, in one statement; gives the sum."""
    mine = AddressCount.objects.filter(pk=key)
    if not mine.update(count=F("count") + number):
        ends = datetime.fromtimestamp((window + 1) * WINDOW_SECONDS, UTC)
        try:
            AddressCount.objects.create(
                key=key, count=number, expires_at=ends + timedelta(seconds=WINDOW_SECONDS)
            )
        except IntegrityError:  # somebody else was first
            mine.update(count=F("count") + number)
    return mine.values_list("count", flat=True).get()


def _network_of(address):
    """The address, or for IPv6 the part of it that one household has."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if found.version == 6 and found.ipv4_mapped is None:
        return str(ipaddress.ip_network((found, 64), strict=False))
    return str(getattr(found, "ipv4_mapped", None) or found)
