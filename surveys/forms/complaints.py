"""What staff write about a complaint."""

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.enums import ComplaintEntryKind

from .staff import StaffForm


class ComplaintEntryForm(StaffForm):
    """A note for staff, or an answer that the customer reads."""

    kind = forms.ChoiceField(
        label=_("Who will read it"),
        choices=[
            (ComplaintEntryKind.NOTE, _("Only staff: a note")),
            (ComplaintEntryKind.ANSWER, _("The customer: an answer, shown by their link")),
        ],
        initial=ComplaintEntryKind.NOTE,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=_("Text"), max_length=10_000, widget=forms.Textarea(attrs={"rows": 4})
    )
