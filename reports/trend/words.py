"""A trend in words: names of measures and periods, signals, changes, breaks; never a cause."""

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.enums import PeriodKind, ShiftKind
from reports.words import formatting
from reports.words.sentences import Setting, sentence
from reports.words.wording import withheld_words
from scoring.findings import Certainty, Direction, Finding
from scoring.nelson import Signal
from scoring.results import Reason
from surveys.enums import Comparability
from surveys.texts import text_in

from .changes import Against
from .measures import Figure

FORMS = {
    Figure.TOP_BOX: formatting.percent,
    Figure.LOYAL: formatting.percent,
    Figure.MEAN: formatting.mean,
    Figure.NPS: formatting.net_score,
    Figure.RESPONSES: formatting.count,
}
KINDS = {
    Figure.TOP_BOX: "share_difference",
    Figure.LOYAL: "share_difference",
    Figure.MEAN: "mean_difference",
    Figure.NPS: "nps_difference",
}


def measure_name(measure, survey):
    """What is followed, with the question where it is not one of the headline measures."""
    if measure is None:
        return ""
    name = {
        Figure.TOP_BOX: _("Top box"),
        Figure.MEAN: _("Mean"),
        Figure.NPS: _("Net Promoter Score"),
        Figure.LOYAL: _("Stated intention to buy again"),
        Figure.RESPONSES: _("Number of answers"),
    }[measure.figure]
    if "." not in measure.code:
        return name
    text = text_in(measure.question.text, get_language(), survey.default_language)
    return _("%(measure)s: %(question)s") % {"measure": name, "question": text}


def axis_name(measure):
    """What the numbers on the axis are."""
    return {
        Figure.TOP_BOX: _("Share who give the best score"),
        Figure.MEAN: _("Mean"),
        Figure.NPS: _("Net Promoter Score"),
        Figure.LOYAL: _("Share who intend to buy again"),
        Figure.RESPONSES: _("Answers"),
    }[measure.figure]


def tick_form(measure):
    """How the axis writes its numbers."""
    if measure.is_share:
        return lambda value: f"{formatting.number(100 * value, 0)}%"
    if measure.figure is Figure.MEAN:
        return formatting.mean
    return formatting.number


def value_words(measure, value):
    """A figure of the measure as it is shown."""
    return FORMS[measure.figure](value)


