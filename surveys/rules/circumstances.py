"""What is known of a visit besides its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

EVENT_DAY = "event.date"
ATTRIBUTE = "customer.attribute."
OF_A_PERSON = ("customer.", "event.")


def is_of_a_person(subject):
    """Whether only who knows the customer can tell; an anonymous survey is never given it."""
    return subject.startswith(OF_A_PERSON)


def day_number(day):
    """A day as rules compare it: 20260301."""
    return day.year * 10_000 + day.month * 100 + day.day


def day_of(number):
    """The day that such a number stands for, or None."""
    try:
        return date.fromisoformat(str(number))
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Circumstances:
    """`codes` are what rules compare, `words` what texts may name; both by subject."""

    language: str = ""
    codes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    words: Mapping[str, str] = field(default_factory=dict)

    def codes_of(self, subject):
        """The codes of a subject; none when it is not known."""
        if subject == "language":
            return (self.language,) if self.language else ()
        return self.codes.get(subject, ())

    def number_of(self, subject):
        """What stands behind the codes of a subject that is compared as a number, or None."""
        codes = self.codes_of(subject) if subject == EVENT_DAY else ()
        return int(codes[0]) if codes else None
