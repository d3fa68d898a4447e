"""The asking of one customer; its link works once."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from surveys.enums import Channel, InvitationState

from .survey import Survey
from .wave import Wave


class Invitation(models.Model):
    """A personal link, kept only as the hash of its token."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="invitations")
    customer = models.ForeignKey(
        "surveys.Customer", on_delete=models.CASCADE, related_name="invitations"
    )
    wave = models.ForeignKey(
        Wave, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    event = models.ForeignKey(
        "surveys.Event", on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    rule = models.ForeignKey(
        "surveys.EventRule",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invitations",
    )
    channel = models.CharField(
        _("channel"), max_length=20, choices=Channel.choices, default=Channel.EMAIL
    )
    interviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who of the staff asks in person and types the answers in.",
    )
    token_hash = models.CharField(max_length=64, unique=True)
    token_seed = models.CharField(
        max_length=64,
        blank=True,
        help_text="From it and the secret key follows the token, so that reminders have the same.",
    )
    recipient_key = models.CharField(
        max_length=64, blank=True, help_text="Keyed hash of the address: each once per wave."
    )
    state = models.CharField(
        max_length=20, choices=InvitationState.choices, default=InvitationState.OPEN
    )
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(
        null=True, blank=True, help_text="When the customer refused this one survey."
    )
    answered_anonymously = models.BooleanField(
        default=False, help_text="Who answered is known, but neither what nor when."
    )
    awaits_mixing = models.BooleanField(
        default=False, help_text="Its place in the table may still tell when it was answered."
    )

    class Meta:
        indexes = [
            models.Index(fields=["survey", "state"]),
            models.Index(
                fields=["survey"],
                name="invitation_mixing_idx",
                condition=Q(awaits_mixing=True),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="a_customer_is_asked_once_per_wave",
                fields=["wave", "customer"],
                condition=Q(wave__isnull=False),
            ),
            models.UniqueConstraint(
                name="an_address_is_asked_once_per_wave",
                fields=["wave", "recipient_key"],
                condition=Q(wave__isnull=False) & ~Q(recipient_key=""),
            ),
            models.UniqueConstraint(
                name="a_customer_is_asked_once_per_event",
                fields=["survey", "event"],
                condition=Q(event__isnull=False),
            ),
            models.CheckConstraint(
                name="answered_invitations_have_a_time_unless_anonymous",
                condition=Q(
                    state=InvitationState.ANSWERED,
                    answered_at__isnull=False,
                    answered_anonymously=False,
                )
                | Q(
                    state=InvitationState.ANSWERED,
                    answered_at__isnull=True,
                    answered_anonymously=True,
                )
                | (
                    ~Q(state=InvitationState.ANSWERED)
                    & Q(answered_at__isnull=True, answered_anonymously=False)
                ),
            ),
            models.CheckConstraint(
                name="only_anonymously_answered_invitations_await_mixing",
                condition=Q(awaits_mixing=False) | Q(answered_anonymously=True),
            ),
        ]

    def __str__(self):
        return f"{self.survey} → {self.customer}"

    @property
    def is_past(self):
        """Whether the time for answering is over."""
        return self.expires_at is not None and self.expires_at <= timezone.now()
