"""Changing how often customers may be written to."""

from django.db import transaction

from surveys.models import ContactPolicy

from .rows import checked


def change_contact_policy(**values):
    """Put these values in force from now on; who was asked before stays asked."""
    with transaction.atomic():
        policy = ContactPolicy.current()
        for name, value in values.items():
            setattr(policy, name, value)
        checked(policy).save()
    return policy
