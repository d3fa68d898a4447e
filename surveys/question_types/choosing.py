"""Answers picked from a list: scales, options, yes or no."""

import json
import re

from django.utils.translation import gettext as _

from surveys.definitions import ready_choices
from surveys.enums import ChoiceKind
from surveys.texts import is_translated

from .answer_type import AnswerType, Choices, Counted, Group

STANDS_ALONE = (ChoiceKind.EXCLUSIVE, ChoiceKind.NOT_APPLICABLE, ChoiceKind.DONT_KNOW)
SEVERAL = re.compile(r"[;|]")


class Choosing(AnswerType):
    """A closed question."""

    choices = Choices.LIST
    counted = Counted.CHOSEN

    def mistakes(self, question, language):
        """Two answers at least, each with a label, and on a scale each with a value."""
        scored = question.scored_choices
        if len(scored) < 2:
            yield _("A closed question needs two answers at least.")
        if any(not is_translated(choice.label, language) for choice in question.choices):
            yield _("An answer has no label in the first language.")
        values = [choice.value for choice in scored]
        has_values = self.is_scale or question.role == "repurchase"
        if len(scored) < 2:
            return
        if has_values and (None in values or len(set(values)) < len(values)):
            yield _("Each point of a scale needs a value of its own.")
        else:
            yield from self.mistakes_in_scale(question)

    def mistakes_in_scale(self, question):
        """Sentences about the points of the scale, when each has a value of its own."""
        return ()


class OneChoice(Choosing):
    """Exactly one choice; the stored answer is its code."""

    def error_in(self, question, answer):
        """A sentence when the answer cannot be taken, else None."""
        if answer is None:
            return _("Please choose an answer.") if question.is_required else None
        if not isinstance(answer, str) or question.choice(answer) is None:
            return _("Please choose one of the answers shown.")
        return None

    def value_of(self, question, answer):
        """The number behind the answer, or None ("does not apply" has none)."""
        choice = question.choice(answer) if isinstance(answer, str) else None
        return choice.value if choice else None


class ThreeWay(OneChoice):
    """Worse, equal or better; a list and no rating, so that no mean is made of it."""

    has_fixed_choices = True
    seconds = 6
    group = Group.SCALES
    ready = ()

    @property
    def presets(self):
        """The three answers with their words."""
        ready = self.ready
        return (
            self.preset(
                self.code,
                self.label,
                choices=lambda: ready_choices.three_way(ready),
                roles=self.roles[:1],
            ),
        )

    def mistakes_in_scale(self, question):
        """Which answer is the better one is told by the values."""
        if question.values != (-1, 0, 1):
            yield _("The three answers have the values −1, 0 and 1.")


class OnScale(OneChoice):
    """One point of a scale, or a choice set apart from it."""

    choices = Choices.SCALE
    counted = Counted.RATED
    usual_ends = ("", "")

    def shown(self, question, page, options):
        """What the two ends mean, in words, and whether only they have words."""
        inner = options[1:-1]
        return super().shown(question, page, options) | {
            "is_numbered": bool(options) and all(one.short == one.label for one in inner),
            "ends": tuple(
                one.label if one.label != one.short else str(usual)
                for one, usual in zip((options[0], options[-1]), self.usual_ends, strict=True)
            )
            if options
            else ("", ""),
        }


class SeveralChoices(Choosing):
    """Any number of choices; the stored answer is the list of codes in the question's order."""

    def read(self, question, form_values):
        """The answer in a posted form (a QueryDict), or None."""
        return in_order(question, set(form_values.getlist(question.key)) - {""})

    def error_in(self, question, answer):
        """A sentence when the answer cannot be taken, else None."""
        if answer is None:
            return _("Please choose at least one answer.") if question.is_required else None
        known = {choice.code for choice in question.choices}
        if not isinstance(answer, list) or not is_selection(answer, known):
            return _("Please choose from the answers shown.")
        alone = any(question.choice(code).kind in STANDS_ALONE for code in answer)
        if alone and len(answer) > 1:
            return _("One of the answers that you chose cannot stand beside others.")
        return None

    def picked(self, question, code):
        """A list of one."""
        return [code] if question.choice(code) else None

    def codes_in(self, stored):
        """Several in one answer."""
        return json.loads(stored) if isinstance(stored, str) else stored

    def cell_of(self, question, answer):
        """Codes with a semicolon between them."""
        return ";".join(answer or [])

    def from_cell(self, question, cell, code_of):
        """What stands between semicolons or bars."""
        return in_order(question, {code_of(text) for text in SEVERAL.split(cell) if text.strip()})


def in_order(question, picked):
    """Picked codes in the order of the question, unknown ones last; None for none."""
    known = [choice.code for choice in question.choices if choice.code in picked]
    return known + sorted(picked - set(known)) or None


def is_selection(codes, known):
    """Whether a list holds known codes, each once, and at least one."""
    are_texts = all(isinstance(code, str) for code in codes)
    return are_texts and set(codes) <= known and 0 < len(codes) == len(set(codes))
