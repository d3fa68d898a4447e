"""The ready templates: documents in `surveys/survey_templates/`, one file each."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from surveys.definitions.document import checked_document

FOLDER = Path(__file__).parents[1] / "survey_templates"


@dataclass(frozen=True, slots=True)
class SurveyTemplate:
    """A ready survey: what it is called, what it measures, where it comes from."""

    code: str
    name: dict
    measures: dict
    source: str
    document: dict

    @property
    def question_count(self):
        """How many questions it asks."""
        return sum(len(section["questions"]) for section in self.document["sections"])


@cache
def survey_templates():
    """Every ready template, in the order in which they are offered."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.json"))]
    return tuple(template for _order, template in sorted(found, key=lambda pair: pair[0]))


def survey_template(code):
    """The template with this code, or None."""
    return next((template for template in survey_templates() if template.code == code), None)


def _read(path):
    document = json.loads(path.read_text(encoding="utf-8"))
    about = document.pop("template")
    return about["order"], SurveyTemplate(
        code=path.stem,
        name=about["name"],
        measures=about["measures"],
        source=about["source"],
        document=checked_document(document),
    )
