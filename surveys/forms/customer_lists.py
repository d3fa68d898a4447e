"""Forms for the lists that describe customers."""

from crispy_forms.layout import Column, Row
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from surveys.attribute_groups import EACH, MONTH, YEAR
from surveys.enums import AttributeKind
from surveys.ready_stages import STAGE_SETS
from surveys.services.customer_lists import LANGUAGES

from .staff import StaffForm, TextsMixin

GROUPINGS = {
    AttributeKind.DATE: [(YEAR, _("By year")), (MONTH, _("By month"))],
    AttributeKind.TEXT: [(EACH, _("Each value is a group"))],
}
CODE = RegexValidator(
    r"^[A-Za-z][-_A-Za-z0-9]*\Z",
    _("A code begins with a letter and has only letters, digits, hyphens and underscores."),
)


class EntryForm(TextsMixin, StaffForm):
    """The names of an entry; a new one may say its code, by which files name it."""

    def __init__(self, *args, entry=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.add_texts(
            "name", _("Name"), entry.name if entry else {}, LANGUAGES, needed_in=LANGUAGES[0]
        )
        if entry is None:
            self.fields["code"] = forms.CharField(
                label=_("Code"),
                max_length=60,
                required=False,
                validators=[CODE],
                help_text=_("By which files name it. Leave it empty to have one made."),
            )

    def layout(self):
        """The names side by side, then the rest."""
        rest = [name for name in self.fields if not name.startswith("name__")]
        return [self.texts_row("name"), Row(*(Column(name) for name in rest))]

    def fields_of_entry(self, entry=None):
        """What the service takes."""
        values = {
            name: value for name, value in self.cleaned_data.items() if not name.startswith("name_")
        }
        return values | {"name": self.texts("name", entry.name if entry else None)}


class EventKindForm(EntryForm):
    """A kind of event."""

    def __init__(self, *args, entry=None, **kwargs):
        super().__init__(*args, entry=entry, **kwargs)
        self.fields["shows_loyalty"] = forms.BooleanField(
            label=_("Shows loyalty"),
            required=False,
            initial=entry.shows_loyalty if entry else False,
            help_text=_("Purchases and renewals do: they count as coming back."),
        )


class AttributeForm(EntryForm):
    """An attribute; its kind cannot be changed, values are of it."""

    def __init__(self, *args, entry=None, **kwargs):
        super().__init__(*args, entry=entry, **kwargs)
        if entry is None:
            self.fields["kind"] = forms.ChoiceField(label=_("Kind"), choices=AttributeKind.choices)
        elif entry.kind in GROUPINGS:
            self.fields["grouping"] = forms.ChoiceField(
                label=_("Break answers down by it"),
                choices=[("", _("No")), *GROUPINGS[entry.kind]],
                required=False,
                initial=entry.grouping,
            )
        elif entry.kind == AttributeKind.NUMBER:
            self.fields["grouping"] = forms.CharField(
                label=_("Edges of its groups"),
                max_length=200,
                required=False,
                initial=entry.grouping,
                help_text=_(
                    "To break answers down by it: numbers from the lowest up, such as 1, 5, 20. "
                    "Each group begins at an edge. Left empty, answers are not broken down by it."
                ),
            )


class ChoiceNameForm(TextsMixin, StaffForm):
    """The names of one value of an attribute."""

    def __init__(self, *args, choice=None, **kwargs):
        super().__init__(*args, **kwargs)
        names = choice.name if choice else {}
        self.add_texts("name", _("Name"), names, LANGUAGES, needed_in=LANGUAGES[0])

    def layout(self):
        """The names side by side."""
        return [self.texts_row("name")]


class StageSetForm(StaffForm):
    """Which ready list of stages to use."""

    stage_set = forms.ChoiceField(
        label=_("Ready list"),
        choices=[(code, one.label) for code, one in STAGE_SETS.items()],
        widget=forms.RadioSelect,
    )
