"""What the full bulletin shows beside its results, gathered once before it is worded."""

from dataclasses import dataclass

from reports.comments.choice import CommentChoice, comment_choice
from reports.dataset import published_questionnaires
from reports.drivers.drivers import DriverAnalysis
from reports.drivers.expectations import ExpectationGroups, expectation_groups
from reports.overview.overview import age_of_drivers, places_on_paper, stored_drivers
from reports.trend.access import frozen_limits_on_paper, noted_changes_on_paper
from reports.trend.trend import Trend, TrendOptions, completed
from reports.trend.trend import trend as trend_of
from reports.who_answered.who_answered import WhoAnswered, who_answered
from surveys.enums import MeasureRole


@dataclass(frozen=True, slots=True)
class Findings:
    """Trend, places, drivers, comments, who answered, kinds of items; None where there is none.

    `drivers_as_of` is the day of the stored drivers where answers changed since.
    """

    trend: Trend | None
    notes: tuple
    places: tuple
    analysis: DriverAnalysis | None
    drivers_as_of: object | None
    asks_attributes: bool
    comments: CommentChoice | None
    who: WhoAnswered | None
    expectations: ExpectationGroups | None


def findings_of(selection, unit, *, places=None, with_comments=False):
    """Everything that the full bulletin of a selection shows; reads only."""
    asked = published_questionnaires(selection.survey)
    return Findings(
        trend=_trend(selection, unit, asked),
        notes=tuple(noted_changes_on_paper(selection.survey, unit)),
        places=places_on_paper(selection) if places is None else places,
        analysis=stored_drivers(selection),
        drivers_as_of=age_of_drivers(selection),
        asks_attributes=any(q.overall and q.with_role(MeasureRole.ATTRIBUTE) for q in asked[:1]),
        comments=comment_choice(selection) if with_comments else None,
        who=who_answered(selection),
        expectations=expectation_groups(selection, asked),
    )


def _trend(selection, unit, asked):
    if not asked or not asked[0].overall:
        return None
    options = completed(TrendOptions(), selection.survey, asked)
    records = frozen_limits_on_paper(selection.survey, unit, options)
    current = tuple(records.filter(withdrawn_at__isnull=True))
    return trend_of(selection, options, records=current, questionnaires=asked)
