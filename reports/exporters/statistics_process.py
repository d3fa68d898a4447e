"""Writes an SPSS or Stata file in a process of its own, with a limit of memory.

pyreadstat wants whole columns. It knows no Django: the parent sends a plan,
then the rows in pieces, then None, and waits. Run as ``python -m
reports.exporters.statistics_process``; everything comes pickled on standard input.
"""

import math
import pickle
import sys
from array import array
from string import ascii_lowercase

NUMBER, MOMENT, DAY, TEXT = "number", "moment", "day", "text"
LONGEST_SHARED = 30  # shorter than the key of a response, of which no two are alike
SECONDS_OF_DAY = 86_400
SPSS_BEGINS = -12_219_379_200  # 14 October 1582, in seconds from 1970
STATA_BEGINS = -315_619_200  # 1 January 1960


class Numbers:
    """A column in four bytes for each number."""

    def __init__(self):
        self.values = array("f")

    def add(self, value):
        """Keep one value; None is no number."""
        self.values.append(math.nan if value is None else value)

    def column(self):
        """The column as pyreadstat takes it."""
        import numpy as np

        return np.frombuffer(self.values, dtype=self.values.typecode)


class Times(Numbers):
    """A column of seconds since 1970, or of days."""

    def __init__(self):
        self.values = array("d")


class Texts:
    """A column of texts; short ones are kept once however often they occur."""

    def __init__(self):
        self.values, self.shared = [], {}

    def add(self, value):
        """Keep one value; None is an empty text."""
        text = value or ""
        is_short = len(text) < LONGEST_SHARED
        self.values.append(self.shared.setdefault(text, text) if is_short else text)

    def column(self):
        """The column as pyreadstat takes it, and nothing of it here any more."""
        import numpy as np

        column = np.empty(len(self.values), dtype=object)
        column[:] = self.values
        self.values = self.shared = None
        return column


KEPT = {NUMBER: Numbers, MOMENT: Times, DAY: Times, TEXT: Texts}


def write_sav(frame, plan):
    """The file for SPSS: missing values are ranges of numbers, times count from 1582."""
    import pyreadstat

    columns = plan["columns"]
    formats = {NUMBER: "F8.2", DAY: "DATE11", MOMENT: "DATETIME20"}
    for column in columns:
        if column["kind"] in (DAY, MOMENT):
            seconds = SECONDS_OF_DAY if column["kind"] == DAY else 1
            frame[column["name"]] = frame[column["name"]] * seconds - SPSS_BEGINS
    pyreadstat.write_sav(
        frame,
        plan["path"],
        column_labels=[column["label"] for column in columns],
        variable_value_labels={c["name"]: c["labels"] for c in columns if c["labels"]},
        missing_ranges={
            c["name"]: [{"lo": min(c["missing"]), "hi": max(c["missing"])}]
            for c in columns
            if c["missing"]
        },
        variable_format={c["name"]: formats[c["kind"]] for c in columns if c["kind"] in formats},
        row_compress=True,
    )


def write_dta(frame, plan):
    """The file for Stata: what is no answer is a letter (.a, .b …), times count from 1960."""
    import pyreadstat

    columns, labels, letters = plan["columns"], {}, {}
    for column in columns:
        name = column["name"]
        if column["kind"] == DAY:
            frame[name] = frame[name] - STATA_BEGINS // SECONDS_OF_DAY
        elif column["kind"] == MOMENT:
            frame[name] = (frame[name] - STATA_BEGINS) * 1000
        known = dict(zip(column["missing"], ascii_lowercase))  # noqa: B905
        if known:
            letters[name] = sorted(known.values())
            frame[name] = _with_letters(frame[name], known)
        if column["labels"]:
            labels[name] = {known.get(v, v): words for v, words in column["labels"].items()}
    formats = {DAY: "%td", MOMENT: "%tc"}
    pyreadstat.write_dta(
        frame,
        plan["path"],
        column_labels=[column["label"] for column in columns],
        variable_value_labels=labels,
        missing_user_values=letters,
        variable_format={c["name"]: formats[c["kind"]] for c in columns if c["kind"] in formats},
        version=15,
    )


def _with_letters(values, letters):
    """Numbers, and for those that are no answer the letter by which Stata knows it."""
    import numpy as np

    known, column = {}, np.empty(len(values), dtype=object)
    for place, value in enumerate(map(float, values.array)):
        is_number = not math.isnan(value)
        column[place] = known.setdefault(value, letters.get(value, value)) if is_number else np.nan
    return column


WRITERS = {"sav": write_sav, "dta": write_dta}


def limit_memory(most_bytes):
    """No more than this, where the system can hold to it."""
    try:
        import resource
    except ImportError:
        return  # Windows
    if sys.platform != "darwin":  # macOS counts shared libraries and refuses the limit
        resource.setrlimit(resource.RLIMIT_AS, (most_bytes, most_bytes))


def main():
    """Read the plan and the rows, and write the file once all are there."""
    source = sys.stdin.buffer
    plan = pickle.load(source)
    import pandas as pd
    import pyreadstat  # noqa: F401 – before the limit, so that only the answers count

    limit_memory(plan["memory_bytes"])
    kept = [KEPT[column["kind"]]() for column in plan["columns"]]
    while (rows := pickle.load(source)) is not None:
        for column, values in zip(kept, zip(*rows, strict=True), strict=True):
            for value in values:
                column.add(value)
    names = [column["name"] for column in plan["columns"]]
    found = {name: one.column() for name, one in zip(names, kept, strict=True)}
    WRITERS[plan["format"]](pd.DataFrame(found, copy=False), plan)


if __name__ == "__main__":
    main()
