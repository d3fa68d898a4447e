"""Texts that no spreadsheet takes for a formula, and back again.

A text that begins with a sign of a formula gets an apostrophe in front, and one
that begins with apostrophes before such a sign one more: so the original is
always had back by taking one away. Numbers are written as numbers and never touched.
"""

import re

SIGNS = "=+\\-@\t\r\n\0＝＋－＠"
LIKE_A_FORMULA = re.compile(rf"'*\s*[{SIGNS}]")
GUARDED = re.compile(rf"''*\s*[{SIGNS}]")


def guarded(text):
    """The text as it may stand in a cell of a CSV file."""
    return f"'{text}" if LIKE_A_FORMULA.match(text) else text


def original(cell):
    """The text that was guarded."""
    return cell[1:] if GUARDED.match(cell) else cell


def cell(value):
    """A value as it may stand in a CSV file: only texts can be formulas."""
    return guarded(value) if isinstance(value, str) else value
