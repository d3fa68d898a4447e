"""What a new survey may begin with: the ready templates, and surveys saved as templates.

The ready ones are documents in `surveys/survey_templates/`, one file each.
"""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.utils.translation import gettext as _

from surveys.definitions.document import checked_document
from surveys.definitions.findings import estimated_minutes
from surveys.enums import SurveyKind
from surveys.languages import language_name
from surveys.models import SavedTemplate
from surveys.questionnaire import questionnaire_from

FOLDER = Path(__file__).parents[1] / "survey_templates"
SAVED = "saved-"


@dataclass(frozen=True, slots=True)
class SurveyTemplate:
    """A survey to begin with: what it is called, what it measures, where it comes from."""

    code: str
    name: dict
    measures: dict
    source: str
    document: dict
    saved_id: int | None = None

    @property
    def is_own(self):
        """Whether an own survey was saved as this."""
        return self.saved_id is not None

    @property
    def question_count(self):
        """How many questions it asks."""
        return sum(len(section["questions"]) for section in self.document["sections"])

    @property
    def questionnaire(self):
        """What it asks, as the respondent's pages take it."""
        return questionnaire_from(self.document)

    @property
    def minutes(self):
        """About how long answering takes."""
        return estimated_minutes(self.questionnaire)

    @property
    def kind_label(self):
        """Whether it is about one event or about the relationship."""
        return SurveyKind(self.document["kind"]).label

    @property
    def language_names(self):
        """The names of its languages, each in itself."""
        return [language_name(code) for code in self.document["languages"]]


@cache
def survey_templates():
    """Every ready template, in the order in which they are offered."""
    found = [_read(path) for path in sorted(FOLDER.glob("*.json"))]
    return tuple(template for _order, template in sorted(found, key=lambda pair: pair[0]))


def saved_templates():
    """The surveys that designers saved as templates, by name."""
    return [_own(saved) for saved in SavedTemplate.objects.select_related("saved_by")]


def survey_template(code):
    """The template with this code, ready or saved, or None."""
    if code.startswith(SAVED):
        number = code.removeprefix(SAVED)
        found = SavedTemplate.objects.select_related("saved_by").filter(
            pk=int(number) if number.isascii() and number.isdigit() and len(number) < 19 else None
        )
        return next(map(_own, found), None)
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


def _own(saved):
    return SurveyTemplate(
        code=f"{SAVED}{saved.pk}",
        name={"en": saved.name},
        measures={"en": saved.measures},
        source=_("Own survey, saved by %(user)s on %(day)s.")
        % {"user": saved.saved_by or "–", "day": saved.saved_at.date().isoformat()},
        document=checked_document(saved.document),
        saved_id=saved.pk,
    )
