"""Forms for the tree of units."""

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.models import Unit

from .staff import StaffForm


class UnitChoiceField(forms.ModelChoiceField):
    """A unit, set in by how deep it stands in the tree."""

    def label_from_instance(self, unit):
        """The name behind one wide space for each unit above."""
        return "\u2003" * (unit.depth - 1) + unit.name


class UnitForm(StaffForm):
    """A new unit."""

    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("By which files name it; it never changes.")
    )
    parent = UnitChoiceField(
        label=_("Below"), queryset=Unit.objects.none(), required=False, empty_label=_("At the top")
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parent"].queryset = Unit.objects.get_tree()

    def clean_code(self):
        """A code that no unit has."""
        code = self.cleaned_data["code"].strip()
        if Unit.objects.filter(code=code).exists():
            raise forms.ValidationError(_("There is a unit with this code already."))
        return code


class UnitChangeForm(StaffForm):
    """Name and place of a unit."""

    name = forms.CharField(label=_("Name"), max_length=200)
    parent = UnitChoiceField(
        label=_("Below"),
        queryset=Unit.objects.none(),
        required=False,
        empty_label=_("At the top"),
        help_text=_("Answers given so far stay where the unit stood when they were given."),
    )

    def __init__(self, *args, unit, **kwargs):
        super().__init__(*args, **kwargs)
        elsewhere = Unit.objects.get_tree().exclude(path__startswith=unit.path)
        self.fields["parent"].queryset = elsewhere
        self.fields["parent"].initial = Unit.objects.get_parent(unit)
        self.fields["name"].initial = unit.name
