"""Asking in which encoding a text file is, by showing its own lines.

Nobody knows the name of an encoding, and everybody sees in which lines their
customers' names are right.
"""

from dataclasses import dataclass

from .encodings import MARKS, SAMPLE_BYTES, fitting_encodings
from .mojibake import LOST, WRONG_READINGS, looks_garbled, repaired
from .table_files import OLD_EXCEL, PACKED

CANDIDATES = ("gb18030", "big5", "cp1252", "shift_jis", "euc_kr", "cp1250", "cp1251")
LINES_SHOWN = 4
LONGEST_LINE_SHOWN = 120


@dataclass(frozen=True, slots=True)
class EncodingChoice:
    """One way to read a file, and what some of its lines say then."""

    name: str
    lines: tuple


def encoding_choices(path):
    """The ways in which a file may be read; one or none when there is no doubt."""
    with open(path, "rb") as stream:
        start = stream.read(4)
        if start in (OLD_EXCEL, PACKED) or any(start.startswith(mark) for mark, _name in MARKS):
            return []
        stream.seek(0)
        sample = stream.read(SAMPLE_BYTES)
        if b"\0" in sample:
            return []
        stream.seek(0)
        fitting = fitting_encodings(stream, ["utf-8", *CANDIDATES])
        lines = _foreign_lines(sample)
    if "utf-8" in fitting:
        return _readings_of_utf_8(lines)
    choices = [_choice(name, lines) for name in fitting]
    return sorted(choices, key=lambda choice: bool(LOST.search(" ".join(choice.lines))))


def _readings_of_utf_8(lines):
    texts = [line.decode("utf-8", errors="ignore") for line in lines]
    doubtful = [text for text in texts if any(map(looks_garbled, _cells(text)))][:LINES_SHOWN]
    if not doubtful:
        return []
    choices = [EncodingChoice("utf-8", tuple(map(_short, doubtful)))]
    for reading in WRONG_READINGS:
        right = [_repaired_line(text, reading) for text in doubtful]
        if right != doubtful:
            choices.insert(0, EncodingChoice(f"utf-8>{reading}", tuple(map(_short, right))))
    return choices


def _repaired_line(text, reading):
    right = text
    for cell in _cells(text):
        right = right.replace(cell, repaired(cell, reading)) if cell else right
    return right


def _cells(text):
    for delimiter in ",;\t|":
        text = text.replace(delimiter, "\n")
    return [cell.strip('" ') for cell in text.split("\n")]


def _choice(name, lines):
    texts = [line.decode(name, errors="replace") for line in lines[:LINES_SHOWN]]
    return EncodingChoice(name, tuple(map(_short, texts)))


def _short(text):
    text = "".join(sign if sign.isprintable() else "·" for sign in text.strip())
    return text[:LONGEST_LINE_SHOWN]


def _foreign_lines(sample):
    """The whole lines of a sample that are not ASCII."""
    lines = sample.splitlines()
    lines = lines[:-1] if len(sample) == SAMPLE_BYTES else lines
    return [line for line in lines if not line.isascii()]
