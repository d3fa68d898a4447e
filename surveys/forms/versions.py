"""Choosing two versions of a survey."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy


class CompareForm(forms.Form):
    """The older and the newer version; a wish that cannot be met gives the newest pair."""

    old = forms.TypedChoiceField(label=gettext_lazy("Before"), coerce=int)
    new = forms.TypedChoiceField(label=gettext_lazy("After"), coerce=int)

    def __init__(self, *args, versions, **kwargs):
        super().__init__(*args, **kwargs)
        self.versions = {version.number: version for version in versions}
        newest, before, *_older = sorted(self.versions, reverse=True)
        choices = [(version.number, _words(version)) for version in versions]
        for name, number in (("old", before), ("new", newest)):
            self.fields[name].choices = choices
            self.fields[name].initial = number
            self.fields[name].widget.attrs["class"] = "form-select"

    def pair(self):
        """The two versions, the one with the lower number first."""
        wanted = self.cleaned_data if self.is_valid() else self.initial_pair
        return [self.versions[number] for number in sorted((wanted["old"], wanted["new"]))]

    @property
    def initial_pair(self):
        """The newest version and the one before it."""
        return {name: field.initial for name, field in self.fields.items()}


def _words(version):
    return _("Version %(number)d · %(state)s") % {
        "number": version.number,
        "state": version.get_state_display(),
    }
