"""Counts → scoring → plain results: what every screen, bulletin and file prints from.

Figures on too small a base are taken out here and nowhere else; what was
taken out says so. Nothing is worded and nothing is rounded.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings

from reports.enums import Loyalty
from scoring.curve_findings import curve_findings
from scoring.findings import Finding
from scoring.level_findings import nps_level, top_box_level
from scoring.loyalty import Bend, LoyaltyCurve, bend, loyalty_curve
from scoring.nps import NetPromoterScore, nps
from scoring.results import Estimate, Reason, Status
from scoring.satisfaction import Satisfaction, csat
from scoring.scales import Scale
from surveys.questionnaire import Questionnaire

from .dataset import (
    Selection,
    Span,
    measure_counts,
    observed_counts,
    published_questionnaires,
)
from .questions.summaries import question_summaries
from .suppression import hidden_cells

FOLLOW_UP_DAYS = 180
NO_SPAN = Span()


@dataclass(frozen=True, slots=True)
class ShownPoint:
    """One score of a curve as it may be shown; `share` is suppressed where too few stand."""

    score: int
    n: int
    loyal: int | None
    share: Estimate

    @property
    def is_hidden(self):
        """Whether the share was taken out."""
        return self.share.status is Status.SUPPRESSED


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What observed loyalty rests on: the window, the last known event, and who is not counted."""

    days: int
    cutoff: datetime | None
    without_follow_up: int
    without_customer: int
    earlier_answers: int
    as_of: datetime | None = None


@dataclass(frozen=True, slots=True)
class CurveResult:
    """A curve as it may be shown.

    `curve` is None when the survey cannot have it or the base is too small;
    then `obstacle` says which: "not_asked", "anonymous", "awaited", "no_events",
    "no_answers" or "too_few".
    """

    loyalty: str
    scale: Scale | None
    points: tuple[ShownPoint, ...] = ()
    curve: LoyaltyCurve | None = None
    bend: Bend | None = None
    findings: tuple[Finding, ...] = ()
    hides_step: bool = False
    span: Span = NO_SPAN
    base: int = 0
    missing: int = 0
    not_applicable: int = 0
    follow_up: FollowUp | None = None
    obstacle: str = ""

    @property
    def hides_points(self):
        """Whether a share was taken out, so that no line through it may be told either."""
        return any(point.is_hidden for point in self.points)

    @property
    def step(self):
        """The best score against the next, unless it is hidden."""
        return None if self.curve is None or self.hides_step else self.curve.top_against_next

    @property
    def has_clear_step(self):
        """Whether a test, after correction, tells the best score from the next."""
        kinds = ("ratio_top_to_next", "at_least_times")
        return self.step is not None and any(found.kind in kinds for found in self.findings)

    @property
    def line(self):
        """Share on the straight line at each score, or nothing."""
        fitted = self.curve.line.fitted if self.curve else ()
        return fitted if len(fitted) == len(self.points) else ()


@dataclass(frozen=True, slots=True)
class SurveyResults:
    """Everything that one results page or bulletin shows of one selection.

    `is_withheld`: it is hidden because it would give away others (`disclosure`).
    """

    selection: Selection
    span: Span
    is_hidden: bool
    is_withheld: bool = False
    scale: Scale | None = None
    satisfaction: Satisfaction | None = None
    net_score: NetPromoterScore | None = None
    curves: tuple[CurveResult, ...] = ()
    distributions: tuple = ()
    other_versions: int = 0
    questionnaire: Questionnaire | None = None
    excluded: int = 0
    with_excluded: Satisfaction | None = None

    @property
    def has_both_counts(self):
        """Whether the figures can be shown with and without the answers that staff left out.

        With fewer of them than the minimum base, the two would tell what those few said.
        """
        return self.excluded >= settings.MINIMUM_BASE

    @property
    def levels(self):
        """Findings on how high top box and Net Promoter Score are."""
        found = []
        if self.satisfaction:
            found.append(top_box_level(self.satisfaction.top_box))
        if self.net_score and self.net_score.score.is_defined:
            found.append(nps_level(self.net_score))
        return tuple(found)

    def curve(self, loyalty):
        """The curve of one kind of loyalty, or None when it was not asked for."""
        return next((curve for curve in self.curves if curve.loyalty == loyalty), None)

    @property
    def leading_curve(self):
        """The curve that the first page shows: behaviour where it is known, else intention."""
        order = (Loyalty.OBSERVED, Loyalty.STATED, Loyalty.RECOMMENDATION)
        shown = [c for loyalty in order if (c := self.curve(loyalty)) and c.curve]
        return shown[0] if shown else next(iter(self.curves), None)


