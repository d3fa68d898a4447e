"""Forms for bringing in a survey file: choosing it, then confirming what it becomes."""

from dataclasses import asdict

from crispy_forms.layout import HTML, Fieldset
from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _

from surveys.enums import Fate, MeasureRole, SurveyMode
from surveys.imports.errors import FileRefused
from surveys.survey_files.measures import Suggestion, with_measures
from surveys.survey_files.opening import SUFFIXES
from surveys.survey_files.outline import Line, plain_lines
from surveys.survey_files.reading import ReadSurvey, read_survey_file
from surveys.survey_files.unpacking import LARGEST_FILE
from surveys.texts import text_in

from .staff import StaffForm
from .surveys import MODES

SECONDS_TO_CONFIRM = 4 * 3600
LONGEST_HELD = 1_500_000


class SurveyFileForm(StaffForm):
    """The file, and the language of one that does not say its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["file"] = forms.FileField(
            label=_("Survey file"),
            widget=forms.FileInput(attrs={"accept": ",".join(SUFFIXES)}),
            max_length=255,
            help_text=_(
                "Topbox (.json), LimeSurvey (.lss), Qualtrics (.qsf) or XLSForm (.xlsx). "
                "Nothing is stored before you have seen what becomes of it."
            ),
        )
        self.fields["language"] = forms.ChoiceField(
            label=_("Language of its texts"),
            choices=settings.LANGUAGES,
            help_text=_("Only used where the file does not say it."),
        )

    def clean_file(self):
        """No file that is larger than any survey."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("The file is larger than %(limit)d MB."),
                params={"limit": LARGEST_FILE // 1024**2},
            )
        return file

    def clean(self):
        """Read the file; what is wrong with it stands at its field."""
        values = super().clean()
        if values.get("file") and values.get("language"):
            file = values["file"]
            try:
                self.read = read_survey_file(
                    file.read(), file.name, fallback_language=values["language"]
                )
            except FileRefused as refusal:
                self.add_error("file", str(refusal))
        return values


class ConfirmImportForm(StaffForm):
    """Which suggested measures are right, and for a new survey whether answers are anonymous.

    The file that was read travels in the page, signed for the person and the survey.
    """

    held = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args, read, salt, is_new, **kwargs):
        super().__init__(*args, **kwargs)
        self.read, self.is_new = read, is_new
        self.fields["held"].initial = held(read, salt)
        for suggestion in read.suggestions:
            self.fields[f"measure__{suggestion.key}"] = forms.BooleanField(
                label=self._label(suggestion), required=False
            )
        if is_new:
            self.fields["mode"] = forms.ChoiceField(
                label=_("Answers are"),
                choices=MODES,
                widget=forms.RadioSelect,
                initial=SurveyMode.NAMED,
            )

    def layout(self):
        """The measures, then how customers answer."""
        measures = [name for name in self.fields if name.startswith("measure__")]
        intro = _("A figure counts only the questions that you mark. Are these guesses right?")
        parts = ["held"]
        if measures:
            parts.append(Fieldset(_("Measures"), HTML(f'<p class="quiet">{intro}</p>'), *measures))
        return [*parts, "mode"] if self.is_new else parts

    def document(self):
        """The document with the measures that were confirmed."""
        right = [
            suggestion
            for suggestion in self.read.suggestions
            if self.cleaned_data[f"measure__{suggestion.key}"]
        ]
        return with_measures(self.read.document, right)

    def _label(self, suggestion):
        question = next(
            question
            for section in self.read.document["sections"]
            for question in section["questions"]
            if question["key"] == suggestion.key
        )
        values = {
            "measure": MeasureRole(suggestion.role).label,
            "question": text_in(question["text"], self.read.document["default_language"]),
            "value": suggestion.loyal_from,
        }
        if suggestion.loyal_from is not None:
            return _("%(measure)s, loyal from %(value)d on: “%(question)s”") % values
        return _("%(measure)s: “%(question)s”") % values


def held(read, salt):
    """A file that was read, as a text that comes back unchanged or not at all."""
    value = asdict(read) | {"lines": plain_lines(read.lines)}
    text = signing.dumps(value, salt=salt, compress=True)
    if len(text) > LONGEST_HELD:
        raise FileRefused(_("%(file)s is too large to be looked at.") % {"file": read.file})
    return text


def read_again(text, salt):
    """What `held` made a text of, or None when it is too old or not ours."""
    try:
        value = signing.loads(text, salt=salt, max_age=SECONDS_TO_CONFIRM)
    except signing.BadSignature:
        return None
    value["lines"] = [Line(**line | {"fate": Fate(line["fate"])}) for line in value["lines"]]
    value["suggestions"] = [Suggestion(**one) for one in value["suggestions"]]
    return ReadSurvey(**value)
