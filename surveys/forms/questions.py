"""Forms for one question of a draft; they give and take the question's document."""

from itertools import groupby

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.definitions import ready_choices
from surveys.enums import (
    ROLES_ASKED_ONCE,
    ROLES_WITH_EXPECTATION,
    ChoiceKind,
    ExpectationLevel,
    MeasureRole,
    PageLayout,
)
from surveys.question_types import HANDLERS, handlers_in_order, presets
from surveys.texts import text_in

from .staff import StaffForm, TextsMixin

OFFERS = {
    ChoiceKind.OTHER: ("offers_other", ready_choices.other),
    ChoiceKind.EXCLUSIVE: ("offers_none_of_these", ready_choices.none_of_these),
    ChoiceKind.NOT_APPLICABLE: ("offers_not_applicable", ready_choices.not_applicable),
    ChoiceKind.DONT_KNOW: ("offers_dont_know", ready_choices.dont_know),
}


def offered_presets():
    """What a question can begin as, in groups."""
    for group, handlers in groupby(handlers_in_order(), key=lambda handler: handler.group):
        offered = [preset for handler in handlers for preset in handler.presets]
        yield group.value, [(preset.code, preset.label) for preset in offered]


class AddQuestionForm(TextsMixin, StaffForm):
    """A new question: its kind, its text, and a list where it needs one."""

    kind = forms.ChoiceField(label=_("Kind of answer"), choices=offered_presets)
    options = forms.CharField(
        label=_("Answers to choose from, or lines to rate"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line; only for lists of your own and for a matrix."),
    )

    def __init__(self, *args, survey, sections, **kwargs):
        super().__init__(*args, **kwargs)
        self.survey = survey
        self.add_texts(
            "text",
            _("Question"),
            {},
            survey.languages or [survey.default_language],
            needed_in=survey.default_language,
            rows=2,
        )
        self.fields["section"] = forms.ChoiceField(
            label=_("Section"),
            choices=[
                (str(section.pk), text_in(section.title, survey.default_language) or number)
                for number, section in enumerate(sections, 1)
            ],
        )

    def layout(self):
        """What is asked, then how it is answered."""
        return [self.texts_row("text"), Row(Column("kind"), Column("section")), "options"]

    def clean(self):
        """A list needs two answers at least."""
        values = super().clean()
        preset = presets().get(values.get("kind"))
        if preset and preset.needs_lines and len(self._lines()) < 2:
            self.add_error("options", _("Write two lines at least."))
        return values

    def definition(self, *, taken_roles, new_key):
        """The document of the question; `new_key` makes a key from a stem."""
        preset = presets()[self.cleaned_data["kind"]]
        role = preset.usual_role(taken_roles)
        return {
            "key": new_key(role if role in ROLES_ASKED_ONCE else "q"),
            "type": preset.type,
            "text": self.texts("text"),
            "role": role,
            "loyal_from": 4 if role == MeasureRole.REPURCHASE else None,
            "choices": self._choices(preset, role),
            "settings": self._settings(preset),
        }

    def _settings(self, preset):
        if not preset.lines_are_rows:
            return {}
        language = self.survey.default_language
        return {
            "rows": [
                {"code": f"r{number}", "label": {language: line}}
                for number, line in enumerate(self._lines(), 1)
            ]
        }

    def _choices(self, preset, role):
        if preset.needs_lines and not preset.lines_are_rows:
            language = self.survey.default_language
            return [
                {"code": f"c{number}", "label": {language: line}}
                for number, line in enumerate(self._lines(), 1)
            ]
        choices = preset.choices()
        if role == MeasureRole.ATTRIBUTE:
            choices.append(ready_choices.not_applicable())
        return choices

    def _lines(self):
        lines = self.cleaned_data.get("options", "").splitlines()
        return [line.strip() for line in lines if line.strip()]


class QuestionForm(TextsMixin, StaffForm):
    """Everything about a question but its key, its type and its choices."""

    def __init__(self, *args, question, survey, dimensions, **kwargs):
        super().__init__(*args, **kwargs)
        self.question = question
        self.handler = HANDLERS[question["type"]]
        languages = survey.languages or [survey.default_language]
        first = survey.default_language
        self.add_texts("text", _("Question"), question["text"], languages, needed_in=first, rows=2)
        self.add_texts("hint", _("Hint"), question["hint"], languages)
        self.fields["role"] = forms.ChoiceField(
            label=_("Measure"),
            required=False,
            choices=roles_for(self.handler),
            initial=question["role"],
            help_text=_("What the answers are counted as."),
        )
        if MeasureRole.ATTRIBUTE in self.handler.roles:
            self.fields["dimension"] = forms.ChoiceField(
                label=_("Dimension"),
                required=False,
                choices=[("", _("None")), *((d.key, text_in(d.name, first)) for d in dimensions)],
                initial=question["dimension"] or "",
            )
        if set(ROLES_WITH_EXPECTATION) & set(self.handler.roles):
            self.fields["expectation"] = forms.ChoiceField(
                label=_("Expectation"),
                required=False,
                choices=expectation_choices(),
                initial=question["expectation"],
                help_text=_("Basic and latent expectations are reported apart."),
            )
        if MeasureRole.REPURCHASE in self.handler.roles:
            self.fields["loyal_from"] = forms.TypedChoiceField(
                label=_("Counts as loyal from"),
                required=False,
                coerce=int,
                empty_value=None,
                choices=[("", "–"), *_points(question, first)],
                initial=question["loyal_from"],
                help_text=_("For repurchase intention."),
            )
        self.fields["is_required"] = forms.BooleanField(
            label=_("Must be answered"), required=False, initial=question["is_required"]
        )
        for setting in self.handler.settings:
            setting.add_to(self, question["settings"][setting.name], languages)
        if self.handler.has_choices:
            kinds = {choice["kind"] for choice in question["choices"]}
            for kind in self.handler.offers:
                name, _ready = OFFERS[kind]
                self.fields[name] = forms.BooleanField(
                    label=_("Offer “%(label)s”") % {"label": kind.label},
                    required=False,
                    initial=kind in kinds,
                )

    def layout(self):
        """Texts side by side, then what the question is for."""
        measure = [
            name
            for name in ("role", "dimension", "expectation", "loyal_from")
            if name in self.fields
        ]
        offers = [name for name, _ready in OFFERS.values() if name in self.fields]
        return [
            self.texts_row("text"),
            self.texts_row("hint"),
            Row(*(Column(name, css_class=name.replace("_", "-")) for name in measure)),
            Row(*(Column(name, css_class="col-auto") for name in ("is_required", *offers))),
            *self._settings_rows(),
        ]

    def clean(self):
        """Repurchase intention says which points are loyal; only items meet expectations."""
        values = super().clean()
        if values.get("role") not in ROLES_WITH_EXPECTATION:
            values["expectation"] = ExpectationLevel.NONE.value
        is_repurchase = values.get("role") == MeasureRole.REPURCHASE
        if not is_repurchase:
            values["loyal_from"] = None
        elif values.get("loyal_from") is None and "loyal_from" not in self.errors:
            self.add_error("loyal_from", _("Say from which point on an answer counts as loyal."))
        return values

    def _settings_rows(self):
        """The settings of the type; a text has a row of its own, the others share one."""
        fields = [setting.fields_in(self) for setting in self.handler.settings]
        single = [names[0] for names in fields if len(names) == 1]
        if single:
            yield Row(*(Column(name) for name in single), css_class="settings")
        for names in fields:
            if len(names) > 1:
                yield Row(*(Column(name) for name in names), css_class="texts-row")

    def definition(self, choices, rows=None):
        """The document of the question, with choices and rows as their formsets give them."""
        values = self.cleaned_data
        return self.question | {
            "text": self.texts("text", self.question["text"]),
            "hint": self.texts("hint", self.question["hint"]),
            "role": values["role"],
            "dimension": values.get("dimension") or None,
            "expectation": values.get("expectation") or ExpectationLevel.NONE.value,
            "loyal_from": values.get("loyal_from"),
            "is_required": values["is_required"],
            "choices": self._with_offers(choices),
            "settings": self._settings(rows),
        }

    def _settings(self, rows):
        stored = self.question["settings"]
        found = {
            setting.name: setting.from_form(self, stored[setting.name])
            for setting in self.handler.settings
        }
        return found if rows is None else found | {"rows": rows}

    def _with_offers(self, choices):
        if not self.handler.has_choices:
            return []
        for kind in self.handler.offers:
            name, ready = OFFERS[kind]
            has_one = any(choice["kind"] == kind for choice in choices)
            if self.cleaned_data[name] and not has_one:
                choices = [*choices, ready()]
            elif not self.cleaned_data[name]:
                choices = [choice for choice in choices if choice["kind"] != kind]
        return choices


class DraftTextsForm(TextsMixin, StaffForm):
    """What stands before and after the questions, and how they are cut into pages."""

    def __init__(self, *args, draft, **kwargs):
        super().__init__(*args, **kwargs)
        self.draft = draft
        languages = draft.survey.languages or [draft.survey.default_language]
        self.add_texts("introduction", _("Introduction"), draft.introduction, languages, rows=4)
        self.add_texts("thanks", _("Thanks at the end"), draft.thanks, languages, rows=3)
        self.fields["page_layout"] = forms.ChoiceField(
            label=_("Pages"),
            choices=PageLayout.choices,
            initial=draft.page_layout,
            widget=forms.RadioSelect,
        )

    def layout(self):
        """Beginning, end, pages."""
        return [self.texts_row("introduction"), self.texts_row("thanks"), "page_layout"]

    def values(self):
        """What `change_texts` takes."""
        return {
            "introduction": self.texts("introduction", self.draft.introduction),
            "thanks": self.texts("thanks", self.draft.thanks),
            "page_layout": self.cleaned_data["page_layout"],
        }


class SectionForm(TextsMixin, StaffForm):
    """The title of a section."""

    def __init__(self, *args, survey, title=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = title or {}
        languages = survey.languages or [survey.default_language]
        self.add_texts(
            "title", _("Title"), self.title, languages, needed_in=survey.default_language
        )

    def layout(self):
        """One row."""
        return [self.texts_row("title")]


class DimensionForm(TextsMixin, StaffForm):
    """The name of a dimension."""

    def __init__(self, *args, survey, name=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.name = name or {}
        languages = survey.languages or [survey.default_language]
        self.add_texts("name", _("Name"), self.name, languages, needed_in=survey.default_language)

    def layout(self):
        """One row."""
        return [self.texts_row("name")]


def roles_for(handler):
    """The measures that a question of this type may have."""
    roles = [MeasureRole.NONE, *handler.roles]
    return [(role.value, role.label) for role in MeasureRole if role in roles]


def expectation_choices():
    """What an item can be marked as, each with what it means."""
    return [
        (ExpectationLevel.NONE.value, ExpectationLevel.NONE.label),
        (ExpectationLevel.BASIC.value, _("Basic: taken for granted, missed when it fails")),
        (ExpectationLevel.LATENT.value, _("Latent: not looked for, delights when it is there")),
    ]


def _points(question, language):
    for choice in question["choices"]:
        if choice["value"] is not None:
            label = text_in(choice["label"], language)
            value = str(choice["value"])
            yield value, value if label == value else f"{value} – {label}"
