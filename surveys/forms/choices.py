"""The choices of a question, or its rows, as the rows of a table."""

from django import forms
from django.utils.translation import gettext_lazy as _

from surveys.definitions.checks import LONGEST_TEXT
from surveys.enums import ChoiceKind
from surveys.question_types import HANDLERS

from .staff import TextsMixin, field_name


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

    def __init__(self, *args, question, languages, first_language, title, used=(), **kwargs):
        self.title = title
        self.used = set(used)
        self.handler = HANDLERS[question["type"]]
        self.stored = {choice["code"]: choice for choice in question["choices"]}
        initial = [
            choice | {"place": number} for number, choice in enumerate(question["choices"], 1)
        ]
        super().__init__(
            *args,
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
        """The choices in order, asides last; codes that are stored stay as they are.

        A new choice gets a code that none has had, in any version and removed ones included:
        answers are stored by their code.
        """
        kept = sorted(self._kept(), key=self._place)
        used = self.used | set(self.stored)
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
            code = next(f"c{n}" for n in range(1, 10_000) if f"c{n}" not in used)
            used.add(code)
        return {
            "code": code,
            "label": form.texts("label", stored.get("label")),
            "kind": kind,
            "value": value,
        }


def choice_formset(question, survey, posted=None, *, used=(), prefix="choices", title=""):
    """The formset of a question's choices; `used` are codes that no new one may have."""
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
        prefix=prefix,
        title=title,
        used=used,
    )


def row_formset(question, survey, posted=None, *, used=()):
    """The formset of a question's rows, which are edited like a list of choices."""
    rows = [row | {"kind": ChoiceKind.SCORED.value, "value": None} for row in _rows_of(question)]
    as_list = {"type": "single_choice", "choices": rows}
    return choice_formset(
        as_list, survey, posted, used=used, prefix="rows", title=_("Lines to rate")
    )


def rows_in(formset):
    """The rows as the document holds them."""
    return [{"code": row["code"], "label": row["label"]} for row in formset.documents()]


def _rows_of(question):
    return question["settings"].get("rows", [])
