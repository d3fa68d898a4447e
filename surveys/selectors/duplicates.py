"""Customers who may be one person: with the same e-mail address or telephone number."""

from dataclasses import dataclass

from django.db.models import Count, F, Value
from django.db.models.functions import Length, Lower, Replace, Right, Trim

from surveys.models import Customer

SIGNS_OF_A_NUMBER = (" ", "-", "/", "(", ")", ".", "+")
SHOWN = 50
SHORTEST_NUMBER = 6
# Numbers with and without the code of the country end alike.
COMPARED_DIGITS = 9


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Customers who share an address or a number."""

    shared: str
    customers: list


def suspected_duplicates(customers):
    """Groups that share an e-mail address, then those that share a telephone number."""
    by_mail = customers.exclude(email="").annotate(key=Lower(Trim("email")))
    digits = F("phone")
    for sign in SIGNS_OF_A_NUMBER:
        digits = Replace(digits, Value(sign), Value(""))
    by_phone = (
        customers.exclude(phone="")
        .annotate(digits=digits)
        .annotate(length=Length("digits"), key=Right("digits", COMPARED_DIGITS))
        .filter(length__gte=SHORTEST_NUMBER)
    )
    found = [*_groups(by_mail, "email"), *_groups(by_phone, "phone")]
    seen, kept = set(), []
    for suspicion in found:
        keys = frozenset(one.pk for one in suspicion.customers)
        if keys not in seen:
            seen.add(keys)
            kept.append(suspicion)
    return kept[:SHOWN]


def _groups(customers, shared):
    doubled = (
        customers.order_by()
        .values("key")
        .annotate(number=Count("pk"))
        .filter(number__gt=1)
        .order_by("key")
        .values_list("key", flat=True)
    )
    keys = list(doubled[:SHOWN])
    together = {}
    rows = customers.filter(key__in=keys).select_related("unit", "segment")
    for customer in rows.order_by("created_at", "pk"):
        together.setdefault(customer.key, []).append(customer)
    for key in keys:
        yield Suspicion(getattr(together[key][0], shared), together[key])


def merge_candidates(external_id):
    """The customer with just this number, for a merge that nobody suspected."""
    return Customer.objects.filter(external_id=external_id.strip()).first()
