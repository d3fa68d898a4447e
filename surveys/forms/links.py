"""Forms for public and personal links."""

from crispy_forms.layout import Column, Row
from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from surveys.enums import Channel
from surveys.models import Unit
from surveys.origins import read_origins

from .staff import StaffForm

MOST_ANSWERS = 1_000_000
OFFERED = (Channel.LINK, Channel.QR, Channel.EMAIL, Channel.SMS, Channel.FACE_TO_FACE)


class PublicLinkForm(StaffForm):
    """Where a public link is offered, and when."""

    name = forms.CharField(
        label=_("Name"), max_length=100, help_text=_("For you, such as “Poster in the shop”.")
    )
    slug = forms.CharField(
        label=_("Address"),
        max_length=60,
        required=False,
        validators=[validate_slug],
        help_text=_("The last part of the address. Leave it empty to have one made."),
    )
    channel = forms.ChoiceField(
        label=_("Channel"), choices=[(channel.value, channel.label) for channel in OFFERED]
    )
    touchpoint = forms.CharField(
        label=_("Touchpoint"),
        max_length=100,
        required=False,
        help_text=_("Such as delivery, counter, hotline."),
    )
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("None"),
        help_text=_("Answers are counted for this unit."),
    )
    opens_at = forms.DateTimeField(label=_("Opens"), required=False)
    closes_at = forms.DateTimeField(label=_("Closes"), required=False)
    maximum_answers = forms.IntegerField(
        label=_("Most answers"),
        required=False,
        min_value=1,
        max_value=MOST_ANSWERS,
        help_text=_("After so many the link closes. Empty: any number."),
    )
    is_kiosk = forms.BooleanField(
        label=_("On a shared device"),
        required=False,
        help_text=_(
            "For a tablet that many people answer on: it begins anew after each one, and after "
            "30 seconds without a touch. Nobody sees what the last one answered."
        ),
    )
    embed_hosts = forms.CharField(
        label=_("Web sites that show it in a frame"),
        required=False,
        max_length=5000,
        help_text=_("One in a line, such as https://www.example.org. No other site can."),
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    is_test = forms.BooleanField(
        label=_("For testing"),
        required=False,
        help_text=_("Its answers are kept apart and never reach a result. This cannot be changed."),
    )

    def __init__(self, *args, units, link=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units.filter(is_active=True)
        for name in ("opens_at", "closes_at"):
            self.fields[name].widget = forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            )
        if link is not None:
            del self.fields["slug"], self.fields["is_test"]
            for name, field in self.fields.items():
                field.initial = getattr(link, name)
            self.fields["embed_hosts"].initial = "\n".join(link.embed_hosts)

    def layout(self):
        """Name and address, the circumstances, when, and the special uses."""
        first = [Column(name) for name in ("name", "slug") if name in self.fields]
        return [
            Row(*first),
            Row(Column("channel"), Column("touchpoint"), Column("unit")),
            Row(Column("opens_at"), Column("closes_at"), Column("maximum_answers")),
            "is_kiosk",
            "embed_hosts",
            *(["is_test"] if "is_test" in self.fields else []),
        ]

    def clean_embed_hosts(self):
        """The origins of the sites."""
        return read_origins(self.cleaned_data["embed_hosts"])

    def clean(self):
        """A link closes after it opens."""
        values = super().clean()
        opens_at, closes_at = values.get("opens_at"), values.get("closes_at")
        if opens_at and closes_at and closes_at <= opens_at:
            self.add_error("closes_at", _("A link closes after it opens."))
        return values


class PersonalLinkForm(StaffForm):
    """Which customer gets a personal link."""

    external_id = forms.CharField(label=_("Customer number"), max_length=100)
    channel = forms.ChoiceField(
        label=_("You will pass it on by"),
        choices=[
            (channel.value, channel.label)
            for channel in (Channel.EMAIL, Channel.SMS, Channel.PHONE, Channel.FACE_TO_FACE)
        ],
    )
