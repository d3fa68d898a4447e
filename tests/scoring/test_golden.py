"""The library against values computed with R, case by case.

`GOLDEN_DIR` and `GOLDEN_DATA_DIR` point at other folders with the same
methods. A method or key that is not known is a failure. Cases that need a
data file which is not there are not run, and the last test says how many.
"""

import json
import math
import os
from pathlib import Path

import pandas as pd
import pytest

from .golden_methods import all_methods

OWN_CASES = Path(__file__).parent / "reference" / "golden"
SHARED_DATA = Path(__file__).parents[3] / "shared" / "data"
CASES_DIR = Path(os.environ.get("GOLDEN_DIR", OWN_CASES))
DATA_DIR = Path(os.environ.get("GOLDEN_DATA_DIR", SHARED_DATA))
METHODS = all_methods()


def read_cases():
    """Every case of every file, labelled by file and name."""
    for path in sorted(CASES_DIR.glob("*.json")):
        for case in json.loads(path.read_text(encoding="utf-8")):
            yield pytest.param(case, id=f"{path.stem}-{case['name']}")


CASES = list(read_cases())


class DataFileMissing(Exception):
    """A case names a data file that is not on this machine."""


def load_rows(path):
    """Read a data file of a case, looked up by its base name."""
    file = DATA_DIR / Path(path).name
    if not file.exists():
        raise DataFileMissing(file.name)
    return pd.read_csv(file)


def tolerance_for(path, tolerance):
    """The absolute and relative tolerance that hold for one key."""
    for end in range(len(path), 0, -1):
        for start in range(end):
            own = tolerance.get(".".join(path[start:end]))
            if isinstance(own, dict):
                return own.get("abs", 0.0), own.get("rel", 0.0)
            if isinstance(own, int | float):
                return own, own
    return tolerance.get("abs", 0.0), tolerance.get("rel", 0.0)


def is_close(got, expected, path, tolerance):
    """Whether one number agrees within its tolerance."""
    if math.isinf(expected):
        return got == expected
    absolute, relative = tolerance_for(path, tolerance)
    if path[-1].startswith("p") and 0 < expected < 1e-12 and got > 0:
        return abs(math.log(got) - math.log(expected)) <= 1e-4 * abs(math.log(expected))
    return abs(got - expected) <= absolute + relative * abs(expected)


def is_number(got):
    """Whether a value can be compared as a number."""
    return got is not None and not isinstance(got, str | bool)


def is_undefined(value):
    """Whether a value is null, or an interval without ends."""
    if isinstance(value, list | tuple):
        return bool(value) and all(is_undefined(end) for end in value)
    return value is None


def differences(got, expected, path, tolerance):
    """Every place where `got` does not match `expected`."""
    where = ".".join(path)
    if (path and path[-1] == "note") or (is_undefined(got) and is_undefined(expected)):
        return
    if isinstance(expected, dict):
        if not isinstance(got, dict):
            yield f"{where}: expected a mapping, got {got!r}"
            return
        for key, value in expected.items():
            if key not in got and key != "note":
                yield f"{where}.{key}: not compared"
            else:
                yield from differences(got.get(key), value, (*path, key), tolerance)
    elif isinstance(expected, list):
        if not isinstance(got, list | tuple) or len(got) != len(expected):
            yield f"{where}: expected {expected!r}, got {got!r}"
            return
        for own, value in zip(got, expected, strict=True):
            yield from differences(own, value, path, tolerance)
    elif expected is None or isinstance(expected, bool):
        if got is not expected:
            yield f"{where}: expected {expected!r}, got {got!r}"
    elif isinstance(expected, str) and expected not in ("Infinity", "-Infinity"):
        if got != expected:
            yield f"{where}: expected {expected!r}, got {got!r}"
    elif not is_number(got) or not is_close(float(got), float(expected), path, tolerance):
        yield f"{where}: expected {expected!r}, got {got!r}"


@pytest.mark.parametrize("case", CASES)
def test_golden_case(case, record_property):
    assert case["method"] in METHODS, f"unknown method {case['method']}"

    try:
        got = METHODS[case["method"]](case["inputs"], load_rows)
    except DataFileMissing as missing:
        pytest.skip(f"needs the data file {missing}, which is not shipped with the project")

    assert not list(differences(got, case["expected"], (), case["tolerance"]))


def test_golden_cases_are_found(capsys):
    needed = [case.values[0]["inputs"].get("data_file") for case in CASES]
    absent = [name for name in needed if name and not (DATA_DIR / Path(name).name).exists()]

    with capsys.disabled():
        print(f"\ngolden cases: {len(CASES)}, not run for want of a data file: {len(absent)}")

    assert CASES


def test_a_wrong_value_is_noticed():
    """Control: the comparison itself can fail."""
    tolerance = {"abs": 1e-9, "rel": 1e-9}

    assert list(differences({"a": 1.0}, {"a": 1.1}, (), tolerance))
    assert list(differences({}, {"a": 1.0}, (), tolerance))
    assert list(differences({"a": 0.0}, {"a": None}, (), tolerance))
    assert list(differences({"a": [0.0, None]}, {"a": None}, (), tolerance))
    assert list(differences({"a": []}, {"a": None}, (), tolerance))
    assert not list(differences({"a": [None, None]}, {"a": None}, (), tolerance))
    assert not list(differences({"a": 1.0}, {"a": 1.0}, (), tolerance))
