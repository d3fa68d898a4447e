"""Forms of waves, of series of waves and of event rules."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surveys.enums import Interval
from surveys.models import EventKind, Unit
from surveys.texts import text_in

from .asking import AskingForm, RecruitmentForm
from .staff import StaffForm

LATEST_DAYS = 366


def _day_field(label, **options):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class WaveForm(RecruitmentForm):
    """One wave: when, whom, and by what."""

    STORED = ("name", "starts_on", "ends_on", "starts_sending_at", *RecruitmentForm.STORED)

    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("Trends and reports show it, such as 2026-03.")
    )
    starts_on = _day_field(_("First day"))
    ends_on = _day_field(_("Last day"), help_text=_("After it nobody can answer any more."))
    starts_sending_at = forms.DateTimeField(
        label=_("Begins by itself at"),
        required=False,
        help_text=_("Empty: you start it yourself."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    is_only_a_period = forms.BooleanField(
        label=_("Only a period: nobody is written to"),
        required=False,
        help_text=_("For answers that come by public links or from a file."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["is_only_a_period"].initial = bool(self.plan.pk) and self.plan.text is None

    def layout(self):
        """When, whom, by what."""
        return [
            Row(Column("name"), Column("starts_on"), Column("ends_on")),
            "is_only_a_period",
            self.recruitment_fieldset(),
            self.message_fieldset(),
            Row(Column("starts_sending_at"), Column()),
        ]

    def clean_name(self):
        """A name belongs to one wave of a survey."""
        others = self.plan.survey.waves.exclude(pk=self.plan.pk)
        if others.filter(name=self.cleaned_data["name"]).exists():
            raise ValidationError(_("There is a wave of this name already."))
        return self.cleaned_data["name"]

    def clean(self):
        """The days are in their order."""
        values = super().clean()
        first, last = values.get("starts_on"), values.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", _("The last day is before the first."))
        return values


class SeriesForm(RecruitmentForm):
    """A wave every so many weeks or months."""

    STORED = ("name", "every", "interval", "next_on", "open_days", *RecruitmentForm.STORED)

    name = forms.CharField(
        label=_("Name"), max_length=80, help_text=_("Each wave has it, with its first day.")
    )
    every = forms.IntegerField(label=_("Every"), min_value=1, max_value=60)
    interval = forms.ChoiceField(label=_("Weeks or months"), choices=Interval.choices)
    next_on = _day_field(
        _("Next wave on"), help_text=_("A 31st is the last day of shorter months.")
    )
    open_days = forms.IntegerField(
        label=_("Days open"), min_value=1, max_value=366, help_text=_("So long each wave lasts.")
    )

    def layout(self):
        """How often, whom, by what."""
        return [
            Row(Column("name"), Column("next_on")),
            Row(Column("every"), Column("interval"), Column("open_days")),
            self.recruitment_fieldset(),
            self.message_fieldset(),
        ]


class EventRuleForm(AskingForm):
    """So many days after an event of a kind."""

    STORED = (
        "name",
        "kind",
        "unit",
        "days_after",
        "sends_at",
        "latest_days",
        "events_from",
        *AskingForm.STORED,
    )

    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("For you, such as “A week after a repair”.")
    )
    kind = forms.ModelChoiceField(
        label=_("After an event of this kind"), queryset=EventKind.objects.all(), empty_label=None
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("All units"),
        help_text=_("Only events of this unit and those below."),
    )
    days_after = forms.IntegerField(
        label=_("Days after the event"), min_value=0, max_value=LATEST_DAYS
    )
    sends_at = forms.TimeField(
        label=_("Time of day"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("On the customer's own clock."),
    )
    latest_days = forms.IntegerField(
        label=_("At most so many days late"),
        min_value=0,
        max_value=LATEST_DAYS,
        help_text=_("Nobody is asked about an event that became known later than this."),
    )
    events_from = _day_field(
        _("Events from"), help_text=_("What happened before this day is not asked about.")
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units.order_by("path")
        self.fields["unit"].label_from_instance = lambda one: "\u2003" * (one.depth - 1) + one.name
        self.fields["kind"].label_from_instance = lambda kind: text_in(kind.name, get_language())

    def layout(self):
        """After what, when, by what."""
        return [
            Row(Column("name"), Column("kind"), Column("unit")),
            Row(Column("days_after"), Column("sends_at")),
            Row(Column("events_from"), Column("latest_days")),
            self.message_fieldset(),
        ]


class ContactPolicyForm(StaffForm):
    """How often, and when in the day, customers may be written to."""

    person_days = forms.IntegerField(
        label=_("Days between two surveys to one person"),
        min_value=0,
        max_value=3660,
        help_text=_("Over all surveys and channels. 0 means no limit."),
    )
    account_days = forms.IntegerField(
        label=_("Days between two surveys to one account"),
        min_value=0,
        max_value=3660,
        help_text=_("However many people the account has. 0 means no limit."),
    )
    quiet_from = forms.TimeField(
        label=_("Quiet from"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        help_text=_("On the customer's own clock; the same time twice means no quiet hours."),
    )
    quiet_until = forms.TimeField(
        label=_("Quiet until"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    sends_per_minute = forms.IntegerField(
        label=_("Messages a minute at most"), min_value=1, max_value=100_000
    )

    def __init__(self, *args, policy, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.initial = getattr(policy, name)

    def layout(self):
        """How often, when, how fast."""
        return [
            Fieldset(_("How often"), Row(Column("person_days"), Column("account_days"))),
            Fieldset(
                _("When"),
                Row(Column("quiet_from"), Column("quiet_until"), Column("sends_per_minute")),
            ),
        ]
