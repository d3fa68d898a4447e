"""Results ready to be laid out: words, charts and tables, the same for screen and paper."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from scoring.findings import Certainty
from scoring.scales import Scale
from surveys.question_types import handler_of
from surveys.rules.piping import with_fallbacks
from surveys.texts import text_in

from . import formatting, wording
from .enums import Loyalty
from .figures import ChartTable, curve_chart, distribution_chart, distribution_table, plotly_figure
from .print_charts import COMPACT, bar_drawing, curve_drawing
from .question_summaries import NumberSummary, WrittenSummary
from .sentences import Setting, sentence


@dataclass(frozen=True, slots=True)
class Metric:
    """One figure with its interval and base, in words."""

    key: str
    name: str
    value: str
    interval: str
    base: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class CurveView:
    """A curve with everything that stands around it."""

    result: object
    title: str
    sentences: tuple[str, ...]
    drawing: object | None
    compact: object | None
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


@dataclass(frozen=True, slots=True)
class DistributionView:
    """One question with its bar, its table and, for ratings, top box and mean."""

    key: str
    text: str
    base: str
    drawing: object | None
    compact: object | None
    table: ChartTable | None
    metrics: tuple[Metric, ...]
    obstacle: str = ""
    hint: str = ""


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
        notes=_notes(results),
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
    found = list(_rating_metrics(results.satisfaction, results.scale))
    if results.net_score:
        found.append(_net_score_metric(results.net_score))
    return tuple(found)


def curve_view(result, labels=None, **overlay):
    """A curve with its chart, tables and sentences; `overlay` as `curve_chart` takes it."""
    days = result.follow_up.days if result.follow_up else None
    title = wording.loyalty_words(result.loyalty, days)
    notes = _curve_notes(result)
    if result.obstacle:
        words = wording.obstacle_words(result, settings.MINIMUM_BASE)
        return CurveView(result, title, (), None, None, None, None, None, "", notes, words)
    chart = curve_chart(result, labels, **overlay)
    setting = wording.setting_of(result)
    return CurveView(
        result=result,
        title=title,
        sentences=tuple(sentence(finding, setting) for finding in result.findings),
        drawing=curve_drawing(chart),
        compact=curve_drawing(chart, COMPACT),
        plotly=plotly_figure(chart),
        table=chart.table,
        step=step_table(result.step),
        step_note=_step_note(result),
        notes=notes,
    )


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
            (name, form(estimate.value), formatting.interval(estimate, form), _base(estimate))
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


def _rating_metrics(satisfaction, scale):
    top = _("Top box (%(best)s of %(highest)s)") % {"best": scale.best, "highest": scale.highest}
    scope = _("on a scale from %(low)s to %(high)s") % {"low": scale.lowest, "high": scale.highest}
    return (
        _metric("top_box", top, satisfaction.top_box, formatting.percent),
        _metric("mean_score", _("Mean"), satisfaction.mean, formatting.mean, scope),
    )


def _net_score_metric(result):
    return _metric("nps", _("Net Promoter Score"), result.score, formatting.net_score)


def _metric(key, name, estimate, form, remark=""):
    return Metric(
        key=key,
        name=name,
        value=form(estimate.value),
        interval=formatting.interval(estimate, form),
        base=_base(estimate),
        remark=remark,
    )


def _base(estimate):
    return formatting.base(estimate.base)


def question_view(item, survey):
    """A question with the hint that customers read under it."""
    hint = text_in(item.question.hint, get_language(), survey.default_language)
    return replace(_counted_view(item, survey), hint=hint)


def _counted_view(item, survey):
    language, default = get_language(), survey.default_language
    text = with_fallbacks(text_in(item.question.text, language, default))
    if isinstance(item, WrittenSummary):
        return _written_view(item, text)
    if isinstance(item, NumberSummary):
        unit = handler_of(item.question).setting(item.question, "unit")
        return _number_view(item, text, text_in(unit, language, default))
    return _distribution_view(item, text, lambda choice: text_in(choice.label, language, default))


def _written_view(item, text):
    counts = item.counts
    asked = _("%(answered)s wrote an answer, %(skipped)s left it out.") % {
        "answered": formatting.count(counts.respondents),
        "skipped": formatting.count(counts.skipped),
    }
    return DistributionView(item.question.key, text, asked, None, None, None, ())


def _number_view(item, text, unit):
    if item.mean is None:
        return _too_few(item.question.key, text)
    metric = _metric("mean", _("Mean"), item.mean, formatting.mean, unit)
    base = formatting.answers(item.counts.tally.respondents)
    return DistributionView(item.question.key, text, base, None, None, None, (metric,))


def _too_few(key, text):
    few = _("Fewer than %(minimum)s answers: nothing is shown.")
    obstacle = few % {"minimum": settings.MINIMUM_BASE}
    return DistributionView(key, text, "", None, None, None, (), obstacle)


def _distribution_view(item, text, label):
    key = item.question.key
    if item.is_hidden:
        return _too_few(key, text)
    base = formatting.answers(item.counts.respondents)
    if item.is_put_first:
        base = _("%(answers)s; the shares say how often each was put first") % {"answers": base}
    if item.satisfaction is None:
        table = distribution_table(item, label)
        return DistributionView(key, text, base, None, None, table, _distribution_metrics(item))
    chart = distribution_chart(item, text, label)
    return DistributionView(
        key=key,
        text=text,
        base=base,
        drawing=bar_drawing(chart),
        compact=bar_drawing(chart, width=COMPACT.width),
        table=chart.table,
        metrics=_distribution_metrics(item),
    )


def _distribution_metrics(item):
    if item.against_expectation:
        share = item.against_expectation.beyond
        return (_metric("delight_rate", _("Beyond expectation"), share, formatting.percent),)
    if item.compared:
        name = _("Better less worse than others")
        return (_metric("net_of_others", name, item.compared.net, formatting.net_score),)
    if item.net_score:
        return (_net_score_metric(item.net_score),)
    if item.satisfaction is None:
        return ()
    values = item.question.values
    metrics = _rating_metrics(item.satisfaction, Scale(values[0], values[-1]))
    return (*metrics, *_gap_metrics(item.gap)) if item.gap else metrics


def _gap_metrics(gap):
    return (
        _metric("gap", _("Experienced minus expected"), gap.gap, formatting.difference_of_means),
        _metric("ratio", _("Experienced over expected"), gap.ratio_of_means, formatting.ratio),
    )


def _step_note(result):
    """How large the ratio could be at most: it has a ceiling of one over the lower share."""
    step = result.step
    if step is None:
        return _("The two best scores are not compared: too few answers at one of them.")
    if not step.has_enough:
        return _("Fewer than 10 answers at one of the two scores: these figures can change a lot.")
    if not step.next.is_defined or not step.next.value:
        return ""
    text = _(
        "With %(share)s loyal at %(score)s, the ratio of the loyal can be %(most)s at most; the "
        "ratio of the not loyal has no such ceiling."
    )
    return text % {
        "share": formatting.percent(step.next.value),
        "score": step.next_score,
        "most": formatting.ratio(1 / step.next.value),
    }


def _curve_notes(result):
    notes = []
    if result.missing or result.not_applicable:
        text = _(
            "Not in the curve: %(missing)s without score or loyalty, %(outside)s “does not apply”."
        )
        values = {
            "missing": formatting.count(result.missing),
            "outside": formatting.count(result.not_applicable),
        }
        notes.append(text % values)
    if result.loyalty == Loyalty.STATED:
        notes.append(_("Stated intention: what customers said, not what they did."))
    if result.follow_up and result.follow_up.cutoff:
        notes.extend(_follow_up_notes(result.follow_up))
    return tuple(notes)


def _follow_up_notes(follow_up):
    values = {
        "days": follow_up.days,
        "cutoff": formatting.day(timezone.localdate(follow_up.cutoff)),
        "early": formatting.answers(follow_up.without_follow_up),
        "unknown": formatting.answers(follow_up.without_customer),
        "earlier": formatting.answers(follow_up.earlier_answers),
    }
    return (
        _(
            "Observed: a purchase or renewal within %(days)s days after the answer. Events are "
            "known until %(cutoff)s."
        )
        % values,
        _("Without full follow-up, and therefore not counted: %(early)s.") % values,
        _(
            "One answer counts for each customer, the last one with full follow-up; earlier ones: "
            "%(earlier)s. Without a known customer: %(unknown)s."
        )
        % values,
    )


def _notes(results):
    notes = []
    if results.satisfaction:
        notes.append(
            _("%(responses)s, %(period)s; %(missing)s without a rating.")
            % {
                "responses": formatting.answers(results.span.responses),
                "period": wording.period_words(results.span),
                "missing": formatting.count(
                    results.satisfaction.missing + results.satisfaction.not_applicable
                ),
            }
        )
    if results.excluded:
        notes.append(exclusion_note(results))
    if results.other_versions:
        notes.append(
            _("Not counted, because another version asked on another scale: %(answers)s.")
            % {"answers": formatting.answers(results.other_versions)}
        )
    notes.append(
        _("Groups of fewer than %(minimum)s answers are not shown.")
        % {"minimum": settings.MINIMUM_BASE}
    )
    return tuple(notes)


def exclusion_note(results):
    """How many answers staff left out, and what the top box is with them."""
    values = {"answers": formatting.answers(results.excluded)}
    if results.selection.with_excluded:
        return _("Counted here, although staff left them out: %(answers)s.") % values
    if results.with_excluded is None:
        return _("Left out by staff after a check, and not counted: %(answers)s.") % values
    top_box = results.with_excluded.top_box
    text = _(
        "Left out by staff after a check, and not counted: %(answers)s. With them the top box "
        "would be %(share)s (n = %(base)s)."
    )
    values |= {
        "share": formatting.percent(top_box.value),
        "base": formatting.count(top_box.base),
    }
    return text % values


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
