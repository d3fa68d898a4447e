"""R18: clocks that are set back and forward, and days with 23, 25 and no hours."""

import uuid
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone

from reports.dataset import Selection
from surveys.errors import Closed, NotYetOpen
from surveys.forms.links import PublicLinkForm
from surveys.models import Response, ResponseDraft, Unit
from surveys.questionnaire import questionnaire_of
from surveys.selectors.doors import refuse_closed_link
from surveys.services.change_response import change_response
from surveys.services.draft_purge import purge_old_drafts
from surveys.services.heartbeat import beat, is_worker_alive
from surveys.services.links import change_public_link
from surveys.services.mixing import mix_next_survey
from surveys.services.publishing import close_survey
from tests import factories
from tests.surveys.views.conftest import hidden_fields, send

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)

# The first local minute after a change of the clock, and when that is; from the zones' laws.
LOCAL_MINUTES = [
    ("Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00"),
    ("Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00"),
    ("America/New_York", "2026-03-08T03:00", "2026-03-08T07:00"),
    ("America/New_York", "2026-11-01T02:00", "2026-11-01T07:00"),
    ("Asia/Kolkata", "2026-03-29T03:00", "2026-03-28T21:30"),
    ("Australia/Lord_Howe", "2026-04-05T02:00", "2026-04-04T15:30"),
    ("Australia/Lord_Howe", "2026-10-04T02:30", "2026-10-03T15:30"),
    ("Pacific/Apia", "2011-12-31T00:00", "2011-12-30T10:00"),
    ("UTC", "2026-03-29T03:00", "2026-03-29T03:00"),
]
IMPOSSIBLE_MINUTES = [
    ("Europe/Berlin", "2026-03-29T02:30"),
    ("Europe/Berlin", "2026-10-25T02:30"),
    ("America/New_York", "2026-11-01T01:30"),
    ("Australia/Lord_Howe", "2026-10-04T02:15"),
    ("Pacific/Apia", "2011-12-30T12:00"),
]


def typed(zone, **times):
    """The form of a link as staff fill it in, with times as they stand on the wall."""
    with timezone.override(ZoneInfo(zone)):
        form = PublicLinkForm(
            {"name": "Poster", "channel": "qr"} | times, units=Unit.objects.none()
        )
        form.is_valid()
    return form


@pytest.mark.parametrize(("zone", "local", "instant"), LOCAL_MINUTES)
def test_link_opens_and_closes_at_the_named_local_minute(survey, zone, local, instant):
    moment = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    opening, closing = (factories.make_public_link(survey) for _ in range(2))

    form = typed(zone, opens_at=local)
    change_public_link(link=opening, opens_at=form.cleaned_data["opens_at"])
    form = typed(zone, closes_at=local)
    change_public_link(link=closing, closes_at=form.cleaned_data["closes_at"])

    refuse_closed_link(opening, moment)
    refuse_closed_link(closing, moment - MINUTE)
    with pytest.raises(NotYetOpen):
        refuse_closed_link(opening, moment - MINUTE)
    with pytest.raises(Closed):
        refuse_closed_link(closing, moment)


@pytest.mark.parametrize(("zone", "local"), IMPOSSIBLE_MINUTES)
def test_minute_that_is_not_there_or_there_twice_is_refused_in_words(zone, local):
    errors = typed(zone, opens_at=local).errors

    assert "opens_at" in errors
    assert zone.replace("_", " ") in errors["opens_at"][0].replace("_", " ")


@pytest.mark.parametrize(("zone", "_local", "instant"), LOCAL_MINUTES)
def test_days_add_up_to_the_total(zone, _local, instant):
    survey = factories.make_published_survey(time_zone=zone)
    change = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    moments = [change + 3 * number * HOUR - MINUTE for number in range(-12, 13)]
    for moment in moments:
        with time_machine.travel(moment, tick=False):
            factories.make_response(survey, {"overall": "5"})

    by_day = {}
    first = change.date() - timedelta(days=3)
    for number in range(7):
        day = first + timedelta(days=number)
        by_day[day] = Selection(survey, first_day=day, last_day=day).rows().count()

    assert sum(by_day.values()) == Selection(survey).rows().count() == len(moments)
    assert {day for day, count in by_day.items() if count} == {
        moment.astimezone(ZoneInfo(zone)).date() for moment in moments
    }


