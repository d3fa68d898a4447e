"""Scores along the journey: the rated attributes in the order in which they were asked.

Made from the summaries of a page, so that nothing is counted here a second time.
"""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.charts.figures import ACCENT, HOLLOW, ChartTable, CurveChart, CurveMark
from reports.charts.paper import COMPACT, PAPER, curve_drawing
from reports.words import formatting
from scoring.intervals import LOW_BASE
from surveys.enums import MeasureRole
from surveys.rules.piping import with_fallbacks
from surveys.texts import text_in

from .summaries import Distribution

FEWEST_STOPS = 3
FEWEST_STAGES = 2  # a battery under one heading is no way through anything
MOST_VALUES, MOST_VALUES_ON_A_PHONE = 12, 5


@dataclass(frozen=True, slots=True)
class Stop:
    """A touchpoint with its place in the journey; `summary` is a `Distribution`."""

    number: int
    name: str
    section: str
    summary: Distribution

    @property
    def numbered_name(self):
        """What tables call it."""
        return f"{self.number}. {self.name}"

    @property
    def satisfaction(self):
        """Its marks, or None where there are too few."""
        return self.summary.satisfaction

    @property
    def base(self):
        """How many gave it a mark."""
        return self.satisfaction.base if self.satisfaction else 0

    @property
    def aside(self):
        """How many did not use it or did not know."""
        choices = (choice for choice in self.summary.question.choices if not choice.is_scored)
        return sum(self.summary.counts.count_of(choice.code) for choice in choices)


@dataclass(frozen=True, slots=True)
class JourneyView:
    """The chart of a journey and its table."""

    drawing: object
    compact: object
    printed: object
    table: ChartTable
    key: str


def journey_stops(questionnaire, summaries):
    """The touchpoints under the titles of their stages; empty where there is no journey."""
    titles, default = _titles(questionnaire), questionnaire.default_language
    found = [one for one in summaries if _is_stop(one) and titles.get(_question_key(one))]
    if len(found) < FEWEST_STOPS or not any(one.satisfaction for one in found):
        return ()
    if len({titles[_question_key(one)] for one in found}) < FEWEST_STAGES:
        return ()
    return tuple(
        Stop(number, _name(one, default), titles[_question_key(one)], one)
        for number, one in enumerate(found, 1)
    )


def journey_view(questionnaire, summaries):
    """The journey in words and figures, or None where there is none."""
    stops = journey_stops(questionnaire, summaries)
    if not stops:
        return None
    chart = _chart(stops, _table(stops))
    return JourneyView(
        drawing=_readable(curve_drawing(chart), MOST_VALUES),
        compact=_readable(curve_drawing(chart, COMPACT), MOST_VALUES_ON_A_PHONE),
        printed=_readable(curve_drawing(chart, PAPER), MOST_VALUES),
        table=chart.table,
        key=chart.few_label,
    )


def _readable(drawing, most):
    """The drawing without the figures at its points where they would run into each other."""
    if len(drawing.marks) <= most:
        return drawing
    return replace(drawing, marks=tuple(replace(mark, value="") for mark in drawing.marks))


def _titles(questionnaire):
    """The title of its section for each question."""
    language, default = get_language(), questionnaire.default_language
    return {
        question.key: with_fallbacks(text_in(section.title, language, default))
        for section in questionnaire.sections
        for question in section.questions
    }


def _is_stop(summary):
    return isinstance(summary, Distribution) and (
        summary.question.role == MeasureRole.ATTRIBUTE and len(summary.question.values) > 1
    )


def _question_key(summary):
    return summary.question.key.partition(".")[0]


def _name(summary, default):
    return with_fallbacks(text_in(summary.question.text, get_language(), default))


def _chart(stops, table):
    marks = tuple(map(_mark, stops))
    title = _("Scores along the journey")
    few = [stop for stop in stops if stop.satisfaction and stop.base < LOW_BASE]
    points = (
        _("%(number)s. %(name)s: %(words)s.")
        % {"number": mark.score, "name": stop.name, "words": mark.words}
        for mark, stop in zip(marks, stops, strict=True)
    )
    return CurveChart(
        title=title,
        axis=_("Top box, by the number of the touchpoint"),
        marks=marks,
        line=(),
        line_label="",
        few_label=_("hollow: fewer than %(n)s answers") % {"n": LOW_BASE} if few else "",
        step="",
        top=1.0,
        tick=0.2,
        base="",
        alt=f"{title}. {' '.join(points)}",
        table=table,
    )


def _mark(stop):
    top = stop.satisfaction.top_box if stop.satisfaction else None
    return CurveMark(
        score=stop.number,
        label="",
        n=stop.base,
        base=formatting.base(stop.base) if top else formatting.NOTHING,
        colour=HOLLOW if stop.base < LOW_BASE else ACCENT,
        share=top and top.value,
        low=top and top.low,
        high=top and top.high,
        words=_words(top),
    )


def _words(top):
    if top is None:
        return _("Fewer than %(minimum)s answers: nothing is shown.") % {
            "minimum": settings.MINIMUM_BASE
        }
    return _("%(share)s (%(ends)s), n = %(n)s") % {
        "share": formatting.percent(top.value),
        "ends": formatting.interval(top),
        "n": formatting.base(top.base),
    }


def _table(stops):
    return ChartTable(
        caption=_("Scores along the journey"),
        head=(
            _("Touchpoint"),
            _("Section"),
            _("Top box"),
            _("95% interval"),
            _("Mean"),
            _("95% interval"),
            _("Answers"),
            _("Did not use or does not know"),
        ),
        rows=tuple((stop.numbered_name, stop.section, *_figures(stop)) for stop in stops),
    )


def _figures(stop):
    """Top box and mean with their base; who did not use a touchpoint is in neither."""
    if stop.satisfaction is None:
        hidden = _("hidden: fewer than %(minimum)s answers") % {"minimum": settings.MINIMUM_BASE}
        return (formatting.NOTHING, hidden, *[formatting.NOTHING] * 4)
    top, mean = stop.satisfaction.top_box, stop.satisfaction.mean
    scale = _("%(mean)s of %(highest)s") % {
        "mean": formatting.mean(mean.value),
        "highest": stop.summary.question.values[-1],
    }
    return (
        formatting.percent(top.value),
        formatting.interval(top),
        scale,
        formatting.interval(mean, formatting.mean),
        formatting.base(top.base),
        formatting.count(stop.aside),
    )
