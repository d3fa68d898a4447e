"""Which encoding and which delimiter a text file has, told from its beginning."""

import codecs
import csv
import io

from django.utils.translation import gettext as _

from .errors import FileProblem

MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]
DELIMITERS = ",;\t|"


def checked_encoding(name):
    """The encoding that an analyst named, if there is one of that name."""
    try:
        return codecs.lookup(name).name
    except LookupError:
        raise FileProblem(
            _("There is no encoding “%(name)s”; utf-8, gb18030, big5 and cp1252 are common.")
            % {"name": name}
        ) from None


def encoding_of(sample):
    """The encoding of a file that begins with these bytes."""
    for mark, name in MARKS:
        if sample.startswith(mark):
            return name
    if _decodes(sample, "utf-8"):
        return "utf-16-le" if sample[1::2].count(0) > len(sample) / 4 else "utf-8"
    if sample[1::2].count(0) > len(sample) / 4:
        return "utf-16-le"
    if _has_lone_letters(sample):
        return "cp1252"
    fitting = [name for name in ("big5", "gb18030") if _decodes(sample, name)]
    if len(fitting) == 2:
        return "big5" if _looks_like_big5(sample) else "gb18030"
    return fitting[0] if fitting else "cp1252"


def delimiter_of(text):
    """The delimiter that cuts the first lines into the most columns of equal number."""
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


def _decodes(sample, encoding):
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample, final=False)
    except UnicodeDecodeError:
        return False
    return True


def _has_lone_letters(sample):
    """Whether most bytes beyond ASCII stand alone, as accented letters do."""
    high = [byte > 0x7F for byte in sample]
    edges = zip([False, *high], high, [*high[1:], False], strict=False)
    alone = sum(here and not before and not after for before, here, after in edges)
    return alone * 2 > sum(high)


def _looks_like_big5(sample):
    """Common signs of Big5 and of GB 2312 lie in different rows of their tables."""
    points, position = 0, 0
    while position < len(sample) - 1:
        lead, trail = sample[position], sample[position + 1]
        if lead < 0x80:
            position += 1
            continue
        points += 3 * (0x40 <= trail <= 0x7E)
        points += (0xA4 <= lead < 0xB0) - (0xC7 <= lead <= 0xD7)
        position += 2
    return points > 0
