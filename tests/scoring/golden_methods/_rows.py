"""Rows of a golden case: inline or from a data file, filtered as the case says in words.

A filter is a list of clauses such as ``"year==2017, recommend and weight not
empty; promoter = recommend>=9"``. A clause that cannot be read fails the
case; it is never ignored.
"""

import operator
import re
from pathlib import Path

import pandas as pd

COMPARE = {
    "==": operator.eq,
    "=": operator.eq,
    "!=": operator.ne,
    "<>": operator.ne,
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
}
NAME = r"[A-Za-z_][\w.]*"
NUMBER = r"-?\d+(?:\.\d+)?"
SIGN = r"==|!=|<>|>=|<=|=|>|<"
VALUE = r"'[^']*'|\"[^\"]*\"|(?:[-\w:]|\.(?!\.))+"
CONDITION = re.compile(rf"({NAME})\s*({SIGN})\s*({VALUE})")
BETWEEN = re.compile(rf"({NUMBER})\s*<=\s*({NAME})\s*<=\s*({NUMBER})")
DERIVED = re.compile(rf"({NAME})\s*=\s*\(?\s*({NAME}\s*(?:{SIGN})\s*(?:{VALUE}))\s*\)?")
RANGE = re.compile(
    rf"({NAME})\s+(?:in\s+|between\s+|from\s+)?({NUMBER})\s*(?:\.\.\.?|:|-|–|to|and)\s*({NUMBER})"
)
LISTED = re.compile(
    rf"({NAME})\s+%?in%?\s+c?[\[({{]?\s*((?:{VALUE})(?:\s*(?:,|\bor\b)\s*(?:{VALUE}))*)\s*[\])}}]?"
)
PRESENT = re.compile(
    rf"((?:{NAME})(?:\s*(?:,|and|&)\s*{NAME})*)\s+(?:(?:both|all|is|are)\s+)*"
    r"(?:present|known|given|answered|complete|non-missing|not (?:missing|empty|blank|null|na))",
    re.IGNORECASE,
)
MISSING_CODES = re.compile(
    r"codes?\s+(\d+(?:\s*(?:,|and|or)\s*\d+)*)\b.*\b(?:missing|left out|removed|dropped)"
)
SEPARATOR = re.compile(r"\s*(?:;|,|&&?|\band\b)\s*")
SFO_NOT_ITEMS = {"year", "id", "strata", "barea", "recommend", "times_flown", "lang", "weight"}


def rows_of(inputs, load_rows):
    """A frame with the rows that the case is about."""
    if "data_file" not in inputs:
        frame = pd.DataFrame(inputs["rows"], columns=inputs.get("columns"))
    else:
        frame = load_rows(inputs["data_file"])
        if Path(inputs["data_file"]).name.startswith("sfo_"):
            frame = _without_codes(frame, [6])  # "never used", as the file's description says
    return keep_rows(frame, inputs.get("filter"))


def keep_rows(frame, phrase):
    """The rows that every clause of `phrase` keeps, with the columns that it derives."""
    phrase = (phrase or "").strip()
    if not phrase:
        return frame
    steps = _read(phrase)
    if steps is None:
        raise ValueError(f"a filter that is not understood: {phrase!r}")
    for step in steps:
        frame = step(frame)
    return frame


def condition_mask(frame, phrase):
    """Rows for which one condition such as ``recommend >= 9`` or ``overall 1-5`` is true."""
    phrase = phrase.strip()
    if match := CONDITION.fullmatch(phrase):
        column = frame[match[1]]
        numeric = pd.api.types.is_numeric_dtype(column)
        value = match[3].strip("'\"")
        return COMPARE[match[2]](column, float(value) if numeric else value) & column.notna()
    if match := BETWEEN.fullmatch(phrase):
        return frame[match[2]].between(float(match[1]), float(match[3]))
    if match := RANGE.fullmatch(phrase):
        return frame[match[1]].between(float(match[2]), float(match[3]))
    if match := PRESENT.fullmatch(phrase):
        return frame[_names(match[1])].notna().all(axis=1)
    if match := LISTED.fullmatch(phrase):
        listed = re.split(r"\s*(?:,|\bor\b)\s*", match[2])
        values = [value.strip("'\"") for value in listed]
        numeric = pd.api.types.is_numeric_dtype(frame[match[1]])
        return frame[match[1]].isin([float(value) if numeric else value for value in values])
    raise ValueError(f"a condition that is not understood: {phrase!r}")


def ranged_items(phrase):
    """Item to its (lowest, highest) for every range in a filter."""
    found = {name: (low, high) for name, low, high in RANGE.findall(phrase or "")}
    found |= {name: (low, high) for low, name, high in BETWEEN.findall(phrase or "")}
    return {
        name: (int(float(low)), int(float(high)))
        for name, (low, high) in found.items()
        if name not in SFO_NOT_ITEMS and not name.startswith("code")
    }


def present_columns(phrase):
    """Columns that a filter asks to be present."""
    return [name for match in PRESENT.finditer(phrase or "") for name in _names(match[1])]


def level_name(value):
    """A level of a column as the cases write it."""
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)


def _read(phrase):
    """One step for each clause, the longest that can be read first; ``None`` if none can."""
    ends = [(found.start(), found.end()) for found in SEPARATOR.finditer(phrase)]
    for end, start in [(len(phrase), len(phrase)), *reversed(ends)]:
        step, rest = _step(phrase[:end].strip()), phrase[start:].strip()
        if step is None:
            continue
        steps = _read(rest) if rest else []
        if steps is not None:
            return [step, *steps]
    return None


def _step(clause):
    """What one clause does to a frame."""
    if match := DERIVED.fullmatch(clause):
        return lambda frame: _derive(frame, match[1], match[2])
    if match := MISSING_CODES.fullmatch(clause):
        codes = [int(code) for code in re.findall(r"\d+", match[1])]
        return lambda frame: _without_codes(frame, codes)
    if re.fullmatch(r"(?:empty|blank)s?(?: \w+)? (?:is|are|=) missing|all(?: rows)?", clause):
        return lambda frame: frame  # empty is missing in every file
    if " or " in clause:
        parts = clause.split(" or ")
        if all(_is_condition(part.strip()) for part in parts):
            return lambda frame: frame[_any(frame, parts)]
    if _is_condition(clause):
        return lambda frame: frame[condition_mask(frame, clause)]
    return None


def _is_condition(clause):
    return any(form.fullmatch(clause) for form in (CONDITION, BETWEEN, RANGE, PRESENT, LISTED))


def _any(frame, parts):
    kept = condition_mask(frame, parts[0])
    for part in parts[1:]:
        kept |= condition_mask(frame, part)
    return kept


def _derive(frame, name, condition):
    source = CONDITION.fullmatch(condition)[1]
    derived = condition_mask(frame, condition).astype(float)
    return frame.assign(**{name: derived.where(frame[source].notna())})


def _names(listed):
    return re.split(r"\s*(?:,|\band\b|&)\s*", listed)


def _without_codes(frame, codes):
    items = [column for column in frame if column not in SFO_NOT_ITEMS]
    return frame.assign(
        **{column: frame[column].where(~frame[column].isin(codes)) for column in items}
    )
