"""The definition of a regular report as a form."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reports.models import Delivery, Paper, Period, Report, ReportLevel, Schedule
from reports.permissions import may_print_comments
from surveys.forms.staff import StaffForm
from surveys.models import Segment
from surveys.permissions import sees_all_units, units_for
from surveys.texts import text_in

MOST_RECIPIENTS = 100
FIELDS = (
    "name",
    "audience",
    "segment",
    "period",
    "level",
    "with_comments",
    "language",
    "paper",
    "recipients",
    "delivery",
    "schedule",
    "at",
    "weekday",
    "month_day",
)


class ReportForm(StaffForm):
    """For whom, of what, when, and to whom it is sent."""

    name = forms.CharField(label=_("Name"), max_length=100)
    audience = forms.CharField(
        label=_("Who it is for"),
        max_length=200,
        required=False,
        help_text=_("It stands on the first page."),
    )
    units = forms.ModelMultipleChoiceField(
        label=_("Units"),
        queryset=None,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    segment = forms.ModelChoiceField(
        label=_("Segment"), queryset=Segment.objects.all(), required=False, empty_label=_("All")
    )
    period = forms.ChoiceField(label=_("Answers of"), choices=Period.choices)
    level = forms.ChoiceField(label=_("Length"), choices=ReportLevel.choices)
    with_comments = forms.BooleanField(
        label=_("With some comments (full only)"),
        required=False,
        help_text=_("Who gets the PDF reads them; names and numbers are taken out."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    paper = forms.ChoiceField(label=_("Paper"), choices=Paper.choices)
    schedule = forms.ChoiceField(label=_("Issued"), choices=Schedule.choices, required=False)
    at = forms.TimeField(
        label=_("Time of day"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    weekday = forms.TypedChoiceField(
        label=_("Day of the week"), choices=list(WEEKDAYS.items()), coerce=int
    )
    month_day = forms.IntegerField(label=_("Day of the month"), min_value=1, max_value=28)
    recipients = forms.CharField(
        label=_("Recipients"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("E-mail addresses, one a line."),
    )
    delivery = forms.ChoiceField(label=_("They get"), choices=Delivery.choices)

    def __init__(self, *args, user, report, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.report = user, report
        units = self.fields["units"]
        units.queryset = units_for(user).order_by("path")
        units.label_from_instance = lambda unit: "\u2003" * (unit.depth - 1) + unit.name
        units.help_text = (
            _("One bulletin for each. With none chosen: one for the whole organisation.")
            if sees_all_units(user)
            else _("One bulletin for each.")
        )
        self.fields["segment"].label_from_instance = lambda segment: text_in(
            segment.name, get_language(), report.survey.default_language
        )
        self.fields["at"].help_text = _("In the time zone %(zone)s.") % {"zone": settings.TIME_ZONE}
        for name in FIELDS:
            self.fields[name].initial = getattr(report, name)
        if report.pk:
            units.initial = report.units.all()

    def layout(self):
        """What, when, to whom."""
        return [
            Row(Column("name"), Column("audience")),
            Fieldset(
                _("What it counts"),
                Row(Column("units"), Column("period", "segment")),
                Row(Column("level"), Column("language"), Column("paper")),
                "with_comments",
            ),
            Fieldset(
                _("When it is issued"),
                Row(Column("schedule"), Column("at")),
                Row(Column("weekday"), Column("month_day")),
            ),
            Fieldset(_("Who gets it"), Row(Column("recipients"), Column("delivery"))),
        ]

    def clean_name(self):
        """A name belongs to one report of a survey."""
        name = self.cleaned_data["name"]
        others = Report.objects.filter(survey=self.report.survey, name=name)
        if others.exclude(pk=self.report.pk).exists():
            raise ValidationError(_("There is a report of this name already."))
        return name

    def clean_units(self):
        """Only who sees the whole organisation may report on the whole."""
        units = self.cleaned_data["units"]
        if not units and not sees_all_units(self.user):
            raise ValidationError(_("Choose at least one unit."))
        return units

    def clean(self):
        """Only who may read the comments of every unit chosen may have them printed."""
        given = super().clean()
        if given.get("with_comments"):
            units = list(given.get("units") or [None])
            if not all(may_print_comments(self.user, unit) for unit in units):
                self.add_error("with_comments", _("You may not read the comments of these units."))
        return given

    def clean_recipients(self):
        """One address a line, each a real one."""
        addresses = self.cleaned_data["recipients"].replace(",", " ").replace(";", " ").split()
        if len(addresses) > MOST_RECIPIENTS:
            raise ValidationError(
                _("At most %(number)s recipients, please.") % {"number": MOST_RECIPIENTS}
            )
        for address in addresses:
            try:
                validate_email(address)
            except ValidationError:
                raise ValidationError(
                    _("“%(address)s” is not an e-mail address.") % {"address": address}
                ) from None
        return "\n".join(dict.fromkeys(addresses))

    def filled(self):
        """The report with what was given; the units are beside it."""
        for name in FIELDS:
            setattr(self.report, name, self.cleaned_data[name])
        return self.report
