"""The sections of the bulletin, in their order: each is one line of `SECTIONS`.

A section is made from what is known of the bulletin (`Contents`) and gives the
inputs of its template, or None when there is nothing to say. It stands in the
contents and the bookmarks by its title.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.models import ReportLevel

from .finding_sections import comments, drivers, places, trend, who_answered
from .method_sections import method, registry, wording
from .question_sections import expectations, journey, questions

FULL = (ReportLevel.FULL,)
BOTH = (ReportLevel.MANAGER, ReportLevel.FULL)


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
        return {"curve": others[place], "title": title, "draws_chart": bool(others[place].printed)}

    return make


SECTIONS = (
    Section("curve", "", "reports/bulletin/_curve.html", leading_curve),
    Section("curve-2", "", "reports/bulletin/_curve.html", other_curve(0), FULL),
    Section("curve-3", "", "reports/bulletin/_curve.html", other_curve(1), FULL),
    Section("trend", gettext_lazy("The trend"), "reports/bulletin/_trend.html", trend, FULL),
    Section(
        "places",
        gettext_lazy("Where: units and segments"),
        "reports/bulletin/_places.html",
        places,
        FULL,
    ),
    Section(
        "drivers",
        gettext_lazy("What goes together with satisfaction"),
        "reports/bulletin/_drivers.html",
        drivers,
        FULL,
    ),
    Section(
        "journey",
        gettext_lazy("Scores along the journey"),
        "reports/bulletin/_journey.html",
        journey,
        FULL,
    ),
    Section(
        "expectations",
        gettext_lazy("Basic and latent expectations"),
        "reports/bulletin/_expectations.html",
        expectations,
        FULL,
    ),
    Section(
        "questions", gettext_lazy("The questions"), "reports/bulletin/_questions.html", questions
    ),
    Section(
        "comments",
        gettext_lazy("What customers wrote"),
        "reports/bulletin/_comments.html",
        comments,
        FULL,
    ),
    Section(
        "who",
        gettext_lazy("Who answered"),
        "reports/bulletin/_who_answered.html",
        who_answered,
        FULL,
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
