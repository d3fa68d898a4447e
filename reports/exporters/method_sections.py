"""How it was measured, the definitions, and the questions as they were asked."""

from itertools import pairwise

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.models import ReportLevel
from reports.words import formatting
from reports.words.definitions import (
    CURVE,
    DRIVERS,
    EXPECTATIONS,
    RESULTS,
    SHORT,
    WHO_ANSWERED,
    definitions,
)
from reports.words.plan import survey_plan
from surveys.definitions.comparison import compare
from surveys.enums import Comparability
from surveys.rules.piping import with_fallbacks
from surveys.services.definitions import export_version
from surveys.texts import text_in

CHARTS = ("laney_chart", "ewma_chart")


def method(contents):
    """Who was asked, who answered, on which days, and what is not shown."""
    view, survey = contents.view, contents.survey
    return {
        "facts": [
            *survey_plan(survey),
            (_("Who answered"), _answered(view)),
            (_("Days"), _days(view, survey)),
            (_("Small groups"), _threshold()),
            (_("What was asked"), _versions(view)),
        ],
        "definitions": definitions(SHORT) if contents.level == ReportLevel.MANAGER else None,
    }


def registry(contents):
    """The definitions of all measures, with base, interval, source and version."""
    kinds = EXPECTATIONS if contents.findings.expectations else ()
    return {"definitions": definitions(RESULTS + CURVE + CHARTS + DRIVERS + kinds + WHO_ANSWERED)}


def wording(contents):
    """Each question as it was asked, and what was different in earlier versions."""
    asked = contents.view.results.questionnaire
    if asked is None:
        return None
    language, default = get_language(), contents.survey.default_language
    return {
        "asked": [
            {
                "text": with_fallbacks(text_in(question.text, language, default)),
                "hint": text_in(question.hint, language, default),
                "type": question.type,
                "choices": [text_in(c.label, language, default) for c in question.choices],
            }
            for question in asked.questions
        ],
        "changes": list(_changes(contents.survey)),
    }


def _changes(survey):
    """Sentences on each question that a later version asked differently."""
    versions = survey.versions.filter(published_at__isnull=False).order_by("number")
    for old, new in pairwise(versions):
        for question in compare(export_version(old), export_version(new)).questions:
            if question.comparability != Comparability.COMPARABLE:
                yield _("Version %(number)s, “%(question)s”: %(effect)s.") % {
                    "number": new.number,
                    "question": question.text,
                    "effect": Comparability(question.comparability).label,
                }


def _answered(view):
    text = _("%(answers)s, by customers who chose to answer; nothing is weighted.")
    return text % {"answers": formatting.answers(view.results.span.responses)}


def _days(view, survey):
    text = _("%(period)s, days in the time zone %(zone)s.")
    return text % {"period": view.period, "zone": survey.time_zone}


def _threshold():
    text = _(
        "No figure is shown for fewer than %(minimum)s answers, nor one that would give such a "
        "figure away. Under ten answers a figure is marked as resting on few."
    )
    return text % {"minimum": settings.MINIMUM_BASE}


def _versions(view):
    number = view.results.questionnaire.number if view.results.questionnaire else None
    if view.results.other_versions:
        text = _("Version %(number)s and those on the same scale; %(answers)s on others left out.")
        others = formatting.answers(view.results.other_versions)
        return text % {"number": number, "answers": others}
    return _("Version %(number)s of the questionnaire and those on the same scale.") % {
        "number": number
    }
