"""Letting a member of staff go: nothing that they made is lost, it passes to somebody else."""

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from surveys.enums import Role
from surveys.errors import SurveyError
from surveys.models import RoleAssignment, User


def deactivate_staff(*, user, heir, by):
    """Close an account; what it made belongs to `heir` from now on.

    Raises `SurveyError` for one's own account, the last administrator's, or
    an heir who is not active.
    """
    if user.pk == by.pk:
        raise SurveyError(_("Nobody can close their own account."))
    if heir.pk == user.pk or not heir.is_active:
        raise SurveyError(_("The work must pass to somebody who is still here."))
    with transaction.atomic():
        administrators = User.objects.select_for_update().filter(
            is_active=True, pk__in=_holding(Role.ADMINISTRATOR)
        )
        if {one.pk for one in administrators} == {user.pk}:
            raise SurveyError(_("This is the last administrator."))
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if field.name == "created_by" and field.related_model is User:
                    model._base_manager.filter(created_by=user).update(created_by=heir)
        User.objects.filter(pk=user.pk).update(is_active=False)


def activate_staff(*, user):
    """Open an account again; what has passed to others stays theirs."""
    User.objects.filter(pk=user.pk).update(is_active=True)


def _holding(role):
    return RoleAssignment.objects.filter(role=role).values("user")
