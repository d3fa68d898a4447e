"""The drivers ready to be laid out: sentences, the map and its tables, for screen and paper."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.charts.figures import ChartTable
from reports.dataset import published_questionnaires
from reports.words import formatting
from scoring.results import from_plain
from surveys.enums import JobState
from surveys.texts import text_in

from .charts import map_chart, map_drawing, map_figure, quadrant_words
from .drivers import DriverAnalysis
from .sentences import caution, driver_sentences, kind_words, refusal_words

WAITING = (JobState.QUEUED, JobState.RUNNING)


@dataclass(frozen=True, slots=True)
class DriversView:
    """One analysis with everything that stands around it."""

    analysis: DriverAnalysis | None
    sentences: tuple[str, ...] = ()
    caution: str = ""
    drawing: object | None = None
    compact: object | None = None
    plotly: dict | None = None
    table: ChartTable | None = None
    dimensions: ChartTable | None = None
    contrasts: ChartTable | None = None
    notes: tuple[str, ...] = ()
    obstacle: str = ""

    @property
    def tables(self):
        """Every table, as files print them."""
        return tuple(filter(None, (self.table, self.dimensions, self.contrasts)))


@dataclass(frozen=True, slots=True)
class Freshness:
    """Of when a stored result is, and whether a worker is at it."""

    computed_at: datetime | None
    is_waiting: bool
    is_outdated: bool
    has_failed: bool

    @property
    def may_be_asked_for(self):
        """Whether it makes sense to ask for it now."""
        return not self.is_waiting and (self.computed_at is None or self.is_outdated)


def freshness(stored, *, is_current):
    """How a row stands; None stands for one that nobody has asked for."""
    if stored is None:
        return Freshness(None, False, False, False)
    return Freshness(
        computed_at=stored.computed_at,
        is_waiting=stored.state in WAITING,
        is_outdated=not is_current,
        has_failed=stored.state == JobState.FAILED,
    )


def stored_analysis(stored):
    """The analysis that a row holds, or None; one of another version is none."""
    if stored is None or stored.result is None:
        return None
    try:
        return from_plain(DriverAnalysis, stored.result)
    except (KeyError, TypeError):
        return None


def drivers_view(analysis, survey):
    """The view of an analysis, in the language that is active."""
    if analysis is None:
        return DriversView(None, obstacle=not_asked())
    if analysis.is_refused:
        return DriversView(analysis, obstacle=refusal_words(analysis), notes=_notes(analysis))
    labels, names = _labels(survey), _dimension_names(survey)
    ordered = _ordered(analysis.items.drivers)
    table = _table(analysis, ordered, labels)
    chart = map_chart(analysis.map, ordered, labels, table)
    return DriversView(
        analysis=analysis,
        sentences=driver_sentences(analysis, labels),
        caution=caution(),
        drawing=map_drawing(chart),
        compact=map_drawing(chart, width=330, height=330),
        plotly=map_figure(chart),
        table=table,
        dimensions=_dimension_table(analysis.dimensions, names),
        contrasts=_contrast_table(analysis, ordered, labels),
        notes=_notes(analysis, labels),
    )


def not_asked():
    """Why there can be no drivers."""
    return _(
        "This survey does not ask for overall satisfaction and for single attributes, so there is "
        "nothing to compare."
    )


def not_computed():
    """Why the drivers are not printed."""
    return _(
        "The drivers of these answers have not been computed yet. Open the page on drivers for "
        "this choice, let them be computed, and ask for the bulletin again."
    )


def _ordered(drivers):
    return [driver.name for driver in sorted(drivers, key=lambda one: -one.importance)]


def _labels(survey):
    """Texts of the questions by key, the newest wording first; a key stands for itself."""
    language, labels = get_language(), _SelfNamed()
    for questionnaire in reversed(published_questionnaires(survey)):
        default = questionnaire.default_language
        for item in questionnaire.items:
            labels[item.key] = text_in(item.text, language, default) or item.key
    return labels


def _dimension_names(survey):
    language, names = get_language(), _SelfNamed()
    for questionnaire in reversed(published_questionnaires(survey)):
        for key, name in questionnaire.dimensions:
            names[key] = text_in(name, language, questionnaire.default_language) or key
    return names


class _SelfNamed(defaultdict):
    def __missing__(self, key):
        return key


def _table(analysis, ordered, labels):
    drivers = {driver.name: driver for driver in analysis.items.drivers}
    points = {point.name: point for point in analysis.map.points}
    rows = []
    for number, key in enumerate(ordered, start=1):
        driver, point = drivers[key], points[key]
        rows.append(
            (
                f"{number}. {labels[key]}",
                formatting.percent(driver.share.value),
                formatting.interval(driver.share),
                _ranks(driver.ranks),
                formatting.number(point.performance.value, 1),
                formatting.interval(point.performance, _tenth),
                quadrant_words(point.quadrant),
            )
        )
    return ChartTable(
        caption=_("The questions by importance"),
        head=(
            _("Question"),
            _("Importance"),
            _("95% interval"),
            _("Rank"),
            _("Mean, 0–100"),
            _("95% interval"),
            _("Corner"),
        ),
        rows=tuple(rows),
    )


def _dimension_table(model, names):
    if model is None or not model.drivers:
        return None
    drivers = {driver.name: driver for driver in model.drivers}
    return ChartTable(
        caption=_("The dimensions by importance"),
        head=(
            _("Dimension"),
            _("Importance"),
            _("95% interval"),
            _("Rank"),
            _("Mean, 0–100"),
            _("95% interval"),
        ),
        rows=tuple(
            (
                names[key],
                formatting.percent(driver.share.value),
                formatting.interval(driver.share),
                _ranks(driver.ranks),
                formatting.number(driver.performance.value, 1),
                formatting.interval(driver.performance, _tenth),
            )
            for key in _ordered(model.drivers)
            for driver in (drivers[key],)
        ),
    )


def _contrast_table(analysis, ordered, labels):
    contrasts = {driver.name: driver for driver in analysis.contrasts.drivers}
    if not contrasts:
        return None
    rows = []
    for number, key in enumerate(ordered, start=1):
        found = contrasts[key]
        rows.append(
            (
                f"{number}. {labels[key]}",
                formatting.difference_of_means(found.penalty.value),
                formatting.interval(found.penalty, formatting.difference_of_means),
                formatting.base(found.base_low),
                formatting.difference_of_means(found.reward.value),
                formatting.interval(found.reward, formatting.difference_of_means),
                formatting.base(found.base_high),
                kind_words(found.kind),
            )
        )
    return ChartTable(
        caption=_("Low and high answers against the middle, in points of overall satisfaction"),
        head=(
            _("Question"),
            _("When low"),
            _("95% interval"),
            _("Answers"),
            _("When high"),
            _("95% interval"),
            _("Answers"),
            _("Kind"),
        ),
        rows=tuple(rows),
    )


def _ranks(ranks):
    if ranks is None:
        return formatting.NOTHING
    best, worst = ranks
    if best == worst:
        return str(best)
    return _("%(low)s to %(high)s") % {"low": best, "high": worst}


def _tenth(value):
    return formatting.number(value, 1)


def _notes(analysis, labels=None):
    period = formatting.period(
        *(day and date.fromisoformat(day) for day in (analysis.first_day, analysis.last_day))
    )
    notes = []
    if analysis.items.base:
        text = _("%(base)s who answered every question, %(missing)s who did not; %(period)s.")
        notes.append(
            text
            % {
                "base": formatting.answers(analysis.items.base),
                "missing": formatting.count(analysis.items.missing),
                "period": period,
            }
        )
    if analysis.items.set_aside and labels is not None:
        text = _("Not in the model, because too few answered: %(questions)s.")
        named = _(", ").join(f"“{labels[key]}”" for key in analysis.items.set_aside)
        notes.append(text % {"questions": named})
    if analysis.other_versions:
        notes.append(
            _("Not counted, because another version asked on another scale: %(answers)s.")
            % {"answers": formatting.answers(analysis.other_versions)}
        )
    return tuple(notes)
