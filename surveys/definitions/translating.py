"""The texts of a survey document one by one: each has a place, and one wording per language.

A place is written like ``questions/overall/choices/5/label``. It names questions
by key and choices by code, so that it stays when they are moved; only sections
are counted.
"""

from dataclasses import dataclass

from django.conf import settings

from surveys.texts import text_in

LISTS_BY = ("key", "code")


@dataclass(frozen=True, slots=True)
class TextPlace:
    """One text of a document, where it stands, and its words by language."""

    place: str
    words: dict


@dataclass(frozen=True, slots=True)
class TextGroup:
    """Places with the same words in the source and in the target; translated once for all."""

    places: tuple[str, ...]
    source: str
    target: str

    @property
    def name(self):
        """The place that stands for all."""
        return self.places[0]


def texts_of(document):
    """Every text of a document that has words in some language, in reading order."""
    codes = _codes(document)
    for parts, place in _parts(document):
        yield from _walk(parts, place, codes)


def groups_of(document, language):
    """The texts beside their words in `language`, equal ones together.

    A number that is there in the language needs no translator and is left out.
    """
    places, first = {}, document["default_language"]
    for text in texts_of(document):
        words = text_in(text.words, first, first), text.words.get(language, "")
        if not words[1] or any(sign.isalpha() for sign in words[0]):
            places.setdefault(words, []).append(text.place)
    return [TextGroup(tuple(found), source, target) for (source, target), found in places.items()]


def with_texts(document, changes):
    """The document with other words: `changes` has by place the words by language.

    Raises `KeyError` with a place that the document does not have.
    """
    codes = _codes(document)
    unknown = set(changes) - {text.place for text in texts_of(document)}
    if unknown:
        raise KeyError(min(unknown))
    around, dimensions, *sections = [
        _replaced(parts, place, changes, codes) for parts, place in _parts(document)
    ]
    pairs = zip(document["sections"], sections[::2], sections[1::2], strict=True)
    return (
        document
        | around
        | dimensions
        | {"sections": [section | title | questions for section, title, questions in pairs]}
    )


def _parts(document):
    """The document in pieces, each with the beginning of its places."""
    yield {name: document[name] for name in ("title", "introduction", "thanks")}, ""
    yield {"dimensions": document["dimensions"]}, ""
    for number, section in enumerate(document["sections"], 1):
        yield {"title": section["title"]}, f"sections/{number}/"
        yield {"questions": section["questions"]}, ""


def _walk(value, place, codes):
    if _is_text(value, codes):
        yield TextPlace(place.rstrip("/"), value)
    else:
        for name, member in _members(value):
            yield from _walk(member, f"{place}{name}/", codes)


def _replaced(value, place, changes, codes):
    if _is_text(value, codes):
        words = value | changes.get(place.rstrip("/"), {})
        return {language: text for language, text in words.items() if text}
    if isinstance(value, (dict, list)):
        members = [
            (name, _replaced(member, f"{place}{name}/", changes, codes))
            for name, member in _members(value)
        ]
        return dict(members) if isinstance(value, dict) else [member for _name, member in members]
    return value


def _members(value):
    if isinstance(value, dict):
        return list(value.items())
    if isinstance(value, list):
        return [(_name_of(member, number), member) for number, member in enumerate(value, 1)]
    return []


def _name_of(member, number):
    if isinstance(member, dict):
        return next((member[name] for name in LISTS_BY if name in member), number)
    return number


def _codes(document):
    return {code for code, _name in settings.LANGUAGES} | set(document["languages"])


def _is_text(value, codes):
    """Whether this is a text by language, and not an object with other members."""
    return isinstance(value, dict) and bool(value) and value.keys() <= codes
