"""What a reader may choose on the results pages."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from reports.models import CellContent, ExportFormat, ReportLevel
from surveys.permissions import (
    sees_all_units,
    sees_rows_of_all_units,
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


class EditionForm(forms.Form):
    """What a bulletin holds and in which language."""

    level = forms.ChoiceField(label=_("Length"), choices=ReportLevel.choices)
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def __init__(self, user, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"] = UnitField(user, only_whole=True)
        for field in self.fields.values():
            field.widget.attrs["class"] = "form-select"


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
