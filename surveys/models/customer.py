"""Whom we serve, and may ask."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.texts import validate_texts


class Segment(models.Model):
    """A group of customers that is reported apart."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.JSONField(_("name"), validators=[validate_texts])
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "code"]

    def __str__(self):
        return self.code


class Customer(models.Model):
    """A person we serve; an external id and one contact are enough."""

    external_id = models.CharField(_("customer number"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    unit = models.ForeignKey(
        "surveys.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="customers"
    )
    segment = models.ForeignKey(
        Segment, on_delete=models.PROTECT, null=True, blank=True, related_name="customers"
    )
    opted_out_at = models.DateTimeField(_("asked not to be surveyed"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["email"]), models.Index(fields=["unit", "segment"])]
        constraints = [
            models.CheckConstraint(name="customer_has_an_external_id", condition=~Q(external_id=""))
        ]

    def __str__(self):
        return self.name or self.external_id

    @property
    def may_be_asked(self):
        """Whether the customer has not opted out."""
        return self.opted_out_at is None
