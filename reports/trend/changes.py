"""The newest whole period against the one before and the same one of last year.

Both comparisons are chosen before looking; Holm corrects for their number.
"""

from dataclasses import dataclass
from enum import StrEnum

from scoring.findings import Certainty, Direction
from scoring.scales import FIVE_POINT
from scoring.verdicts import Verdict, compare_pairs

from .cells import Cell
from .measures import Figure
from .periods import year_before


class Against(StrEnum):
    """What the newest period is compared with."""

    PREVIOUS = "previous"
    YEAR_BEFORE = "year_before"


@dataclass(frozen=True, slots=True)
class Change:
    """One comparison; `verdict` is None where there is nothing to compare with."""

    against: Against
    newest: Cell
    reference: Cell | None
    verdict: Verdict | None

    @property
    def direction(self):
        """Higher or lower, where a test says so."""
        return self.verdict.direction if self.verdict else Direction.NONE

    @property
    def certainty(self):
        """How much can be said."""
        return self.verdict.certainty if self.verdict else Certainty.TOO_FEW


def changes_of(measure, cells):
    """Both comparisons of the newest whole period of a run of versions, or none."""
    if measure.figure is Figure.RESPONSES:
        return ()
    usable = [cell for cell in cells if cell.n and not cell.is_hidden]
    whole = [cell for cell in usable if not cell.period.is_partial]
    if not whole:
        return ()
    newest = whole[-1]
    by_period = {cell.period.key: cell for cell in usable}
    before = _previous(cells, newest)
    last_year = year_before(newest.period, [cell.period for cell in cells])
    references = {
        Against.PREVIOUS: by_period.get(before.period.key) if before else None,
        Against.YEAR_BEFORE: by_period.get(last_year.key) if last_year else None,
    }
    if references[Against.PREVIOUS] is references[Against.YEAR_BEFORE]:  # one wave a year
        references = {Against.PREVIOUS: references[Against.PREVIOUS]}
    pairs = {name: (one.values, newest.values) for name, one in references.items() if one}
    verdicts = {
        verdict.group: verdict
        for verdict in compare_pairs(pairs, scale=FIVE_POINT, measure=measure.compare)
    }
    return tuple(Change(name, newest, one, verdicts.get(name)) for name, one in references.items())


def _previous(cells, newest):
    place = next(place for place, cell in enumerate(cells) if cell is newest)
    return cells[place - 1] if place else None
