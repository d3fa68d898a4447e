"""The translation catalogs: gather every string, merge it into the catalogs, compile them.

    python -m tests.catalogs

Strings come from the sources and templates alone, so a catalog never holds
one that nobody uses. Works without the gettext tools.
"""

import os
from io import BytesIO
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from scoring.registry import measures

ROOT = Path(__file__).parents[1]
LOCALE = ROOT / "config" / "locale"
LANGUAGES = ["zh_Hans", "zh_Hant"]
PACKAGES = ["config", "surveys", "reports"]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def extracted_messages():
    """A catalog of every string that the sources and templates mark."""
    catalog = Catalog(project="Topbox")
    for path, source in _sources():
        for line, message, comments, context in extract("python", BytesIO(source), KEYWORDS):
            where = [(path.relative_to(ROOT).as_posix(), line)]
            catalog.add(message, None, where, auto_comments=comments, context=context)
    for text in _texts_of_measures():
        catalog.add(text, None, [("scoring/registry.py", 1)])
    return catalog


def _texts_of_measures():
    """What the registry says of each measure; the library itself knows no languages."""
    for measure in measures().values():
        yield from (measure.name, measure.definition, measure.denominator, measure.interval)


def _sources():
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path, path.read_bytes()
    for folder in ("templates", "surveys/question_types"):
        for pattern in ("*.html", "*.txt", "*.svg"):
            for path in sorted((ROOT / folder).rglob(pattern)):
                source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
                yield path, source.encode()


def po_file(language):
    """The catalog of a language."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read_catalog(language):
    """The catalog of a language as it is kept."""
    with po_file(language).open("rb") as file:
        return read_po(file, locale=language)


def compiled(catalog):
    """The bytes that Django reads."""
    target = BytesIO()
    write_mo(target, catalog)
    return target.getvalue()


def update_catalogs():
    """Bring the catalogs up to date; new strings come in untranslated, old ones go."""
    messages = extracted_messages()
    for language in LANGUAGES:
        path = po_file(language)
        path.parent.mkdir(parents=True, exist_ok=True)
        catalog = read_catalog(language) if path.exists() else Catalog(locale=language)
        catalog.project, catalog.version, catalog.fuzzy = "Topbox", "0.1", False
        catalog.header_comment = (
            "# Topbox in another language; `python -m tests.catalogs` keeps this file."
        )
        catalog.last_translator = catalog.language_team = catalog.msgid_bugs_address = "Topbox"
        catalog.update(messages, no_fuzzy_matching=True)
        catalog.obsolete.clear()
        with path.open("wb") as file:
            write_po(file, catalog, width=100, include_lineno=False, sort_output=True)
        path.with_suffix(".mo").write_bytes(compiled(read_catalog(language)))
        missing = sum(1 for message in catalog if message.id and not is_translated(message))
        print(f"{language}: {len(catalog)} messages, {missing} without a translation")


def is_translated(message):
    """Whether a message has a text in every plural form."""
    texts = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(texts) and not message.fuzzy


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    django.setup()
    update_catalogs()
