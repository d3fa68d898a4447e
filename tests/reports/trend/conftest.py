"""Surveys that were answered over many periods."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
import time_machine

from tests import factories

TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def stopped_clock():
    """It is 22 November 2026: that month still runs."""
    with time_machine.travel(TODAY, tick=False):
        yield


def month_starts(number, last=date(2026, 11, 1)):
    """The first days of so many months, the last one as given."""
    months = [last.year * 12 + last.month - 1 - back for back in range(number)]
    return [date(month // 12, month % 12 + 1, 1) for month in reversed(months)]


def answer_months(survey, tops, *, version=None, months=None, **fields):
    """For each month (fives, all answers): that many fives, and fours for the rest."""
    rows = []
    for first, (fives, n) in zip(months or month_starts(len(tops)), tops, strict=True):
        for place in range(n):
            score = "5" if place < fives else "4"
            moment = datetime(first.year, first.month, 1 + place % 20, 12, tzinfo=UTC)
            answers = {"overall": score, "again": score, "recommend": "9", "staff": score}
            rows.append({"answers": answers, "submitted_at": moment} | fields)
    factories.make_responses(survey, rows, version=version)


@pytest.fixture
def quiet_survey(survey):
    """Two years of noise around 40%, without any change; the last month still runs."""
    generator = np.random.default_rng(20)
    answer_months(survey, [(int(generator.binomial(50, 0.4)), 50) for _ in range(25)])
    return survey


@pytest.fixture
def fallen_survey(survey):
    """Two years around 45%, and a fall to 15% in one month, June 2026."""
    generator = np.random.default_rng(3)
    tops = [(int(generator.binomial(60, 0.45)), 60) for _ in range(25)]
    tops[19] = (9, 60)
    answer_months(survey, tops)
    return survey
