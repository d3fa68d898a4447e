"""The pages of asking: planning, starting, watching; and who may."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from surveys.enums import Interval, Role, WaveState
from surveys.models import ContactPolicy, EventKind, EventRule, Wave, WaveSeries
from surveys.services.recruiting import pause_wave, start_wave
from tests import factories
from tests.deliveries import set_policy

from .builders import NOON, make_customers, make_rule, make_series, make_wave, recruit

WAVE = {
    "name": "2026-03",
    "starts_on": "2026-03-01",
    "ends_on": "2026-03-31",
    "population": "all",
    "spread_hours": "0",
    "channel": "email",
    "answer_days": "30",
    "reminder_days": "5, 10",
}
RULE = {
    "name": "A week after a repair",
    "days_after": "7",
    "sends_at": "10:00",
    "latest_days": "7",
    "events_from": "2026-03-01",
    "channel": "email",
    "answer_days": "30",
}


def at(name, survey, *rest):
    return reverse(f"surveys:{name}", args=[survey.slug, *rest])


def words(response):
    """The text of a page without tags and line ends."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_wave_is_planned_and_tells_whom_it_would_ask(staff_client, survey):
    make_customers(3)
    make_customers(2, opted_out_at=NOON)

    page = staff_client.post(at("wave_add", survey), WAVE, follow=True)

    wave = Wave.objects.get()
    assert (wave.state, wave.reminder_days) == (WaveState.PLANNED, [5, 10])
    assert (wave.text.kind, wave.reminder_text.kind) == ("invitation", "reminder")
    assert "Would be asked now: 3 of 5." in words(page)
    assert "Asked not to be surveyed 2" in words(page)


def test_wave_starts_by_a_button_and_shows_how_far_it_is(staff_client, survey):
    make_customers(3)
    make_customers(1, opted_out_at=NOON)
    wave = make_wave(survey)

    staff_client.get(at("wave_detail", survey, wave.pk))
    assert Wave.objects.get().state == WaveState.PLANNED  # looking starts nothing
    page = staff_client.post(at("wave_start", survey, wave.pk), follow=True)
    assert "The wave has begun." in words(page)
    assert 'http-equiv="refresh"' in page.content.decode()

    recruit(wave)
    page = words(staff_client.get(at("wave_detail", survey, wave.pk)))
    assert "3 of 4 customers are asked; the others were skipped." in page
    assert "Asked not to be surveyed 1" in page


def test_page_says_when_the_quiet_hours_let_the_next_message_out(staff_client, survey):
    set_policy(quiet_from="10:00", quiet_until="15:30")
    make_customers(1)
    wave = recruit(make_wave(survey))

    page = words(staff_client.get(at("wave_detail", survey, wave.pk)))

    assert "The next message leaves at March 2, 2026, 3:30 p.m. (UTC)." in page


def test_part_that_changes_comes_alone(staff_client, survey):
    make_customers(1)
    wave = recruit(make_wave(survey))

    part = staff_client.get(at("wave_detail", survey, wave.pk), headers={"HX-Request": "true"})

    assert part.content.decode().lstrip().startswith("<section")


def test_pause_resume_and_stop(staff_client, survey):
    make_customers(1)
    wave = start_wave(wave=make_wave(survey))
    states = []
    for name in ("wave_pause", "wave_resume", "wave_stop", "wave_resume"):
        staff_client.post(at(name, survey, wave.pk))
        wave.refresh_from_db()
        states.append(wave.state)

    assert states == ["paused", "running", "stopped", "stopped"]


def test_wave_that_cannot_start_says_why_and_offers_no_button(staff_client):
    survey = factories.make_survey()
    wave = make_wave(survey)

    page = words(staff_client.get(at("wave_detail", survey, wave.pk)))

    assert "Publish the survey first" in page
    assert "Yes, start it now" not in page


def test_begun_wave_is_not_changed(staff_client, survey):
    wave = start_wave(wave=make_wave(survey, name="Spring"))
    pause_wave(wave=wave)

    page = staff_client.post(at("wave_edit", survey, wave.pk), WAVE, follow=True)

    assert "A wave that has begun is not changed." in words(page)
    assert Wave.objects.get().name == "Spring"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"ends_on": "2026-02-01"}, "The last day is before the first."),
        ({"name": "Taken"}, "There is a wave of this name already."),
        ({"reminder_days": "10, 5"}, "at least a day after the one before"),
        ({"reminder_days": "soon"}, "Days are whole numbers"),
        ({"reminder_days": "1 2 3 4"}, "At most three reminders"),
        ({"reminder_days": "30"}, "does not work any more"),
        ({"population": "filter"}, "Choose one."),
        ({"population": "panel"}, "Choose one."),
        ({"sample_size": "0"}, "greater than or equal to 1"),
        ({"spread_hours": "9999"}, "less than or equal to"),
        ({"channel": "pigeon"}, "Select a valid choice"),
    ],
)
def test_wrong_wave_is_told_and_nothing_typed_is_lost(staff_client, survey, change, sentence):
    make_wave(survey, name="Taken")

    page = staff_client.post(at("wave_add", survey), WAVE | change)

    assert sentence in words(page)
    assert page.context["form"]["name"].value() == (WAVE | change)["name"]
    assert Wave.objects.count() == 1


def test_mere_period_asks_nobody(staff_client, survey):
    make_customers(1)

    page = staff_client.post(at("wave_add", survey), WAVE | {"is_only_a_period": "on"}, follow=True)

    assert Wave.objects.get().text is None
    assert "nobody is written to" in words(page)


