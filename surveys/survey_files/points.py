"""The points of an imported scale: which answers are points, and what they count."""

import re

from surveys.enums import ChoiceKind

WORDS = {
    ChoiceKind.NOT_APPLICABLE: re.compile(
        r"(does not|doesn.t) apply|not applicable|n/?a|trifft nicht zu|entfällt|"
        r"não se aplica|不适用|不適用",
        re.IGNORECASE,
    ),
    ChoiceKind.DONT_KNOW: re.compile(
        r"(i )?(don.t|do not) know|weiß nicht|kann ich nicht sagen|não sei|不知道|不清楚",
        re.IGNORECASE,
    ),
}
FEWEST, MOST = 3, 11


def aside_of(option):
    """Whether an answer is "does not apply" or "don't know", by its words."""
    for kind, words in WORDS.items():
        if any(words.fullmatch(text.strip(" .")) for text in option.label.values()):
            return kind
    return ChoiceKind.SCORED


def is_scale(options):
    """Whether there are as many points as a scale may have."""
    return FEWEST <= len(_points(options)) <= MOST


def has_numbers(options):
    """Whether the file itself says what each point counts."""
    numbers = [_number_of(option) for _place, option in _points(options)]
    return None not in numbers and len(set(numbers)) == len(numbers)


def values_of(options):
    """The value of each point by its place: as the file says, or counted from 1."""
    if has_numbers(options):
        return {place: _number_of(option) for place, option in _points(options)}
    return {place: value for value, (place, _option) in enumerate(_points(options), 1)}


def _points(options):
    return [pair for pair in enumerate(options) if aside_of(pair[1]) == ChoiceKind.SCORED]


def _number_of(option):
    if option.value is not None:
        return option.value if -100 <= option.value <= 100 else None
    return int(option.code) if re.fullmatch(r"-?\d{1,2}|100", option.code) else None
