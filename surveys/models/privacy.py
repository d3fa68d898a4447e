"""What protects customers: who looked at them, how long they are kept, and their erasure."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import AccessKind, JobState


class AccessRecord(models.Model):
    """That somebody of the staff looked at a customer; kept when the customer is erased."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    customer = models.ForeignKey(
        "surveys.Customer", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    what = models.CharField(_("what"), max_length=20, choices=AccessKind.choices)
    at = models.DateTimeField(_("time"), auto_now_add=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["at"]), models.Index(fields=["user", "at"])]
        constraints = [
            models.CheckConstraint(
                name="an_access_is_of_a_known_kind", condition=Q(what__in=AccessKind.values)
            )
        ]

    def __str__(self):
        return f"{self.user}: {self.what} {self.customer_id}"


class RetentionRule(models.Model):
    """The one row that says when a silent customer is erased, and when a note of who looked is."""

    months = models.PositiveSmallIntegerField(
        _("months without an answer, an event or an invitation"),
        default=36,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
    )
    is_active = models.BooleanField(_("switched on"), default=False)
    access_months = models.PositiveSmallIntegerField(
        _("months that the list of who looked is kept"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(600)],
        help_text=_("Empty: it is kept for good."),
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="one_retention_rule", condition=Q(pk=1)),
            models.CheckConstraint(
                name="customers_are_kept_for_a_month_at_least", condition=Q(months__gte=1)
            ),
            models.CheckConstraint(
                name="who_looked_is_kept_for_a_month_at_least",
                condition=Q(access_months__isnull=True) | Q(access_months__gte=1),
            ),
        ]

    def __str__(self):
        return f"{self.months} months"

    @classmethod
    def current(cls):
        """The rule in force: the one row, or one that is off."""
        return cls.objects.filter(pk=1).first() or cls(pk=1)


class Erasure(models.Model):
    """The work of erasing one customer; when it is done it names nobody any more.

    One transaction takes the person out of the database; `files` are what lies
    outside of it and goes afterwards. Whoever dies in between leaves the row
    to be taken up again.
    """

    customer = models.OneToOneField(
        "surveys.Customer", on_delete=models.SET_NULL, null=True, related_name="erasure"
    )
    state = models.CharField(max_length=20, choices=JobState.choices, default=JobState.QUEUED)
    lease_until = models.DateTimeField(null=True, blank=True)
    files = models.JSONField(default=list, help_text="Names in the media folder, still to go.")
    is_by_rule = models.BooleanField(default=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    requested_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        indexes = [models.Index(fields=["state", "lease_until"], name="erasure_state_idx")]
        constraints = [
            models.CheckConstraint(
                name="a_finished_erasure_names_nobody",
                condition=~Q(state=JobState.DONE)
                | Q(customer__isnull=True, finished_at__isnull=False, files=[]),
            )
        ]

    def __str__(self):
        return f"{self.requested_at:%Y-%m-%d} {self.state}"
