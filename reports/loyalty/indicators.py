"""Six indicators of loyalty side by side, and the same by quarters, so that they can disagree.

Satisfaction and recommendation are what customers said; repurchase, return,
activity, churn and complaints are what they did. Each keeps its numerator and
denominator; a share of fewer customers than the minimum base is not shown.
"""

from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.conf import settings

from reports.dataset import Days, customer_counts, side_counts
from reports.enums import PeriodKind
from reports.trend.trend import TrendOptions
from scoring.activity import activity_rate, complaint_rate
from scoring.churn import churn_rate
from scoring.intervals import proportion
from scoring.results import Estimate

INACTIVE_AFTER = 180
MOST_PERIODS = 6
TOP_BOX = "top_box"


@dataclass(frozen=True, slots=True)
class Indicator:
    """One figure with what was counted; no estimate where too few stand behind it.

    `obstacle` is "too_few", "not_asked", "withheld", "no_events" or "no_kind".
    """

    key: str
    numerator: int | None = None
    denominator: int | None = None
    estimate: Estimate | None = None
    obstacle: str = ""


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """What was said and what was done in one period."""

    period: object
    top_box: Indicator
    complaints: Indicator
    returned: Indicator


@dataclass(frozen=True, slots=True)
class LoyaltyResult:
    """Everything on the page on loyalty but value."""

    days: Days
    indicators: tuple[Indicator, ...]
    periods: tuple[PeriodRow, ...] = ()


def loyalty_result(results, days, found_trend):
    """The indicators of `SurveyResults` in a period, and by the quarters of a trend."""
    selection = results.selection
    counts = customer_counts(selection, days, inactive_after=INACTIVE_AFTER)
    return LoyaltyResult(
        days=days,
        indicators=(*_said(results), *_done(counts)),
        periods=tuple(_by_period(selection, found_trend, counts.complaints is not None)),
    )


def quarterly():
    """The trend that the periods stand on."""
    return TrendOptions(TOP_BOX, PeriodKind.QUARTER)


def _said(results):
    obstacle = "withheld" if results.is_withheld else "too_few" if results.is_hidden else ""
    if obstacle:
        return [Indicator(key, obstacle=obstacle) for key in (TOP_BOX, "nps")]
    return [_satisfaction(results), _recommendation(results)]


def _satisfaction(results):
    found = results.satisfaction
    if found is None:
        return Indicator(TOP_BOX, obstacle="not_asked")
    share = found.top_box
    return Indicator(TOP_BOX, round(share.value * share.base), share.base, share)


def _recommendation(results):
    found = results.net_score
    if found is None:
        return Indicator("nps", obstacle="not_asked")
    return Indicator("nps", None, found.score.base, found.score)


def _done(counts):
    return [
        _share("repurchase", counts.repeat_buyers, counts.buyers),
        _share("return", counts.returned, counts.earlier_buyers),
        _checked("activity", counts.active, counts.members, activity_rate),
        _checked("churn", counts.lost, counts.active_at_start, churn_rate),
        _complaints(counts, counts.complaints is not None),
        _recorded("social", counts.social),
    ]


def _recorded(key, number):
    return Indicator(key, number) if number is not None else Indicator(key, obstacle="no_kind")


def _share(key, numerator, denominator):
    return _checked(key, numerator, denominator, proportion)


def _checked(key, numerator, denominator, rate):
    if not denominator:
        return Indicator(key, obstacle="no_events")
    if denominator < settings.MINIMUM_BASE:
        return Indicator(key, obstacle="too_few")
    return Indicator(key, numerator, denominator, rate(numerator, denominator))


def _complaints(counts, is_recorded):
    if not is_recorded:
        return Indicator("complaints", obstacle="no_kind")
    return _checked("complaints", counts.complaints, counts.active, complaint_rate)


def _by_period(selection, found_trend, has_complaints):
    """The newest quarters: what was said from the trend, what was done beside it."""
    zone = ZoneInfo(selection.survey.time_zone)
    whole = replace(selection, first_day=None, last_day=None)
    points = [point for _stretch, point in found_trend.points[-MOST_PERIODS:]]
    periods = [Days(point.period.first_day, point.period.last_day, zone) for point in points]
    for point, counts in zip(points, side_counts(whole, periods), strict=True):
        yield PeriodRow(
            period=point.period,
            top_box=_of_point(point),
            complaints=_complaints(counts, has_complaints),
            returned=_share("return", counts.returned, counts.earlier_buyers),
        )


def _of_point(point):
    if point.estimate is None or not point.estimate.is_defined:
        return Indicator(TOP_BOX, obstacle="too_few")
    share = point.estimate
    return Indicator(TOP_BOX, round(share.value * share.base), share.base, share)
