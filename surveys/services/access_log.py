"""Noting who looked at a customer: the one thing that opening a staff page writes."""

from surveys.models import AccessRecord


def note_access(*, user, customer, what):
    """Note that somebody of the staff looks at a customer now."""
    AccessRecord.objects.create(user=user, customer=customer, what=what)
