"""Forms for the texts of messages."""

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.enums import MessageKind
from surveys.models import MessageText

from .staff import StaffForm, TextsMixin

TEXTS = ("subject", "body", "sms")


class MessageTextForm(TextsMixin, StaffForm):
    """Subject, text and text message in every language of a survey, side by side."""

    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("Only staff see it."))
    asks_first_question = forms.BooleanField(
        label=_("First question in the mail"),
        required=False,
        help_text=_(
            "Each answer becomes a button that opens the page with it chosen; "
            "nothing counts before the customer sends it."
        ),
    )

    def __init__(self, *args, text, languages, may_ask=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored = text
        languages = [*languages, *(code for code in text.body if code not in languages)]
        self.fields["name"].initial = text.name
        self.add_texts("subject", _("Subject"), text.subject, languages)
        self.add_texts("body", _("Text"), text.body, languages, rows=14)
        help_text = _("Only for customers who are asked by text message; it may stay empty.")
        self.add_texts("sms", _("Text message"), text.sms, languages, rows=4, help_text=help_text)
        self.fields["asks_first_question"].initial = text.asks_first_question
        if not may_ask:
            del self.fields["asks_first_question"]

    def layout(self):
        """Languages side by side, the mail apart from the text message."""
        question = ["asks_first_question"] if "asks_first_question" in self.fields else []
        return [
            "name",
            Fieldset(_("E-mail"), self.texts_row("subject"), self.texts_row("body"), *question),
            Fieldset(
                _("Text message"),
                self.texts_row("sms"),
            ),
        ]

    def as_fields(self):
        """What the service takes."""
        fields = {name: self._read(name) for name in TEXTS}
        fields["name"] = self.cleaned_data["name"]
        if "asks_first_question" in self.fields:
            fields["asks_first_question"] = self.cleaned_data["asks_first_question"]
        return fields

    def _read(self, name):
        texts = self.texts(name)
        return {code: words.replace("\r\n", "\n") for code, words in texts.items()}


class NewMessageForm(forms.Form):
    """Which kind of message to add."""

    kind = forms.ChoiceField(choices=MessageKind.choices)


class TakenMessageForm(forms.Form):
    """Which text of another survey to take."""

    text = forms.ModelChoiceField(queryset=MessageText.objects.none())

    def __init__(self, *args, texts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].queryset = texts
