"""What was sent to whom, what became of it, and who was not asked and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import Channel, DeliveryChoice, DeliveryState, SkipReason

from .invitation import Invitation
from .message_text import MessageText
from .survey import Survey
from .wave import Wave


class Delivery(models.Model):
    """One message of an invitation: number 0 asks, the others remind.

    It is claimed and the claim committed before it is sent, and marked after;
    while it waits, `lease_until` is the time before which it is not tried again.
    `claimed_at` counts against the messages that may leave in a minute.
    """

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="deliveries")
    number = models.PositiveSmallIntegerField(default=0)
    channel = models.CharField(max_length=20, choices=Channel.choices)
    text = models.ForeignKey(MessageText, on_delete=models.PROTECT, related_name="deliveries")
    due_at = models.DateTimeField()
    state = models.CharField(
        _("state"), max_length=20, choices=DeliveryState.choices, default=DeliveryState.QUEUED
    )
    lease_until = models.DateTimeField(null=True, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    provider_id = models.CharField(max_length=200, blank=True)
    bounce_status = models.CharField(
        max_length=11, blank=True, help_text="Status code of RFC 3463, such as 5.1.1."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "deliveries"
        indexes = [
            models.Index(
                fields=["due_at"],
                name="delivery_waiting_idx",
                condition=Q(state=DeliveryState.QUEUED),
            ),
            models.Index(
                fields=["lease_until"],
                name="delivery_sending_idx",
                condition=Q(state=DeliveryState.SENDING),
            ),
            models.Index(fields=["claimed_at"], name="delivery_claimed_idx"),
            models.Index(
                fields=["provider_id"],
                name="delivery_provider_idx",
                condition=~Q(provider_id=""),
            ),
            models.Index(
                fields=["state"],
                name="delivery_trouble_idx",
                condition=Q(
                    state__in=[
                        DeliveryState.UNCERTAIN,
                        DeliveryState.FAILED,
                        DeliveryState.BOUNCED,
                    ]
                ),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="a_message_of_an_invitation_is_sent_once", fields=["invitation", "number"]
            ),
            models.CheckConstraint(
                name="delivery_state_is_known", condition=Q(state__in=DeliveryState.values)
            ),
        ]

    def __str__(self):
        return f"{self.invitation} #{self.number}: {self.state}"


class DeliveryDecision(models.Model):
    """What somebody decided about a message that failed or is uncertain; a row each time."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="decisions")
    choice = models.CharField(_("decision"), max_length=10, choices=DeliveryChoice.choices)
    state_before = models.CharField(max_length=20, choices=DeliveryState.choices)
    reason_before = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["decided_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="delivery_choice_is_known", condition=Q(choice__in=DeliveryChoice.values)
            )
        ]

    def __str__(self):
        return f"{self.delivery}: {self.choice}"


class SkippedCustomer(models.Model):
    """Somebody who belonged to the population and was not asked."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="skipped_customers")
    customer = models.ForeignKey(
        "surveys.Customer", on_delete=models.CASCADE, related_name="skipped"
    )
    wave = models.ForeignKey(
        Wave, on_delete=models.PROTECT, null=True, blank=True, related_name="skipped_customers"
    )
    event = models.ForeignKey(
        "surveys.Event", on_delete=models.CASCADE, null=True, blank=True, related_name="skipped"
    )
    reason = models.CharField(_("reason"), max_length=20, choices=SkipReason.choices)
    skipped_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["survey", "reason"], name="skipped_by_reason_idx")]
        constraints = [
            models.UniqueConstraint(
                name="a_customer_is_skipped_once_per_wave",
                fields=["wave", "customer"],
                condition=Q(wave__isnull=False),
            ),
            models.UniqueConstraint(
                name="a_customer_is_skipped_once_per_event",
                fields=["survey", "event"],
                condition=Q(event__isnull=False),
            ),
            models.CheckConstraint(
                name="skip_reason_is_known", condition=Q(reason__in=SkipReason.values)
            ),
        ]

    def __str__(self):
        return f"{self.customer}: {self.reason}"
