"""What is issued regularly, each time it was, and to whom it was sent."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from surveys.enums import JobState

from .edition import Paper, ReportLevel


class Schedule(models.TextChoices):
    """When a report is issued by itself."""

    NONE = "", _("Only when asked for")
    DAILY = "daily", _("Every day")
    WEEKLY = "weekly", _("Every week")
    MONTHLY = "monthly", _("Every month")
    WAVE = "wave", _("On the day after each wave")


class Period(models.TextChoices):
    """Which answers a report counts; days are those of the survey's time zone."""

    ALL = "all", _("All answers until then")
    WEEK = "week", _("The last full week, Monday to Sunday")
    MONTH = "month", _("The last full month")
    QUARTER = "quarter", _("The last full quarter")
    YEAR = "year", _("The last full year")
    WAVE = "wave", _("The newest wave that has ended")


class Delivery(models.TextChoices):
    """What recipients get by e-mail."""

    LINK = "link", _("A link; they sign in to read it")
    ATTACHMENT = "attachment", _("The PDF itself")


class Report(models.Model):
    """A bulletin that is issued again and again: for whom, of what, when."""

    survey = models.ForeignKey("surveys.Survey", on_delete=models.PROTECT, related_name="reports")
    name = models.CharField(_("name"), max_length=100)
    audience = models.CharField(
        _("who it is for"), max_length=200, blank=True, help_text=_("It stands on the first page.")
    )
    units = models.ManyToManyField(
        "surveys.Unit",
        blank=True,
        related_name="+",
        verbose_name=_("units"),
        help_text=_("One bulletin for each. With none chosen: one for the whole organisation."),
    )
    segment = models.ForeignKey(
        "surveys.Segment",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("segment"),
    )
    period = models.CharField(
        _("answers of"), max_length=10, choices=Period.choices, default=Period.ALL
    )
    level = models.CharField(
        _("length"), max_length=20, choices=ReportLevel.choices, default=ReportLevel.MANAGER
    )
    with_comments = models.BooleanField(_("with comments"), default=False)
    language = models.CharField(_("language"), max_length=10)
    paper = models.CharField(_("paper"), max_length=10, choices=Paper.choices, default=Paper.A4)
    recipients = models.TextField(
        _("recipients"), blank=True, max_length=10_000, help_text=_("E-mail addresses, one a line.")
    )
    delivery = models.CharField(
        _("they get"), max_length=20, choices=Delivery.choices, default=Delivery.LINK
    )
    schedule = models.CharField(
        _("issued"), max_length=10, choices=Schedule.choices, blank=True, default=Schedule.NONE
    )
    at = models.TimeField(_("time of day"), default="07:00")
    weekday = models.PositiveSmallIntegerField(
        _("day of the week"), default=0, validators=[MaxValueValidator(6)]
    )
    month_day = models.PositiveSmallIntegerField(
        _("day of the month"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(28)],
    )
    scheduled_since = models.DateTimeField(help_text="Nothing that was due before this is issued.")
    paused_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(name="report_names_are_unique", fields=["survey", "name"]),
            models.CheckConstraint(
                name="a_report_falls_on_a_day_that_exists",
                condition=Q(weekday__lte=6, month_day__gte=1, month_day__lte=28),
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def addresses(self):
        """The recipients, each once."""
        return list(dict.fromkeys(self.recipients.split()))

    @property
    def is_scheduled(self):
        """Whether it is issued by itself at the moment."""
        return bool(self.schedule) and self.paused_at is None


class ReportRun(models.Model):
    """One issue of a report: an edition for each of its units."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="runs")
    due_at = models.DateTimeField(_("due"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-due_at", "-id"]
        constraints = [
            models.UniqueConstraint(name="a_report_is_due_once", fields=["report", "due_at"])
        ]

    def __str__(self):
        return f"{self.report} {self.due_at:%Y-%m-%d}"


class EditionMail(models.Model):
    """That one address is told of one edition; owed once and sent at most once."""

    edition = models.ForeignKey("reports.Edition", on_delete=models.CASCADE, related_name="mails")
    address = models.EmailField()
    state = models.CharField(max_length=20, choices=JobState.choices, default=JobState.QUEUED)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["state", "lease_until"])]
        constraints = [
            models.UniqueConstraint(
                name="an_address_is_told_once_of_an_edition", fields=["edition", "address"]
            )
        ]

    def __str__(self):
        return f"{self.edition} {self.state}"
