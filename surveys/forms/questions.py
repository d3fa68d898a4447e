"""Forms for one question of a draft; they give and take the question's document."""

from itertools import groupby

from crispy_forms.layout import Column, Row
from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.definitions import ready_choices
from surveys.definitions.document import LONGEST_TEXT
from surveys.enums import ROLES_ASKED_ONCE, ChoiceKind, MeasureRole, PageLayout
from surveys.question_types import HANDLERS, handlers_in_order, presets
from surveys.texts import text_in

from .staff import StaffForm, TextsMixin, field_name

ASIDES = {
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
        label=_("Answers to choose from"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("One on each line; only for lists of your own."),
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
            self.add_error("options", _("Write two answers at least, one on each line."))
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
        }

    def _choices(self, preset, role):
        if preset.needs_lines:
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
        if self.handler.has_choices:
            kinds = {choice["kind"] for choice in question["choices"]}
            for kind, (name, _ready) in ASIDES.items():
                self.fields[name] = forms.BooleanField(
                    label=_("Offer “%(label)s”") % {"label": kind.label},
                    required=False,
                    initial=kind in kinds,
                )

    def layout(self):
        """Texts side by side, then what the question is for."""
        measure = [name for name in ("role", "dimension", "loyal_from") if name in self.fields]
        switches = [
            name
            for name in ("is_required", "offers_not_applicable", "offers_dont_know")
            if name in self.fields
        ]
        return [
            self.texts_row("text"),
            self.texts_row("hint"),
            Row(*(Column(name, css_class=name.replace("_", "-")) for name in measure)),
            Row(*(Column(name, css_class="col-auto") for name in switches)),
        ]

    def clean(self):
        """Repurchase intention says which points are loyal; nothing else does."""
        values = super().clean()
        is_repurchase = values.get("role") == MeasureRole.REPURCHASE
        if not is_repurchase:
            values["loyal_from"] = None
        elif values.get("loyal_from") is None and "loyal_from" not in self.errors:
            self.add_error("loyal_from", _("Say from which point on an answer counts as loyal."))
        return values

    def definition(self, choices):
        """The document of the question, with choices as `ChoiceFormSet` gives them."""
        values = self.cleaned_data
        return self.question | {
            "text": self.texts("text", self.question["text"]),
            "hint": self.texts("hint", self.question["hint"]),
            "role": values["role"],
            "dimension": values.get("dimension") or None,
            "loyal_from": values.get("loyal_from"),
            "is_required": values["is_required"],
            "choices": self._with_asides(choices),
        }

    def _with_asides(self, choices):
        if not self.handler.has_choices:
            return []
        for kind, (name, ready) in ASIDES.items():
            has_one = any(choice["kind"] == kind for choice in choices)
            if self.cleaned_data[name] and not has_one:
                choices = [*choices, ready()]
            elif not self.cleaned_data[name]:
                choices = [choice for choice in choices if choice["kind"] != kind]
        return choices


class ChoiceForm(TextsMixin, forms.Form):
    """One choice: its label by language, its value on a scale, its place in a list."""

    code = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        required=False, choices=ChoiceKind.choices, widget=forms.HiddenInput, initial="scored"
    )
    value = forms.IntegerField(label=_("Value"), required=False, min_value=-100, max_value=100)
    place = forms.IntegerField(label=_("Place"), required=False, min_value=0, max_value=999)

    def __init__(self, *args, languages, first_language, **kwargs):
        initial = kwargs.pop("initial", None) or {}
        super().__init__(*args, initial=initial, **kwargs)
        self.first_language = first_language
        self.add_texts("label", _("Label"), initial.get("label", {}), languages)
        for code in languages:
            self.fields[field_name("label", code)].max_length = LONGEST_TEXT

    @property
    def label_fields(self):
        """The fields of the label, one for each language."""
        return [self[name] for name in self.fields if name.startswith("label__")]

    @property
    def is_aside(self):
        """Whether this is "does not apply" or "don't know"."""
        return (self.initial.get("kind") or ChoiceKind.SCORED) != ChoiceKind.SCORED

    def clean(self):
        """A choice that is kept has a label in the first language."""
        values = super().clean()
        is_blank = not any(self.texts("label").values())
        if not is_blank and not values.get(field_name("label", self.first_language)):
            self.add_error(
                field_name("label", self.first_language),
                _("The label is needed in the first language."),
            )
        return values


class _Choices(forms.BaseFormSet):
    """The choices of one question as rows of a table."""

    def __init__(self, *args, question, languages, first_language, **kwargs):
        self.handler = HANDLERS[question["type"]]
        self.stored = {choice["code"]: choice for choice in question["choices"]}
        initial = [
            choice | {"place": number} for number, choice in enumerate(question["choices"], 1)
        ]
        super().__init__(
            *args,
            prefix="choices",
            initial=initial,
            form_kwargs={"languages": languages, "first_language": first_language},
            **kwargs,
        )

    @property
    def is_scale(self):
        """Whether the points have values instead of places."""
        return self.handler.is_scale

    @property
    def is_fixed(self):
        """Whether points can be neither added nor removed."""
        return self.handler.has_fixed_choices

    def clean(self):
        """Points of a scale have values of their own, and fixed points keep a label."""
        kept = list(self._kept())
        if self.is_fixed and len(kept) < len(self.forms):
            raise forms.ValidationError(_("Each of these answers needs a label."))
        values = []
        for form in kept:
            if self.is_scale and not form.is_aside:
                if form.cleaned_data.get("value") is None:
                    form.add_error("value", _("This point needs a value."))
                elif form.cleaned_data["value"] in values:
                    form.add_error("value", _("This value stands twice."))
                values.append(form.cleaned_data.get("value"))

    def documents(self):
        """The choices in order, asides last; codes that are stored stay as they are."""
        kept = sorted(self._kept(), key=self._place)
        used = set(self.stored)
        return [self._document(form, used) for form in kept]

    def _kept(self):
        for form in self.forms:
            values = getattr(form, "cleaned_data", None) or {}
            has_label = any(value for name, value in values.items() if name.startswith("label__"))
            if has_label and not (values.get("DELETE") and not self.is_fixed):
                yield form

    def _place(self, form):
        values = form.cleaned_data
        rank = values.get("value") if self.is_scale else values.get("place")
        return (form.is_aside, rank is None, rank or 0)

    def _document(self, form, used):
        values = form.cleaned_data
        stored = self.stored.get(values["code"], {})
        kind = stored.get("kind", ChoiceKind.SCORED.value)
        code, value = stored.get("code"), stored.get("value")
        if self.is_scale and kind == ChoiceKind.SCORED:
            value = values["value"]
            code = str(value)
        elif code is None:
            code = next(f"c{n}" for n in range(1, 1000) if f"c{n}" not in used)
            used.add(code)
        return {
            "code": code,
            "label": form.texts("label", stored.get("label")),
            "kind": kind,
            "value": value,
        }


def choice_formset(question, survey, posted=None):
    """The formset of a question's choices."""
    fixed = HANDLERS[question["type"]].has_fixed_choices
    factory = forms.formset_factory(
        ChoiceForm,
        formset=_Choices,
        extra=0 if fixed else 2,
        can_delete=not fixed,
        max_num=200,
        absolute_max=250,
    )
    return factory(
        posted,
        question=question,
        languages=survey.languages or [survey.default_language],
        first_language=survey.default_language,
    )


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


def _points(question, language):
    for choice in question["choices"]:
        if choice["value"] is not None:
            label = text_in(choice["label"], language)
            value = str(choice["value"])
            yield value, value if label == value else f"{value} – {label}"
