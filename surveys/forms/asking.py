"""What the forms of waves, series and event rules have in common: how to ask, and whom."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from surveys.enums import Channel, MessageKind, Population
from surveys.models import CustomerFilter, Panel
from surveys.selectors.message_texts import texts_for

from .staff import StaffForm

MOST_CUSTOMERS = 10_000_000
LARGEST_SEED = 2_147_483_647
LONGEST_DAYS = 366
MOST_REMINDERS = 3


class AskingForm(StaffForm):
    """By which channel and words customers are asked, and when they are reminded.

    A form names the fields of its model in `STORED`.
    """

    STORED = ("channel", "text", "reminder_text", "reminder_days", "answer_days")

    channel = forms.ChoiceField(
        label=_("Sent by"),
        choices=[(channel.value, channel.label) for channel in (Channel.EMAIL, Channel.SMS)],
    )
    text = forms.ModelChoiceField(label=_("Invitation"), queryset=None, required=False)
    answer_days = forms.IntegerField(
        label=_("Days to answer"),
        min_value=1,
        max_value=LONGEST_DAYS,
        help_text=_("So long the personal link works."),
    )
    reminder_days = forms.CharField(
        label=_("Remind after days"),
        required=False,
        max_length=40,
        help_text=_("Such as 5, 10: at most three reminders. Empty: none."),
    )
    reminder_text = forms.ModelChoiceField(label=_("Reminder"), queryset=None, required=False)

    def __init__(self, *args, plan, **kwargs):
        super().__init__(*args, **kwargs)
        self.plan = plan
        for name, kind in (
            ("text", MessageKind.INVITATION),
            ("reminder_text", MessageKind.REMINDER),
        ):
            texts = texts_for(plan.survey, kind)
            self.fields[name].queryset = texts
            self.fields[name].empty_label = None if texts else _("Ready wording")
        for name in self.STORED:
            self.fields[name].initial = getattr(plan, name, None)
        self.fields["reminder_days"].initial = ", ".join(map(str, plan.reminder_days))

    def message_fieldset(self):
        """How customers are asked."""
        return Fieldset(
            _("What they get"),
            Row(Column("channel"), Column("text"), Column("answer_days")),
            Row(Column("reminder_days"), Column("reminder_text")),
        )

    def clean_reminder_days(self):
        """Ascending days."""
        words = self.cleaned_data["reminder_days"].replace(",", " ").replace("、", " ").split()
        try:
            days = [int(word) for word in words]
        except ValueError:
            raise ValidationError(_("Days are whole numbers, such as 5, 10.")) from None
        if any(day < 1 or day > LONGEST_DAYS for day in days) or days != sorted(set(days)):
            raise ValidationError(_("Each reminder comes at least a day after the one before."))
        if len(days) > MOST_REMINDERS:
            raise ValidationError(_("At most three reminders, please."))
        return days

    def clean(self):
        """Nobody is reminded when the link works no longer."""
        values = super().clean()
        days, answer_days = values.get("reminder_days"), values.get("answer_days")
        if days and answer_days and days[-1] >= answer_days:
            self.add_error(
                "reminder_days", _("The link does not work any more when this reminder comes.")
            )
        return values

    def filled(self):
        """The wave, series or rule with the values of the form."""
        for name in self.STORED:
            setattr(self.plan, name, self.cleaned_data[name])
        return self.plan


class RecruitmentForm(AskingForm):
    """Whom a wave asks: a population, or so many of it at random."""

    STORED = (
        *AskingForm.STORED,
        "population",
        "filter",
        "panel",
        "sample_size",
        "sample_seed",
        "spread_hours",
    )

    population = forms.ChoiceField(label=_("Who is asked"), choices=Population.choices)
    filter = forms.ModelChoiceField(
        label=_("Saved filter"),
        queryset=CustomerFilter.objects.all(),
        required=False,
        empty_label=_("None"),
    )
    panel = forms.ModelChoiceField(
        label=_("Panel"), queryset=None, required=False, empty_label=_("None")
    )
    sample_size = forms.IntegerField(
        label=_("How many, at random"),
        required=False,
        min_value=1,
        max_value=MOST_CUSTOMERS,
        help_text=_("Everybody has the same chance. Empty: all of them."),
    )
    sample_seed = forms.IntegerField(
        label=_("Seed"),
        required=False,
        min_value=0,
        max_value=LARGEST_SEED,
        help_text=_("The same seed picks the same people. Empty: one is drawn and kept."),
    )
    spread_hours = forms.IntegerField(
        label=_("Spread over hours"),
        min_value=0,
        max_value=24 * 31,
        help_text=_("Messages go out evenly over so many hours. 0: as fast as allowed."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["panel"].queryset = Panel.objects.filter(archived_at__isnull=True)

    def recruitment_fieldset(self):
        """Who is asked."""
        return Fieldset(
            _("Who is asked"),
            Row(Column("population"), Column("filter"), Column("panel")),
            Row(Column("sample_size"), Column("sample_seed"), Column("spread_hours")),
        )

    def clean(self):
        """A filter or a panel is named where one is meant."""
        values = super().clean()
        for population, name in ((Population.FILTER, "filter"), (Population.PANEL, "panel")):
            if values.get("population") != population:
                values[name] = None
            elif not values.get(name):
                self.add_error(name, _("Choose one."))
        if not values.get("sample_size"):
            values["sample_seed"] = None
        return values
