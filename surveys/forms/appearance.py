"""How a survey's pages look to customers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.contrast import COLOUR

from .staff import StaffForm


class AppearanceForm(StaffForm):
    """The colour of buttons and links, and the name at the top."""

    sender_name = forms.CharField(
        label=_("Who asks"),
        required=False,
        max_length=100,
        help_text=_("The name at the top of the page. Empty: the name of the organisation."),
    )
    has_own_accent = forms.BooleanField(label=_("Use an own colour"), required=False)
    accent = forms.CharField(
        label=_("Colour of buttons and links"),
        required=False,
        max_length=7,
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("A colour that would be hard to read is made darker or lighter by itself."),
    )

    def clean_accent(self):
        """A colour as browsers send it."""
        accent = self.cleaned_data["accent"].lower()
        if accent and not COLOUR.fullmatch(accent):
            raise forms.ValidationError(_("Please write the colour like #0b6e69."))
        return accent

    @property
    def chosen(self):
        """What is to be stored."""
        accent = self.cleaned_data["accent"] if self.cleaned_data["has_own_accent"] else ""
        return {"sender_name": self.cleaned_data["sender_name"], "accent": accent}
