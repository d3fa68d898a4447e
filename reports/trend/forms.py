"""What a reader may choose on the page on trends, and what staff note beside it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from reports.dataset import waves_of
from reports.enums import LimitsKind, PeriodKind, ShiftKind
from surveys.forms.staff import StaffForm
from surveys.permissions import units_for

from . import words
from .access import may_keep_records
from .trend import TrendOptions, completed


class TrendForm(forms.Form):
    """Which measure, by which periods, and how it is judged."""

    measure = forms.ChoiceField(label=_("Measure"))
    period = forms.ChoiceField(label=_("Period"))
    limits = forms.ChoiceField(label=_("Control chart"), required=False)
    shift = forms.ChoiceField(label=_("Lasting shifts"), required=False, choices=ShiftKind.choices)

    def __init__(self, asked, *, survey, measures, questionnaires):
        options = completed(TrendOptions(asked.get("measure") or "top_box"), survey, questionnaires)
        names = {one.code: words.measure_name(one, survey) for one in measures}
        if options.measure not in names and not asked.get("measure") and measures:
            options = completed(TrendOptions(measures[0].code), survey, questionnaires)
        defaults = {
            "measure": options.measure,
            "period": options.period,
            "limits": options.limits,
            "shift": ShiftKind.EWMA,
        }
        super().__init__(defaults | {name: value for name, value in asked.items() if value})
        kinds = PeriodKind.choices
        if not waves_of(survey):
            kinds = [choice for choice in kinds if choice[0] != PeriodKind.WAVE]
        self.fields["measure"].choices = list(names.items())
        self.fields["period"].choices = kinds
        self.fields["limits"].choices = LimitsKind.choices
        if options.limits == LimitsKind.INDIVIDUALS:
            del self.fields["limits"]  # only shares have a choice of limits
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    def options(self, survey, questionnaires):
        """The options of the trend asked for."""
        chosen = self.cleaned_data
        wanted = TrendOptions(
            measure=chosen["measure"],
            period=PeriodKind(chosen["period"]),
            limits=LimitsKind(chosen["limits"]) if chosen.get("limits") else None,
            shift=ShiftKind(chosen.get("shift") or ShiftKind.EWMA),
        )
        return completed(wanted, survey, questionnaires)


class NotedChangeForm(StaffForm):
    """A day and what changed from then on."""

    day = forms.DateField(label=_("First day"), widget=forms.DateInput(attrs={"type": "date"}))
    text = forms.CharField(
        label=_("What changed"),
        max_length=200,
        help_text=_("For example: new opening hours. Everybody who sees this survey reads it."),
    )
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=None, required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        unit = self.fields["unit"]
        unit.queryset = units_for(user)
        unit.required = not may_keep_records(user, None)
        unit.empty_label = None if unit.required else _("All units")


class FreezeForm(StaffForm):
    """The periods that limits are computed from, and why."""

    first = forms.ChoiceField(label=_("From"))
    last = forms.ChoiceField(label=_("To"))
    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("For example: a quiet year, before the new opening hours."),
    )

    def __init__(self, *args, periods, **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(period.first_day.isoformat(), words.period_name(period)) for period in periods]
        self.periods = {period.first_day.isoformat(): period for period in periods}
        self.fields["first"].choices = choices
        self.fields["last"].choices = choices
        self.fields["first"].initial = choices[0][0] if choices else None
        self.fields["last"].initial = choices[-1][0] if choices else None

    def clean(self):
        """From must not lie after to."""
        found = super().clean()
        if found.get("first", "") > found.get("last", "~"):
            self.add_error("last", _("The last period lies before the first one."))
        return found

    def span(self):
        """First and last day of the baseline."""
        first, last = (self.periods[self.cleaned_data[name]] for name in ("first", "last"))
        return first.first_day, last.last_day
