"""What customers answered.

One row holds one filled questionnaire: all answers as one document keyed by
question key, and the four measures of the curve copied into typed columns by
the same insert. In an anonymous survey the row has no customer, no
invitation, no event and no time of day, and the database refuses one that has.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import Channel, JobState, OutboxKind

from .invitation import Invitation
from .public_link import PublicLink
from .survey import Survey, SurveyVersion
from .visit import Visit
from .wave import Wave

# Whether a response is counted: with these, an index answers the counts without the rows.
COUNTED = ("is_test", "is_excluded", "awaits_mixing")
# Known of few answers: only those stand in an index, the others cost nothing when they are stored.
SELDOM_KNOWN = ("wave", "event", "placement", "segment", "account", "entered_by")


class Response(models.Model):
    """One filled questionnaire, stored once."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission_id = models.UUIDField(editable=False)
    fingerprint = models.CharField(max_length=64, help_text="SHA-256 of the answers as sent.")
    survey = models.ForeignKey(
        Survey, on_delete=models.PROTECT, related_name="responses", db_index=False
    )
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="responses")
    wave = models.ForeignKey(
        Wave,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="responses",
        db_index=False,
    )
    public_link = models.ForeignKey(
        PublicLink, on_delete=models.PROTECT, null=True, blank=True, related_name="responses"
    )
    invitation = models.OneToOneField(
        Invitation, on_delete=models.SET_NULL, null=True, blank=True, related_name="response"
    )
    customer = models.ForeignKey(
        "surveys.Customer",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="responses",
        db_index=False,
    )
    event = models.ForeignKey(
        "surveys.Event",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="responses",
        db_index=False,
    )
    placement = models.ForeignKey(
        "surveys.UnitPlacement",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="responses",
        db_index=False,
    )
    segment = models.ForeignKey(
        "surveys.Segment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="responses",
        db_index=False,
    )
    account = models.ForeignKey(
        "surveys.Account",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="responses",
        db_index=False,
    )
    traits = models.JSONField(
        null=True,
        blank=True,
        help_text="What was known of the customer when answering; see `services/traits.py`.",
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
        help_text="Who of the staff typed it in for the customer.",
    )
    channel = models.CharField(max_length=20, choices=Channel.choices)
    touchpoint = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=10)
    is_anonymous = models.BooleanField()
    is_test = models.BooleanField(default=False)
    is_suspected_bot = models.BooleanField(
        default=False, help_text="The field that no person sees was filled in."
    )
    submitted_on = models.DateField(help_text="Day in the survey's time zone.")
    submitted_at = models.DateTimeField(null=True, blank=True)
    awaits_mixing = models.BooleanField(
        default=False,
        help_text="Staff do not see it yet, and its place in the table may tell when it came.",
    )
    answers = models.JSONField(default=dict)
    satisfaction = models.SmallIntegerField(null=True, blank=True)
    recommendation = models.SmallIntegerField(null=True, blank=True)
    effort = models.SmallIntegerField(null=True, blank=True)
    repurchase = models.SmallIntegerField(null=True, blank=True)
    seconds = models.PositiveIntegerField(
        null=True,
        blank=True,
        help_text="From the first page to the last; rounded up to a coarse step when anonymous.",
    )
    is_excluded = models.BooleanField(
        default=False, help_text="Left out of the figures by a decision of staff, which is logged."
    )
    examined_by_rule = models.PositiveSmallIntegerField(
        default=0,
        help_text="Version of the rules that looked for flags; 0 = still to be looked at.",
    )

    class Meta:
        indexes = [
            models.Index(
                fields=[
                    "survey",
                    "version",
                    "satisfaction",
                    "repurchase",
                    "recommendation",
                    *COUNTED,
                    "submitted_on",
                    "submitted_at",
                ],
                name="response_curve_idx",
            ),
            models.Index(fields=["survey", "submitted_on"], name="response_day_idx"),
            models.Index(
                fields=[
                    "customer",
                    "survey",
                    "submitted_at",
                    *COUNTED,
                    "version",
                    "satisfaction",
                    "submitted_on",
                    "id",
                ],
                name="response_person_idx",
                condition=Q(customer__isnull=False),
            ),
            models.Index(
                fields=["survey"], name="response_excluded_idx", condition=Q(is_excluded=True)
            ),
            models.Index(
                fields=["version"], name="response_unexamined_idx", condition=Q(examined_by_rule=0)
            ),
            models.Index(
                fields=["survey"], name="response_mixing_idx", condition=Q(awaits_mixing=True)
            ),
            *(
                models.Index(
                    fields=[name],
                    name=f"response_{name}_idx",
                    condition=Q(**{f"{name}__isnull": False}),
                )
                for name in SELDOM_KNOWN
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="a_submission_is_stored_once", fields=["survey", "submission_id"]
            ),
            models.CheckConstraint(
                name="an_anonymous_response_has_no_path_to_a_person",
                condition=Q(is_anonymous=False)
                | Q(
                    customer__isnull=True,
                    invitation__isnull=True,
                    event__isnull=True,
                    account__isnull=True,
                    traits__isnull=True,
                    entered_by__isnull=True,
                    submitted_at__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="only_anonymous_responses_await_mixing",
                condition=Q(awaits_mixing=False) | Q(is_anonymous=True),
            ),
            models.CheckConstraint(
                name="recommendation_is_0_to_10",
                condition=Q(recommendation__isnull=True) | Q(recommendation__range=(0, 10)),
            ),
        ]

    def __str__(self):
        return str(self.id)


class ResponseRevision(models.Model):
    """A response as it was before its customer changed it."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="revisions")
    submission_id = models.UUIDField(editable=False)
    fingerprint = models.CharField(max_length=64)
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="+")
    answers = models.JSONField(default=dict)
    language = models.CharField(max_length=10)
    submitted_at = models.DateTimeField()
    replaced_at = models.DateTimeField()

    class Meta:
        ordering = ["replaced_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="a_submission_is_replaced_once", fields=["response", "submission_id"]
            ),
        ]

    def __str__(self):
        return f"{self.response_id} until {self.replaced_at:%Y-%m-%d}"


class ResponseDraft(models.Model):
    """What has been answered so far; deleted when the response is stored."""

    submission_id = models.UUIDField(primary_key=True)
    version = models.ForeignKey(SurveyVersion, on_delete=models.PROTECT, related_name="drafts")
    public_link = models.ForeignKey(
        PublicLink, on_delete=models.CASCADE, null=True, blank=True, related_name="drafts"
    )
    invitation = models.OneToOneField(
        Invitation, on_delete=models.CASCADE, null=True, blank=True, related_name="draft"
    )
    answers = models.JSONField(default=dict, help_text="Of the pages that were sent.")
    unsent = models.JSONField(default=dict, help_text="Of pages that are still being filled in.")
    language = models.CharField(max_length=10)
    visit = models.ForeignKey(
        Visit, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        indexes = [models.Index(fields=["updated_at"])]
        constraints = [
            models.CheckConstraint(
                name="a_draft_came_by_one_kind_of_link",
                condition=Q(public_link__isnull=False, invitation__isnull=True)
                | Q(public_link__isnull=True, invitation__isnull=False),
            )
        ]

    def __str__(self):
        return str(self.submission_id)

    @property
    def filled_in(self):
        """What stands on the pages, sent or not."""
        return self.answers | self.unsent


class OutboxMessage(models.Model):
    """Something owed because of a response; written by the same transaction."""

    response = models.ForeignKey(Response, on_delete=models.CASCADE, related_name="outbox_messages")
    kind = models.CharField(_("kind"), max_length=30, choices=OutboxKind.choices)
    state = models.CharField(max_length=20, choices=JobState.choices, default=JobState.QUEUED)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "lease_until"])]
        constraints = [
            models.UniqueConstraint(name="owed_once_per_response", fields=["response", "kind"])
        ]

    def __str__(self):
        return f"{self.kind} {self.state}"
