"""Earlier answers and circumstances in later texts: ``{{answer.overall|no answer}}``.

A placeholder names a subject and, after a bar, the words that stand there
when nothing is known. What is put in is text and stays text: it is not read
for placeholders again, and the templates escape it.
"""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .conditions import key_of

PLACEHOLDER = re.compile(r"\{\{\s*([A-Za-z][A-Za-z0-9_.-]*)\s*(?:\|([^{}|]*))?\}\}")
PIPED = ("customer.name", "customer.unit", "link.touchpoint", "link.unit")
LONGEST_PIPED = 200
# Signs that turn the direction of the text round them.
DIRECTIONS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


@dataclass(frozen=True, slots=True)
class Placeholder:
    """A place in a text that is filled in for each respondent."""

    subject: str
    fallback: str | None

    @property
    def question_key(self):
        """The key of the question whose answer it takes, or None."""
        return key_of(self.subject)


def has_placeholder(texts):
    """Whether a text asks to be filled in, in any language."""
    return any("{{" in text for text in texts.values())


def placeholders_in(texts):
    """The placeholders of a text in all its languages."""
    return [
        Placeholder(match[1], match[2])
        for text in texts.values()
        for match in PLACEHOLDER.finditer(text)
    ]


def has_broken_placeholder(texts):
    """Whether braces stand in a text that are no placeholder."""
    return any("{{" in PLACEHOLDER.sub("", text) for text in texts.values())


def filled_texts(texts, words_of):
    """A text with its places filled in; `words_of` gives the words of a subject in a language."""
    if not has_placeholder(texts):
        return texts
    return {
        language: PLACEHOLDER.sub(lambda match, code=language: _words(match, words_of, code), text)
        for language, text in texts.items()
    }


def filled_everywhere(value, words_of):
    """A setting of a question with every text in it filled in."""
    if isinstance(value, list):
        return [filled_everywhere(part, words_of) for part in value]
    if not isinstance(value, dict):
        return value
    if all(isinstance(part, str) for part in value.values()):
        return filled_texts(value, words_of)
    return {name: filled_everywhere(part, words_of) for name, part in value.items()}


def with_fallbacks(text):
    """A text as it reads when nothing is known, for those who see no one's answers."""
    return PLACEHOLDER.sub(lambda match: (match[2] or "…").strip(), text)


def answer_in_words(question, answer, text_in):
    """An answer as its respondent would read it; "" when there is none."""
    given = answer if isinstance(answer, list) else [answer]
    return _(", ").join(_one_in_words(question, one, text_in) for one in given if one is not None)


def _one_in_words(question, answer, text_in):
    choice = question.choice(answer) if isinstance(answer, str) else None
    return text_in(choice.label) if choice else str(answer)


def _words(match, words_of, language):
    words = " ".join(words_of(match[1], language).translate(DIRECTIONS).split())
    if len(words) > LONGEST_PIPED:
        words = words[: LONGEST_PIPED - 1] + "…"
    return words or (match[2] or "").strip()
