"""Companies and households: accounts of several customers."""

from django.db import transaction

from surveys.models import Account

from .rows import checked


def add_account(*, external_id, name=""):
    """Add an account."""
    with transaction.atomic():
        account = checked(Account(external_id=external_id, name=name))
        account.save()
    return account


def change_account(*, account, name):
    """Give an account another name."""
    account.name = name
    checked(account).save(update_fields=["name"])
    return account
