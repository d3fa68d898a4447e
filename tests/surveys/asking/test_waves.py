"""A wave in each of its states: what starts it, lets it rest and ends it."""

from datetime import UTC, date, datetime

import pytest

from surveys.enums import (
    DeliveryState,
    InvitationState,
    Population,
    VersionState,
    WaveState,
)
from surveys.errors import SurveyError
from surveys.models import CustomerFilter, Delivery
from surveys.services.recruiting import (
    finish_next_wave,
    pause_wave,
    recruit_next_wave,
    resume_wave,
    start_next_due_wave,
    start_wave,
    stop_wave,
)
from tests import factories
from tests.deliveries import set_policy

from .builders import (
    DAY,
    HOUR,
    NOON,
    asked,
    make_customers,
    make_wave,
    mark_sent,
    recruit,
)


def test_starting_twice_is_starting_once(survey):
    make_customers(2)
    wave = make_wave(survey)
    start_wave(wave=wave)

    recruit(wave)

    assert wave.invitations.count() == 2


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": None}, "only a period"),
        ({"ends_on": date(2026, 3, 1), "starts_on": date(2026, 2, 1)}, "last day"),
        ({"state": WaveState.STOPPED}, "Only a planned wave"),
    ],
)
def test_wave_that_cannot_ask_is_refused_in_words(survey, fields, words):
    with pytest.raises(SurveyError, match=words):
        start_wave(wave=make_wave(survey, **fields))


def test_unpublished_and_anonymous_surveys_ask_nobody():
    anonymous = factories.make_published_survey(mode="anonymous")
    for survey, words in ((factories.make_survey(), "Publish"), (anonymous, "anonymous")):
        with pytest.raises(SurveyError, match=words):
            start_wave(wave=make_wave(survey))


def test_paused_wave_asks_nobody_until_it_goes_on(survey):
    make_customers(2)
    wave = start_wave(wave=make_wave(survey))
    pause_wave(wave=wave)

    assert not recruit_next_wave()
    assert not wave.invitations.exists()

    resume_wave(wave=wave)
    assert recruit_next_wave()
    assert wave.invitations.count() == 2


def test_stopped_wave_takes_back_what_was_not_sent(survey, noon):
    set_policy()
    first, second = make_customers(2)
    wave = recruit(make_wave(survey, spread_hours=10))
    Delivery.objects.filter(invitation__customer=first).update(state=DeliveryState.SENT)

    stop_wave(wave=wave)

    assert dict(wave.invitations.values_list("customer", "state")) == {
        first.pk: InvitationState.OPEN,
        second.pk: InvitationState.REVOKED,
    }
    other = recruit(make_wave(factories.make_published_survey()))
    assert asked(other) == {second}  # who was never written to was not asked


def test_stopped_wave_never_goes_on(survey):
    make_customers(1)
    wave = start_wave(wave=make_wave(survey))
    stop_wave(wave=wave)

    resume_wave(wave=wave)
    with pytest.raises(SurveyError):
        start_wave(wave=wave)

    assert not recruit_next_wave()


def test_wave_with_a_time_starts_by_itself(survey, noon):
    make_customers(1)
    wave = make_wave(survey, starts_sending_at=NOON + HOUR)

    assert not start_next_due_wave()
    noon.shift(HOUR)
    assert start_next_due_wave()
    assert not start_next_due_wave()
    wave.refresh_from_db()
    assert wave.state == WaveState.RUNNING


def test_wave_that_cannot_start_does_not_keep_others_waiting(survey):
    hopeless = factories.make_published_survey(mode="anonymous")
    make_wave(hopeless, starts_sending_at=NOON)
    make_wave(survey, starts_sending_at=NOON)

    assert start_next_due_wave()
    assert not start_next_due_wave()


def test_wave_finishes_after_its_last_day_when_all_has_gone(survey, noon):
    make_customers(1)
    wave = recruit(make_wave(survey, ends_on=date(2026, 3, 3)))
    assert not finish_next_wave()
    noon.shift(2 * DAY)
    assert not finish_next_wave()

    mark_sent(wave, NOON)

    assert finish_next_wave()
    wave.refresh_from_db()
    assert wave.state == WaveState.FINISHED


def test_invitation_ends_with_its_days_or_with_the_wave(survey):
    make_customers(1)
    short = recruit(make_wave(survey, answer_days=3))
    assert short.invitations.get().expires_at == NOON + 3 * DAY

    set_policy(person_days=0)
    bounded = recruit(make_wave(survey, answer_days=300))
    assert bounded.invitations.get().expires_at == datetime(2026, 4, 1, tzinfo=UTC)


def test_filter_that_no_longer_holds_pauses_the_wave(survey):
    north = factories.make_unit("North")
    saved = CustomerFilter.objects.create(
        name="Ours", conditions={"all": [{"field": "unit", "is": north.code}]}
    )
    wave = start_wave(wave=make_wave(survey, population=Population.FILTER, filter=saved))
    type(wave).objects.filter(pk=wave.pk).update(conditions={"all": [{"field": "hat", "is": "x"}]})

    recruit_next_wave()

    wave.refresh_from_db()
    assert wave.state == WaveState.PAUSED


def test_survey_plan_learns_how_customers_were_chosen(survey):
    make_customers(3)
    recruit(make_wave(survey, sample_size=2, sample_seed=42))

    survey.refresh_from_db()
    assert (survey.selection, survey.sample_size, survey.sample_seed) == ("random", 2, 42)
    assert (survey.field_from, survey.field_until) == (date(2026, 3, 1), date(2026, 3, 31))


def test_what_staff_said_in_the_plan_stays(survey):
    survey.selection, survey.selection_rule = "all", "As agreed"
    survey.save()
    recruit(make_wave(survey, sample_size=2, sample_seed=42))

    survey.refresh_from_db()
    assert (survey.selection, survey.sample_size) == ("all", None)
    assert survey.selection_rule == "As agreed"


def test_closed_survey_is_not_recruited_for(survey):
    wave = make_wave(survey)
    survey.versions.update(state=VersionState.CLOSED, closed_at=NOON + 365 * DAY)

    with pytest.raises(SurveyError, match="Publish"):
        start_wave(wave=wave)


def test_wave_of_a_closed_survey_waits(survey):
    make_customers(1)
    start_wave(wave=make_wave(survey))
    survey.versions.update(state=VersionState.CLOSED, closed_at=NOON + 365 * DAY)

    assert not recruit_next_wave()
    assert not survey.invitations.exists()


def test_stopping_does_not_call_back_what_is_being_sent(survey):
    first, second = make_customers(2)
    wave = recruit(make_wave(survey))
    Delivery.objects.filter(invitation__customer=first).update(state=DeliveryState.SENDING)

    stop_wave(wave=wave)

    states = dict(Delivery.objects.values_list("invitation__customer", "state"))
    assert states == {first.pk: DeliveryState.SENDING, second.pk: DeliveryState.CANCELLED}
