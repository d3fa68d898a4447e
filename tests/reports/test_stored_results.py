"""Computations that are kept: done once for each state of the answers, by whichever worker."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reports import stored_results
from reports.dataset import Selection
from reports.models import StoredResult
from reports.scopes import data_state, scope_of, selection_of
from reports.stored_results import (
    MOST_ATTEMPTS,
    compute_next_result,
    compute_result,
    request_result,
    stored_result,
)
from surveys.enums import JobState, Role
from surveys.models import Segment, Wave
from surveys.permissions import placements_for
from surveys.services.exclusions import decide_on_responses
from tests import factories
from tests.reports.test_drivers import answer, attribute_survey

COUNTED = []


@pytest.fixture(autouse=True)
def counting(monkeypatch):
    """A computation that only counts the answers, beside the real ones."""
    COUNTED.clear()

    def count(selection, *, seed):
        COUNTED.append(selection.survey)
        return {"responses": selection.rows().count()}

    monkeypatch.setitem(stored_results.COMPUTATIONS, "count", count)


@pytest.fixture
def selection(xerox_survey):
    return Selection(xerox_survey)


def one_more(survey):
    factories.make_responses(
        survey, [{"answers": {"overall": "5"}, "submitted_at": timezone.now()}]
    )


def make_check_due():
    long_ago = timezone.now() - stored_results.CHECK_EVERY - timedelta(seconds=1)
    StoredResult.objects.update(checked_at=long_ago)


def test_a_result_is_computed_and_kept_with_its_time(selection):
    stored = request_result(selection, "count")

    assert compute_result(stored.pk)

    stored.refresh_from_db()
    assert stored.state == JobState.DONE
    assert stored.result == {"responses": 1000}
    assert stored.computed_at is not None
    assert stored.data_state == data_state(selection)


def test_a_second_run_does_nothing(selection):
    stored = request_result(selection, "count")

    assert compute_result(stored.pk)
    assert not compute_result(stored.pk)
    assert len(COUNTED) == 1


def test_a_selection_has_one_row_however_often_it_is_asked_for(selection):
    first = request_result(selection, "count")
    second = request_result(selection, "count")

    assert first.pk == second.pk


def test_an_abandoned_computation_is_taken_up_again(selection):
    stored = request_result(selection, "count")
    past, future = (timezone.now() + timedelta(minutes=minutes) for minutes in (-1, 1))
    running = {"state": JobState.RUNNING, "attempts": 1}

    StoredResult.objects.update(**running, lease_until=future)
    assert not compute_result(stored.pk)
    StoredResult.objects.update(**running, lease_until=past)
    assert compute_result(stored.pk)


def test_who_lost_the_claim_writes_nothing(selection, monkeypatch):
    stored = request_result(selection, "count")

    def overtaken(selection, *, seed):
        StoredResult.objects.filter(pk=stored.pk).update(
            attempts=2, result={"responses": 7}, data_state="x", computed_at=timezone.now()
        )
        return {"responses": 0}

    monkeypatch.setitem(stored_results.COMPUTATIONS, "count", overtaken)
    compute_result(stored.pk)

    stored.refresh_from_db()
    assert stored.result == {"responses": 7}
    assert stored.state == JobState.RUNNING


def test_new_answers_are_noticed_and_reckoned_in(selection):
    stored = request_result(selection, "count")
    compute_result(stored.pk)
    one_more(selection.survey)
    make_check_due()

    while compute_next_result():
        pass

    assert stored_result(selection, "count").result == {"responses": 1001}


def test_unchanged_answers_are_not_computed_again(selection):
    stored = request_result(selection, "count")
    compute_result(stored.pk)
    make_check_due()

    while compute_next_result():
        pass

    assert COUNTED.count(selection.survey) == 1


def test_a_result_stays_while_the_next_is_computed(selection):
    stored = request_result(selection, "count")
    compute_result(stored.pk)

    request_result(selection, "count")

    stored.refresh_from_db()
    assert stored.state == JobState.QUEUED
    assert stored.result == {"responses": 1000}


def test_a_failure_is_seen_and_ends_after_some_attempts(selection, monkeypatch):
    def broken(selection, *, seed):
        raise ArithmeticError

    monkeypatch.setitem(stored_results.COMPUTATIONS, "count", broken)
    stored = request_result(selection, "count")

    attempts = 0
    while compute_result(stored.pk):
        attempts += 1

    stored.refresh_from_db()
    assert attempts == MOST_ATTEMPTS
    assert (stored.state, stored.last_error) == (JobState.FAILED, "ArithmeticError")
    request_result(selection, "count")
    assert compute_result(stored.pk)


def test_every_published_survey_is_computed_unasked(xerox_survey):
    while compute_next_result():
        pass

    assert stored_result(Selection(xerox_survey), "count").result == {"responses": 1000}


def test_leaving_an_answer_out_changes_the_state(selection, administrator):
    before = data_state(selection)
    one = selection.survey.responses.first()

    decide_on_responses(
        responses=selection.survey.responses.filter(pk=one.pk),
        excludes=True,
        reason="A test by staff",
        user=administrator,
    )
    left_out = data_state(selection)
    decide_on_responses(
        responses=selection.survey.responses.filter(pk=one.pk),
        excludes=False,
        reason="It was real",
        user=administrator,
    )

    assert len({before, left_out, data_state(selection)}) == 3


def test_a_scope_is_read_back_as_the_same_selection(random_survey):
    unit = factories.make_unit()
    manager = factories.make_user(Role.MANAGER, unit=unit)
    wave = Wave.objects.filter(survey=random_survey).first()
    whole = Selection(
        random_survey,
        placements_for(manager),
        segment=Segment.objects.first(),
        wave=wave,
        first_day=timezone.localdate(),
        with_excluded=True,
    )

    again = selection_of(random_survey, scope_of(whole))

    assert scope_of(again) == scope_of(whole)
    assert again.rows().count() == whole.rows().count()


def test_scopes_of_two_managers_are_two_results(random_survey):
    units = [factories.make_unit() for _ in range(2)]
    managers = [factories.make_user(Role.MANAGER, unit=unit) for unit in units]

    rows = {
        request_result(Selection(random_survey, placements_for(user)), "count").pk
        for user in managers
    }

    assert len(rows) == 2


def test_page_shows_the_figures_with_their_time(staff_client, db):
    survey = attribute_survey("price", "speed")
    answer(survey, 100, price=3, speed=1)
    address = reverse("reports:drivers", args=[survey.slug])

    assert "Compute the drivers" in staff_client.get(address).content.decode()
    assert StoredResult.objects.count() == 0

    staff_client.post(f"{address}compute/")
    waiting = staff_client.get(address).content.decode()
    assert 'hx-trigger="every 2s"' in waiting
    assert 'http-equiv="refresh"' in waiting

    while compute_next_result():
        pass
    done = staff_client.get(address).content.decode()
    assert "As of" in done
    assert "How about price?" in done
    assert "hx-trigger" not in done

    one_more(survey)
    assert "Answers have changed since" in staff_client.get(address).content.decode()


def test_asking_is_no_reading(staff_client, xerox_survey):
    address = reverse("reports:drivers_compute", args=[xerox_survey.slug])

    assert staff_client.get(address).status_code == 405
