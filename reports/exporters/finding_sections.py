"""What was found, for the full bulletin: trend, places, drivers, comments and who answered.

They read what `findings` has gathered and only word it.
"""

from django.utils.translation import gettext as _

from reports.breakdown.view import breakdown_view
from reports.charts.figures import ChartTable
from reports.comments.quoting import quotes_view
from reports.drivers.view import drivers_view, not_computed
from reports.trend.drawing import time_drawing
from reports.trend.view import trend_view
from reports.who_answered.view import obstacle_words, who_answered_view
from reports.words import formatting

from .contents import on_paper

MOST_PERIODS = 13
TIME_FRAME = {"width": 640, "height": 270, "most_labels": 6}
MOST_GROUPS = 15
MOST_SIGNALS = 8
TREND_COLUMNS = (0, 1, 2, 3, 4, 5, -1)


def trend(contents):
    """The control chart with its signals and the newest period against those before."""
    found = contents.findings.trend
    if found is None:
        return None
    view = trend_view(found, contents.findings.notes)
    if view.obstacle:
        return {"view": view}
    return {
        "view": view,
        "draws_chart": view.main is not None,
        "drawing": view.main and time_drawing(view.main.drawing.chart, **TIME_FRAME),
        "signals": view.signals[:MOST_SIGNALS],
        "signals_left_out": _of(min(MOST_SIGNALS, len(view.signals)), len(view.signals)),
        "meanings": tuple(dict.fromkeys(signal.meaning for signal in view.signals)),
        "table": on_paper(view.table, MOST_PERIODS, columns=TREND_COLUMNS),
    }


def places(contents):
    """The leading measure by units and segments, sorted by the size of the matter."""
    found = contents.findings.places
    if not found:
        return None
    views = [breakdown_view(one) for one in found]
    return {
        "parts": [(view, _table_of_groups(view)) for view in views],
        "notes": tuple(dict.fromkeys(note for view in views for note in view.notes)),
    }


def drivers(contents):
    """The stored drivers; nothing is computed here."""
    found = contents.findings
    if not found.asks_attributes:
        return None
    if found.analysis is None:
        return {"obstacle": not_computed()}
    view = drivers_view(found.analysis, contents.survey)
    if view.obstacle:
        return {"obstacle": view.obstacle, "notes": view.notes}
    return {
        "view": view,
        "draws_chart": True,
        "tables": [on_paper(table) for table in view.tables],
        "as_of": _as_of(found.drivers_as_of),
    }


def comments(contents):
    """Some comments by a rule, names and numbers taken out, and the tags with their numbers."""
    choice = contents.findings.comments
    return choice and {"view": quotes_view(choice, contents.survey)}


def who_answered(contents):
    """The way from invitation to answer, the rates, and those who answered against those asked."""
    found = contents.findings.who
    if found.obstacle:
        return {"obstacle": obstacle_words(found)}
    view = who_answered_view(found)
    return {
        "view": view,
        "groups": [on_paper(table, MOST_GROUPS) for table in view.groups],
        "checks": [(check, on_paper(check.table, MOST_GROUPS)) for check in view.checks],
    }


def _table_of_groups(view):
    """The groups on paper, unless every one of them is hidden."""
    if all(row.is_hidden for row in view.rows):
        return None
    return on_paper(_group_table(view), MOST_GROUPS)


def _group_table(view):
    """The list of the page on paper: what is hidden says so."""
    rows = tuple(
        (" · ".join(row.names), _("hidden"), *[formatting.NOTHING] * 4)
        if row.is_hidden
        else (
            " · ".join(row.names),
            row.value,
            row.interval,
            row.base,
            f"{row.difference} · {row.verdict}",
            f"{row.stake} ({row.stake_share})",
        )
        for row in view.rows
    )
    head = (
        " · ".join(view.heads),
        view.result.measure.name,
        _("95% interval"),
        _("Answers (n)"),
        _("Difference from the rest"),
        view.stake_name,
    )
    return ChartTable(view.heading, head, rows)


def _of(shown, number):
    if shown == number:
        return ""
    values = {"shown": formatting.count(shown), "all": formatting.count(number)}
    return _("%(shown)s of %(all)s; the page on the screen has all of them.") % values


def _as_of(day):
    if day is None:
        return ""
    text = _("Computed on %(day)s; answers that came or changed since are not in it.")
    return text % {"day": formatting.day(day)}
