"""The organisation: a tree of units, and where each unit stood when an answer was given."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from treebeard.mp_tree import MP_Node


class Unit(MP_Node):
    """A company, region, branch, department or team."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("name"), max_length=200)
    is_active = models.BooleanField(_("active"), default=True)
    placement = models.ForeignKey(
        "surveys.UnitPlacement",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        help_text="Where the unit stands now; copied onto every response.",
    )

    node_order_by = ["name"]

    def __str__(self):
        return self.name


class UnitPlacement(models.Model):
    """A unit together with everything above it at one time.

    Responses point here and not at the unit, so that moving a branch to
    another region leaves every figure of the old region as it was.
    """

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="placements")
    lineage = models.CharField(
        max_length=500, help_text="Ids of all units from the root to this one: /1/7/23/."
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="one_row_per_placement", fields=["unit", "lineage"])
        ]

    def __str__(self):
        return self.lineage
