"""Groups of customers by name: those who were put in it, and those who meet a condition."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .customer import Customer


class Panel(models.Model):
    """Customers who were chosen one by one, to be asked together."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    description = models.TextField(_("description"), blank=True)
    is_apart = models.BooleanField(
        _("reported apart"),
        default=True,
        help_text=_("Its answers are not counted in the general figures unless asked for."),
    )
    customers = models.ManyToManyField(Customer, through="PanelMember", related_name="panels")
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class PanelMember(models.Model):
    """One customer in a panel."""

    panel = models.ForeignKey(Panel, on_delete=models.CASCADE, related_name="members")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_customer_is_in_a_panel_once", fields=["panel", "customer"]
            )
        ]

    def __str__(self):
        return f"{self.customer} in {self.panel}"


class CustomerFilter(models.Model):
    """A saved condition on customers; `selectors/customer_filters.py` says what it may hold."""

    name = models.CharField(_("name"), max_length=100, unique=True)
    conditions = models.JSONField(default=dict)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name
