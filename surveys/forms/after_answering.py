"""Forms for what a survey offers after the answers are saved."""

import csv
import io

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.end_urls import validate_end_url
from surveys.imports.encodings import delimiter_of, encoding_of
from surveys.imports.errors import FileRefused

from .staff import StaffForm

LARGEST_FILE_BYTES = 10 * 1024 * 1024
COLUMN_NAMES = {"code", "codes", "reward code", "voucher", "coupon"}


class AfterAnsweringForm(StaffForm):
    """Complaints, and where the thank-you page leads."""

    takes_complaints = forms.BooleanField(
        label=_("Offer a way to complain"),
        required=False,
        help_text=_("One page without an account; the customer gets a link that shows the state."),
    )
    end_url = forms.CharField(
        label=_("Where to go on"),
        required=False,
        max_length=200,
        help_text=_("A web address offered as a link on the thank-you page. Nobody is sent there."),
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
    )

    def clean_end_url(self):
        """Only a host that the operator listed."""
        url = self.cleaned_data["end_url"]
        if url:
            validate_end_url(url)
        return url


class RewardCodesForm(StaffForm):
    """A list of reward codes, pasted or as a file."""

    pasted = forms.CharField(
        label=_("Codes"),
        required=False,
        help_text=_("One code in a line. Codes that are listed already are left out."),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=_("Or a CSV file"),
        required=False,
        help_text=_("Its first column is taken."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,text/csv,text/plain"}),
    )

    def clean_file(self):
        """The codes in the file."""
        file = self.cleaned_data["file"]
        if file is None:
            return []
        if file.size > LARGEST_FILE_BYTES:
            raise forms.ValidationError(_("The file is larger than 10 MB."))
        try:
            return list(_first_column(file))
        except (FileRefused, UnicodeDecodeError, csv.Error) as error:
            raise forms.ValidationError(
                _("The file cannot be read as a list: %(reason)s") % {"reason": error}
            ) from error

    def codes(self):
        """All codes as they were given."""
        return [*self.cleaned_data["pasted"].splitlines(), *self.cleaned_data["file"]]


def _first_column(file):
    encoding = encoding_of(file, file.name)
    file.seek(0)
    text = file.read().decode(encoding.name)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text))
    for number, cells in enumerate(rows):
        if cells and not (number == 0 and cells[0].strip().lower() in COLUMN_NAMES):
            yield cells[0]
