"""Reads the model formulas of golden cases into design matrices, treatment coded as in R."""

import re
from dataclasses import dataclass

import numpy as np


@dataclass
class Design:
    """Patterns of predictors with their column names, and the cells that belong to them."""

    names: list
    rows: np.ndarray
    group: np.ndarray


def read_frame(inputs, load_rows):
    """The rows or counts of a case as a frame."""
    if "data_file" in inputs:
        return load_rows(inputs["data_file"])
    import pandas as pd

    return pd.DataFrame(inputs["counts"])


def build_design(frame, formula):
    """Columns of the right-hand side, such as "g ~ factor(overall), reference 2" or "~ A + B"."""
    terms, _, note = formula.partition("~")[2].partition("(treatment")
    terms, _, after = terms.partition(", reference")
    note += after
    names, columns = [], []
    for text in terms.split("+"):
        term = re.match(r"\s*((?:factor\()?\w+\)?)", text)[1].strip()
        label = re.sub(r"^factor\((.*)\)$", r"\1", term)
        column = frame[label]
        if label == term and column.dtype.kind in "if":
            names.append(term)
            columns.append(column.to_numpy(dtype=float))
            continue
        levels = _levels(column, label, term, note)
        for level in levels[1:]:
            names.append(f"{term}{level}")
            columns.append((column == level).to_numpy(dtype=float))
    matrix = np.column_stack(columns)
    rows, group = np.unique(matrix, axis=0, return_inverse=True)
    return Design(names, rows, group.reshape(-1))


def _levels(column, label, term, note):
    """Levels with the reference first: numbers ascend, words stand in order of appearance."""
    levels = list(dict.fromkeys(column))
    if column.dtype.kind in "if":
        levels.sort()
    words = {str(level): level for level in levels}
    named = re.search(rf"{label}\s+(\w+)", note)
    plain = re.match(r"\s*(\w+)", note) if term != label else None
    for found in (named, plain):
        if found and found[1] in words:
            first = words[found[1]]
            return [first, *(level for level in levels if level != first)]
    return levels


def outcome_levels(response):
    """Column and ordered levels of a response such as "Sat (Low<Medium<High)"."""
    name, _, rest = response.partition("(")
    return name.strip(), [level.strip() for level in rest.rstrip(") ").split("<")]


def tabulate(design, outcome, levels, frequency):
    """Respondents of each pattern at each level of the outcome."""
    table = np.zeros((len(design.rows), len(levels)))
    for j, level in enumerate(levels):
        here = (outcome == level).to_numpy()
        np.add.at(table[:, j], design.group[here], frequency[here])
    return table
