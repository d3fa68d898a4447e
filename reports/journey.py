"""Scores along the journey: the rated attributes in the order in which they were asked.

Made from the summaries of a page, so that nothing is counted here a second time.
"""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from scoring.intervals import LOW_BASE
from surveys.enums import MeasureRole
from surveys.rules.piping import with_fallbacks
from surveys.texts import text_in

from . import formatting
from .figures import ACCENT, HOLLOW, ChartTable, CurveChart, CurveMark
from .print_charts import COMPACT, curve_drawing
from .question_summaries import Distribution

FEWEST_STOPS = 3
MOST_VALUES, MOST_VALUES_ON_A_PHONE = 12, 5


@dataclass(frozen=True, slots=True)
class JourneyView:
    """The chart of a journey and its table."""

    drawing: object
    compact: object
    table: ChartTable
    key: str


def journey_view(questionnaire, summaries):
    """The journey of a questionnaire with titled sections, or None where there is none."""
    titles = _titles(questionnaire)
    stops = [one for one in summaries if _is_stop(one) and titles.get(_question_key(one))]
    if len(stops) < FEWEST_STOPS or not any(stop.satisfaction for stop in stops):
        return None
    names = [_name(stop, questionnaire.default_language) for stop in stops]
    sections = [titles[_question_key(stop)] for stop in stops]
    chart = _chart(stops, names, _table(stops, names, sections))
    return JourneyView(
        drawing=_readable(curve_drawing(chart), MOST_VALUES),
        compact=_readable(curve_drawing(chart, COMPACT), MOST_VALUES_ON_A_PHONE),
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


def _name(stop, default):
    return with_fallbacks(text_in(stop.question.text, get_language(), default))


def _chart(stops, names, table):
    marks = tuple(
        _mark(number, stop, name)
        for number, (stop, name) in enumerate(zip(stops, names, strict=True), 1)
    )
    title = _("Scores along the journey")
    few = [stop for stop in stops if stop.satisfaction and _base(stop) < LOW_BASE]
    points = (
        _("%(number)s. %(name)s: %(words)s.")
        % {"number": mark.score, "name": name, "words": mark.words}
        for mark, name in zip(marks, names, strict=True)
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


def _mark(number, stop, name):
    top = stop.satisfaction.top_box if stop.satisfaction else None
    return CurveMark(
        score=number,
        label="",
        n=_base(stop),
        base=formatting.base(_base(stop)) if top else formatting.NOTHING,
        colour=HOLLOW if _base(stop) < LOW_BASE else ACCENT,
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


def _base(stop):
    return stop.satisfaction.base if stop.satisfaction else 0


def _table(stops, names, sections):
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
        rows=tuple(
            (f"{number}. {name}", section, *_figures(stop))
            for number, (stop, name, section) in enumerate(
                zip(stops, names, sections, strict=True), 1
            )
        ),
    )


def _figures(stop):
    """Top box and mean with their base; who did not use a touchpoint is in neither."""
    if stop.satisfaction is None:
        hidden = _("hidden: fewer than %(minimum)s answers") % {"minimum": settings.MINIMUM_BASE}
        return (formatting.NOTHING, hidden, *[formatting.NOTHING] * 4)
    top, mean = stop.satisfaction.top_box, stop.satisfaction.mean
    aside = [choice.code for choice in stop.question.choices if not choice.is_scored]
    scale = _("%(mean)s of %(highest)s") % {
        "mean": formatting.mean(mean.value),
        "highest": stop.question.values[-1],
    }
    return (
        formatting.percent(top.value),
        formatting.interval(top),
        scale,
        formatting.interval(mean, formatting.mean),
        formatting.base(top.base),
        formatting.count(sum(map(stop.counts.count_of, aside))),
    )
