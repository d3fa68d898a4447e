"""A survey and its versions: what is asked, frozen once it is published."""

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import PageLayout, Selection, SurveyKind, SurveyMode, VersionState
from surveys.texts import text_in, validate_texts


class Survey(models.Model):
    """A questionnaire with everything that stays the same from version to version."""

    slug = models.SlugField(_("short name"), max_length=60, unique=True)
    title = models.JSONField(_("title"), validators=[validate_texts])
    kind = models.CharField(_("kind"), max_length=20, choices=SurveyKind.choices)
    mode = models.CharField(_("answers are"), max_length=20, choices=SurveyMode.choices)
    languages = models.JSONField(_("languages"), default=list)
    default_language = models.CharField(_("first language"), max_length=10, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    sends_thanks = models.BooleanField(
        _("thank by e-mail"),
        default=False,
        help_text=_("Customers with an e-mail address get a short thank-you mail."),
    )
    changeable_days = models.PositiveSmallIntegerField(
        _("days in which an answer can be changed"),
        default=0,
        validators=[MaxValueValidator(366)],
        help_text=_("Counted from the first answer by a personal link; 0 means never."),
    )
    end_url = models.URLField(
        _("where the thank-you page leads"),
        blank=True,
        help_text="Shown as a link, and only while its host is in END_URL_HOSTS.",
    )
    accent = models.CharField(
        _("colour of buttons and links"),
        max_length=7,
        blank=True,
        default="",
        help_text="Like #0b6e69; empty for the colours of the house.",
    )
    sender_name = models.CharField(
        _("who asks"),
        max_length=100,
        blank=True,
        default="",
        help_text="Shown to customers; empty for the name of the organisation.",
    )
    gives_reward_codes = models.BooleanField(_("gives reward codes"), default=False)
    takes_complaints = models.BooleanField(_("takes complaints"), default=False)
    purpose = models.TextField(_("purpose"), blank=True)
    population = models.TextField(_("who could be asked"), blank=True)
    selection = models.CharField(
        _("selection"), max_length=20, choices=Selection.choices, blank=True, default=""
    )
    selection_rule = models.TextField(_("how they were chosen"), blank=True)
    sample_size = models.PositiveIntegerField(_("number chosen"), null=True, blank=True)
    sample_seed = models.PositiveIntegerField(
        _("seed"),
        null=True,
        blank=True,
        help_text="With the same list the same seed chooses the same customers.",
    )
    field_from = models.DateField(_("first day"), null=True, blank=True)
    field_until = models.DateField(_("last day"), null=True, blank=True)
    is_demonstration = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="survey_mode_is_known",
                condition=Q(mode__in=[mode.value for mode in SurveyMode]),
            ),
            models.CheckConstraint(
                name="survey_kind_is_known",
                condition=Q(kind__in=[kind.value for kind in SurveyKind]),
            ),
            models.CheckConstraint(
                name="survey_selection_is_known",
                condition=Q(selection__in=["", *Selection.values]),
            ),
            models.CheckConstraint(
                name="accent_is_a_colour",
                condition=Q(accent="") | Q(accent__startswith="#"),
            ),
            models.CheckConstraint(
                name="field_dates_are_in_order",
                condition=Q(field_from__isnull=True)
                | Q(field_until__isnull=True)
                | Q(field_until__gte=F("field_from")),
            ),
        ]

    def __str__(self):
        return text_in(self.title, self.default_language)

    @property
    def is_anonymous(self):
        """Whether nothing may join an answer to a person."""
        return self.mode != SurveyMode.NAMED

    @property
    def sender(self):
        """The name under which customers are asked."""
        return self.sender_name or settings.ORGANISATION_NAME

    @property
    def has_personal_links(self):
        """Whether single customers may be asked; else nobody would know who answered."""
        return self.mode != SurveyMode.ANONYMOUS


class SurveyVersion(models.Model):
    """One wording of a survey; a response names the version that it saw."""

    survey = models.ForeignKey(Survey, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(
        max_length=20, choices=VersionState.choices, default=VersionState.DRAFT
    )
    title = models.JSONField(
        _("title"),
        default=dict,
        blank=True,
        validators=[validate_texts],
        help_text="The survey's title at publication; a draft shows the survey's own.",
    )
    languages = models.JSONField(
        _("languages"),
        default=list,
        blank=True,
        help_text="The survey's languages at publication; a draft has the survey's own.",
    )
    page_layout = models.CharField(
        _("pages"), max_length=20, choices=PageLayout.choices, default=PageLayout.SECTION
    )
    introduction = models.JSONField(
        _("introduction"), default=dict, blank=True, validators=[validate_texts]
    )
    thanks = models.JSONField(_("thanks"), default=dict, blank=True, validators=[validate_texts])
    revision = models.PositiveIntegerField(
        default=0, help_text="Counts the saves of a draft, so that two editors notice each other."
    )
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    digest = models.CharField(
        max_length=64, blank=True, help_text="SHA-256 of the definition at publication."
    )

    class Meta:
        ordering = ["survey", "number"]
        constraints = [
            models.UniqueConstraint(name="version_numbers_are_unique", fields=["survey", "number"]),
            models.UniqueConstraint(
                name="one_draft_per_survey",
                fields=["survey"],
                condition=Q(state=VersionState.DRAFT),
            ),
            models.UniqueConstraint(
                name="one_published_version_per_survey",
                fields=["survey"],
                condition=Q(state=VersionState.PUBLISHED),
            ),
            models.CheckConstraint(
                name="a_draft_was_not_published_and_the_others_were",
                condition=Q(state=VersionState.DRAFT, published_at__isnull=True, digest="")
                | (~Q(state=VersionState.DRAFT) & Q(published_at__isnull=False) & ~Q(digest="")),
            ),
            models.CheckConstraint(
                name="closed_after_published",
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("published_at")),
            ),
        ]

    def __str__(self):
        return f"{self.survey} · {self.number}"

    @property
    def is_draft(self):
        """Whether the version can still change."""
        return self.state == VersionState.DRAFT
