"""From counts by day, wave and version to the cells of a trend: period × run of versions.

A run holds versions whose question can be compared; a new wording or scale
begins the next run, and nothing is pooled or joined over it.
"""

from collections import Counter
from dataclasses import asdict, dataclass, field

from django.conf import settings

from reports.enums import PeriodKind
from reports.suppression import hidden_in_margins
from surveys.definitions.comparison import comparability_of
from surveys.enums import Comparability

from .measures import Figure
from .periods import Period, containing, period_of


@dataclass(frozen=True, slots=True, eq=False)
class Run:
    """Consecutive versions that ask the same; `broken_by` says why the run before ended."""

    questionnaires: tuple
    question: object | None
    broken_by: Comparability = Comparability.COMPARABLE

    @property
    def version_ids(self):
        """The versions pooled."""
        return {questionnaire.version_id for questionnaire in self.questionnaires}

    @property
    def numbers(self):
        """First and last number of its versions."""
        return self.questionnaires[0].number, self.questionnaires[-1].number


@dataclass(frozen=True, slots=True)
class Cell:
    """What was answered in one period to one run of versions."""

    period: Period
    values: Counter = field(default_factory=Counter)
    is_hidden: bool = False

    @property
    def n(self):
        """Those who are in the base."""
        return self.values.total()


def runs_of(measure, questionnaires):
    """The versions that ask the question, oldest first, cut where they cannot be compared."""
    if measure.question is None:
        return (Run(tuple(reversed(questionnaires)), None),)
    runs, before = [], None
    for questionnaire in reversed(questionnaires):
        question = questionnaire.item(measure.key)
        if not _can_show(question, measure):
            continue
        comparability = _comparability(measure.key, before, questionnaire)
        if runs and comparability == Comparability.COMPARABLE:
            last = runs[-1]
            runs[-1] = Run((*last.questionnaires, questionnaire), question, last.broken_by)
        else:
            runs.append(Run((questionnaire,), question, comparability))
        before = questionnaire
    return tuple(runs)


def cells_of(counts, run, periods, measure):
    """The cells of a run from its first answer to its last, empty periods between them too."""
    tallies = {period.key: Counter() for period in periods}
    source = _by_response(counts) if measure.figure is Figure.RESPONSES else counts.values
    for (moment, version_id), values in source.items():
        if version_id in run.version_ids and (key := _key(moment, periods)) in tallies:
            tallies[key].update(values)
    cells = [Cell(period, tallies[period.key]) for period in periods]
    filled = [place for place, cell in enumerate(cells) if cell.n]
    return cells[filled[0] : filled[-1] + 1] if filled else []


def with_suppression(rows, *, may_show=None):
    """The same cells with those marked that would tell about too few.

    `may_show` says of a period whether it may be shown at all beside what
    other pages show.

    Larger periods of the calendar can be asked for too, so that within each of
    them, too, no single cell can be had by subtraction.
    """
    cells = [cell for row in rows for cell in row]
    closed = [
        place
        for place, cell in enumerate(cells)
        if may_show and cell.n and not may_show(cell.period)
    ]
    margins = [["all", *containing(cell.period)] for cell in cells]
    hidden = hidden_in_margins(
        [cell.n for cell in cells], margins, minimum=settings.MINIMUM_BASE, closed=closed
    )
    marked = iter(
        Cell(cell.period, cell.values, place in hidden) for place, cell in enumerate(cells)
    )
    return [[next(marked) for _cell in row] for row in rows]


def _can_show(question, measure):
    if question is None or not question.values:
        return False
    if measure.figure is Figure.NPS:
        return question.values == measure.question.values
    return measure.figure is not Figure.LOYAL or question.loyal_from is not None


def _comparability(key, before, after):
    if before is None:
        return Comparability.COMPARABLE
    return comparability_of(key.split(".")[0], _document(before), _document(after))


def _document(questionnaire):
    """As much of the document of a version as a comparison of its questions reads."""
    questions = [asdict(question) for question in questionnaire.questions]
    return {"sections": [{"rule": {}, "questions": questions}]}


def _by_response(counts):
    return {key: Counter({1: n}) for key, n in counts.responses.items()}


def _key(moment, periods):
    """The key of the period that a day or a wave belongs to."""
    kind = periods[0].kind
    return moment if kind == PeriodKind.WAVE else period_of(moment, kind).key
