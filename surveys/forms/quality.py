"""Choosing answers to check, and deciding about them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.enums import CheckSign, CheckState, FlagKind


class CheckForm(forms.Form):
    """Which answers are listed."""

    sign = forms.ChoiceField(
        label=_("Signs"),
        choices=[*CheckSign.choices[:2], *FlagKind.choices, *CheckSign.choices[2:]],
        initial=CheckSign.ANY,
        required=False,
    )
    state = forms.ChoiceField(
        label=_("Figures"), choices=CheckState.choices, initial=CheckState.ALL, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"

    @property
    def wanted(self):
        """The choices made, or those that hold where nothing was chosen."""
        return {
            name: self.cleaned_data.get(name) or field.initial
            for name, field in self.fields.items()
        }


class DecisionForm(forms.Form):
    """What is decided about which answers, and why."""

    decision = forms.ChoiceField(
        choices=[("exclude", _("Leave out")), ("include", _("Count again"))]
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=300,
        error_messages={"required": _("Please give a reason: it is kept with the decision.")},
    )
    is_whole_list = forms.BooleanField(label=_("The whole list, all its pages"), required=False)
    chosen = forms.TypedMultipleChoiceField(required=False)

    def __init__(self, *args, listed=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].choices = [(str(key), "") for key in listed]
        self.fields["reason"].widget.attrs["class"] = "form-control"
        self.fields["is_whole_list"].widget.attrs["class"] = "form-check-input"

    def clean(self):
        """Something must be chosen."""
        values = super().clean()
        if not values.get("is_whole_list") and not values.get("chosen"):
            self.add_error(None, _("Please choose the answers that the decision is about."))
        return values
