"""The form for one event of a customer."""

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from surveys.enums import Channel
from surveys.models import EventKind, Unit
from surveys.texts import text_in

from .staff import StaffForm


class KindField(forms.ModelChoiceField):
    """Kinds of events by their name in the language of the reader."""

    def label_from_instance(self, kind):
        """The name of a kind."""
        return text_in(kind.name, get_language())


class EventForm(StaffForm):
    """What happened, when, where, and who served the customer."""

    kind = KindField(label=_("Kind"), queryset=EventKind.objects.all(), to_field_name="code")
    occurred_at = forms.DateTimeField(
        label=_("Time"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"],
        initial=lambda: timezone.localtime().replace(second=0, microsecond=0),
    )
    external_id = forms.CharField(
        label=_("Event number"),
        required=False,
        max_length=100,
        help_text=_("An order, ticket or receipt number. Without one it gets a number of its own."),
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"), queryset=Unit.objects.all(), to_field_name="code", required=False
    )
    amount = forms.DecimalField(label=_("Amount"), required=False, max_digits=14, decimal_places=2)
    staff = forms.CharField(label=_("Staff"), required=False, max_length=100)

    def clean_occurred_at(self):
        """Nothing has happened yet that lies in the future."""
        moment = self.cleaned_data["occurred_at"]
        if moment > timezone.now():
            raise forms.ValidationError(_("This time lies in the future."))
        return moment


class AskAboutEventForm(StaffForm):
    """By which survey and channel a customer is asked about an event."""

    survey = forms.ModelChoiceField(label=_("Survey"), queryset=None, to_field_name="slug")
    channel = forms.ChoiceField(
        label=_("Channel"),
        choices=[(Channel.EMAIL, Channel.EMAIL.label), (Channel.SMS, Channel.SMS.label)],
        initial=Channel.EMAIL,
    )

    def __init__(self, *args, surveys, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["survey"].queryset = surveys
