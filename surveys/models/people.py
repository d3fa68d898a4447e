"""Staff and what they may do."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import Role


class User(AbstractUser):
    """A member of staff; customers never have an account."""

    language = models.CharField(_("language"), max_length=10, blank=True)

    def __str__(self):
        return self.get_full_name() or self.username


class RoleAssignment(models.Model):
    """A role of one user; a manager has it for one unit and everything below."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="role_assignments")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    unit = models.ForeignKey(
        "surveys.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="managers"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="a_manager_has_a_unit_and_nobody_else_does",
                condition=Q(role=Role.MANAGER, unit__isnull=False)
                | (~Q(role=Role.MANAGER) & Q(unit__isnull=True)),
            ),
            models.CheckConstraint(
                name="role_is_known", condition=Q(role__in=[role.value for role in Role])
            ),
            models.UniqueConstraint(
                name="a_unit_is_managed_once_by_a_user", fields=["user", "role", "unit"]
            ),
            models.UniqueConstraint(
                name="a_role_without_unit_is_held_once",
                fields=["user", "role"],
                condition=Q(unit__isnull=True),
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"
