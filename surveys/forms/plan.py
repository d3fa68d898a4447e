"""The survey plan as a part of the settings form: why, whom, how chosen, when."""

from crispy_forms.layout import HTML, Column, Fieldset, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.enums import Selection

TEXTS = {
    "purpose": _("Purpose"),
    "population": _("Who could be asked"),
    "selection_rule": _("How they were chosen"),
}
PLAN = (*TEXTS, "selection", "sample_size", "sample_seed", "field_from", "field_until")
LARGEST_NUMBER = 2_147_483_647


class PlanFields:
    """Adds the plan to a form, and reads it back."""

    def add_plan(self, survey):
        """Add the fields of the plan with what is stored."""
        for name, label in TEXTS.items():
            self.fields[name] = forms.CharField(
                label=label,
                required=False,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}),
            )
        self.fields["selection"] = forms.ChoiceField(
            label=_("Selection"), required=False, choices=[("", "–"), *Selection.choices]
        )
        self.fields["sample_size"] = _number(_("Number chosen"), lowest=1)
        self.fields["sample_seed"] = _number(
            _("Seed"),
            help_text=_("Of a random selection; leave it empty to have one drawn and kept."),
        )
        for name, label in (("field_from", _("First day")), ("field_until", _("Last day"))):
            self.fields[name] = forms.DateField(
                label=label,
                required=False,
                widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            )
        for name in PLAN:
            self.fields[name].initial = getattr(survey, name)

    def plan_fieldset(self):
        """The plan under a heading of its own."""
        return Fieldset(
            _("Survey plan"),
            HTML('<p class="quiet">{}</p>'.format(_("Reports print it with the method."))),
            Row(*map(Column, TEXTS)),
            Row(Column("selection"), Column("sample_size"), Column("sample_seed")),
            Row(Column("field_from"), Column("field_until")),
        )

    def check_plan(self, values):
        """The last day is not before the first; only a random selection has a seed."""
        first, last = values.get("field_from"), values.get("field_until")
        if first and last and last < first:
            self.add_error("field_until", _("The last day is before the first."))
        if values.get("selection") != Selection.RANDOM:
            values["sample_seed"] = None

    def plan_values(self):
        """What `change_survey` takes of the plan."""
        return {name: self.cleaned_data[name] for name in PLAN}


def _number(label, *, lowest=0, help_text=""):
    return forms.IntegerField(
        label=label,
        required=False,
        min_value=lowest,
        max_value=LARGEST_NUMBER,
        help_text=help_text,
    )
