"""Choices put in order by the customer."""

import json

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.question_types.answer_type import Counted, Group
from surveys.question_types.choosing import SEVERAL, Choosing, is_selection
from surveys.question_types.own_lists import RANDOM_ORDER


class Ranking(Choosing):
    """The stored answer is the list of codes, the first one first; some may be left out.

    An answer that cannot be taken stays as it was sent: the place of each code.
    """

    label = gettext_lazy("Ranking")
    group = Group.CHOICES
    place = 40
    seconds = 25
    offers = ()
    settings = (RANDOM_ORDER,)
    counted = Counted.PUT_FIRST

    @property
    def presets(self):
        """A list of one's own."""
        label = gettext_lazy("Ranking of your own list")
        return (self.preset(self.code, label, needs_lines=True),)

    def is_shuffled(self, question):
        """Whether each customer sees the choices in an order of their own."""
        return self.setting(question, "random_order")

    def inputs(self, question):
        """A place for each choice."""
        return len(question.choices)

    def read(self, question, form_values):
        """The codes in the customer's order, or None."""
        places = {
            choice.code: place
            for choice in question.choices
            if (place := form_values.get(f"{question.key}.{choice.code}"))
        }
        by_place = {place: code for code, place in places.items()}
        wanted = [str(place) for place in range(1, len(places) + 1)]
        if set(by_place) == set(wanted):
            return [by_place[place] for place in wanted] or None
        return places

    def error_in(self, question, answer):
        """A sentence when the answer cannot be taken, else None."""
        if answer is None:
            return _("Please give a first place at least.") if question.is_required else None
        if not isinstance(answer, list):
            return _("Please give each place once, beginning with 1 and leaving none out.")
        known = {choice.code for choice in question.choices}
        return None if is_selection(answer, known) else _("Please choose from the answers shown.")

    def picked(self, question, code):
        """A link cannot fill in an order."""
        return None

    def codes_in(self, stored):
        """The code that was put first."""
        return (json.loads(stored) if isinstance(stored, str) else stored)[:1]

    def cell_of(self, question, answer):
        """Codes in the customer's order with a semicolon between them."""
        return ";".join(answer or [])

    def from_cell(self, question, cell, code_of):
        """What stands between semicolons or bars, in that order."""
        return [code_of(text) for text in SEVERAL.split(cell) if text.strip()] or None

    def shown(self, question, page, options):
        """Each choice with its place."""
        answer = page.answers.get(question.key)
        if isinstance(answer, list):
            answer = {code: str(place) for place, code in enumerate(answer, start=1)}
        places = answer if isinstance(answer, dict) else {}
        count = len(options)
        return {
            "places": [str(place) for place in range(1, count + 1)],
            "ranked": [(option, places.get(option.code, "")) for option in options],
        }


handler = Ranking()
