"""What a wave would do if it began now: who would be asked, and why others would not."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, partial
from typing import NamedTuple

from django.utils import timezone

from surveys.contact_rule import lasting_reason, recent_reason
from surveys.enums import SkipReason
from surveys.local_times import next_allowed, zone_named
from surveys.models import Account, ContactPolicy, Unit
from surveys.recipients import address_of, normal_address

from .populations import last_lot_drawn, lot_of, population_of

ROWS_AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many belong to the population, were drawn, would be asked, and would be skipped."""

    population: int
    drawn: int
    asked: int
    skipped: tuple[tuple[str, int], ...]

    @property
    def skipped_count(self):
        """How many would be skipped in all."""
        return sum(number for _reason, number in self.skipped)


def forecast(wave):
    """Go through the customers of a planned wave by the same rules as the worker will.

    A selection whose seed is not drawn yet is told by another one of the same size.
    """
    conditions = wave.filter.conditions if wave.filter else {}
    population = population_of(wave, conditions=conditions)
    total, seed, last = population.count(), wave.sample_seed or 0, None
    if wave.sample_size:
        last, _drawn = last_lot_drawn(population, seed=seed, size=wave.sample_size)
    asked = _Asked(wave)
    rows = population.order_by("pk").values_list(*_Row._fields).iterator(chunk_size=ROWS_AT_ONCE)
    outcomes = Counter(
        asked.outcome(row)
        for row in map(_Row._make, rows)
        if last is None or lot_of(seed, row.external_id) <= last
    )
    reasons = [(reason.label, outcomes[reason]) for reason in SkipReason if outcomes[reason]]
    return Forecast(total, outcomes.total(), outcomes[None], tuple(reasons))


class _Row(NamedTuple):
    """What counts of a customer; whole rows of hundreds of thousands would take long."""

    external_id: str
    email: str
    phone: str
    time_zone: str
    unit_id: int | None
    account_id: int | None
    opted_out_at: datetime | None
    email_bounced_at: datetime | None
    asked_at: datetime | None


class _Asked:
    """Addresses and accounts that the forecast has asked so far."""

    def __init__(self, wave):
        self.wave, self.policy, now = wave, ContactPolicy.current(), timezone.now()
        since = now - timedelta(days=self.policy.account_days)
        self.closed_units = Unit.objects.filter(is_active=False).in_bulk()
        self.accounts_asked_before = Account.objects.filter(asked_at__gt=since).in_bulk()
        self.addresses, self.accounts = set(), set()
        self.moment_in = cache(partial(self._first_moment_in, now))

    def outcome(self, customer):
        """Why this customer would be skipped, or None; who is asked is remembered."""
        channel = self.wave.channel
        reason = lasting_reason(customer, channel, self.closed_units.get(customer.unit_id))
        if reason is not None:
            return reason
        address = normal_address(address_of(customer, channel))
        if address in self.addresses:
            return SkipReason.SAME_ADDRESS
        account = self.accounts_asked_before.get(customer.account_id)
        reason = recent_reason(customer, account, self.moment_in(customer.time_zone), self.policy)
        if reason is not None:
            return reason
        if self.policy.account_days and customer.account_id in self.accounts:
            return SkipReason.ACCOUNT_RECENTLY
        self.addresses.add(address)
        if customer.account_id is not None:
            self.accounts.add(customer.account_id)
        return None

    def _first_moment_in(self, now, zone_name):
        return next_allowed(now, zone_named(zone_name, self.wave.survey), self.policy.quiet)
