"""Complaints that customers leave in one page, and what staff do about them.

What the customer wrote is one row that never changes; what staff write are
rows of their own, so that the two can never be mistaken for each other.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import ComplaintEntryKind, ComplaintState

from .invitation import Invitation
from .public_link import PublicLink
from .survey import Survey


class Complaint(models.Model):
    """What a customer complained about, found again by a link kept only as a hash.

    It never points at a response. In an anonymous survey it has no time of day
    either, which would lie next to that of the answers.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    token_hash = models.CharField(max_length=64, unique=True)
    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="complaints")
    public_link = models.ForeignKey(
        PublicLink, on_delete=models.PROTECT, null=True, blank=True, related_name="complaints"
    )
    invitation = models.ForeignKey(
        Invitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="complaints"
    )
    customer = models.ForeignKey(
        "surveys.Customer",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="complaints",
    )
    placement = models.ForeignKey(
        "surveys.UnitPlacement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="complaints",
    )
    state = models.CharField(
        _("state"), max_length=20, choices=ComplaintState.choices, default=ComplaintState.BEGUN
    )
    words = models.TextField(_("what happened"), blank=True)
    contact = models.CharField(_("how to reach the customer"), max_length=200, blank=True)
    language = models.CharField(max_length=10)
    begun_on = models.DateField(help_text="Day in the survey's time zone.")
    received_on = models.DateField(null=True, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-received_on", "id"]
        indexes = [models.Index(fields=["state", "received_on"], name="complaint_state_idx")]
        constraints = [
            models.CheckConstraint(
                name="complaint_state_is_known",
                condition=Q(state__in=[state.value for state in ComplaintState]),
            ),
            models.CheckConstraint(
                name="a_complaint_has_words_once_it_was_sent",
                condition=Q(state=ComplaintState.BEGUN, words="", received_on__isnull=True)
                | (~Q(state=ComplaintState.BEGUN) & ~Q(words="") & Q(received_on__isnull=False)),
            ),
        ]

    def __str__(self):
        return f"{self.survey} · {self.get_state_display()}"


class ComplaintEntry(models.Model):
    """What a member of staff wrote: a note that stays inside, or an answer to the customer."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="entries")
    kind = models.CharField(_("kind"), max_length=20, choices=ComplaintEntryKind.choices)
    text = models.TextField(_("text"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="complaint_entry_kind_is_known",
                condition=Q(kind__in=[kind.value for kind in ComplaintEntryKind]),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"
