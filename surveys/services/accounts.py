"""Accounts of staff: making one with its role, and what members of staff choose for themselves."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from surveys.errors import AccountRefused
from surveys.models import RoleAssignment, User


def add_staff(*, username, role, password, unit=None, email="", **names) -> User:
    """Make an account that holds one role; raises `AccountRefused`."""
    try:
        with transaction.atomic():
            user = User.objects.create_user(username, email=email, password=password, **names)
            RoleAssignment.objects.create(user=user, role=role, unit=unit)
    except IntegrityError:
        if User.objects.filter(username=username).exists():
            raise AccountRefused(_("There is a user of this name already.")) from None
        raise AccountRefused(_("A manager needs a unit, and nobody else has one.")) from None
    return user


def choose_language(*, user, language):
    """Remember the language in which a member of staff reads the pages."""
    user.language = language
    user.save(update_fields=["language"])
    return user
