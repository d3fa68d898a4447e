"""Which encoding a text file has, told from its beginning.

Standard input cannot be read twice, so that an analysis goes by the first bytes alone;
what the importers of `surveys` know about encodings is used where it can be.
"""

import codecs

from surveys.imports.encodings import looks_like_big5, named_encoding
from surveys.imports.errors import FileRefused

from .errors import FileProblem

MARKS = [
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
]


def checked_encoding(name):
    """The encoding that an analyst named, if there is one of that name."""
    try:
        return named_encoding(name).name
    except FileRefused as refusal:
        raise FileProblem(str(refusal)) from None


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
        return "big5" if looks_like_big5(sample) else "gb18030"
    return fitting[0] if fitting else "cp1252"


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
