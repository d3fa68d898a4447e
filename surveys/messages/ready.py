"""Ready wording: human, short, and in three languages; staff make it their own."""

import json
from functools import cache
from pathlib import Path

from surveys.texts import text_in

FILE = Path(__file__).with_name("ready_texts.json")
AFTER_EVENT = "_after_event"


def ready_text(survey, kind):
    """Fields of a text in those of the three languages that the survey has, else in English."""
    ready = _read()[_entry(survey, kind)]
    languages = [code for code in survey.languages if code in ready["body"]] or ["en"]
    fields = {
        name: {code: ready[name][code] for code in languages} for name in ("subject", "body", "sms")
    }
    return fields | {"name": text_in(ready["name"], survey.default_language)}


def _entry(survey, kind):
    after_event = f"{kind}{AFTER_EVENT}"
    return after_event if survey.kind == "transactional" and after_event in _read() else kind


@cache
def _read():
    return json.loads(FILE.read_text(encoding="utf-8"))
