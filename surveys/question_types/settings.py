"""What only one type of question has, declared once: its default, its check, its fields.

A setting is a member of `Question.settings`. The document is checked by it and
the editor gets its fields from it, so that a type writes neither.
"""

from dataclasses import dataclass, field

from django import forms
from django.utils.translation import gettext as _

from surveys.definitions.checks import KEY, list_of, match, members_of, refuse, refuse_twice
from surveys.definitions.checks import texts_in as checked_texts

MOST_ROWS = 50


@dataclass(frozen=True)
class Setting:
    """One setting; a kind of setting says what its value may be and which fields ask for it."""

    name: str
    label: str
    default: object = None
    help_text: str = ""

    @property
    def field_name(self):
        """The name of its field in the editor."""
        return f"setting_{self.name}"

    def checked(self, value, where):
        """The value as it is stored; raises `InvalidDefinition`."""
        raise NotImplementedError

    def add_to(self, form, value, languages):
        """Add the fields that ask for it to the editor's form."""
        form.fields[self.field_name] = self.form_field(value)

    def form_field(self, value):
        """The field of a setting that has just one."""
        raise NotImplementedError

    def from_form(self, form, value):
        """The value as filled in, over the stored one."""
        return form.cleaned_data[self.field_name]

    def texts_in(self, value):
        """The texts by language that the value holds."""
        return []

    def fields_in(self, form):
        """The names of its fields in the form."""
        return [name for name in form.fields if name.split("__")[0] == self.field_name]


@dataclass(frozen=True)
class Flag(Setting):
    """Yes or no."""

    default: bool = False

    def checked(self, value, where):
        """A truth value."""
        if not isinstance(value, bool):
            refuse(where, _("must be true or false."))
        return value

    def form_field(self, value):
        """A box to tick."""
        return forms.BooleanField(
            label=self.label, required=False, initial=value, help_text=self.help_text
        )


@dataclass(frozen=True)
class OneOf(Setting):
    """A word from a short list."""

    words: tuple = ()

    def checked(self, value, where):
        """One of the words."""
        codes = [code for code, _label in self.words]
        if value not in codes:
            refuse(
                where,
                _("must be one of %(words)s; it is %(value)r.")
                % {"words": ", ".join(codes), "value": value},
            )
        return value

    def form_field(self, value):
        """A list to pick from."""
        return forms.ChoiceField(
            label=self.label,
            choices=self.words,
            initial=value,
            required=False,
            help_text=self.help_text,
        )

    def from_form(self, form, value):
        """The word picked, or the stored one."""
        return super().from_form(form, value) or value


@dataclass(frozen=True)
class Number(Setting):
    """A number within a range, or nothing."""

    low: float = -1_000_000_000
    high: float = 1_000_000_000
    is_whole: bool = False
    is_needed: bool = False

    def checked(self, value, where):
        """A number that JSON can hold."""
        if value is None and not self.is_needed:
            return None
        is_number = type(value) is int or (type(value) is float and not self.is_whole)
        if not is_number or not self.low <= value <= self.high:
            refuse(
                where,
                _("must be a number from %(low)d to %(high)d.")
                % {"low": self.low, "high": self.high},
            )
        return value

    def form_field(self, value):
        """A field for a number."""
        kind = forms.IntegerField if self.is_whole else forms.FloatField
        return kind(
            label=self.label,
            required=self.is_needed,
            initial=value,
            min_value=self.low,
            max_value=self.high,
            help_text=self.help_text,
        )

    def from_form(self, form, value):
        """A whole number is kept as one."""
        number = super().from_form(form, value)
        return int(number) if number is not None and number == int(number) else number


@dataclass(frozen=True)
class Words(Setting):
    """A text in several languages."""

    default: dict = field(default_factory=dict)

    def checked(self, value, where):
        """A text by language."""
        return checked_texts(value, where)

    def add_to(self, form, value, languages):
        """A field for each language."""
        form.add_texts(self.field_name, self.label, value, languages, help_text=self.help_text)

    def texts_in(self, value):
        """The one text."""
        return [value]

    def from_form(self, form, value):
        """The text as given, over what stands in other languages."""
        return form.texts(self.field_name, value)


@dataclass(frozen=True)
class Rows(Setting):
    """Rows of a question, each with a code and a label; the editor shows them as a table."""

    default: tuple = ()

    def checked(self, value, where):
        """Rows with codes of their own."""
        rows = [
            self._row(row, f"{where}[{number}]")
            for number, row in enumerate(list_of(list(value), where, MOST_ROWS))
        ]
        refuse_twice([row["code"] for row in rows], where, _("this code is used twice"))
        return rows

    def texts_in(self, value):
        """The label of each row."""
        return [row["label"] for row in value]

    def add_to(self, form, value, languages):
        """Nothing: the rows have a table of their own."""

    def from_form(self, form, value):
        """The stored rows; those of the table are put in their place."""
        return value

    @staticmethod
    def _row(row, where):
        members = members_of(row, where, needed=("code", "label"))
        return {
            "code": match(members["code"], KEY, f"{where}.code"),
            "label": checked_texts(members["label"], f"{where}.label", needed=True),
        }
