"""One question ready to be laid out: its bar, its table, its figures."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.charts.figures import ChartTable, distribution_chart, distribution_table
from reports.charts.paper import COMPACT, bar_drawing
from reports.words import formatting
from reports.words.metrics import Metric, metric, net_score_metric, rating_metrics
from scoring.scales import Scale
from surveys.question_types import handler_of
from surveys.rules.piping import with_fallbacks
from surveys.texts import text_in

from .summaries import NumberSummary, WrittenSummary


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
    mean = metric("mean", _("Mean"), item.mean, formatting.mean, unit)
    base = formatting.answers(item.counts.tally.respondents)
    return DistributionView(item.question.key, text, base, None, None, None, (mean,))


def _too_few(key, text):
    few = _("Fewer than %(minimum)s answers: nothing is shown.")
    obstacle = few % {"minimum": settings.MINIMUM_BASE}
    return DistributionView(key, text, "", None, None, None, (), obstacle)


def _distribution_view(item, text, label):
    key = item.question.key
    if item.is_hidden:
        return _too_few(key, text)
    base = _base_words(item)
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


def _base_words(item):
    """How many answered, and of these how many gave a mark where it is not all."""
    answers = formatting.answers(item.counts.respondents)
    if item.is_put_first:
        return _("%(answers)s; the shares say how often each was put first") % {"answers": answers}
    if item.satisfaction is None or item.satisfaction.base == item.counts.respondents:
        return answers
    marked = formatting.base(item.satisfaction.base)
    return _("%(marked)s with a mark, of %(answers)s") % {"marked": marked, "answers": answers}


def _distribution_metrics(item):
    if item.against_expectation:
        share = item.against_expectation.beyond
        return (metric("delight_rate", _("Beyond expectation"), share, formatting.percent),)
    if item.compared:
        name = _("Better less worse than others")
        return (metric("net_of_others", name, item.compared.net, formatting.net_score),)
    if item.net_score:
        return (net_score_metric(item.net_score),)
    if item.satisfaction is None:
        return ()
    values = item.question.values
    metrics = rating_metrics(item.satisfaction, Scale(values[0], values[-1]))
    return (*metrics, *_gap_metrics(item.gap)) if item.gap else metrics


def _gap_metrics(gap):
    return (
        metric("gap", _("Experienced minus expected"), gap.gap, formatting.difference_of_means),
        metric("ratio", _("Experienced over expected"), gap.ratio_of_means, formatting.ratio),
    )
