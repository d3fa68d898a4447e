"""Answers in number, for the tests of what is shown."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from tests import factories
from tests.reports.rows import make_rows


@pytest.fixture
def random_survey(survey):
    """A survey with 400 random answers over three units and two segments, and purchases."""
    make_rows(survey, random.Random(7), 400)
    return survey


@pytest.fixture
def xerox_survey(survey):
    """A survey whose fives intend to come back six times as often as its fours."""
    table = {1: (40, 1), 2: (60, 2), 3: (150, 6), 4: (400, 20), 5: (350, 105)}
    answers = [
        (score, 5 if place < loyal else 2)
        for score, (n, loyal) in table.items()
        for place in range(n)
    ]
    start = datetime(2026, 3, 1, tzinfo=UTC)
    factories.make_responses(
        survey,
        [
            {
                "answers": {
                    "overall": str(score),
                    "again": str(again),
                    "recommend": str(min(10, 2 * score - 1)),
                    "staff": str(score),
                    "comment": None,
                },
                "submitted_at": start + timedelta(minutes=number),
            }
            for number, (score, again) in enumerate(answers)
        ],
    )
    return survey
