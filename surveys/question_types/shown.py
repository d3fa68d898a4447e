"""Questions as they stand on a respondent's page, in one language and with what was answered."""

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from surveys.enums import ChoiceKind


@dataclass(frozen=True, slots=True)
class Page:
    """What a question is shown with.

    `say` gives a text in the language of the page; `answers` and `errors` are
    by question key.
    """

    say: Callable
    answers: dict
    errors: dict
    seed: str = ""


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
    """One question as it stands on the page; `own` is what its type adds, `rows` its parts."""

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
    rows: tuple = ()

    @property
    def described_by(self):
        """Ids of the hint and of the error, for `aria-describedby`."""
        ids = [f"{self.id}-hint"] if self.hint else []
        return " ".join([*ids, f"{self.id}-error"] if self.error else ids)

    @property
    def first_input(self):
        """Where a link of the error summary leads."""
        if self.rows:
            return self.rows[0].first_input
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


def order_for(question, seed):
    """The codes of a question in the order in which the customer with this seed saw them.

    The seed is the id of the submission, which is stored with the answer. A page that
    is loaded again before anything was typed or sent gets another id; the script of the
    page then puts the first one and its order back, and without a script it stays new. What
    is no plain answer ("other", "none of these", "does not apply") stays last.
    """
    plain = [choice.code for choice in question.choices if choice.kind == ChoiceKind.SCORED]
    random.Random(f"{seed} {question.key}").shuffle(plain)
    return plain + [choice.code for choice in question.choices if choice.code not in plain]
