"""What the curve page says beyond the curve: zones, quadrants, segments, and what a step is worth.

Everything follows from the counts of the curve and, for segments, from one
further grouped query. Nothing here gives away a share that the curve hides.
"""

from dataclasses import dataclass, replace

from django.conf import settings

from reports.dataset import known_segments, measure_counts, observed_counts
from reports.enums import Loyalty
from reports.suppression import hidden_in_table
from scoring.counts import CountTable
from scoring.intervals import proportion
from scoring.results import Estimate, Reason, Status, TestResult
from scoring.satisfaction_classes import class_cuts
from scoring.scales import Scale
from scoring.segments import StratifiedComparison, compare_within_segments, homogeneity
from scoring.value import MovedValue, lifetime_value, value_of_difference
from scoring.zones import Quadrants, Zone, quadrants, zones
from surveys.models import Segment

YES_NO = Scale(0, 1)
SHORTEST_WITH_ZONES = 3


@dataclass(frozen=True, slots=True)
class Cuts:
    """Where the zones begin, and from which score somebody counts as satisfied."""

    indifference_from: int
    affection_from: int
    satisfied_from: int


@dataclass(frozen=True, slots=True)
class ZoneResult:
    """Zones and quadrants of one curve; `quadrants` is None where they would give a share away."""

    cuts: Cuts
    zones: tuple[Zone, ...]
    quadrants: Quadrants | None


@dataclass(frozen=True, slots=True)
class SegmentCurve:
    """The curve of one segment; `segment` is None for answers without one."""

    segment: Segment | None
    base: int
    shares: tuple[Estimate, ...]


@dataclass(frozen=True, slots=True)
class SegmentResult:
    """The curve segment by segment, and the step to the best score with segments held apart."""

    scores: tuple[int, ...]
    curves: tuple[SegmentCurve, ...]
    comparison: StratifiedComparison | None
    sameness: TestResult | None

    def curve(self, code):
        """The curve of the segment with this code, or None."""
        return next((c for c in self.curves if c.segment and c.segment.code == code), None)


@dataclass(frozen=True, slots=True)
class Worth:
    """What moving a part of those below the best score would be worth, if they behaved alike.

    `lifetimes` has (score, at the share, at its low end, at its high end).
    """

    moved: MovedValue
    customers: int
    is_standardised: bool
    lifetimes: tuple[tuple[int, float, float, float], ...] = ()


