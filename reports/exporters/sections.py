"""The sections of the bulletin, in their order: each is one line of `SECTIONS`.

A section is made from what is known of the bulletin (`Contents`) and gives the
inputs of its template, or None when there is nothing to say. It stands in the
contents and the bookmarks by its title.
"""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise

from django.conf import settings
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from reports import formatting
from reports.definitions import CURVE, RESULTS, SHORT, definitions
from reports.models import ReportLevel
from reports.plan import survey_plan
from surveys.definitions.comparison import compare
from surveys.enums import Comparability
from surveys.rules.piping import with_fallbacks
from surveys.services.definitions import export_version
from surveys.texts import text_in

FULL = (ReportLevel.FULL,)
BOTH = (ReportLevel.MANAGER, ReportLevel.FULL)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a bulletin is made from; `most_questions` shortens it to fit its pages."""

    view: object
    survey: object
    level: str
    most_questions: int | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the bulletin with a heading of its own."""

    key: str
    title: object
    template: str
    make: Callable
    levels: tuple = BOTH


@dataclass(frozen=True, slots=True)
class MadeSection:
    """A section with the inputs of its template."""

    key: str
    title: str
    template: str
    inputs: dict


def made_sections(contents):
    """The sections that this bulletin has, in their order."""
    found = []
    for section in SECTIONS:
        inputs = section.make(contents) if contents.level in section.levels else None
        if inputs is not None:
            title = inputs.pop("title", None) or str(section.title)
            found.append(MadeSection(section.key, title, section.template, inputs))
    return found


def leading_curve(contents):
    """The curve whose chart stands on the first page."""
    curve = contents.view.curve
    return curve and {"curve": curve, "title": _("The curve: %(name)s") % {"name": curve.title}}


def other_curve(place):
    """One of the curves of the other kinds of loyalty, with its chart."""

    def make(contents):
        others = [c for c in contents.view.curves if c is not contents.view.curve]
        if len(others) <= place:
            return None
        title = _("The curve: %(name)s") % {"name": others[place].title}
        return {"curve": others[place], "title": title, "draws_chart": True}

    return make


def questions(contents):
    """Every question, or for a manager as many as there is room for, those with a chart first."""
    items = contents.view.distributions
    most = contents.most_questions
    if most is None or len(items) <= most:
        return {"items": items}
    chosen = sorted(items, key=lambda item: item.drawing is None)[:most]
    return {
        "items": [item for item in items if item in chosen],
        "left_out": _("%(shown)s of %(all)s questions; the full bulletin has all of them.")
        % {"shown": len(chosen), "all": len(items)},
    }


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
    return {"definitions": definitions(RESULTS + CURVE)}


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


SECTIONS = (
    Section("curve", "", "reports/bulletin/_curve.html", leading_curve),
    Section("curve-2", "", "reports/bulletin/_curve.html", other_curve(0), FULL),
    Section("curve-3", "", "reports/bulletin/_curve.html", other_curve(1), FULL),
    Section(
        "questions", gettext_lazy("The questions"), "reports/bulletin/_questions.html", questions
    ),
    Section("method", gettext_lazy("How it was measured"), "reports/bulletin/_method.html", method),
    Section(
        "definitions",
        gettext_lazy("Definitions"),
        "reports/bulletin/_definitions.html",
        registry,
        FULL,
    ),
    Section(
        "wording",
        gettext_lazy("The questions as they were asked"),
        "reports/bulletin/_wording.html",
        wording,
        FULL,
    ),
)


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
