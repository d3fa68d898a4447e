"""Bad input anywhere gives a result with a status, or one of the library's own errors.

Every public function is called with one good argument after another spoilt.
Warnings are errors in these tests, so a library's warning fails them too.
"""

import math
import pkgutil
from importlib import import_module
from inspect import isfunction, signature

import numpy as np
import pytest

import scoring
from scoring.errors import ScoringError
from scoring.results import to_plain
from scoring.scales import Scale

from .bad_input_calls import CALLS, NOT_MEASURES

BAD_NUMBERS = (0, 1, -1, 0.5, 1.2, 1e9, math.nan, math.inf, -math.inf, None, "four", [], [1.0])
NOT_LISTS = ([], None, "four", 5, math.nan, ["four"], [[]], [None], [math.nan], [math.inf])


def public_functions():
    """Module and name of every public function of the library."""
    for found in pkgutil.iter_modules(scoring.__path__):
        module = import_module(f"scoring.{found.name}")
        for name, member in vars(module).items():
            if isfunction(member) and member.__module__ == module.__name__ and name[0] != "_":
                yield f"{found.name}.{name}"


def spoilt(value):
    """Bad or extreme values in the place of a good one."""
    if isinstance(value, bool | str | Scale) or value is None:
        return
    if isinstance(value, int | float):
        yield from BAD_NUMBERS
    elif isinstance(value, list | tuple):
        yield from NOT_LISTS
        yield from spoilt_entries(value)


def spoilt_entries(value):
    """The same list with one entry, or all of them, spoilt."""
    try:
        array = np.asarray(value, dtype=float)
    except (TypeError, ValueError):
        return
    for bad in (0.0, 1.0, -1.0, 0.5, 7.0, 1e9, math.nan, math.inf):
        yield np.full(array.shape, bad).tolist()
        one = array.copy()
        one.flat[-1] = bad
        yield one.tolist()
    one = np.zeros(array.shape)
    one.flat[-1] = 1.0
    yield one.tolist()
    yield array[:1].tolist()
    yield array[:-1].tolist()


def bad_calls(function, good):
    """Keyword arguments with one spoilt value; the confidence level is always tried."""
    if "confidence" in signature(function).parameters:
        good = good | {"confidence": 0.95}
    for name, value in good.items():
        for bad in spoilt(value):
            yield good | {name: bad}


def call(key):
    """The function to call for a key, and its good arguments."""
    module, name = key.split(".")
    other, good = CALLS[key]
    return other or getattr(import_module(f"scoring.{module}"), name), good


def test_every_public_function_has_a_call():
    known = set(public_functions())

    assert not known - CALLS.keys() - NOT_MEASURES
    assert not (CALLS.keys() | NOT_MEASURES) - known
    assert not CALLS.keys() & NOT_MEASURES


@pytest.mark.parametrize("key", CALLS)
def test_good_call_succeeds(key):
    function, good = call(key)

    to_plain(function(**good))


@pytest.mark.parametrize("key", CALLS)
def test_bad_input_gives_a_status_or_a_clear_error(key):
    function, good = call(key)
    escaped = []

    for arguments in bad_calls(function, good):
        try:
            to_plain(function(**arguments))
        except ScoringError:
            continue
        except Exception as error:
            escaped.append(f"{arguments!r:.300} -> {error!r:.200}")

    assert not escaped, f"{len(escaped)} calls: " + "\n".join(escaped[:8])


def test_an_error_of_a_library_is_noticed(monkeypatch):
    """Control: a function that divides by what it is given."""
    monkeypatch.setitem(CALLS, "intervals.wilson", (lambda base: 1 / base, {"base": 2}))

    with pytest.raises(AssertionError, match="ZeroDivisionError"):
        test_bad_input_gives_a_status_or_a_clear_error("intervals.wilson")
