"""Forms for bringing files in: choosing one, saying in what it is written, matching its columns."""

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.enums import ImportKind
from surveys.imports.kinds import importer_for
from surveys.services.import_files import LARGEST_BYTES

from .staff import StaffForm

LONGEST_PASTED = 3_000_000
MOST_CHOICES = 300
CONSTANT = "constant__"
COLUMN = "column_"


class ImportFileForm(StaffForm):
    """What the rows are, and a file or a pasted table."""

    kind = forms.ChoiceField(label=_("The rows are"), choices=ImportKind.choices)
    survey = forms.ModelChoiceField(
        label=_("Survey"),
        queryset=None,
        required=False,
        to_field_name="slug",
        empty_label=_("(only for answers of a survey)"),
    )
    file = forms.FileField(
        label=_("File"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
        help_text=_("CSV or XLSX with column names in the first row. The first sheet is read."),
    )
    pasted = forms.CharField(
        label=_("Or paste a table"),
        required=False,
        strip=False,
        max_length=LONGEST_PASTED,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "wrap": "off"}),
        help_text=_("Copy the cells in a spreadsheet, the row with the column names first."),
    )

    def __init__(self, *args, surveys, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["survey"].queryset = surveys
        self.fields["file"].help_text = " ".join(
            [
                str(self.fields["file"].help_text),
                _("At most %(limit)d MB.") % {"limit": LARGEST_BYTES // 1024**2},
            ]
        )

    def clean(self):
        """One of file and table, and a survey for answers."""
        values = super().clean()
        if values.get("kind") == ImportKind.RESPONSES and not values.get("survey"):
            self.add_error("survey", _("Choose the survey that was answered."))
        file, pasted = values.get("file"), values.get("pasted", "").strip()
        if not file and not pasted and not self.errors:
            self.add_error("file", _("Choose a file, or paste a table below."))
        if file and pasted:
            self.add_error("pasted", _("Choose a file or paste a table, not both."))
        return values

    def content(self):
        """The name, the pieces and the size of what was brought."""
        file = self.cleaned_data["file"]
        if file:
            return {"name": file.name, "chunks": file.chunks(), "size": file.size}
        text = self.cleaned_data["pasted"].strip("\r\n").encode()
        return {"name": str(_("Pasted table")), "chunks": [text], "size": len(text)}


class EncodingForm(StaffForm):
    """Which of several readings is right."""

    encoding = forms.ChoiceField(label=_("The right one is"), widget=forms.RadioSelect)

    def __init__(self, *args, choices, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["encoding"].choices = [(choice.name, choice.name) for choice in choices]


class ColumnsForm(StaffForm):
    """A choice for each column of the file, and what every row has instead of a column."""

    def __init__(self, *args, run, places, constants, samples, **kwargs):
        super().__init__(*args, **kwargs)
        self.run, self.samples = run, samples
        self.ours = {column.name: column for column in importer_for(run).columns}
        theirs = {at: ours for ours, at in places.items()}
        choices = [("", _("(not used)")), *((n, one.label) for n, one in self.ours.items())]
        for at, name in enumerate(run.columns):
            self.fields[f"{COLUMN}{at}"] = forms.ChoiceField(
                label=name or _("(column without a name)"),
                choices=choices,
                required=False,
                initial=theirs.get(at, ""),
                widget=forms.Select(attrs={"class": "form-select"}),
            )
        for name, column in self.ours.items():
            if column.may_be_constant:
                self.fields[CONSTANT + name] = _constant_field(column, constants.get(name, ""))

    @property
    def rows(self):
        """Each column of the file: its field, and some of its cells."""
        for at in range(len(self.run.columns)):
            yield self[f"{COLUMN}{at}"], [cells[at] for cells in self.samples if at < len(cells)]

    @property
    def constant_fields(self):
        """The fields for what every row has."""
        return [self[name] for name in self.fields if name.startswith(CONSTANT)]

    def places(self):
        """Where our columns stand."""
        return {
            ours: at
            for at in range(len(self.run.columns))
            if (ours := self.cleaned_data.get(f"{COLUMN}{at}"))
        }

    def constants(self):
        """What every row has, for columns that the file does not have."""
        places = self.places()
        return {
            name: value
            for name in self.ours
            if (value := self.cleaned_data.get(CONSTANT + name)) and name not in places
        }

    def clean(self):
        """Each column of ours once, and all that are needed."""
        values = super().clean()
        taken = {}
        for at in range(len(self.run.columns)):
            ours = values.get(f"{COLUMN}{at}")
            if ours and ours in taken:
                self.add_error(
                    f"{COLUMN}{at}",
                    _("“%(column)s” is chosen for an earlier column too.")
                    % {"column": self.ours[ours].label},
                )
            taken.setdefault(ours, at)
        self._ask_for_missing(values, taken)
        return values

    def _ask_for_missing(self, values, taken):
        for name, column in self.ours.items():
            if column.is_required and name not in taken and not values.get(CONSTANT + name):
                sentence = _("Say which column is “%(column)s”; no row can do without.")
                self.add_error(None, sentence % {"column": column.label})


def _constant_field(column, initial):
    common = {"label": column.label, "required": False, "initial": initial}
    if column.choices and len(column.choices) <= MOST_CHOICES:
        common["widget"] = forms.Select(attrs={"class": "form-select"})
        return forms.ChoiceField(choices=[("", "–"), *column.choices], **common)
    common["widget"] = forms.TextInput(attrs={"class": "form-control"})
    return forms.CharField(max_length=100, help_text=column.help_text, **common)
