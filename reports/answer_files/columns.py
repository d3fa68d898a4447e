"""The columns of a file of answers: circumstances first, then every question.

For spreadsheets a cell holds the words that the customer saw, or the code. For
statistics programs it holds a number whose meaning stands beside it, and
several answers to one question are a column each.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from reports.dataset import values_in_use
from reports.suppression import hidden_cells
from surveys.texts import text_in

from .variables import NOT_SHOWN, Variable

GROUPS = ("unit", "segment", "wave", "channel", "touchpoint", "language")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how its cells are read from a row, and what the numbers in it mean.

    `labels` are the words of the values, `missing` the values that are no answer
    on the scale ("does not apply", "left out").
    """

    name: str
    label: str
    cell: Callable
    kind: type = str
    labels: dict = field(default_factory=dict)
    missing: tuple = ()
    variable: Variable | None = None


def circumstances(selection, *, with_customers):
    """The columns on how, when and where an answer was given.

    Of anonymous answers only the day is known, and a circumstance that few
    share is left empty, together with the next rarest.
    """
    survey = selection.survey
    zone = ZoneInfo(survey.time_zone)
    columns = []
    if not survey.is_anonymous:
        columns.append(Column("response.id", _("Response"), lambda row: str(row.pk)))
        columns.append(
            Column(
                "response.time",
                _("Sent at (%(zone)s)") % {"zone": survey.time_zone},
                lambda row: row.moment and row.moment.astimezone(zone),
                kind=datetime,
            )
        )
        if with_customers:
            columns.append(Column("response.customer", _("Customer"), lambda row: row.customer))
    columns.append(Column("response.day", _("Day"), lambda row: row.day, kind=date))
    columns += [_group_column(selection, name, words) for name, words in _group_names()]
    columns.append(Column("response.seconds", _("Seconds"), lambda row: row.seconds, kind=float))
    if selection.with_excluded:
        columns.append(
            Column(
                "response.excluded",
                _("Left out of the figures by staff"),
                lambda row: int(row.is_excluded),
                kind=float,
                labels={0: _("No"), 1: _("Yes")},
            )
        )
    return columns


def version_column(questionnaires):
    """Which version of the questionnaire was answered."""
    numbers = {q.version_id: q.number for q in questionnaires}
    return Column(
        "response.version",
        _("Version of the questionnaire"),
        lambda row: numbers[row.version_id],
        kind=float,
    )


def left_out_column(variables):
    """The questions that were shown and left out, as against those that were not shown."""

    def cell(row):
        return ";".join(v.name for v in variables if v.entry(row) is None)

    return Column("response.left_out", _("Shown and left out"), cell)


def worded_columns(variables, language, default):
    """A column for each variable that holds the words as the customer's version had them."""
    return [
        Column(v.name, _label(v, language, default), _worded(v, language, default), variable=v)
        for v in variables
    ]


def coded_columns(variables, language, default):
    """A column for each variable that holds points of scales as numbers, other choices as codes."""
    return [Column(v.name, _label(v, language, default), _coded(v), variable=v) for v in variables]


def numbered_columns(variables, language, default):
    """Columns for statistics programs: numbers with labels, one for each of several answers."""
    for variable in variables:
        label = _label(variable, language, default)
        if variable.has_several:
            yield from _one_for_each_choice(variable, label, language, default)
        elif variable.has_one_choice:
            yield _numbered_column(variable, label, language, default)
        else:
            kind = float if variable.is_number else str
            yield Column(variable.name, label, _plain(variable), kind=kind, variable=variable)


def numbers_of(variable):
    """A number for each code: its point on the scale, or its place, the same in every version.

    What is not on the scale comes behind it, from 90 on (990 where the scale is long).
    """
    scored = [choice for choice in variable.choices if choice.is_scored]
    asides = [choice for choice in variable.choices if not choice.is_scored]
    values = [choice.value for choice in scored]
    if None in values or len(set(values)) < len(values):
        values = range(1, len(scored) + 1)
    first = _first_aside(values, len(asides))
    return dict(zip((c.code for c in scored), values, strict=True)) | {
        choice.code: first + place for place, choice in enumerate(asides)
    }


def _first_aside(values, count):
    highest = max(values, default=0)
    return next(first for first in (90, 990, 9990, 99990) if highest < first and count < 9)


def _group_names():
    words = {
        "unit": _("Unit"),
        "segment": _("Segment"),
        "wave": _("Wave"),
        "channel": _("Channel"),
        "touchpoint": _("Touchpoint"),
        "language": _("Language"),
    }
    return [(name, words[name]) for name in GROUPS]


def _group_column(selection, name, words):
    hidden = _rare(selection, name) if selection.survey.is_anonymous else frozenset()

    def cell(row):
        value = getattr(row, name)
        return None if value in hidden else value

    return Column(f"response.{name}", words, cell)


def _rare(selection, name):
    sizes = values_in_use(selection, name)
    hidden = hidden_cells(sizes.values(), minimum=settings.MINIMUM_BASE)
    return frozenset(value for place, value in enumerate(sizes) if place in hidden)


def _label(variable, language, default):
    text = text_in(variable.question.text, language, default)
    return f"{text} – {_('in their own words')}" if variable.is_words else text


def _plain(variable):
    def cell(row):
        entry = variable.entry(row)
        return None if entry is NOT_SHOWN else entry

    return cell


def _worded(variable, language, default):
    if not variable.choices:
        return _plain(variable)
    words = {
        (version, choice.code): text_in(choice.label, language, default)
        for version, item in variable.items.items()
        for choice in item.choices
    }

    def cell(row):
        entry = variable.entry(row)
        if entry is NOT_SHOWN or entry is None:
            return None
        codes = entry if isinstance(entry, list) else [entry]
        return "; ".join(words.get((row.version_id, code), str(code)) for code in codes)

    return cell


def _coded(variable):
    if not variable.choices:
        return _plain(variable)
    values = {c.code: c.code if c.value is None else c.value for c in variable.choices}

    def cell(row):
        entry = variable.entry(row)
        if entry is NOT_SHOWN or entry is None:
            return None
        if isinstance(entry, list):
            return ";".join(entry)
        return values.get(entry, entry)

    return cell


def _numbered_column(variable, label, language, default):
    numbers = numbers_of(variable)
    labels = {numbers[c.code]: text_in(c.label, language, default) for c in variable.choices}
    asides = [numbers[c.code] for c in variable.choices if not c.is_scored]
    highest = max(numbers.values(), default=0)
    left_out = next(last for last in (99, 999, 9999, 99999) if highest < last)
    missing = (*asides, left_out)

    def cell(row):
        entry = variable.entry(row)
        if entry is NOT_SHOWN:
            return None
        return left_out if entry is None else numbers.get(entry)

    labels[left_out] = _("Left out")
    return Column(variable.name, label, cell, float, labels, missing, variable)


def _one_for_each_choice(variable, label, language, default):
    for choice in variable.choices:
        words = text_in(choice.label, language, default)
        yield Column(
            f"{variable.name}#{choice.code}",
            f"{label} – {words}",
            _place_of(variable, choice.code)
            if variable.is_ranked
            else _is_among(variable, choice.code),
            float,
            {} if variable.is_ranked else {0: _("Not chosen"), 1: _("Chosen")},
            (),
            variable,
        )


def _is_among(variable, code):
    def cell(row):
        entry = variable.entry(row)
        return int(code in entry) if isinstance(entry, list) else None

    return cell


def _place_of(variable, code):
    def cell(row):
        entry = variable.entry(row)
        return entry.index(code) + 1 if isinstance(entry, list) and code in entry else None

    return cell
