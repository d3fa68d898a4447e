"""A breakdown that somebody kept."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from surveys.enums import Role


class SavedView(models.Model):
    """A breakdown kept under a name: an address, of which every reader sees what is theirs.

    Only its owner sees it, unless it is shared with a role or with who sees a unit.
    """

    survey = models.ForeignKey("surveys.Survey", on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=100)
    query = models.CharField(max_length=1000, help_text="What stands behind ? in its address.")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices, blank=True)
    unit = models.ForeignKey(
        "surveys.Unit", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    saved_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="an_owner_names_a_view_once", fields=["survey", "owner", "name"]
            )
        ]

    def __str__(self):
        return self.name
