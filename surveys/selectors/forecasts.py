"""What a wave would do if it began now: who would be asked, and why others would not."""

from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from surveys.contact_rule import lasting_reason, recent_reason
from surveys.enums import SkipReason
from surveys.local_times import next_allowed, zone_of
from surveys.models import ContactPolicy
from surveys.recipients import address_of, recipient_key

from .populations import last_lot_drawn, lot_of, population_of


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
    state = _Asked(wave)
    customers = population.select_related("unit", "account").order_by("pk")
    outcomes = Counter(
        state.outcome(customer)
        for customer in customers.iterator()
        if last is None or lot_of(seed, customer.external_id) <= last
    )
    reasons = [(reason.label, outcomes[reason]) for reason in SkipReason if outcomes[reason]]
    return Forecast(total, outcomes.total(), outcomes[None], tuple(reasons))


class _Asked:
    """Addresses and accounts that the forecast has asked so far."""

    def __init__(self, wave):
        self.wave, self.now = wave, timezone.now()
        self.policy = ContactPolicy.current()
        self.addresses, self.accounts = set(), set()

    def outcome(self, customer):
        """Why this customer would be skipped, or None; who is asked is remembered."""
        reason = lasting_reason(customer, self.wave.channel, customer.unit)
        if reason is not None:
            return reason
        key = recipient_key(address_of(customer, self.wave.channel))
        if key in self.addresses:
            return SkipReason.SAME_ADDRESS
        moment = next_allowed(self.now, zone_of(customer, self.wave.survey), self.policy.quiet)
        reason = recent_reason(customer, moment, self.policy)
        if reason is not None:
            return reason
        if self.policy.account_days and customer.account_id in self.accounts:
            return SkipReason.ACCOUNT_RECENTLY
        self.addresses.add(key)
        if customer.account_id is not None:
            self.accounts.add(customer.account_id)
        return None
