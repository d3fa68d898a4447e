"""Filling in a text: into one line, or into paragraphs that know where a link stands."""

import re
from dataclasses import dataclass

from surveys.rules.piping import PLACEHOLDER

from .fields import LINK

LINKS = (LINK, "unsubscribe")
BETWEEN_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words, or the address of a link."""

    words: str
    is_link: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of pieces; a paragraph that is nothing but the link becomes a button."""

    lines: tuple[tuple[Piece, ...], ...]
    is_button: bool = False


def filled(text, values):
    """The text with its places filled in, line ends as they stand in the text."""
    return PLACEHOLDER.sub(lambda match: words_at(match, values), text)


def words_at(match, values):
    """The words that stand at a place: the value, else what follows the bar."""
    return values.get(match[1]) or (match[2] or "").strip()


def paragraphs_of(text, values):
    """The text cut into paragraphs before it is filled in, so that no value can make one."""
    raw = BETWEEN_PARAGRAPHS.split(text.replace("\r\n", "\n").strip())
    return [_paragraph(part, values) for part in raw if part.strip()]


def button_to(link):
    """A paragraph that is nothing but the link."""
    return Paragraph(((Piece(link, is_link=True),),), is_button=True)


def _paragraph(part, values):
    whole = PLACEHOLDER.fullmatch(part.strip())
    is_button = bool(whole) and whole[1] == LINK
    return Paragraph(tuple(tuple(_pieces(line, values)) for line in part.split("\n")), is_button)


def _pieces(line, values):
    place = 0
    for match in PLACEHOLDER.finditer(line):
        if match.start() > place:
            yield Piece(line[place : match.start()])
        yield Piece(words_at(match, values), is_link=match[1] in LINKS)
        place = match.end()
    if place < len(line):
        yield Piece(line[place:])
