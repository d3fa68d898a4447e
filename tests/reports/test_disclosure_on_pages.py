"""Trends and segments obey the rule of breakdowns: over several filters nobody is left over."""

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest

from reports.dataset import published_questionnaires
from reports.enums import PeriodKind
from reports.filters import Filters
from reports.trend.trend import TrendOptions, trend
from surveys.models import Segment
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def near_twins(survey):
    """In March 23 answers, of which 20 are of one segment: three others would be left over."""
    segment = Segment.objects.create(code="vip", name={"en": "Very good"})
    rows = [
        (date(2026, 3, 1), segment, 20),
        (date(2026, 3, 2), None, 3),
        (date(2026, 4, 1), segment, 20),
        (date(2026, 4, 2), None, 30),
        (date(2026, 5, 1), None, 30),
        (date(2026, 5, 2), segment, 25),
    ]
    factories.make_responses(
        survey,
        [
            {
                "answers": {"overall": str(1 + number % 5), "again": "4"},
                "segment": of,
                "submitted_at": datetime.combine(day, time(), UTC),
            }
            for day, of, size in rows
            for number in range(size)
        ],
    )
    return survey


def hidden_months(survey, user, *, with_rule=True, **chosen):
    filters = Filters(survey, user, **chosen)
    asked = published_questionnaires(survey)
    may_show = filters.shows_period(asked) if with_rule else None
    options = TrendOptions("top_box", PeriodKind.MONTH)
    found = trend(filters.selection, options, questionnaires=asked, may_show=may_show)
    return {point.period.first_day.month for _s, point in found.points if point.estimate is None}


def test_trend_of_a_segment_hides_the_month_that_leaves_three_others(near_twins, administrator):
    segment = Segment.objects.get(code="vip")

    shown = {3, 4, 5} - hidden_months(near_twins, administrator, segment=segment)
    of_all = {3, 4, 5} - hidden_months(near_twins, administrator)

    assert not (3 in shown and 3 in of_all)


def test_trend_without_the_rule_shows_both(near_twins, administrator):
    """Control: the minimum base alone lets both through, and their difference is three people."""
    segment = Segment.objects.get(code="vip")

    for chosen in ({}, {"segment": segment}):
        hidden = hidden_months(near_twins, administrator, with_rule=False, **chosen)
        assert 3 not in hidden


def test_segments_of_a_curve_are_hidden_within_a_month_that_leaves_three(near_twins, administrator):
    segment = Segment.objects.get(code="vip")
    filters = Filters(near_twins, administrator, period="2026-03")

    assert replace(filters, segment=segment).selection.rows().count() == 20  # control: enough
    assert not filters.shows_segment(published_questionnaires(near_twins))(segment)
