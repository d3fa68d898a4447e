"""Noting who looked at a customer: the one thing that opening a staff page writes."""

from itertools import islice

from django.db import transaction

from surveys.models import AccessRecord

PIECE = 1000


def note_access(*, user, customer, what):
    """Note that somebody of the staff looks at a customer now."""
    AccessRecord.objects.create(user=user, customer=customer, what=what)


@transaction.atomic
def note_access_to_all(*, user, customers, what):
    """Note the same of many customers, by their keys."""
    records = (AccessRecord(user=user, customer_id=pk, what=what) for pk in customers)
    while piece := list(islice(records, PIECE)):
        AccessRecord.objects.bulk_create(piece)
