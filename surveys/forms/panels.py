"""Forms for panels and saved filters."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.models import CustomerFilter

from .staff import StaffForm

LONGEST_PASTE = 500_000
SIGNS_BETWEEN = re.compile(r"[\s,;]+")


class PanelForm(StaffForm):
    """Name and purpose of a panel."""

    name = forms.CharField(label=_("Name"), max_length=100)
    description = forms.CharField(
        label=_("Description"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    is_apart = forms.BooleanField(
        label=_("Reported apart"),
        required=False,
        initial=True,
        help_text=_("Its answers are not counted in the general figures unless asked for."),
    )

    def __init__(self, *args, panel=None, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items() if panel else ():
            field.initial = getattr(panel, name)


class PasteForm(StaffForm):
    """Customers by number or e-mail address, as they come from another place."""

    customers = forms.CharField(
        label=_("Customer numbers or e-mail addresses"),
        max_length=LONGEST_PASTE,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
        help_text=_("One in a line, or with commas between them."),
    )

    def clean_customers(self):
        """The numbers and addresses one by one."""
        parts = SIGNS_BETWEEN.split(self.cleaned_data["customers"])
        return list(dict.fromkeys(part for part in parts if part))


class ByFilterForm(StaffForm):
    """Everybody who meets a saved filter now."""

    customer_filter = forms.ModelChoiceField(
        label=_("Saved filter"), queryset=CustomerFilter.objects.all()
    )


class FilterNameForm(StaffForm):
    """The name under which conditions are kept."""

    name = forms.CharField(label=_("Name of the filter"), max_length=100)