def test_day_that_an_island_skipped_has_no_answers():
    survey = factories.make_published_survey(time_zone="Pacific/Apia")
    midnight = datetime(2011, 12, 30, 10, tzinfo=UTC)
    for moment in (midnight - MINUTE, midnight):
        with time_machine.travel(moment, tick=False):
            factories.make_response(survey, {"overall": "5"})

    assert set(Response.objects.values_list("submitted_on", flat=True)) == {
        date(2011, 12, 29),
        date(2011, 12, 31),
    }


@pytest.mark.parametrize("jump", [-HOUR, timedelta(days=1)], ids=["back", "forward"])
@pytest.mark.parametrize("kind", ["public", "personal"])
def test_clock_that_jumps_between_two_pages_loses_nothing(client, survey, kind, jump):
    address = (
        f"/s/{factories.make_public_link(survey).slug}/"
        if kind == "public"
        else f"/r/{factories.make_invitation(survey)[1]}/"
    )
    with time_machine.travel(NOON, tick=False):
        kept = send(client, address, {"overall": "5"})

    with time_machine.travel(NOON + jump, tick=False):
        purge_old_drafts()
        page = hidden_fields(client.get(kept["Location"]))
        assert client.post(kept["Location"], page | {"comment": "Good."}).status_code == 303

    response = Response.objects.get()
    assert response.submitted_at == NOON + jump
    assert response.submitted_on == (NOON + jump).date()


def test_survey_is_closed_although_the_clock_was_set_back(survey):
    version = survey.versions.get()

    with time_machine.travel(version.published_at - HOUR, tick=False):
        close_survey(survey=survey)

    version.refresh_from_db()
    assert version.closed_at == version.published_at


def test_change_does_not_come_before_the_answer_it_changes():
    survey = factories.make_published_survey(changeable_days=1)
    with time_machine.travel(NOON, tick=False):
        response = factories.make_response(
            survey, {"overall": "5"}, customer=factories.make_customer()
        )
    response = Response.objects.get(pk=response.pk)

    with time_machine.travel(NOON - HOUR, tick=False):
        change_response(
            invitation=response.invitation,
            questionnaire=questionnaire_of(response.version),
            submission_id=uuid.uuid4(),
            replaces=response.submission_id,
            answers={"overall": "4"},
            language="en",
        )

    response.refresh_from_db()
    revision = response.revisions.get()
    assert revision.submitted_at <= revision.replaced_at <= response.submitted_at


def test_sign_of_life_from_the_future_is_none():
    with time_machine.travel(NOON, tick=False):
        beat()

    with time_machine.travel(NOON - HOUR, tick=False):
        assert not is_worker_alive()
        beat()
        assert is_worker_alive()


def test_anonymous_answers_come_into_sight_after_a_clock_ran_a_day_ahead():
    survey = factories.make_published_survey(mode="anonymous")
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        factories.make_response(survey, {"overall": "5"})

    with time_machine.travel(NOON, tick=False):
        assert not mix_next_survey()
    with time_machine.travel(NOON + timedelta(days=2), tick=False):
        assert mix_next_survey()


def test_drafts_are_kept_for_thirty_days(client, survey):
    with time_machine.travel(NOON, tick=False):
        send(client, f"/r/{factories.make_invitation(survey)[1]}/", {"overall": "5"})

    with time_machine.travel(NOON + timedelta(days=30), tick=False):
        assert not purge_old_drafts()
    with time_machine.travel(NOON + timedelta(days=30, seconds=1), tick=False):
        assert purge_old_drafts()
    assert not ResponseDraft.objects.exists()
