"""Whom we serve, and may ask."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import AccountRole
from surveys.texts import validate_texts


class ReadyList(models.Model):
    """A list that comes filled and is staff's to change."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.JSONField(_("name"), validators=[validate_texts])
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(_("in use"), default=True)

    class Meta:
        abstract = True
        ordering = ["position", "code"]

    def __str__(self):
        return self.code


class Segment(ReadyList):
    """A group of customers that is reported apart."""


class Stage(ReadyList):
    """A part of the customer's life with us, such as growth or decline."""


class RespondentType(ReadyList):
    """In what capacity somebody answers: as a customer, a dealer, a member of staff."""


class Account(models.Model):
    """A customer that is several people: a company, a household."""

    external_id = models.CharField(_("account number"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    asked_at = models.DateTimeField(
        null=True, blank=True, help_text="When somebody of the account was last asked."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["external_id"]
        constraints = [
            models.CheckConstraint(name="account_has_an_external_id", condition=~Q(external_id=""))
        ]

    def __str__(self):
        return self.name or self.external_id


class Customer(models.Model):
    """A person we serve; an external id and one contact are enough."""

    # What is told of a customer beside the number and the attributes, in the order of forms.
    DETAILS = (
        "name",
        "email",
        "phone",
        "language",
        "time_zone",
        "unit",
        "segment",
        "stage",
        "respondent_type",
        "account",
        "account_role",
    )

    external_id = models.CharField(_("customer number"), max_length=100, unique=True)
    name = models.CharField(_("name"), max_length=200, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    unit = models.ForeignKey(
        "surveys.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="customers"
    )
    segment = models.ForeignKey(
        Segment, on_delete=models.PROTECT, null=True, blank=True, related_name="customers"
    )
    stage = models.ForeignKey(
        Stage, on_delete=models.PROTECT, null=True, blank=True, related_name="customers"
    )
    respondent_type = models.ForeignKey(
        RespondentType, on_delete=models.PROTECT, null=True, blank=True, related_name="customers"
    )
    account = models.ForeignKey(
        Account, on_delete=models.PROTECT, null=True, blank=True, related_name="customers"
    )
    account_role = models.CharField(
        _("role in the account"), max_length=20, choices=AccountRole.choices, blank=True
    )
    attributes = models.JSONField(
        _("attributes"),
        default=dict,
        blank=True,
        help_text="By code of a CustomerAttribute: a text, a number, an ISO day, a choice's code.",
    )
    opted_out_at = models.DateTimeField(_("asked not to be surveyed"), null=True, blank=True)
    email_bounced_at = models.DateTimeField(
        null=True, blank=True, help_text="Mail to this address comes back; a new address clears it."
    )
    asked_at = models.DateTimeField(
        null=True, blank=True, help_text="When last asked, by whichever survey and channel."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [
            models.Index(fields=["email"]),
            models.Index(fields=["unit", "segment"]),
            models.Index(fields=["phone"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="customer_has_an_external_id", condition=~Q(external_id="")
            ),
            models.CheckConstraint(
                name="a_role_is_one_in_an_account",
                condition=Q(account_role="") | Q(account__isnull=False),
            ),
        ]

    def __str__(self):
        return self.name or self.external_id

    @property
    def may_be_asked(self):
        """Whether the customer has not opted out."""
        return self.opted_out_at is None


class CustomerAlias(models.Model):
    """A number under which a customer was also known; imports find the customer by it."""

    external_id = models.CharField(_("customer number"), max_length=100, unique=True)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="aliases")
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    merged_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["external_id"]
        constraints = [
            models.CheckConstraint(name="alias_has_an_external_id", condition=~Q(external_id=""))
        ]

    def __str__(self):
        return f"{self.external_id} → {self.customer}"


class StageChange(models.Model):
    """When a customer came into a stage; the last one is the customer's own."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="stage_changes")
    stage = models.ForeignKey(
        Stage, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    changed_on = models.DateField()

    class Meta:
        ordering = ["changed_on", "pk"]

    def __str__(self):
        return f"{self.customer}: {self.stage} from {self.changed_on}"
