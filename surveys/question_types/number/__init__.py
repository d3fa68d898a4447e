"""A number."""

import re
import unicodedata

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from surveys.enums import MeasureRole
from surveys.question_types.answer_type import Counted, Group
from surveys.question_types.settings import Number as NumberSetting
from surveys.question_types.settings import Words
from surveys.question_types.writing import Writing

LONGEST = 40
LARGEST = 1e12
PLAIN = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?\Z")
IN_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?\Z")
WITH_COMMA = re.compile(r"[+-]?[0-9]+,[0-9]+\Z")


class Number(Writing):
    """A JSON number; what cannot be read stays a text, so that it is shown again."""

    label = gettext_lazy("Number")
    group = Group.WRITTEN
    counted = Counted.NUMBERS
    place = 30
    seconds = 8
    roles = (MeasureRole.PROFILE,)
    settings = (
        NumberSetting("minimum", gettext_lazy("Smallest number")),
        NumberSetting("maximum", gettext_lazy("Largest number")),
        NumberSetting(
            "decimals",
            gettext_lazy("Digits after the point"),
            0,
            low=0,
            high=6,
            is_whole=True,
            is_needed=True,
        ),
        Words("unit", gettext_lazy("Unit")),
    )

    def read(self, question, form_values):
        """The number in a posted form, the text that is none, or None."""
        text = form_values.get(question.key, "").strip()
        return self._number(question, text) if text else None

    def error_in(self, question, answer):
        """A sentence when the answer cannot be taken, else None."""
        if answer is None:
            return _("Please write a number.") if question.is_required else None
        if isinstance(answer, bool) or not isinstance(answer, (int, float)):
            return _("Please write this as a number in digits, such as 12.")
        if not abs(answer) <= LARGEST:
            return _("This number is too large to be kept.")
        settings = self.full_settings(question)
        if round(answer, settings["decimals"]) != answer:
            if not settings["decimals"]:
                return _("Please write a whole number.")
            return _("Please write %(most)d digits after the point at most.") % {
                "most": settings["decimals"]
            }
        low, high = settings["minimum"], settings["maximum"]
        if low is not None and answer < low:
            return _("Please write a number from %(low)s upwards.") % {"low": f"{low:g}"}
        if high is not None and answer > high:
            return _("Please write a number up to %(high)s.") % {"high": f"{high:g}"}
        return None

    def value_of(self, question, answer):
        """The number itself."""
        return answer

    def from_cell(self, question, cell, code_of):
        """The number, or the text that is none."""
        return self._number(question, cell.strip())

    def mistakes(self, question, language):
        """Some number must be possible."""
        settings = self.full_settings(question)
        low, high = settings["minimum"], settings["maximum"]
        if low is not None and high is not None and low > high:
            yield _("The smallest number is larger than the largest.")

    def shown(self, question, page, options):
        """The unit, and the range in words of digits."""
        settings = self.full_settings(question)
        return {"unit": page.say(settings["unit"]), "decimals": settings["decimals"]}

    def _number(self, question, text):
        """Full-width digits count; a comma is read where it can mean one thing only."""
        plain = unicodedata.normalize("NFKC", text).replace("−", "-").replace(" ", "")
        if len(plain) > LONGEST:
            return text
        if IN_THOUSANDS.match(plain) and self.setting(question, "decimals") < 3:
            plain = plain.replace(",", "")
        elif WITH_COMMA.match(plain) and not IN_THOUSANDS.match(plain):
            plain = plain.replace(",", ".")
        if not PLAIN.match(plain):
            return text
        number = float(plain)
        return int(number) if number.is_integer() else number


handler = Number()