def test_list_of_the_skipped_and_its_file(staff_client, survey):
    unit = factories.make_unit("North")
    (customer,) = make_customers(1, opted_out_at=NOON, unit=unit)
    type(customer).objects.filter(pk=customer.pk).update(external_id="=1+1", name="Ann")
    wave = recruit(make_wave(survey))

    page = words(staff_client.get(at("wave_skipped", survey, wave.pk)))
    file = staff_client.get(at("wave_skipped_file", survey, wave.pk)).content.decode("utf-8-sig")

    assert "=1+1 Ann North Asked not to be surveyed" in page
    assert list(csv.reader(io.StringIO(file)))[1][:3] == [
        "'=1+1",
        unit.code,
        "Asked not to be surveyed",
    ]


def test_series_is_added_changed_and_rests(staff_client, survey):
    values = WAVE | {"every": "2", "interval": "weeks", "next_on": "2026-03-09", "open_days": "14"}
    staff_client.post(at("series_add", survey), values)
    series = WaveSeries.objects.get()
    assert (series.interval, series.next_on) == (Interval.WEEKS, date(2026, 3, 9))

    staff_client.post(at("series_edit", survey, series.pk), values | {"every": "3"})
    staff_client.post(at("series_switch", survey, series.pk))
    series.refresh_from_db()
    assert (series.every, series.is_active) == (3, False)
    staff_client.post(at("series_switch", survey, series.pk), {"on": ""})
    series.refresh_from_db()
    assert series.is_active


def test_rule_is_added_changed_and_rests(staff_client, survey):
    repair = EventKind.objects.get(code="repair_done").pk
    staff_client.post(at("event_rule_add", survey), RULE | {"kind": repair})
    rule = EventRule.objects.get()
    rule.looked_at = NOON
    rule.save()

    changed = RULE | {"kind": repair, "days_after": "3"}
    staff_client.post(at("event_rule_edit", survey, rule.pk), changed)
    staff_client.post(at("event_rule_switch", survey, rule.pk))

    rule.refresh_from_db()
    assert (rule.days_after, rule.is_active, rule.looked_at) == (3, False, NOON)


def test_front_page_lists_waves_series_and_rules(staff_client, survey):
    make_customers(2)
    wave, series, rule = recruit(make_wave(survey)), make_series(survey), make_rule(survey)

    page = words(staff_client.get(at("asking", survey)))

    for name in (wave.name, series.name, rule.name):
        assert name in page
    assert "Nobody is asked twice within 30 days" in page


def test_front_page_does_not_ask_more_for_more_rows(
    staff_client, survey, django_assert_num_queries
):
    make_wave(survey), make_series(survey), make_rule(survey)
    staff_client.get(at("asking", survey))
    with django_assert_num_queries(9):
        staff_client.get(at("asking", survey))
    for _number in range(3):
        make_wave(survey), make_series(survey), make_rule(survey)
    with django_assert_num_queries(9):
        staff_client.get(at("asking", survey))


def test_anonymous_survey_is_offered_links_instead(staff_client):
    survey = factories.make_published_survey(mode="anonymous")

    assert "Nobody is asked in person" in words(staff_client.get(at("asking", survey)))
    page = staff_client.post(at("wave_add", survey), WAVE)
    assert "personal links" in words(page)
    assert not Wave.objects.exists()


def test_contact_rule_is_changed(staff_client):
    values = {
        "person_days": "60",
        "account_days": "7",
        "quiet_from": "20:00",
        "quiet_until": "09:00",
        "sends_per_minute": "100",
    }

    staff_client.post(reverse("surveys:contact_rule"), values)

    policy = ContactPolicy.current()
    assert (policy.person_days, policy.account_days, policy.quiet_from.hour) == (60, 7, 20)
    wrong = staff_client.post(reverse("surveys:contact_rule"), values | {"sends_per_minute": "0"})
    assert "greater than or equal to 1" in words(wrong)


PAGES = ("wave_detail", "wave_edit", "wave_skipped", "wave_skipped_file")
ACTS = ("wave_start", "wave_pause", "wave_resume", "wave_stop")


@pytest.mark.parametrize("role", [Role.DESIGNER, Role.MANAGER, Role.ANALYST, Role.VIEWER])
def test_who_may_not_see_customers_asks_none(survey, role):
    wave = make_wave(survey)
    unit = factories.make_unit() if role == Role.MANAGER else None
    client = Client()
    client.force_login(factories.make_user(role, unit=unit))

    for name in ("asking", "wave_add", "series_add", "event_rule_add"):
        assert client.get(at(name, survey)).status_code == 403
    for name in PAGES:
        assert client.get(at(name, survey, wave.pk)).status_code == 403
    for name in ACTS:
        assert client.post(at(name, survey, wave.pk)).status_code == 403
    assert client.get(reverse("surveys:contact_rule")).status_code == 404
    assert Wave.objects.get().state == WaveState.PLANNED


def test_wave_of_another_survey_is_not_found(staff_client, survey):
    wave = make_wave(factories.make_published_survey())

    for name in PAGES:
        assert staff_client.get(at(name, survey, wave.pk)).status_code == 404


@pytest.mark.parametrize("name", ACTS)
def test_looking_does_nothing(staff_client, survey, name):
    wave = make_wave(survey)

    assert staff_client.get(at(name, survey, wave.pk)).status_code == 405