def period_name(period):
    """A period in full: "March 2026", "Q1 2026", "the week of 2 March 2026"."""
    if period.kind == PeriodKind.WAVE:
        return period.name
    day = period.first_day
    if period.kind == PeriodKind.DAY:
        return formatting.day(day)
    if period.kind == PeriodKind.WEEK:
        return _("the week of %(day)s") % {"day": formatting.day(day)}
    if period.kind == PeriodKind.MONTH:
        return date_format(day, "Y年n月" if _is_chinese() else "F Y", use_l10n=False)
    return _("Q%(quarter)s %(year)s") % {"quarter": (day.month + 2) // 3, "year": day.year}


def short_period_name(period):
    """A period in as little room as an axis has."""
    if period.kind == PeriodKind.WAVE:
        return period.name if len(period.name) < 12 else f"{period.name[:11]}…"
    if period.kind == PeriodKind.QUARTER:
        return period_name(period)
    if period.kind == PeriodKind.MONTH:
        form = "Y年n月" if _is_chinese() else "M Y"
    else:
        form = "n月j日" if _is_chinese() else "j M"
    return date_format(period.first_day, form, use_l10n=False)


def obstacle_words(found):
    """Why there is no trend, in one sentence."""
    return {
        "not_asked": _("This survey does not ask the question that this trend needs."),
        "no_answers": _("There is no answer yet that this trend could count."),
        "no_waves": _("No answer belongs to a wave. Choose days, weeks, months or quarters."),
        "too_few": _("Fewer than %(minimum)s answers: nothing is shown.")
        % {"minimum": settings.MINIMUM_BASE},
        "withheld": withheld_words(),
    }[found.obstacle]


def verdict_words(found):
    """The first sentence: how many signals there are, and how sure the limits are."""
    judged = [point for _stretch, point in found.points if point.z is not None]
    if not judged:
        return _(
            "No limits can be drawn yet: that takes at least two whole periods next to each "
            "other whose figures differ."
        )
    if found.signals:
        return _("Signals: %(signals)s in %(periods)s periods.") % {
            "signals": formatting.count(len(found.signals)),
            "periods": formatting.count(len(judged)),
        }
    return _("No signal: in %(periods)s periods nothing lies outside the usual scatter.") % {
        "periods": formatting.count(len(judged))
    }


def signal_words(found, signal):
    """One signal: where it is, which rule, and the figures."""
    return capfirst(_signal_words(found, signal))


def _signal_words(found, signal):
    if signal.signal is Signal.RULE_1:
        return _far_words(found, signal)
    if signal.signal is Signal.EWMA:
        return _average_words(signal)
    return _sum_words(signal)


MEANING = {
    Signal.RULE_1: lambda: _(
        "Rule: one period outside the control limits, three standard deviations from the centre "
        "line. By chance alone this is rare. It says that this period differs from the usual, and "
        "not why."
    ),
    Signal.EWMA: lambda: _(
        "Rule: the moving average, in which the newest periods count most, lies outside its "
        "limits. It finds small changes that last. It says that the level differs from the "
        "centre line, and not why, and the change may have begun some periods earlier."
    ),
    Signal.CUSUM_UP: lambda: _(
        "Rule: what lies above the centre line adds up to more than five standard deviations. It "
        "finds small changes that last, and about when they began; it does not say why."
    ),
    Signal.CUSUM_DOWN: lambda: _(
        "Rule: what lies below the centre line adds up to more than five standard deviations. It "
        "finds small changes that last, and about when they began; it does not say why."
    ),
}


def meaning_words(signal):
    """Which rule a signal comes from, and what it does and does not mean."""
    return MEANING[signal.signal]()


def _far_words(found, signal):
    point, form = signal.first, FORMS[found.measure.figure]
    text = (
        _("%(period)s: %(value)s is above the control limits, %(low)s to %(high)s (%(answers)s).")
        if signal.direction is Direction.HIGHER
        else _(
            "%(period)s: %(value)s is below the control limits, %(low)s to %(high)s (%(answers)s)."
        )
    )
    return text % {
        "period": period_name(point.period),
        "value": form(point.value),
        "low": form(point.low),
        "high": form(point.high),
        "answers": formatting.answers(point.cell.n),
    }


def _average_words(signal):
    values = {"first": period_name(signal.first.period), "last": period_name(signal.last.period)}
    if signal.first is signal.last:
        text = (
            _("%(first)s: the moving average is above its limits.")
            if signal.direction is Direction.HIGHER
            else _("%(first)s: the moving average is below its limits.")
        )
    else:
        text = (
            _("%(first)s to %(last)s: the moving average is above its limits.")
            if signal.direction is Direction.HIGHER
            else _("%(first)s to %(last)s: the moving average is below its limits.")
        )
    return text % values


def _sum_words(signal):
    text = (
        _("%(first)s to %(last)s: the level is above the centre line, probably since %(since)s.")
        if signal.direction is Direction.HIGHER
        else _(
            "%(first)s to %(last)s: the level is below the centre line, probably since %(since)s."
        )
    )
    return text % {
        "first": period_name(signal.first.period),
        "last": period_name(signal.last.period),
        "since": period_name(signal.since or signal.first.period),
    }


def change_words(measure, change):
    """The newest whole period against another, with the verdict after correction."""
    return capfirst(_change_words(measure, change))


def _change_words(measure, change):
    newest = period_name(change.newest.period)
    verdict = change.verdict
    if verdict is None:
        if change.against is Against.YEAR_BEFORE:
            text = _("%(period)s: there are no answers of a year before to compare with.")
        else:
            text = _("%(period)s: there are no answers of the period before to compare with.")
        return text % {"period": newest}
    setting = Setting(first=newest, second=period_name(change.reference.period))
    bases = {"base_1": verdict.own.base, "base_2": verdict.reference.base}
    if verdict.certainty is Certainty.TOO_FEW:
        numbers = bases | {"more": None}
        return sentence(
            Finding("too_few_for_difference", verdict.certainty, numbers=numbers), setting
        )
    kind = KINDS[measure.figure]
    if verdict.certainty is not Certainty.CLEAR:
        kind = f"no_clear_{kind}"
    numbers = bases | {
        "value_1": verdict.own.value,
        "value_2": verdict.reference.value,
        "difference": verdict.difference.value,
        "low": verdict.difference.low,
        "high": verdict.difference.high,
    }
    return sentence(Finding(kind, verdict.certainty, verdict.direction, numbers), setting)


def change_title(change):
    """What the newest period is compared with."""
    if change.against is Against.YEAR_BEFORE:
        return _("Against the same period of last year")
    return _("Against the period before")


def break_words(run, period):
    """Why a line begins anew with a version."""
    text = (
        _("From version %(number)s on, the question has other words: the line begins anew.")
        if run.broken_by == Comparability.WORDING
        else _("From version %(number)s on, the scale or the measure is another: a new line.")
    )
    return _("%(day)s: %(text)s") % {
        "day": period_name(period),
        "text": text % {"number": run.numbers[0]},
    }


def frozen_words(record):
    """Since when limits are frozen, and from what."""
    text = _("%(day)s: limits frozen from here on (%(reason)s).")
    return text % {"day": formatting.day(record.first_day), "reason": record.reason}


def note_words(note):
    """A noted change with its day, and its unit where it has one."""
    values = {"day": formatting.day(note.day), "text": note.text, "unit": note.unit}
    return (_("%(day)s: %(text)s (%(unit)s)") if note.unit else _("%(day)s: %(text)s")) % values


def limits_note(stretch):
    """What the limits of a stretch rest on."""
    return capfirst(_limits_note(stretch))


def _limits_note(stretch):
    values = {
        "first": period_name(stretch.points[0].period),
        "last": period_name(stretch.points[-1].period),
        "periods": formatting.count(stretch.chart.baseline_periods),
    }
    if stretch.record:
        text = _("%(first)s to %(last)s: limits frozen on %(day)s from %(periods)s periods.")
        day = formatting.day(timezone.localdate(stretch.record.frozen_at))
        return text % (values | {"day": day, "periods": formatting.count(stretch.record.periods)})
    if not stretch.has_limits:
        return (
            _("%(first)s to %(last)s: no limits; too few periods, or all figures alike.") % values
        )
    text = _("%(first)s to %(last)s: limits from %(periods)s whole periods.")
    if Reason.PROVISIONAL in stretch.chart.reasons:
        text = _(
            "%(first)s to %(last)s: provisional limits from %(periods)s whole periods; ten are "
            "needed, fifteen or more are better."
        )
    elif Reason.UNSTABLE in stretch.chart.reasons:
        text = _(
            "%(first)s to %(last)s: limits from %(periods)s whole periods; they settle at fifteen "
            "to twenty."
        )
    return text % values


def point_words(measure, point):
    """One period in words, for the pointer and for who hears the chart."""
    values = {
        "period": period_name(point.period),
        "value": FORMS[measure.figure](point.value),
        "n": formatting.base(point.cell.n),
    }
    if measure.figure is Figure.RESPONSES:
        return _("%(period)s: %(value)s") % values
    return _("%(period)s: %(value)s, n = %(n)s") % values


def remark_words(point, signals):
    """What the table says of a period beside its figures."""
    remarks = []
    if point.cell.is_hidden:
        remarks.append(_("hidden"))
    elif not point.cell.n:
        remarks.append(_("no answers"))
    if point.period.is_partial:
        remarks.append(_("still running, not judged"))
    if Signal.RULE_1 in signals:
        remarks.append(_("outside the limits"))
    if Signal.EWMA in signals:
        remarks.append(_("moving average outside"))
    if signals & {Signal.CUSUM_UP, Signal.CUSUM_DOWN}:
        remarks.append(_("running sum outside"))
    return ", ".join(remarks)


def chart_words(found):
    """The chart for who cannot see it."""
    shown = [point for _stretch, point in found.points if point.estimate]
    if not shown:
        return verdict_words(found)
    return _("%(name)s by period, %(first)s; %(last)s. %(verdict)s") % {
        "name": measure_name(found.measure, found.selection.survey),
        "first": point_words(found.measure, shown[0]),
        "last": point_words(found.measure, shown[-1]),
        "verdict": verdict_words(found),
    }


def shift_title(kind):
    """The name of the second chart."""
    if kind == ShiftKind.CUSUM:
        return _("Small lasting shifts: running sum (CUSUM)")
    return _("Small lasting shifts: moving average (EWMA)")


def shift_words(found):
    """The second chart for who cannot see it."""
    shifts = [signal for signal in found.signals if signal.signal is not Signal.RULE_1]
    told = " ".join(signal_words(found, signal) for signal in shifts)
    return f"{shift_title(found.shift_kind)}. {told or _('Within its limits throughout.')}"


def _is_chinese():
    return (get_language() or "").startswith("zh")
