"""Forms for the words of a draft in its languages."""

import json

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.definitions.checks import LONGEST_TEXT
from surveys.definitions.findings import language_name

from .staff import StaffForm

ROW_SIGNS = 60


class TranslateForm(forms.Form):
    """A field for each text that is not yet, or no longer, right in one language."""

    def __init__(self, *args, groups, language, missing_only=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.language = language
        self.groups = {group.name: group for group in groups}
        for group in groups:
            if not (missing_only and group.target) or group.name in self.data:
                self.fields[group.name] = forms.CharField(
                    label=group.source,
                    required=False,
                    initial=group.target,
                    max_length=LONGEST_TEXT,
                    widget=forms.Textarea(
                        attrs={
                            "rows": min(len(group.source) // ROW_SIGNS + 1, 6),
                            "lang": language,
                            "class": "form-control",
                        }
                    ),
                )
        for number, name in enumerate(self.fields):
            self.fields[name].widget.attrs["id"] = f"text-{number}"

    @property
    def rows(self):
        """Each field with the texts that it stands for."""
        return [(self[name], self.groups[name]) for name in self.fields]

    def changes(self):
        """The words that are others now, by place and language."""
        return {
            place: {self.language: self.cleaned_data[name]}
            for name in self.fields
            if name in self.data and self.cleaned_data[name] != self.groups[name].target
            for place in self.groups[name].places
        }


class TextFileForm(StaffForm):
    """A file that came back from a translator."""

    file = forms.FileField(label=_("File"), help_text=_("The .xlsx or .po file from this page."))
    language = forms.ChoiceField(
        label=_("Language of a .po file"),
        required=False,
        help_text=_("An .xlsx file says it in its columns."),
    )

    def __init__(self, *args, languages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"].widget.attrs["accept"] = ".xlsx,.po"
        self.fields["language"].choices = [(code, language_name(code)) for code in languages]


class TextChangesForm(forms.Form):
    """The changes of a file, carried from their preview to the button that makes them."""

    changes = forms.CharField(widget=forms.HiddenInput, max_length=2_000_000)

    def clean_changes(self):
        """Words by place and language."""
        try:
            changes = json.loads(self.cleaned_data["changes"])
        except ValueError:
            changes = None
        is_right = isinstance(changes, dict) and all(
            isinstance(words, dict) and all(isinstance(text, str) for text in words.values())
            for words in changes.values()
        )
        if not is_right:
            raise forms.ValidationError(
                _("The changes were not sent whole. Choose the file again.")
            )
        return changes
