"""Reading the texts that a translator sent back, and saying what they would change."""

import tempfile
import zipfile
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path

from babel.messages.pofile import PoFileError, read_po
from django.utils.translation import gettext as _

from surveys.definitions.checks import LONGEST_TEXT
from surveys.definitions.translating import texts_of
from surveys.imports.errors import FileRefused
from surveys.imports.table_files import open_table

from .writing import PLACE, languages_of

LARGEST_FILE_BYTES = 5 * 1024**2
LARGEST_UNPACKED_BYTES = 50 * 1024**2
MOST_ROWS = 20_000


@dataclass(frozen=True, slots=True)
class TextChange:
    """Words that would be others."""

    place: str
    language: str
    before: str
    after: str


@dataclass(slots=True)
class TextChanges:
    """What a file would change; with a mistake in it, nothing is changed.

    `mistakes` are pairs of a row number and a sentence.
    """

    changes: list = field(default_factory=list)
    mistakes: list = field(default_factory=list)
    rows: int = 0

    @property
    def by_place(self):
        """The changes as `services.translations.save_texts` takes them."""
        found = {}
        for change in self.changes:
            found.setdefault(change.place, {})[change.language] = change.after
        return found


def read_texts(name, content, document, language):
    """The changes in a file; raises `FileRefused` when it cannot be used at all.

    `language` is the one that a PO file translates into. Empty cells and
    messages leave what is there.
    """
    if len(content) > LARGEST_FILE_BYTES:
        raise FileRefused(
            _("%(file)s is larger than %(limit)d MB.")
            % {"file": name, "limit": LARGEST_FILE_BYTES // 1024**2}
        )
    if name.lower().endswith(".po"):
        rows = _rows_of_po(name, content, document, language)
    elif name.lower().endswith(".xlsx"):
        rows = _rows_of_workbook(name, content, document)
    else:
        raise FileRefused(_("%(file)s is neither an .xlsx nor a .po file.") % {"file": name})
    return _changes(rows, document)


def _changes(rows, document):
    stored = {text.place: text.words for text in texts_of(document)}
    found, seen = TextChanges(), {}
    for number, place, words in rows:
        found.rows += 1
        mistake = _mistake(place, words, stored, seen)
        if mistake:
            found.mistakes.append((number, mistake))
            continue
        seen[place] = number
        for language, text in words.items():
            before = stored[place].get(language, "")
            if text.strip() and _plain(text) != _plain(before):
                found.changes.append(TextChange(place, language, before, text))
    return found


def _mistake(place, words, stored, seen):
    if place not in stored:
        return _("this draft has no text at “%(place)s”.") % {"place": place[:80]}
    if place in seen:
        return _("“%(place)s” stood in row %(row)d already.") % {"place": place, "row": seen[place]}
    if any(len(text) > LONGEST_TEXT for text in words.values()):
        return _("a text is longer than %(longest)d characters.") % {"longest": LONGEST_TEXT}
    if any(_cannot_be_stored(text) for text in words.values()):
        return _("a text holds a sign that cannot be stored.")
    return ""


def _rows_of_workbook(name, content, document):
    from openpyxl.utils.escape import unescape

    _refuse_bomb(name, content)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.xlsx"
        path.write_bytes(content)
        with open_table(path) as table:
            languages = [code for code in languages_of(document) if code in table.columns]
            if PLACE not in table.columns or not languages:
                raise FileRefused(
                    _("%(file)s needs a column “place” and one for a language of this survey.")
                    % {"file": name}
                )
            rows = []
            for number, cells in table.rows:
                if len(rows) >= MOST_ROWS:
                    raise FileRefused(
                        _("%(file)s has more than %(most)d rows.")
                        % {"file": name, "most": MOST_ROWS}
                    )
                cell = dict(zip(table.columns, cells, strict=False))
                if any(text.strip() for text in cells):
                    words = {code: unescape(cell.get(code, "")) for code in languages}
                    rows.append((number, cell.get(PLACE, "").strip(), words))
            return rows


def _refuse_bomb(name, content):
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            size = sum(part.file_size for part in archive.infolist())
    except zipfile.BadZipFile:
        raise FileRefused(
            _("%(file)s is not a readable Excel workbook.") % {"file": name}
        ) from None
    if size > LARGEST_UNPACKED_BYTES:
        raise FileRefused(
            _("%(file)s unpacks to more than %(limit)d MB.")
            % {"file": name, "limit": LARGEST_UNPACKED_BYTES // 1024**2}
        )


def _rows_of_po(name, content, document, language):
    if language not in languages_of(document)[1:]:
        raise FileRefused(_("Choose the language that the PO file translates into."))
    try:
        text = content.decode("utf-8-sig")
        catalog = read_po(StringIO(text), abort_invalid=True)
    except (PoFileError, UnicodeError, ValueError, IndexError, KeyError):
        raise FileRefused(_("%(file)s is not a readable PO file.") % {"file": name}) from None
    return [
        (message.lineno or 0, message.context or "", {language: str(message.string or "")})
        for message in catalog
        if message.id
    ]


def _plain(text):
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _cannot_be_stored(text):
    return "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text)
