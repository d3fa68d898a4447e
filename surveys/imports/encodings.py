"""Which encoding and which delimiter a text file has.

UTF-8 and everything with a byte order mark is certain. GB18030 and Big5 are
guesses, so whoever brings the file is told. Single-byte encodings cannot be
told apart at all and must be named.
"""

import codecs
import csv
import io
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .errors import FileRefused

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
GUESSES = ("gb18030", "big5")
DELIMITERS = ",;\t|"
BLOCK_BYTES = 1024 * 1024
SAMPLE_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding, and whether it was guessed from the bytes."""

    name: str
    is_guess: bool = False


def encoding_of(stream, file_name):
    """The encoding in which the whole stream can be read; it is read once and rewound."""
    start = stream.read(4)
    for mark, name in MARKS:
        if start.startswith(mark):
            stream.seek(0)
            return Encoding(name)
    stream.seek(0)
    fitting = fitting_encodings(stream, ["utf-8", *GUESSES])
    if "utf-8" in fitting:
        return Encoding("utf-8")
    sample = stream.read(SAMPLE_BYTES)
    stream.seek(0)
    if not fitting or _is_single_byte(sample):
        raise FileRefused(
            _(
                "%(file)s is not in UTF-8, and what it is in cannot be told from its bytes; "
                "name it with --encoding, for example --encoding cp1252."
            )
            % {"file": file_name}
        )
    if len(fitting) == 2:
        fitting = ["big5" if looks_like_big5(sample) else "gb18030"]
    return Encoding(fitting[0], is_guess=True)


def named_encoding(name):
    """The encoding that somebody named."""
    try:
        return Encoding(codecs.lookup(name).name)
    except LookupError:
        raise FileRefused(
            _("There is no encoding “%(name)s”; utf-8, gb18030, big5 and cp1252 are common.")
            % {"name": name}
        ) from None


def reading_of(name):
    """``utf-8>cp1252`` in parts: an encoding, and in what its UTF-8 was once read wrongly."""
    encoding, _sign, reading = (name or "").partition(">")
    return encoding, reading


def delimiter_of(text):
    """The delimiter that cuts the first rows into the most columns of equal number."""
    lines = text.splitlines(keepends=True)[:50]
    complete = "".join(lines[:-1] or lines)

    def fitness(delimiter):
        try:
            rows = [row for row in csv.reader(io.StringIO(complete), delimiter=delimiter) if row]
        except csv.Error:
            return 0, 0
        width = len(rows[0]) if rows else 0
        alike = sum(len(row) == width for row in rows)
        return (width > 1) * alike / max(1, len(rows)), width

    return max(DELIMITERS, key=fitness)


def looks_like_big5(sample):
    """Frequent characters lie in rows A4–AF of Big5, and in rows B0–D7 of GB 2312."""
    points = position = 0
    while position < len(sample) - 1:
        lead, trail = sample[position], sample[position + 1]
        if lead < 0x80:
            position += 1
            continue
        points += 3 * (0x40 <= trail <= 0x7E)
        points += (0xA4 <= lead < 0xB0) - (0xC7 <= lead <= 0xD7)
        position += 2
    return points > 0


def fitting_encodings(stream, names):
    """Those encodings in which every byte of the stream makes sense."""
    decoders = {name: codecs.getincrementaldecoder(name)() for name in names}
    while decoders:
        block = stream.read(BLOCK_BYTES)
        for name in list(decoders):
            try:
                decoders[name].decode(block, final=not block)
            except UnicodeDecodeError:
                del decoders[name]
        if not block:
            break
    stream.seek(0)
    return list(decoders)


def _is_single_byte(sample):
    """Whether most bytes beyond ASCII stand alone, as accented letters do."""
    runs = alone = length = 0
    for byte in sample + b" ":
        if byte > 0x7F:
            length += 1
            continue
        runs, alone = runs + (length > 0), alone + (length == 1)
        length = 0
    return alone * 2 > runs
