"""Settings from the environment, and a sentence for each mistake."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.env import env_bool, env_choice, env_int, env_text


@pytest.mark.parametrize(
    ("word", "expected"), [("1", True), ("Yes", True), ("off", False), ("", False)]
)
def test_switch_is_read_from_common_words(monkeypatch, word, expected):
    monkeypatch.setenv("SWITCH", word)

    assert env_bool("SWITCH") is expected


def test_wrong_switch_is_named(monkeypatch):
    monkeypatch.setenv("SWITCH", "perhaps")

    with pytest.raises(ImproperlyConfigured, match="SWITCH must be 1 or 0; it is 'perhaps'"):
        env_bool("SWITCH")


def test_wrong_number_is_named(monkeypatch):
    monkeypatch.setenv("HOURS", "twelve")

    with pytest.raises(ImproperlyConfigured, match="HOURS must be a whole number"):
        env_int("HOURS", 12)


def test_wrong_choice_is_named(monkeypatch):
    monkeypatch.setenv("LEVEL", "SOME")

    with pytest.raises(ImproperlyConfigured, match="LEVEL must be one of FULL, OFF"):
        env_choice("LEVEL", "FULL", ("FULL", "OFF"))


def test_secret_can_come_from_a_file(monkeypatch, tmp_path):
    (tmp_path / "key").write_text("from a file\n", encoding="utf-8")
    monkeypatch.setenv("KEY_FILE", str(tmp_path / "key"))

    assert env_text("KEY") == "from a file"


def test_missing_secret_file_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv("KEY_FILE", str(tmp_path / "nowhere"))

    with pytest.raises(ImproperlyConfigured, match="KEY_FILE cannot be read"):
        env_text("KEY")
