"""Forms for public and personal links."""

from crispy_forms.layout import Column, Row
from django import forms
from django.core.validators import validate_slug
from django.utils.translation import gettext_lazy as _

from surveys.enums import Channel
from surveys.models import Unit

from .staff import StaffForm

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

    def layout(self):
        """Name and address, then the circumstances."""
        first = [Column(name) for name in ("name", "slug") if name in self.fields]
        return [
            Row(*first),
            Row(Column("channel"), Column("touchpoint"), Column("unit")),
            Row(Column("opens_at"), Column("closes_at")),
            *(["is_test"] if "is_test" in self.fields else []),
        ]

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
