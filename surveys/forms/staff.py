"""What the forms of the staff pages share: crispy's helper, and texts in several languages."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Column, Layout, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.definitions.checks import LONGEST_TEXT
from surveys.definitions.findings import language_name


class StaffForm(forms.Form):
    """A form whose layout stands in `layout()`; the page writes the form tag and the button."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.error_css_class = "is-invalid"

    @property
    def helper(self):
        """Crispy's helper with the layout of this form."""
        helper = FormHelper()
        helper.form_tag = False
        helper.disable_csrf = True
        helper.layout = Layout(*self.layout())
        return helper

    def layout(self):
        """The fields in their order; forms with columns say so here."""
        return list(self.fields)


class TextsMixin:
    """Adds a field per language for one text, and reads them back as a text by language."""

    def add_texts(self, name, label, texts, languages, *, needed_in=None, rows=None, help_text=""):
        """Add fields for one text; `rows` makes them areas of that many lines."""
        for code in languages:
            widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
            widget.attrs["lang"] = code
            self.fields[field_name(name, code)] = forms.CharField(
                label=label_in(label, code, len(languages)),
                initial=texts.get(code, ""),
                required=code == needed_in,
                max_length=LONGEST_TEXT,
                widget=widget,
                help_text=help_text,
            )

    def texts(self, name, stored=None):
        """The text as given, over what is stored in languages that the form does not show."""
        found = dict(stored or {})
        for field, value in self.cleaned_data.items():
            if field.startswith(f"{name}__"):
                found[field.removeprefix(f"{name}__")] = value
        return {code: text for code, text in found.items() if text}

    def texts_row(self, name):
        """The fields of one text side by side."""
        return Row(
            *(Column(field) for field in self.fields if field.startswith(f"{name}__")),
            css_class="texts-row",
        )


def field_name(name, code):
    """The name of the field for a text in one language."""
    return f"{name}__{code}"


def label_in(label, code, count):
    """The label of a field, with its language where there are several."""
    if count == 1:
        return label
    return _("%(label)s (%(language)s)") % {"label": label, "language": language_name(code)}
