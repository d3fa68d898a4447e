"""What a reader may choose on the results pages."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from reports.models import ReportLevel
from surveys.permissions import sees_all_units, units_for

WINDOWS = [(30, _("30 days")), (90, _("90 days")), (180, _("180 days")), (365, _("365 days"))]
PERIODS = [
    (7, _("7 days")),
    (30, _("30 days")),
    (91, _("13 weeks")),
    (364, _("52 weeks")),
]
INDENT = "\u2003"


class UnitField(forms.ChoiceField):
    """A unit and everything below it, indented as in the tree; empty is all that one may see.

    With `only_whole`, "everything" is offered only to who sees the whole organisation.
    """

    def __init__(self, user, *, only_whole=False, **options):
        units = units_for(user).order_by("path")
        choices = [("", _("All units") if sees_all_units(user) else _("All my units"))]
        if only_whole and not sees_all_units(user):
            choices = []
        choices += [(unit.code, INDENT * (unit.depth - 1) + unit.name) for unit in units]
        super().__init__(label=_("Unit"), choices=choices, required=False, **options)

    @property
    def has_choice(self):
        """Whether there is more than one thing to choose."""
        return len(self.choices) > 2


class ScopeForm(forms.Form):
    """Which part of the organisation, and for observed loyalty which window."""

    def __init__(self, user, *args, with_window=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(user)
        if with_window:
            self.fields["days"] = forms.TypedChoiceField(
                label=_("Window"), choices=WINDOWS, coerce=int, required=False
            )
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"


class FieldworkForm(forms.Form):
    """Which part of the organisation, and how far back."""

    period = forms.TypedChoiceField(label=_("Period"), choices=PERIODS, coerce=int, required=False)

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(user)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"


class MarginsForm(forms.Form):
    """What the answers are to be weighted by; nothing chosen is no weighting."""

    margin = forms.MultipleChoiceField(
        label=_("Weight by"),
        choices=[("unit", _("Unit")), ("segment", _("Segment")), ("language", _("Language"))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


class EditionForm(forms.Form):
    """What a bulletin holds and in which language."""

    level = forms.ChoiceField(label=_("Length"), choices=ReportLevel.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(user, only_whole=True)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"
