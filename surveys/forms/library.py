"""Forms for templates and for the question library."""

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.texts import text_in

from .staff import StaffForm


class SaveTemplateForm(StaffForm):
    """What a survey is called as a template."""

    name = forms.CharField(label=_("Name of the template"), max_length=100)
    measures = forms.CharField(
        label=_("What it measures, and when it is sent"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TakeQuestionsForm(forms.Form):
    """Which questions of the library are taken, and into which section."""

    code = forms.MultipleChoiceField(
        error_messages={
            "required": _("Choose one question at least."),
            "invalid_choice": _("One of these questions is not in the library any more."),
        }
    )
    section = forms.ChoiceField(label=_("Into the section"))

    def __init__(self, *args, codes, sections, language, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].choices = [(code, code) for code in codes]
        self.fields["section"].choices = [
            (str(section.pk), text_in(section.title, language) or number)
            for number, section in enumerate(sections, 1)
        ]
        self.fields["section"].widget.attrs["class"] = "form-select"