def default_cuts(scale):
    """The cut points that hold unless the reader chooses others."""
    middle, high = class_cuts(scale)
    above_middle = scale.points[scale.length // 2 + scale.length % 2]
    return Cuts(middle, high, above_middle)


def zone_result(result, cuts=None):
    """Zones and quadrants of a `CurveResult`, or None where there is no curve to cut.

    Raises `scoring.errors.ArgumentError` for cut points out of order.
    """
    if result.curve is None or result.scale.length < SHORTEST_WITH_ZONES:
        return None
    cuts = cuts or default_cuts(result.scale)
    cells = result.curve.cells
    hidden = {point.score for point in result.points if point.is_hidden}
    found = zones(
        (cells.n, cells.loyal_n),
        scale=result.scale,
        indifference_from=cuts.indifference_from,
        affection_from=cuts.affection_from,
    )
    table = [
        [everybody - loyal, loyal] for everybody, loyal in zip(cells.n, cells.loyal_n, strict=True)
    ]
    four = quadrants(
        table,
        satisfaction_scale=result.scale,
        loyalty_scale=YES_NO,
        satisfied_from=cuts.satisfied_from,
        loyal_from=1,
    )
    satisfied = {score for score in result.scale.points if score >= cuts.satisfied_from}
    return ZoneResult(
        cuts,
        tuple(_without_hidden(zone, hidden) for zone in found),
        four if _tells_all_or_none(satisfied, hidden) else None,
    )


def segment_result(selection, result, *, days=None, may_show=None):
    """The curve of every segment by one grouped query, or None with fewer than two of them.

    Segments of which `may_show` says no are hidden; it is given a `Segment` or None.
    """
    if result.curve is None:
        return None
    table = _segment_table(selection, result.loyalty, days)
    codes = [code for code in table.axis("segment").levels if code is not None]
    if len(codes) < 2:
        return None
    segments = {one.code: one for one in known_segments() if one.code in codes}
    order = list(segments)
    order += [code for code in table.axis("segment").levels if code is None]
    scores = tuple(point.score for point in result.points)
    sizes = [[_people(table, code, score) for score in scores] for code in order]
    closed = [
        row for row, code in enumerate(order) if may_show and not may_show(segments.get(code))
    ]
    hidden = hidden_in_table(sizes, minimum=settings.MINIMUM_BASE, closed_rows=closed)
    return SegmentResult(
        scores=scores,
        curves=tuple(
            SegmentCurve(
                segments.get(code),
                sum(sizes[row]),
                tuple(
                    _share(table, code, score, is_hidden=(row, column) in hidden)
                    for column, score in enumerate(scores)
                ),
            )
            for row, code in enumerate(order)
        ),
        **_comparison(table, result),
    )


def worth(result, segments, *, share_moved, margin, customers=None, discount=None):
    """The value of moving a part of those below the best score up to it, or None where hidden."""
    step = result.step
    if step is None or not step.difference.is_defined:
        return None
    comparison = segments and segments.comparison
    standardised = bool(comparison and comparison.standardised_difference.is_defined)
    difference = comparison.standardised_difference if standardised else step.difference
    customers = step.next.base if customers is None else customers
    moved = value_of_difference(
        difference, share_moved=share_moved, margin=margin, customers=customers
    )
    lifetimes = _lifetimes(result, margin, discount) if discount else ()
    return Worth(moved, customers, standardised, lifetimes)


def _without_hidden(zone, hidden):
    """The zone without its loyal share, where that share would give away a hidden one."""
    if _tells_all_or_none(set(zone.scores), hidden):
        return zone
    loyal = replace(
        zone.loyal,
        value=None,
        low=None,
        high=None,
        status=Status.SUPPRESSED,
        reasons=(Reason.COMPLEMENTARY,),
    )
    return replace(zone, loyal=loyal)


def _tells_all_or_none(scores, hidden):
    """Whether a sum over these scores holds either every hidden score or none of them.

    All of them together can be had from the total anyhow, and are enough.
    """
    return not hidden & scores or hidden <= scores


def _segment_table(selection, loyalty, days):
    by = "segment__code"
    if loyalty == Loyalty.OBSERVED:
        options = {"days": days} if days else {}
        table = observed_counts(selection, by=by, **options).table
    else:
        table = measure_counts(selection, by=by).curve_table(loyalty)
    known = table.keep("loyal", (False, True))
    axes = [(axis.name, axis.levels) for axis in known.axes]
    return CountTable.from_counts([("segment", axes[0][1]), *axes[1:]], known.n)


def _people(table, code, score):
    return int(table.count(segment=code, score=score))


def _share(table, code, score, *, is_hidden):
    n = _people(table, code, score)
    share = proportion(int(table.count(segment=code, score=score, loyal=True)), n)
    if not is_hidden:
        return share
    reason = Reason.BELOW_THRESHOLD if n < settings.MINIMUM_BASE else Reason.COMPLEMENTARY
    return replace(
        share, value=None, low=None, high=None, status=Status.SUPPRESSED, reasons=(reason,)
    )


def _comparison(table, result):
    if result.step is None:
        return {"comparison": None, "sameness": None}
    known = table.keep("segment", [c for c in table.axis("segment").levels if c is not None])
    scores = {"upper": result.step.top_score, "lower": result.step.next_score}
    return {
        "comparison": compare_within_segments(known, **scores),
        "sameness": homogeneity(known, **scores),
    }


def _lifetimes(result, margin, discount):
    def value(share):
        return lifetime_value(margin, retention=share, discount=discount, first_margin="now")

    return tuple(
        (
            point.score,
            value(point.share.value),
            *sorted((value(point.share.low), value(point.share.high))),
        )
        for point in result.points
        if point.share.has_interval
    )
