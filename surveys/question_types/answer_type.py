"""What every question type is and can do; a type says only what is its own."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext_lazy as _

from surveys.enums import ROLES_ASKED_ONCE

from .shown import Field, options_of


class Group(Enum):
    """Where a type stands in the list that a designer picks from."""

    SCALES = _("Scales")
    CHOICES = _("Choices")
    WRITTEN = _("In the customer's own words")
    OTHER = _("Other")


class Choices(Enum):
    """What the choices of a question are."""

    NONE = "none"
    LIST = "list"
    SCALE = "scale"


@dataclass(frozen=True, slots=True)
class Preset:
    """A question type with ready choices, as a designer picks it for a new question."""

    code: str
    label: str
    type: str
    choices: Callable = list
    roles: tuple = ()
    needs_lines: bool = False

    def usual_role(self, taken_roles):
        """The measure that a new question of this kind usually has."""
        free = (r for r in self.roles if r not in ROLES_ASKED_ONCE or r not in taken_roles)
        return next((role.value for role in free), "")


class AnswerType:
    """One question type. Its code is the name of its folder, its template stands there too."""

    label = ""
    group = Group.OTHER
    place = 50
    seconds = 10
    roles = ()
    choices = Choices.NONE
    has_fixed_choices = False

    def __init__(self):
        self.code = type(self).__module__.rsplit(".", 1)[-1]
        self.template = f"{self.code}/answer.html"

    @property
    def has_choices(self):
        """Whether the question has rows of choices."""
        return self.choices is not Choices.NONE

    @property
    def is_scale(self):
        """Whether each choice needs a value of its own."""
        return self.choices is Choices.SCALE

    @property
    def presets(self):
        """What a new question of this type can begin as."""
        return (self.preset(self.code, self.label),)

    def preset(self, code, label, **more):
        """One way to begin a question of this type."""
        return Preset(code, label, self.code, **more)

    def read(self, question, form_values):
        """The answer in a posted form (a QueryDict), or None."""
        return form_values.get(question.key) or None

    def error_in(self, question, answer):
        """A sentence when the answer cannot be taken, else None."""
        raise NotImplementedError

    def value_of(self, question, answer):
        """The number behind the answer, or None where it has none."""
        return None

    def picked(self, question, code):
        """The answer that picking this choice makes, or None when there is no such choice."""
        return code if question.choice(code) else None

    def codes_in(self, stored):
        """The codes in a stored answer as the database gives it out."""
        return [stored]

    def cell_of(self, question, answer):
        """The answer as the text of one cell of a table; "" for none."""
        return "" if answer is None else str(answer)

    def from_cell(self, question, cell, code_of):
        """The answer in a cell that is not empty; `code_of` finds a choice by what it is called."""
        return code_of(cell)

    def mistakes(self, question, language):
        """Sentences about what must be mended before a question of this type is published."""
        return ()

    def field(self, question, page):
        """The question as it stands on a page (`shown.Page`)."""
        answer = page.answers.get(question.key)
        options, apart = options_of(question, page, answer)
        return Field(
            id=f"q-{question.key}",
            key=question.key,
            template=self.template,
            text=page.say(question.text),
            hint=page.say(question.hint),
            error=page.errors.get(question.key, ""),
            is_optional=not question.is_required,
            options=options,
            apart=apart,
            written="" if answer is None or isinstance(answer, list) else str(answer),
            own=self.shown(question, page, options),
        )

    def shown(self, question, page, options):
        """What only the template of this type needs."""
        return {}
