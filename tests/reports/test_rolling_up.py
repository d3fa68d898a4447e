"""A company's figure is that of the answers below it, not the mean of its shops' means."""

from datetime import UTC, datetime

import pytest

from reports.dataset import Selection
from reports.summaries import survey_results
from surveys.enums import Role
from surveys.permissions import placements_for
from surveys.services.units import move_unit, set_active
from tests import factories

pytestmark = pytest.mark.django_db

MAY = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def tree(survey):
    """A company with two regions; of one shop 90 answers mean 4.0, of the other 10 mean 2.0."""
    company = factories.make_unit("Company")
    north = factories.make_unit("North", parent=company)
    south = factories.make_unit("South", parent=company)
    big = factories.make_unit("Big shop", parent=north)
    small = factories.make_unit("Small shop", parent=north)
    for unit, answers in ((big, ["5"] * 30 + ["4"] * 30 + ["3"] * 30), (small, ["2"] * 10)):
        factories.make_responses(
            survey,
            [
                {"answers": {"overall": one}, "submitted_at": MAY, "placement": unit.placement}
                for one in answers
            ],
        )
    return {"company": company, "north": north, "south": south, "big": big, "small": small}


def mean_of(survey, unit):
    """Mean satisfaction and base of a unit with everything below it, as a viewer sees it."""
    viewer = factories.make_user(Role.VIEWER)
    found = survey_results(Selection(survey, placements_for(viewer, unit)))
    return None if found.is_hidden else (found.satisfaction.mean.value, found.satisfaction.base)


def test_hundred_answers_below_mean_what_they_mean_together(survey, tree):
    assert mean_of(survey, tree["big"]) == (pytest.approx(4.0), 90)
    assert mean_of(survey, tree["small"]) == (pytest.approx(2.0), 10)
    for unit in ("north", "company"):
        assert mean_of(survey, tree[unit]) == (pytest.approx(3.8), 100)  # and not 3.0


def test_reorganising_and_closing_change_no_old_figure(survey, tree):
    move_unit(unit=tree["small"], parent=tree["south"])
    set_active(unit=tree["big"], is_active=False)

    assert mean_of(survey, tree["north"]) == (pytest.approx(3.8), 100)
    assert mean_of(survey, tree["south"]) is None
    assert mean_of(survey, tree["company"]) == (pytest.approx(3.8), 100)
