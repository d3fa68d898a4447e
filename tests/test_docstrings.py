"""Every public name of the scoring library documents itself, parameter by parameter."""

import doctest
import importlib
import inspect
import pkgutil
from dataclasses import fields, is_dataclass

import pytest
from numpydoc.docscrape import NumpyDocString

import scoring


def modules():
    for found in pkgutil.iter_modules(scoring.__path__, "scoring."):
        yield importlib.import_module(found.name)


def public_objects():
    """Public functions, classes and methods, each once, where they are defined."""
    for module in modules():
        for name, thing in vars(module).items():
            if name.startswith("_") or getattr(thing, "__module__", None) != module.__name__:
                continue
            if inspect.isfunction(thing):
                yield pytest.param(thing, id=f"{module.__name__}.{name}")
            elif inspect.isclass(thing):
                yield pytest.param(thing, id=f"{module.__name__}.{name}")
                yield from methods(thing)


def methods(cls):
    for name, thing in vars(cls).items():
        function = thing.__func__ if isinstance(thing, classmethod | staticmethod) else thing
        if inspect.isfunction(function) and not name.startswith("_"):
            yield pytest.param(function, id=f"{cls.__module__}.{cls.__name__}.{name}")


OBJECTS = list(public_objects())
FUNCTIONS = [case for case in OBJECTS if inspect.isfunction(case.values[0])]
DATACLASSES = [case for case in OBJECTS if is_dataclass(case.values[0])]


def parsed(thing):
    return NumpyDocString(inspect.getdoc(thing) or "")


def documented_names(doc):
    names = [name for entry in doc["Parameters"] for name in entry.name.split(",")]
    return [name.strip().lstrip("*") for name in names]


@pytest.mark.parametrize("thing", OBJECTS)
def test_public_name_has_a_one_line_summary(thing):
    summary = parsed(thing)["Summary"]

    assert len(summary) == 1
    assert summary[0].endswith(".")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_function_documents_parameters_returns_and_errors(function):
    doc = parsed(function)
    names = [name for name in inspect.signature(function).parameters if name not in ("self", "cls")]

    assert sorted(documented_names(doc)) == sorted(names)
    assert doc["Returns"] or doc["Yields"]
    assert doc["Raises"]


@pytest.mark.parametrize("cls", DATACLASSES)
def test_dataclass_documents_every_field(cls):
    names = [field.name for field in fields(cls) if not field.name.startswith("_")]

    assert sorted(documented_names(parsed(cls))) == sorted(names)


@pytest.mark.parametrize("module", list(modules()), ids=lambda module: module.__name__)
def test_examples_in_docstrings_are_true(module):
    assert doctest.testmod(module).failed == 0


def test_measure_modules_list_their_measures():
    from scoring.registry import MODULES

    having = {m.__name__.split(".")[1] for m in modules() if getattr(m, "MEASURES", ())}

    assert having == set(MODULES)


def test_a_missing_section_is_noticed():
    """Control: the parser sees what is absent."""

    def share(successes, base):
        """Share.

        Parameters
        ----------
        successes : int
            Numerator.
        """

    assert documented_names(parsed(share)) == ["successes"]
    assert not parsed(share)["Returns"]
