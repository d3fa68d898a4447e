"""The page on trends: who sees it, what is noted, and limits frozen on record."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from reports.models import FrozenLimits, NotedChange
from surveys.enums import Role
from tests import factories
from tests.reports.test_pages import page, signed_in, text_of

from .conftest import answer_months

BASELINE = {"first": "2024-11-01", "last": "2026-01-01", "reason": "Before the new hours"}


def address(name, survey, *args):
    return reverse(f"reports:{name}", args=[survey.slug, *args])


def note_for(survey, **fields):
    return NotedChange.objects.create(
        survey=survey, **{"day": date(2026, 3, 1), "text": "New opening hours"} | fields
    )


def freeze(client, survey, query="?period=month", **changes):
    return client.post(address("limits_freeze", survey) + query, BASELINE | changes, follow=True)


def test_page_shows_verdict_table_and_definitions(staff_client, fallen_survey):
    text = text_of(page(staff_client, "reports:trend", fallen_survey))

    assert "June 2026: 15.0% is below the control limits" in text
    assert "The periods in figures" in text
    assert "Laney p′ chart" in text


def test_page_asks_who_is_there(survey):
    assert page(Client(), "reports:trend", survey).status_code == 302


def test_page_does_not_exist_for_who_has_no_role(survey):
    assert page(signed_in(factories.make_user()), "reports:trend", survey).status_code == 404


@pytest.mark.parametrize(
    "query",
    [{"period": "century"}, {"measure": "x"}, {"unit": "x"}, {"limits": "x"}, {"shift": "\0"}],
)
def test_what_is_not_there_is_not_found(staff_client, quiet_survey, query):
    assert page(staff_client, "reports:trend", quiet_survey, **query).status_code == 404


def test_survey_that_was_never_published_has_a_sentence(staff_client):
    survey = factories.make_survey()

    response = page(staff_client, "reports:trend", survey)

    assert response.status_code == 200


def test_queries_do_not_grow_with_the_answers(staff_client, survey, django_assert_max_num_queries):
    answer_months(survey, [(4, 12)] * 3)
    page(staff_client, "reports:trend", survey)

    with django_assert_max_num_queries(24):
        page(staff_client, "reports:trend", survey)


def test_manager_sees_only_the_own_units(survey):
    own, other = factories.make_unit(), factories.make_unit()
    answer_months(survey, [(12, 30), (11, 30)], placement=own.placement)
    answer_months(survey, [(30, 30), (30, 30)], placement=other.placement)
    client = signed_in(factories.make_user(Role.MANAGER, unit=own))

    text = text_of(page(client, "reports:trend", survey, period="month"))

    assert "October 2026 40.0%" in text
    assert page(client, "reports:trend", survey, unit=other.code).status_code == 404


def test_noted_change_is_drawn_into_the_chart(staff_client, quiet_survey, administrator):
    form = {"day": "2026-03-01", "text": "New opening hours", "unit": ""}

    staff_client.post(address("note_add", quiet_survey), form)

    note = NotedChange.objects.get()
    assert (note.noted_by, note.unit) == (administrator, None)
    response = page(staff_client, "reports:trend", quiet_survey)
    assert "1 March 2026: New opening hours" in text_of(response)
    assert response.context["view"].main.plotly["layout"]["shapes"]


def test_note_is_changed_and_removed(staff_client, quiet_survey):
    note = note_for(quiet_survey)
    form = {"day": "2026-04-01", "text": "New till", "unit": ""}

    staff_client.post(address("note_edit", quiet_survey, note.pk), form)
    note.refresh_from_db()
    assert (note.day, note.text) == (date(2026, 4, 1), "New till")

    staff_client.post(address("note_remove", quiet_survey, note.pk))
    assert not NotedChange.objects.exists()


@pytest.mark.parametrize(
    "form", [{"day": ""}, {"day": "never", "text": "x"}, {"day": "2026-03-01", "text": "x" * 201}]
)
def test_note_that_cannot_be_is_given_back(staff_client, survey, form):
    response = staff_client.post(address("note_add", survey), form)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not NotedChange.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [(Role.VIEWER, 403), (Role.ANALYST, 302), (Role.DESIGNER, 302)]
)
def test_who_may_note_for_everything(survey, role, status):
    client = signed_in(factories.make_user(role))
    form = {"day": "2026-03-01", "text": "New opening hours", "unit": ""}

    assert client.post(address("note_add", survey), form).status_code == status


def test_manager_notes_for_the_own_unit_only(survey):
    own, other = factories.make_unit(), factories.make_unit()
    client = signed_in(factories.make_user(Role.MANAGER, unit=own))
    form = {"day": "2026-03-01", "text": "New opening hours"}

    for unit in ("", other.pk):
        assert client.post(address("note_add", survey), form | {"unit": unit}).status_code == 200
    assert not NotedChange.objects.exists()

    client.post(address("note_add", survey), form | {"unit": own.pk})
    assert NotedChange.objects.get().unit == own


def test_note_of_another_unit_does_not_exist_for_a_manager(quiet_survey):
    own, other = factories.make_unit(), factories.make_unit()
    client = signed_in(factories.make_user(Role.MANAGER, unit=own))
    theirs, common = note_for(quiet_survey, unit=other), note_for(quiet_survey)

    assert client.post(address("note_remove", quiet_survey, theirs.pk)).status_code == 404
    assert client.post(address("note_remove", quiet_survey, common.pk)).status_code == 403
    assert client.get(address("note_edit", quiet_survey, theirs.pk)).status_code == 404
    assert NotedChange.objects.count() == 2


def test_note_of_another_survey_is_not_found(staff_client, survey):
    note = note_for(factories.make_published_survey())

    assert staff_client.post(address("note_remove", survey, note.pk)).status_code == 404


@pytest.mark.parametrize("name", ["note_remove", "limits_withdraw"])
def test_reading_never_writes(staff_client, survey, name):
    assert staff_client.get(address(name, survey, 1)).status_code == 405


def test_frozen_limits_stay_where_they_are_when_answers_come_in(
    staff_client, quiet_survey, administrator
):
    freeze(staff_client, quiet_survey)
    record = FrozenLimits.objects.get()
    before = page(staff_client, "reports:trend", quiet_survey, period="month")

    answer_months(quiet_survey, [(50, 50)] * 25)

    after = page(staff_client, "reports:trend", quiet_survey, period="month")
    assert (record.frozen_by, record.reason) == (administrator, "Before the new hours")
    assert record.periods == 15
    assert centre_of(after) == centre_of(before) == record.centre
    assert "Before the new hours" in text_of(after)


def centre_of(response):
    return response.context["view"].trend.stretches[-1].points[-1].centre


def test_limits_that_move_do_move(staff_client, quiet_survey):
    """The control of the test above."""
    before = page(staff_client, "reports:trend", quiet_survey, period="month")

    answer_months(quiet_survey, [(50, 50)] * 25)

    after = page(staff_client, "reports:trend", quiet_survey, period="month")
    assert centre_of(after) > centre_of(before)


def test_limits_computed_anew_hold_from_their_first_period_on(staff_client, quiet_survey):
    freeze(staff_client, quiet_survey)
    freeze(staff_client, quiet_survey, first="2026-02-01", last="2026-08-01", reason="New hours")

    response = page(staff_client, "reports:trend", quiet_survey, period="month")

    old, new = FrozenLimits.objects.order_by("frozen_at")
    stretches = response.context["view"].trend.stretches
    assert [stretch.record for stretch in stretches] == [old, new]
    assert stretches[1].points[0].period.first_day == date(2026, 2, 1)


def test_withdrawn_freeze_stays_on_record(staff_client, quiet_survey, administrator):
    freeze(staff_client, quiet_survey)
    record = FrozenLimits.objects.get()

    staff_client.post(address("limits_withdraw", quiet_survey, record.pk))

    record.refresh_from_db()
    assert record.withdrawn_by == administrator
    response = page(staff_client, "reports:trend", quiet_survey, period="month")
    assert response.context["view"].trend.stretches[0].record is None
    assert "Withdrawn" in text_of(response)


def test_frozen_limits_belong_to_their_unit_and_measure(staff_client, quiet_survey):
    freeze(staff_client, quiet_survey)

    response = page(staff_client, "reports:trend", quiet_survey, period="month", measure="mean")

    assert response.context["records"] == ()


@pytest.mark.parametrize(
    "changes",
    [
        {"first": "2026-01-01", "last": "2025-01-01"},
        {"first": "2026-01-01", "last": "2026-02-01"},
        {"first": "2031-01-01"},
        {"reason": ""},
    ],
    ids=["backwards", "too few periods", "no such period", "no reason"],
)
def test_freeze_that_cannot_be_is_given_back(staff_client, quiet_survey, changes):
    response = freeze(staff_client, quiet_survey, **changes)

    assert response.status_code == 200
    assert response.context["form"].errors
    assert not FrozenLimits.objects.exists()


@pytest.mark.parametrize(("role", "status"), [(Role.VIEWER, 403), (Role.ANALYST, 200)])
def test_who_may_freeze(quiet_survey, role, status):
    client = signed_in(factories.make_user(role))

    assert freeze(client, quiet_survey).status_code == status
    assert FrozenLimits.objects.exists() == (status == 200)


def test_home_shows_the_change_of_each_survey(staff_client, quiet_survey):
    text = text_of(staff_client.get(reverse("reports:home")))

    assert "No clear difference between October 2026 and September 2026" in text
