"""The figures of a results page as plain tables: full precision beside what is shown.

Files are written from these. A page that has figures of its own adds its tables
to the list; nothing is computed here a second time.
"""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.drivers.expectations_view import group_names, length_words
from reports.presentation import labels_of
from reports.questions.journey import journey_stops
from reports.questions.summaries import NumberSummary, WrittenSummary
from reports.words import formatting, wording
from scoring.results import Estimate
from surveys.texts import text_in


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a table: what it is of, and what it is, exactly and as shown.

    `value`, `low` and `high` are None where nothing is shown; `remark` says why.
    """

    row: str
    name: str
    value: float | int | None
    low: float | None = None
    high: float | None = None
    base: int | None = None
    confidence: float | None = None
    method: str = ""
    shown: str = ""
    interval: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """Figures that stand together; `key` names the table for programs."""

    key: str
    title: str
    figures: tuple[Figure, ...]


def figure_tables(results, expectations=None):
    """Every table of `SurveyResults` and `ExpectationGroups`, in the language that is active."""
    if results.is_hidden:
        return ()
    tables = [FigureTable("overall", _("Overall"), tuple(_overall(results)))]
    labels = labels_of(results)
    for curve in results.curves:
        tables.append(_curve_table(curve, labels))
        if curve.step:
            tables.append(_step_table(curve))
    default = results.selection.survey.default_language
    if stops := journey_stops(results.questionnaire, results.distributions):
        tables.append(_journey_table(stops))
    if expectations:
        tables.append(_expectations_table(expectations))
    tables += [_question_table(item, default) for item in results.distributions]
    return tuple(tables)


def estimate_figure(row, name, estimate, form, *, remark=""):
    """A figure with its interval; `form` is the formatting that the pages use for it."""
    remark = wording.absence_words(estimate, settings.MINIMUM_BASE) or remark
    return Figure(
        row=row,
        name=name,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        base=estimate.base,
        confidence=estimate.confidence,
        method=estimate.method,
        shown=form(estimate.value),
        interval=formatting.interval(estimate, form),
        remark=remark,
    )


def count_figure(row, name, count):
    """How many, without an interval."""
    return Figure(row, name, count, shown=formatting.count(count))


def _overall(results):
    yield count_figure(_("Answers"), _("Answers"), results.span.responses)
    if results.satisfaction:
        yield from _rating_figures(_("Overall satisfaction"), results.satisfaction)
    if results.net_score:
        score = results.net_score.score
        yield _net_score_figure(score)


def _rating_figures(row, satisfaction):
    yield estimate_figure(row, _("Top box"), satisfaction.top_box, formatting.percent)
    yield estimate_figure(row, _("Mean"), satisfaction.mean, formatting.mean)


def _net_score_figure(score):
    name = _("Net Promoter Score")
    return estimate_figure(name, name, score, formatting.net_score)


def _curve_table(curve, labels):
    if curve.obstacle:
        title = wording.switch_words(curve.loyalty)
        remark = wording.obstacle_words(curve, settings.MINIMUM_BASE)
        figures = (Figure(title, _("Loyal"), None, shown=formatting.NOTHING, remark=remark),)
        return FigureTable(f"curve_{curve.loyalty}", title, figures)
    days = curve.follow_up.days if curve.follow_up else None
    title = wording.loyalty_words(curve.loyalty, days)
    figures = []
    for point in reversed(curve.points):
        label = labels.get(point.score)
        row = f"{point.score} · {label}" if label else str(point.score)
        figures.append(count_figure(row, _("Answers"), point.n))
        figures.append(estimate_figure(row, _("Loyal"), point.share, formatting.percent))
    return FigureTable(f"curve_{curve.loyalty}", title, tuple(figures))


def _step_table(curve):
    step = curve.step
    names = {"top": step.top_score, "next": step.next_score}
    row = _("%(top)s against %(next)s") % names
    figures = (
        (_("Difference in points"), step.difference, formatting.percentage_points),
        (_("Ratio of the loyal (%(top)s over %(next)s)") % names, step.ratio, formatting.ratio),
        (
            _("Ratio of the not loyal (%(next)s over %(top)s)") % names,
            step.defection_ratio,
            formatting.ratio,
        ),
    )
    return FigureTable(
        f"step_{curve.loyalty}",
        row,
        tuple(estimate_figure(row, name, found, form) for name, found, form in figures),
    )


def _journey_table(stops):
    return FigureTable(
        "journey",
        _("Scores along the journey"),
        tuple(figure for stop in stops for figure in _stop_figures(stop)),
    )


def _stop_figures(stop):
    row = stop.numbered_name
    if stop.satisfaction is None:
        yield _hidden_figure(row, _("Top box"))
        return
    yield from _rating_figures(row, stop.satisfaction)
    yield count_figure(row, _("Did not use or does not know"), stop.aside)


def _expectations_table(found):
    groups = [
        estimate_figure(group_names()[g.level], _("Best answer"), g.best, formatting.percent)
        for g in found.groups
    ]
    lengths = [
        estimate_figure(length_words(row.length, level), _("Best answer"), best, formatting.percent)
        for row in found.lengths
        for level, best in row.best.items()
    ]
    title = _("Basic and latent expectations")
    return FigureTable("expectations", title, (*groups, *lengths))


def _question_table(item, default):
    title = text_in(item.question.text, get_language(), default)
    figures = tuple(_question_figures(item, title, default))
    return FigureTable(f"question_{item.question.key}", title, figures)


def _question_figures(item, title, default):
    counts = item.counts
    if isinstance(item, WrittenSummary):
        yield count_figure(title, _("Answers"), counts.respondents)
        yield count_figure(title, _("Skipped"), counts.skipped)
        return
    is_hidden = item.mean is None if isinstance(item, NumberSummary) else item.is_hidden
    if is_hidden:
        yield _hidden_figure(title, _("Answers"))
        return
    if isinstance(item, NumberSummary):
        yield estimate_figure(title, _("Mean"), item.mean, formatting.mean)
        return
    shares = _shares_by_code(item)
    for choice, n in zip(item.question.choices, counts.counts, strict=True):
        label = text_in(choice.label, get_language(), default)
        yield count_figure(label, _("Answers"), n)
        if choice.code in shares:
            yield estimate_figure(label, _("Share"), shares[choice.code], formatting.percent)
    yield count_figure(_("Skipped"), _("Answers"), counts.skipped)
    yield count_figure(_("Not shown"), _("Answers"), counts.not_shown)
    yield from _measures(item, title)


def _hidden_figure(row, name):
    remark = _("hidden: fewer than %(minimum)s answers") % {"minimum": settings.MINIMUM_BASE}
    return Figure(row, name, None, shown=formatting.NOTHING, remark=remark)


def _shares_by_code(item) -> dict[str, Estimate]:
    codes = (choice.code for choice in item.question.scored_choices)
    return dict(zip(codes, item.shares or (), strict=False))


def _measures(item, title):
    if item.against_expectation:
        share = item.against_expectation.beyond
        yield estimate_figure(title, _("Beyond expectation"), share, formatting.percent)
    elif item.compared:
        name = _("Better less worse than others")
        yield estimate_figure(title, name, item.compared.net, formatting.net_score)
    elif item.net_score:
        yield estimate_figure(
            title, _("Net Promoter Score"), item.net_score.score, formatting.net_score
        )
    elif item.satisfaction:
        yield from _rating_figures(title, item.satisfaction)
    if item.gap:
        name = _("Experienced minus expected")
        yield estimate_figure(title, name, item.gap.gap, formatting.difference_of_means)
        name = _("Experienced over expected")
        yield estimate_figure(title, name, item.gap.ratio_of_means, formatting.ratio)
