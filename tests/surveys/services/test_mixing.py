"""P4: an anonymous answer comes into sight with others or when its day is over, and unchanged."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from reports.dataset import Selection
from surveys.enums import SurveyMode
from surveys.models import Response, Survey
from surveys.selectors.surveys import links_with_counts, versions_with_counts, with_overview
from surveys.services.mixing import COMPANY_PER_WAITING, mix, mix_next_survey
from tests import factories

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def survey():
    """An anonymous survey."""
    return factories.make_published_survey(mode=SurveyMode.ANONYMOUS)


def answer(survey, number):
    return [factories.make_response(survey, {"overall": "5"}) for _ in range(number)]


def seen_by_staff(survey):
    """How many responses each view of staff speaks of."""
    return {
        Selection(survey).rows().count(),
        with_overview(Survey.objects.filter(pk=survey.pk)).get().response_count,
        sum(version.response_count for version in versions_with_counts(survey)),
        sum(link.response_count for link in links_with_counts(survey)),
    }


def test_few_answers_are_not_seen_before_their_day_is_over(survey):
    with time_machine.travel(NOON, tick=False):
        answer(survey, 4)
        assert not mix_next_survey()
        assert seen_by_staff(survey) == {0}

    with time_machine.travel(NOON + timedelta(hours=12), tick=False):
        assert mix_next_survey()
    assert seen_by_staff(survey) == {4}


def test_day_is_over_when_it_is_over_in_the_zone_of_the_survey(survey):
    survey.time_zone = "Asia/Kolkata"
    survey.save()
    with time_machine.travel(NOON, tick=False):
        answer(survey, 1)

    with time_machine.travel(NOON.replace(hour=18, minute=29), tick=False):
        assert not mix_next_survey()
    with time_machine.travel(NOON.replace(hour=18, minute=30), tick=False):
        assert mix_next_survey()


def test_answers_come_into_sight_together(survey):
    seen = []
    for _ in range(12):
        answer(survey, 1)
        mix_next_survey()
        seen.append(*seen_by_staff(survey))

    assert seen == [0, 0, 0, 0, 5, 5, 5, 5, 5, 10, 10, 10]


def test_batches_grow_so_that_rows_are_not_written_again_and_again(survey, settings):
    settings.MINIMUM_BASE = 2
    factories.make_responses(
        survey,
        [{"answers": {"overall": "5"}, "submitted_at": NOON}] * (3 * COMPANY_PER_WAITING),
    )
    answer(survey, 2)
    assert not mix_next_survey()

    answer(survey, 1)
    assert mix_next_survey()


def test_named_answers_are_seen_at_once():
    survey = factories.make_published_survey()
    answer(survey, 1)

    assert seen_by_staff(survey) == {1}
    assert not mix_next_survey()


def test_mixing_changes_nothing_but_the_place(survey):
    answer(survey, 30)
    before = {row["id"]: row for row in Response.objects.values()}

    mix(survey)

    after = {row["id"]: row for row in Response.objects.values()}
    assert after == {key: row | {"awaits_mixing": False} for key, row in before.items()}
    connection.check_constraints()


def test_other_surveys_stay_where_they_are(survey):
    [other] = answer(factories.make_published_survey(mode=SurveyMode.ANONYMOUS), 1)
    answer(survey, 5)

    assert mix_next_survey()

    other.refresh_from_db()
    assert other.awaits_mixing


def test_what_hangs_on_a_response_stays(survey):
    """A row that points at a mixed one still points at it."""
    [response, *_others] = answer(survey, 5)
    message = response.outbox_messages.create(kind="thank_you_mail")

    mix(survey)

    message.refresh_from_db()
    assert message.response == response
