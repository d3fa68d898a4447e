"""Whom a wave is about: everybody, a saved filter, a panel, and so many of them at random.

A random selection draws a lot for each customer from the seed and the
customer's number, and takes the lowest ones. So the same seed and the same
list pick the same people, in whichever order the rows stand, and a customer
who comes into the list later pushes nobody out.
"""

import hashlib
from heapq import nsmallest

from django.db.models import Q

from surveys.enums import Population
from surveys.models import Customer, Invitation, SkippedCustomer

from .customer_filters import matching_filter

LAST_LOT = "f" * 64


def population_of(recruitment, *, conditions):
    """The customers that a wave or a series is about, before any are drawn."""
    if recruitment.population == Population.FILTER:
        return matching_filter(conditions)
    if recruitment.population == Population.PANEL:
        return Customer.objects.filter(panels=recruitment.panel_id)
    return Customer.objects.all()


def population_of_wave(wave):
    """The customers that a wave that was started is about."""
    there = Q(created_at__lte=wave.started_at)
    return population_of(wave, conditions=wave.conditions).filter(there)


def lot_of(seed, external_id):
    """What a customer draws."""
    return hashlib.sha256(f"{seed}:{external_id}".encode()).hexdigest()


def last_lot_drawn(customers, *, seed, size):
    """The last lot that belongs to a selection of this size, and how many it has."""
    numbers = customers.order_by().values_list("external_id", flat=True).iterator()
    drawn = nsmallest(size, (lot_of(seed, number) for number in numbers))
    return (drawn[-1] if len(drawn) == size else LAST_LOT), len(drawn)


def is_drawn(wave, external_id):
    """Whether a customer of the population is one of those who were drawn."""
    return not wave.drawn_up_to or lot_of(wave.sample_seed, external_id) <= wave.drawn_up_to


def undecided(wave, *, limit):
    """The next customers of a running wave who are neither asked nor skipped yet.

    At the end those are taken up who came into the population behind the
    worker's back, so that nobody is left out in silence.
    """
    customers = population_of_wave(wave).order_by("pk")
    ahead = _drawn(wave, customers.filter(pk__gt=wave.recruited_up_to), limit)
    if not ahead:
        decided = [rows.filter(wave=wave).values("customer") for rows in _decisions()]
        ahead = _drawn(wave, customers.exclude(pk__in=decided[0]).exclude(pk__in=decided[1]), limit)
    return Customer.objects.filter(pk__in=ahead).select_related("unit", "account").order_by("pk")


def decided_count(wave):
    """How many customers of a wave are asked or skipped."""
    return sum(rows.filter(wave=wave).count() for rows in _decisions())


def _decisions():
    return Invitation.objects, SkippedCustomer.objects


def _drawn(wave, customers, limit):
    found = []
    for pk, number in customers.values_list("pk", "external_id").iterator():
        if is_drawn(wave, number):
            found.append(pk)
            if len(found) == limit:
                break
    return found
