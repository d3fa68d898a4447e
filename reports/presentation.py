"""Results ready to be laid out: words, charts and tables, the same for screen and paper."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from scoring.findings import Certainty
from surveys.texts import text_in

from .charts.figures import ChartTable, curve_chart
from .charts.paper import COMPACT, PAPER, SCREEN, curve_drawing
from .charts.screen import plotly_figure
from .questions.view import DistributionView, question_view
from .words import formatting, wording
from .words.metrics import Metric, base_words, net_score_metric, rating_metrics
from .words.notes import curve_notes, result_notes, step_note
from .words.sentences import Setting, sentence


@dataclass(frozen=True, slots=True)
class CurveView:
    """A curve with everything that stands around it."""

    result: object
    title: str
    sentences: tuple[str, ...]
    drawing: object | None
    compact: object | None
    printed: object | None
    plotly: dict | None
    table: ChartTable | None
    step: ChartTable | None
    step_note: str
    notes: tuple[str, ...]
    obstacle: str = ""

    @property
    def loyalty(self):
        """Which kind of loyalty it shows."""
        return self.result.loyalty

    @property
    def empty_words(self):
        """Why nothing is drawn although there are answers."""
        if self.obstacle or self.drawing:
            return ""
        few = _("No score has the %(minimum)s answers that a point of the curve takes.")
        return few % {"minimum": settings.MINIMUM_BASE}


@dataclass(frozen=True, slots=True)
class ResultsView:
    """A results page or bulletin of one selection."""

    results: object
    title: str
    unit: str
    period: str
    responses: str
    headline: str
    metrics: tuple[Metric, ...]
    curve: CurveView | None
    curves: tuple[CurveView, ...]
    distributions: tuple[DistributionView, ...]
    notes: tuple[str, ...]
    obstacle: str = ""
    change: str = ""
    matters: tuple = ()


def results_view(results, *, unit=None, change=""):
    """The view of `SurveyResults`, in the language that is active."""
    survey = results.selection.survey
    labels = labels_of(results)
    curves = tuple(curve_view(curve, labels) for curve in results.curves)
    leading = None if results.is_hidden else results.leading_curve
    return ResultsView(
        results=results,
        title=text_in(survey.title, get_language(), survey.default_language),
        unit=unit.name if unit else "",
        period=wording.period_words(results.span),
        responses=formatting.count(results.span.responses),
        headline=headline(results),
        metrics=metrics(results),
        curve=next((view for view in curves if view.result is leading), None),
        curves=curves,
        distributions=tuple(question_view(item, survey) for item in results.distributions),
        notes=result_notes(results),
        obstacle=_obstacle(results),
        change=change,
    )


def headline(results):
    """The first sentence: the step to the best score when it is clear, else the top box."""
    if results.is_hidden:
        return _obstacle(results)
    leading = results.leading_curve
    if leading and leading.curve:
        first = next(iter(leading.findings), None)
        if first and first.certainty is Certainty.CLEAR:
            return sentence(first, wording.setting_of(leading))
    setting = Setting(
        period=wording.period_words(results.span), best=results.scale and results.scale.best
    )
    return sentence(results.levels[0], setting) if results.levels else ""


def metrics(results):
    """Top box beside mean, and the Net Promoter Score."""
    if results.is_hidden or results.satisfaction is None:
        return ()
    found = list(rating_metrics(results.satisfaction, results.scale))
    if results.net_score:
        found.append(net_score_metric(results.net_score))
    return tuple(found)


def curve_view(result, labels=None, **overlay):
    """A curve with its chart, tables and sentences; `overlay` as `curve_chart` takes it."""
    days = result.follow_up.days if result.follow_up else None
    title = wording.loyalty_words(result.loyalty, days)
    notes = curve_notes(result)
    if result.obstacle:
        words = wording.obstacle_words(result, settings.MINIMUM_BASE)
        return CurveView(result, title, (), None, None, None, None, None, None, "", notes, words)
    chart = curve_chart(result, labels, **overlay)
    setting = wording.setting_of(result)
    return CurveView(
        result=result,
        title=title,
        sentences=tuple(sentence(finding, setting) for finding in result.findings),
        **_drawings(chart),
        plotly=plotly_figure(chart),
        table=chart.table,
        step=step_table(result.step),
        step_note=step_note(result),
        notes=notes,
    )


def _drawings(chart):
    """The chart for screen, telephone and paper; none of a chart without a point."""
    frames = {"drawing": SCREEN, "compact": COMPACT, "printed": PAPER}
    return {
        name: curve_drawing(chart, frame) if chart.has_points else None
        for name, frame in frames.items()
    }


def step_table(step):
    """The best score against the next in five figures."""
    if step is None:
        return None
    names = {"top": step.top_score, "next": step.next_score}
    shares = [
        (_("Loyal among those who give %(score)s") % {"score": score}, share, formatting.percent)
        for score, share in ((step.top_score, step.top), (step.next_score, step.next))
    ]
    compared = [
        (_("Difference in points"), step.difference, formatting.percentage_points),
        (_("Ratio of the loyal (%(top)s over %(next)s)") % names, step.ratio, formatting.ratio),
        (
            _("Ratio of the not loyal (%(next)s over %(top)s)") % names,
            step.defection_ratio,
            formatting.ratio,
        ),
    ]
    return ChartTable(
        caption=_("%(top)s against %(next)s") % names,
        head=(_("Figure"), _("Value"), _("95% interval"), _("Answers")),
        rows=tuple(
            (name, form(estimate.value), formatting.interval(estimate, form), base_words(estimate))
            for name, estimate, form in shares + compared
        ),
    )


def labels_of(results):
    """The words of the points of the satisfaction question, by score."""
    question = results.questionnaire and results.questionnaire.overall
    if not question:
        return {}
    language = get_language()
    default = results.questionnaire.default_language
    labels = {c.value: text_in(c.label, language, default) for c in question.scored_choices}
    return {value: text for value, text in labels.items() if text != str(value)}


def _obstacle(results):
    if not results.is_hidden:
        return ""
    if results.is_withheld:
        return wording.withheld_words()
    if results.questionnaire is None:
        return _("This survey does not ask for overall satisfaction, or is not published yet.")
    if results.span.responses == 0:
        return _("No answers yet.")
    few = _("Fewer than %(minimum)s answers: nothing is shown until there are more.")
    return few % {"minimum": settings.MINIMUM_BASE}
