"""The Chinese catalogs are complete, current and fit their English strings."""

import re

import pytest

from .catalogs import LANGUAGES, compiled, extracted_messages, is_translated, po_file, read_catalog

PLACE = re.compile(r"%\((\w+)\)|\{(\w*)\}")


def places_in(text):
    """The names of the values that a string takes."""
    return {name for pair in PLACE.findall(text) for name in pair if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_string_is_translated(language):
    catalog = read_catalog(language)

    untranslated = [
        message.id
        for message in extracted_messages()
        if message.id
        and ((own := catalog.get(message.id, message.context)) is None or not is_translated(own))
    ]

    assert not untranslated


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_take_the_same_values(language):
    wrong = []
    for message in read_catalog(language):
        if not message.id:
            continue
        sources = message.id if isinstance(message.id, tuple) else (message.id,)
        targets = message.string if isinstance(message.string, tuple) else (message.string,)
        if any(places_in(target) != places_in(sources[-1]) for target in targets):
            wrong.append(message.id)

    assert not wrong


@pytest.mark.parametrize("language", LANGUAGES)
def test_compiled_catalog_is_current(language):
    path = po_file(language)

    assert path.with_suffix(".mo").read_bytes() == compiled(read_catalog(language))
