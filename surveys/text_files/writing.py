"""Writing the texts of a document for translators."""

from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from surveys.definitions.translating import texts_of

PLACE = "place"
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def texts_as_workbook(document):
    """A workbook with a row for each text and a column for each language, the first one first.

    Nothing in it is a formula: what could be read as one is marked as text.
    """
    import xlsxwriter

    languages = languages_of(document)
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("texts")
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        marked = book.add_format({"text_wrap": True, "quote_prefix": True})
        sheet.set_column(0, 0, 36)
        sheet.set_column(1, len(languages), 48)
        sheet.freeze_panes(1, 2)
        for column, name in enumerate([PLACE, *languages]):
            sheet.write_string(0, column, name, bold)
        for row, text in enumerate(texts_of(document), 1):
            sheet.write_string(row, 0, text.place)
            for column, language in enumerate(languages, 1):
                words = text.words.get(language, "")
                form = marked if words.startswith(FORMULA_STARTS) else wrapped
                sheet.write_string(row, column, words, form)
    return out.getvalue()


def texts_as_po(document, language):
    """A PO file from the first language into another; the context of a message is its place."""
    first = document["default_language"]
    catalog = Catalog(locale=_locale(language), project=document["title"].get(first, ""))
    for text in texts_of(document):
        if source := text.words.get(first):
            catalog.add(source, text.words.get(language, ""), context=text.place)
    out = BytesIO()
    write_po(out, catalog, width=0, include_previous=False)
    return out.getvalue()


def languages_of(document):
    """The languages of a document, the first one first."""
    first = document["default_language"]
    return [first, *(code for code in document["languages"] if code != first)]


def _locale(language):
    head, _dash, script = language.partition("-")
    return f"{head}_{script.title()}" if script else head