def survey_results(selection, *, loyalties=(Loyalty.STATED,), with_distributions=False, days=None):
    """The results of one selection, with the curves asked for."""
    asked = published_questionnaires(selection.survey)
    excluded = selection.excluded_count()
    if excluded < settings.MINIMUM_BASE:
        selection = selection.without_excluded
    counts = measure_counts(selection, questionnaires=asked)
    span = Span(selection.rows().count()) if counts is None else counts.span
    if counts is None or span.responses < settings.MINIMUM_BASE:
        return SurveyResults(
            selection,
            span,
            is_hidden=True,
            scale=counts and counts.scale,
            other_versions=counts.other_versions if counts else 0,
            questionnaire=asked[0] if counts else None,
            excluded=excluded,
        )
    scores = counts.table.sum_to("score")
    return SurveyResults(
        selection=selection,
        span=span,
        is_hidden=False,
        scale=counts.scale,
        satisfaction=_if_enough(csat(scores, scale=counts.scale)),
        net_score=_net_score(counts),
        curves=tuple(_curve(selection, counts, asked, loyalty, days) for loyalty in loyalties),
        distributions=question_summaries(selection, asked) if with_distributions else (),
        other_versions=counts.other_versions,
        questionnaire=asked[0],
        excluded=excluded,
        with_excluded=_with_excluded(selection, asked, excluded),
    )


def curve_result(table, scale, *, loyalty, span=None, follow_up=None, minimum=None):
    """The curve of a count table as it may be shown."""
    minimum = settings.MINIMUM_BASE if minimum is None else minimum
    curve = loyalty_curve(table, scale=scale)
    apart = {"missing": curve.cells.missing, "not_applicable": curve.cells.not_applicable}
    found = CurveResult(
        loyalty, scale, span=span or NO_SPAN, base=curve.base, follow_up=follow_up, **apart
    )
    if curve.base == 0:
        return replace(found, obstacle="no_answers")
    if curve.base < minimum:
        return replace(found, base=0, obstacle="too_few")
    hidden = hidden_cells([point.n for point in curve.points], minimum=minimum)
    hidden_scores = {curve.points[position].score for position in hidden}
    return replace(
        found,
        points=tuple(
            _shown(point, point.score in hidden_scores, minimum) for point in curve.points
        ),
        curve=curve,
        bend=bend(curve),
        findings=tuple(f for f in curve_findings(curve) if not _tells_of(f, hidden_scores)),
        hides_step=bool(hidden_scores & {p.score for p in curve.points[-2:]}),
    )


def _curve(selection, counts, asked, loyalty, days):
    nothing = CurveResult(loyalty, counts.scale)
    if loyalty == Loyalty.OBSERVED:
        return _observed_curve(selection, asked, nothing, days or FOLLOW_UP_DAYS)
    is_asked = counts.has_stated if loyalty == Loyalty.STATED else counts.has_recommendation
    if not is_asked:
        return replace(nothing, obstacle="not_asked")
    table = counts.curve_table(loyalty)
    return curve_result(table, counts.scale, loyalty=loyalty, span=counts.span)


def _observed_curve(selection, asked, nothing, days):
    if selection.survey.is_anonymous:
        return replace(nothing, obstacle="anonymous")
    counts = observed_counts(selection, days=days, questionnaires=asked)
    follow_up = FollowUp(
        days,
        counts.cutoff,
        counts.without_follow_up,
        counts.without_customer,
        counts.earlier_answers,
        counts.as_of,
    )
    if counts.is_awaited:
        return replace(nothing, obstacle="awaited", follow_up=follow_up)
    if counts.cutoff is None:
        return replace(nothing, obstacle="no_events", follow_up=follow_up)
    return curve_result(
        counts.table,
        counts.scale,
        loyalty=Loyalty.OBSERVED,
        span=counts.span,
        follow_up=follow_up,
    )


def _shown(point, is_hidden, minimum):
    share = point.share
    if is_hidden:
        reason = Reason.BELOW_THRESHOLD if point.n < minimum else Reason.COMPLEMENTARY
        share = replace(
            share, value=None, low=None, high=None, status=Status.SUPPRESSED, reasons=(reason,)
        )
    return ShownPoint(point.score, point.n, None if is_hidden else point.loyal, share)


SHARES = {
    "share_top": "top_score",
    "share_next": "next_score",
    "share_from": "step_from",
    "share_to": "step_to",
}


def _tells_of(finding, scores):
    """Whether a finding holds the share of a score that is hidden."""
    numbers = finding.numbers
    return any(share in numbers and numbers[score] in scores for share, score in SHARES.items())


def _with_excluded(selection, asked, excluded):
    """Satisfaction with the answers that staff left out, beside the one without them."""
    if selection.with_excluded or excluded < settings.MINIMUM_BASE:
        return None
    counts = measure_counts(selection.with_all, questionnaires=asked)
    return _if_enough(csat(counts.table.sum_to("score"), scale=counts.scale))


def _net_score(counts):
    if not counts.has_recommendation:
        return None
    result = nps(counts.table.sum_to("recommendation").keep("recommendation", range(11)))
    return result if result.score.base >= settings.MINIMUM_BASE else None


def _if_enough(satisfaction):
    return satisfaction if satisfaction.base >= settings.MINIMUM_BASE else None
