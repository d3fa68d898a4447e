"""What a reader may choose on the results pages."""

from decimal import Decimal

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from reports.models import CellContent, ExportFormat, Paper, ReportLevel
from surveys.enums import Role
from surveys.permissions import (
    may_see_rows,
    sees_all_units,
    sees_rows_of_all_units,
    unit_for,
    units_for,
    units_with_rows_for,
)

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


class WindowForm(forms.Form):
    """For observed loyalty, the time in which a customer is to come back."""

    days = forms.TypedChoiceField(label=_("Window"), choices=WINDOWS, coerce=int, required=False)
    days.widget.attrs["class"] = "form-select"


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
    paper = forms.ChoiceField(label=_("Paper"), choices=Paper.choices, required=False)
    with_comments = forms.BooleanField(label=_("With some comments (full only)"), required=False)

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(user, only_whole=True)
        if not may_see_rows(user):
            del self.fields["with_comments"]
        for field in self.fields.values():
            is_box = isinstance(field, forms.BooleanField)
            field.widget.attrs["class"] = "form-check-input" if is_box else "form-select"

    @property
    def wants_comments(self):
        """Whether the full bulletin is to print some comments."""
        is_full = self.cleaned_data["level"] == ReportLevel.FULL
        return is_full and self.cleaned_data.get("with_comments", False)


class WorthForm(forms.Form):
    """What a reader supposes about moving customers to the best score."""

    moved = forms.DecimalField(label=_("Share who move, in percent"), min_value=0, max_value=100)
    margin = forms.DecimalField(
        label=_("Margin of one customer who stays"), min_value=0, max_value=10**9
    )
    customers = forms.IntegerField(
        label=_("Customers at the second best score"),
        help_text=_("Left empty: those who answered."),
        min_value=0,
        max_value=10**10,
        required=False,
    )
    discount = forms.DecimalField(
        label=_("Discount rate a year, in percent"),
        help_text=_("For the lifetime value; may stay empty."),
        min_value=Decimal("0.1"),
        max_value=100,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs["class"] = "form-control"
            if name in self.data and self[name].errors:
                field.widget.attrs["aria-invalid"] = "true"

    @property
    def suppositions(self):
        """The inputs as the results take them, or None while there are none that fit."""
        if not self.is_bound or not self.is_valid():
            return None
        given = self.cleaned_data
        discount = given["discount"]
        return {
            "share_moved": float(given["moved"]) / 100,
            "margin": float(given["margin"]),
            "customers": given["customers"],
            "discount": float(discount) / 100 if discount else None,
        }


class CutsForm(forms.Form):
    """Where the zones begin, and from which score somebody counts as satisfied."""

    indifference_from = forms.TypedChoiceField(label=_("Indifference from"), coerce=int)
    affection_from = forms.TypedChoiceField(label=_("Affection from"), coerce=int)
    satisfied_from = forms.TypedChoiceField(label=_("Satisfied from"), coerce=int)

    def __init__(self, scale, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.choices = [(point, str(point)) for point in scale.points[1:]]
            field.widget.attrs["class"] = "form-select"

    def clean(self):
        """The zones must each hold a score."""
        given = super().clean()
        first, second = given.get("indifference_from"), given.get("affection_from")
        if first and second and first >= second:
            raise forms.ValidationError(
                _("The zone of affection begins above the zone of indifference.")
            )
        return given


class BreakdownForm(forms.Form):
    """Which measure, by which one or two attributes, in which order."""

    SORTS = (
        ("stake", _("Most at stake first")),
        ("value", _("Lowest figure first")),
        ("base", _("Most answers first")),
        ("name", _("By name")),
    )
    measure = forms.ChoiceField(label=_("Measure"), required=False)
    by = forms.ChoiceField(label=_("By"), required=False)
    and_by = forms.ChoiceField(label=_("and by"), required=False)
    sort = forms.ChoiceField(choices=SORTS, required=False, widget=forms.HiddenInput)

    def __init__(self, measures, attributes, given, **kwargs):
        first = next(iter(attributes), "")
        super().__init__({"measure": next(iter(measures)), "by": first} | given.dict(), **kwargs)
        self.measures, self.known = measures, attributes
        names = [(key, attribute.name) for key, attribute in attributes.items()]
        self.fields["measure"].choices = [(key, one.name) for key, one in measures.items()]
        self.fields["by"].choices = names
        self.fields["and_by"].choices = [("", _("nothing else")), *names]
        for field in self.visible_fields():
            field.field.widget.attrs["class"] = "form-select"

    def clean_sort(self):
        """The order asked for, or the one that helps most."""
        return self.cleaned_data["sort"] or "stake"

    @property
    def chosen(self):
        """The measure asked for."""
        return self.measures[self.cleaned_data["measure"]]

    @property
    def attributes(self):
        """The attributes asked for, each once."""
        keys = (self.cleaned_data["by"], self.cleaned_data["and_by"])
        return [self.known[key] for key in dict.fromkeys(keys) if key]


class SavedViewForm(forms.Form):
    """The name of a view, and with whom it is shared."""

    name = forms.CharField(label=_("Name of the view"), max_length=100)
    share = forms.ChoiceField(label=_("Share with"), required=False)

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        units = units_for(user).order_by("path")
        self.fields["share"].choices = [
            ("", _("nobody: only I see it")),
            *((f"role:{value}", label) for value, label in Role.choices),
            *((f"unit:{u.code}", INDENT * (u.depth - 1) + u.name) for u in units),
        ]
        self.fields["name"].widget.attrs["class"] = "form-control"
        self.fields["share"].widget.attrs["class"] = "form-select"

    @property
    def shared(self):
        """The role or the unit with which it is shared."""
        kind, _colon, code = self.cleaned_data["share"].partition(":")
        return {
            "role": code if kind == "role" else "",
            "unit": unit_for(self.user, code) if kind == "unit" else None,
        }


class ExportForm(forms.Form):
    """Which answers are written to a file, and how."""

    format = forms.ChoiceField(label=_("Format"), choices=ExportFormat.choices)
    cells = forms.ChoiceField(
        label=_("Cells hold"),
        choices=CellContent.choices,
        help_text=_("For spreadsheets. Files for SPSS and Stata hold numbers with their words."),
    )
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    first_day = forms.DateField(
        label=_("From"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    last_day = forms.DateField(
        label=_("To"), required=False, widget=forms.DateInput({"type": "date"}, "%Y-%m-%d")
    )
    with_excluded = forms.BooleanField(
        label=_("With the answers that staff left out"), required=False
    )

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"] = RowUnitField(user)
        self.order_fields(["format", "cells", "language", "unit"])
        for field in self.fields.values():
            kind = "form-select" if isinstance(field, forms.ChoiceField) else "form-control"
            is_box = isinstance(field, forms.BooleanField)
            field.widget.attrs["class"] = "form-check-input" if is_box else kind

    def clean(self):
        """The days stand in order."""
        days = super().clean()
        first, last = days.get("first_day"), days.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first."))
        return days


class RowUnitField(forms.ChoiceField):
    """A unit whose answers the user may read one by one; "all" only for who may read all."""

    def __init__(self, user):
        choices = [("", _("All units"))] if sees_rows_of_all_units(user) else []
        units = units_with_rows_for(user).order_by("path")
        choices += [(unit.code, INDENT * (unit.depth - 1) + unit.name) for unit in units]
        super().__init__(label=_("Unit"), choices=choices, required=False)
