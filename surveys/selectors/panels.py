"""Panels with how many are in them, and customers found by what was pasted."""

from django.db.models import Count, Q
from django.db.models.functions import Lower

from surveys.models import Customer

PIECE = 500


def panels_with_counts(panels):
    """Panels by name, each with the number of its members and of those who may be asked."""
    may_be_asked = Q(customers__opted_out_at__isnull=True)
    return panels.annotate(
        size=Count("customers", distinct=True),
        askable=Count("customers", filter=may_be_asked, distinct=True),
    ).order_by("name")


def customers_named(parts):
    """Keys of the customers that numbers and addresses name, and those that name nobody."""
    keys, known = set(), set()
    for first in range(0, len(parts), PIECE):
        piece = parts[first : first + PIECE]
        lowered = [part.lower() for part in piece]
        found = Customer.objects.annotate(mail=Lower("email")).filter(
            Q(external_id__in=piece) | Q(aliases__external_id__in=piece) | Q(mail__in=lowered)
        )
        for key, *names in found.values_list("pk", "external_id", "aliases__external_id", "mail"):
            keys.add(key)
            known.update(name for name in names if name)
    return keys, [part for part in parts if part not in known and part.lower() not in known]
