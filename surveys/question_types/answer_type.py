"""What every question type is and can do; a type says only what is its own."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from django.utils.translation import gettext_lazy as _

from surveys.definitions.checks import members_of
from surveys.enums import ROLES_ASKED_ONCE, ChoiceKind

from .shown import Field, options_of, order_for


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


class Counted(Enum):
    """How results count the answers."""

    RATED = "rated"
    CHOSEN = "chosen"
    PUT_FIRST = "put_first"
    NUMBERS = "numbers"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Preset:
    """A question type with ready choices, as a designer picks it for a new question."""

    code: str
    label: str
    type: str
    choices: Callable = list
    roles: tuple = ()
    needs_lines: bool = False
    lines_are_rows: bool = False

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
    counted = Counted.ANSWERED
    has_fixed_choices = False
    longest = 0
    offers = (ChoiceKind.NOT_APPLICABLE, ChoiceKind.DONT_KNOW)
    settings = ()

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

    def setting(self, question, name):
        """The value of a setting of a question."""
        return self.full_settings(question)[name]

    def full_settings(self, question):
        """Every setting of a question, those it lacks as they are by default."""
        defaults = {setting.name: setting.default for setting in self.settings}
        return {name: question.settings.get(name, value) for name, value in defaults.items()}

    def checked_settings(self, settings, where):
        """The settings of a document in full form; raises `InvalidDefinition`."""
        members = members_of(
            settings, where, optional={setting.name: setting.default for setting in self.settings}
        )
        return {
            setting.name: setting.checked(members[setting.name], f"{where}.{setting.name}")
            for setting in self.settings
        }

    def keys(self, question):
        """The keys of the entries that an answer has; none for what asks nothing."""
        return (question.key,)

    def parts(self, question):
        """What is counted on its own: the question, or its rows as questions."""
        return (question,)

    def inputs(self, question):
        """How many inputs the question sends at most."""
        return 1

    def is_shuffled(self, question):
        """Whether each customer sees the choices in an order of their own."""
        return False

    def entries(self, question, form_values):
        """The answer in a posted form as entries of the answers document."""
        return {question.key: self.read(question, form_values)}

    def error_among(self, question, answers):
        """A sentence when the entries of this question cannot be taken, else None."""
        return self.error_in(question, answers.get(question.key))

    def kept(self, question, answers):
        """The entries of this question that are stored; None for what was left out."""
        return {key: answers.get(key) for key in self.keys(question)}

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

    def entry_from_cell(self, question, key, cell, code_of):
        """The entry with this key from a cell that is not empty."""
        return self.from_cell(question, cell, code_of)

    def texts(self, question):
        """Every text of the question that wants to be translated."""
        own = [setting.texts_in(self.setting(question, setting.name)) for setting in self.settings]
        labels = [choice.label for choice in question.choices]
        return [text for text in (question.text, question.hint, *labels, *chain(*own)) if text]

    def mistakes(self, question, language):
        """Sentences about what must be mended before a question of this type is published."""
        return ()

    def field(self, question, page):
        """The question as it stands on a page (`shown.Page`)."""
        answer = page.answers.get(question.key)
        options, apart = options_of(question, page, answer)
        if self.is_shuffled(question):
            order = order_for(question, page.seed)
            options = tuple(sorted(options, key=lambda option: order.index(option.code)))
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
