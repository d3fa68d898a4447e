"""Questions as they stand on a respondent's page, in one language and with what was answered."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Page:
    """What a question is shown with.

    `say` gives a text in the language of the page; `answers` and `errors` are
    by question key.
    """

    say: Callable
    answers: dict
    errors: dict


@dataclass(frozen=True, slots=True)
class Option:
    """One choice as it stands on the page."""

    id: str
    code: str
    label: str
    short: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Field:
    """One question as it stands on the page; `own` is what its type adds."""

    id: str
    key: str
    template: str
    text: str
    hint: str
    error: str
    is_optional: bool
    options: tuple[Option, ...]
    apart: tuple[Option, ...]
    written: str
    own: dict = field(default_factory=dict)

    @property
    def described_by(self):
        """Ids of the hint and of the error, for `aria-describedby`."""
        ids = [f"{self.id}-hint"] if self.hint else []
        return " ".join([*ids, f"{self.id}-error"] if self.error else ids)

    @property
    def first_input(self):
        """Where a link of the error summary leads."""
        inputs = self.options + self.apart
        return inputs[0].id if inputs else self.id


def options_of(question, page, answer):
    """The choices of a question: those that are answers, and those set apart from them."""
    chosen = set(answer) if isinstance(answer, list) else {answer}
    options, apart = [], []
    for number, choice in enumerate(question.choices, start=1):
        option = Option(
            id=f"q-{question.key}-{number}",
            code=choice.code,
            label=page.say(choice.label),
            short=choice.code if choice.value is None else str(choice.value),
            is_chosen=choice.code in chosen,
        )
        (options if choice.is_scored else apart).append(option)
    return tuple(options), tuple(apart)
