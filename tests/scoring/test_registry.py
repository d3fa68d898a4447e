"""The registry of measures."""

from dataclasses import asdict

import pytest

from scoring import registry
from scoring.errors import ArgumentError
from scoring.registry import measure, measures


def test_every_measure_is_defined_completely():
    for key, found in measures().items():
        assert found.key == key
        assert all(asdict(found).values()), key


def test_measure_is_found_by_key():
    assert measure("nps").scale == "0–10 only"
    with pytest.raises(ArgumentError, match="no measure"):
        measure("happiness")


def test_a_key_defined_twice_is_noticed(monkeypatch):
    """Control: two modules with the same key."""
    monkeypatch.setattr(registry, "MODULES", ("nps", "nps"))

    with pytest.raises(ArgumentError, match="twice"):
        measures()
