"""Up to three things to look at, found by a fixed rule; each says what stands out, never why.

First what the drivers put into the corner of much weight and a low mark, then
the group that is clearly under all others with most at stake, then those who
are satisfied and stay away, and then the questions with the lowest marks.
"""

from dataclasses import dataclass, field

from django.utils.text import Truncator
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.breakdown.where import clearly_lower
from reports.words import formatting
from scoring.performance_map import Quadrant
from surveys.enums import MeasureRole
from surveys.rules.piping import with_fallbacks
from surveys.texts import text_in

MOST = 3
MOST_DRIVERS = 2
LONGEST = 60  # signs of a question


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing to look at: the sentence, and the page that shows more of it."""

    kind: str
    text: str
    page: str
    page_name: str
    query: dict = field(default_factory=dict)


def matters(results, *, analysis=None, places=()):
    """The first three of what stands out, in the language that is active."""
    if results.is_hidden:
        return ()
    told_of = set()
    found = [
        *_from_drivers(results, analysis, told_of),
        *_from_places(places),
        *_from_step(results.leading_curve),
    ]
    if len(found) < MOST:
        found += _from_questions(results, told_of)
    return tuple(found[:MOST])


def rated_attributes(results):
    """The rated attributes that are shown, those with the lowest marks first."""
    rated = [
        item
        for item in results.distributions
        if item.question.role == MeasureRole.ATTRIBUTE
        and getattr(item, "satisfaction", None)
        and item.satisfaction.top_box.is_defined
    ]
    return sorted(rated, key=lambda item: (item.satisfaction.top_box.value, item.question.key))


def question_words(question, survey):
    """A question as it was asked, with what is piped into it left open."""
    return with_fallbacks(text_in(question.text, get_language(), survey.default_language))


def _short(question, survey):
    return Truncator(question_words(question, survey)).chars(LONGEST)


def _from_drivers(results, analysis, told_of):
    if analysis is None or analysis.is_refused:
        return
    importance = {driver.name: driver.share.value for driver in analysis.items.drivers}
    first = [p for p in analysis.map.points if p.quadrant is Quadrant.CONCENTRATE_HERE]
    names = {item.question.key: item.question for item in results.distributions}
    for point in sorted(first, key=lambda one: -importance[one.name])[:MOST_DRIVERS]:
        if point.name not in names:
            continue
        told_of.add(point.name)
        text = _(
            "“%(question)s”: goes together with overall satisfaction more than most, and its mark "
            "(%(mark)s of 100, 95%% interval %(ends)s, n = %(base)s) is below the others."
        ) % {
            "question": _short(names[point.name], results.selection.survey),
            "mark": formatting.number(point.performance.value, 1),
            "ends": formatting.interval(point.performance, lambda v: formatting.number(v, 1)),
            "base": formatting.base(point.performance.base),
        }
        yield Matter("driver", text, "reports:drivers", _("Drivers"))


def _from_places(places):
    for group in clearly_lower(places)[:1]:
        measure = next(one.measure for one in places if group in one.groups)
        attribute = next(one.attributes[0].key for one in places if group in one.groups)
        text = _(
            "%(group)s: %(name)s %(value)s (95%% interval %(ends)s, n = %(base)s), clearly lower "
            "than all others; %(stake)s answers are not the best score."
        ) % {
            "group": " · ".join(group.names),
            "name": measure.name,
            "value": measure.form(group.estimate.value),
            "ends": formatting.interval(group.estimate, measure.form),
            "base": formatting.base(group.estimate.base),
            "stake": formatting.count(group.at_stake),
        }
        yield Matter("place", text, "reports:breakdown", _("Breakdown"), {"by": attribute})


def _from_step(curve):
    """Those who are one step under the best score, where a test tells the two apart."""
    if curve is None or not curve.curve or not curve.has_clear_step:
        return
    step = curve.step
    if not step.next.is_defined or step.next.value >= step.top.value:
        return
    text = _(
        "Those who give %(next)s and not %(top)s: of %(base)s, %(share)s are loyal (95%% interval "
        "%(ends)s), against %(most)s of those who give %(top)s."
    ) % {
        "next": step.next_score,
        "top": step.top_score,
        "base": formatting.answers(step.next.base),
        "share": formatting.percent(step.next.value),
        "ends": formatting.interval(step.next),
        "most": formatting.percent(step.top.value),
    }
    yield Matter("step", text, "reports:curve", _("Curve"), {"loyalty": curve.loyalty})


def _from_questions(results, told_of):
    rated = rated_attributes(results)
    for item in rated:
        if item.question.key in told_of:
            continue
        top_box = item.satisfaction.top_box
        text = _(
            "“%(question)s”: among the lowest marks, top box %(share)s (95%% interval %(ends)s, "
            "n = %(base)s)."
        ) % {
            "question": _short(item.question, results.selection.survey),
            "share": formatting.percent(top_box.value),
            "ends": formatting.interval(top_box),
            "base": formatting.base(top_box.base),
        }
        yield Matter("question", text, "reports:questions", _("Questions"))
