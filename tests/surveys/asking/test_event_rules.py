"""Event rules: so many days after an event, on the customer's own calendar, once."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from surveys.enums import SkipReason, VersionState
from surveys.errors import SurveyError
from surveys.models import SkippedCustomer
from surveys.services.event_rules import ask_about_next_events, save_event_rule
from tests import factories
from tests.deliveries import set_policy

from .builders import DAY, HOUR, MINUTE, make_customers, make_rule

REPAIRED = datetime(2026, 3, 1, 15, tzinfo=UTC)
ZONES = [
    ("Europe/Berlin", "2026-03-28T09:00", "2026-03-29T07:00"),  # the clock goes forward
    ("Europe/Berlin", "2026-10-24T09:00", "2026-10-25T08:00"),  # and back
    ("America/New_York", "2026-03-07T09:00", "2026-03-08T13:00"),
    ("Asia/Kolkata", "2026-03-28T09:00", "2026-03-29T03:30"),
    ("Australia/Lord_Howe", "2026-04-04T09:00", "2026-04-04T22:30"),
    ("UTC", "2026-03-28T09:00", "2026-03-29T09:00"),
]


def look(clock, moment):
    """The worker looks at a moment; who was asked about an event until then."""
    clock.move_to(moment)
    while ask_about_next_events():
        pass


def reasons():
    return list(SkippedCustomer.objects.values_list("reason", flat=True))


@pytest.fixture
def customer(db):
    return make_customers(1)[0]


def test_repair_of_1_march_is_asked_about_on_8_march_and_once(survey, customer, noon):
    event = factories.make_event(customer, kind="repair_done", occurred_at=REPAIRED)
    rule = make_rule(survey, days_after=7, sends_at=time(10))

    look(noon, datetime(2026, 3, 8, 9, 59, tzinfo=UTC))
    assert not rule.invitations.exists()
    for minute in range(3):
        look(noon, datetime(2026, 3, 8, 10, minute, tzinfo=UTC))

    invitation = rule.invitations.get()
    assert (invitation.event, invitation.customer) == (event, customer)
    assert invitation.deliveries.get().due_at == datetime(2026, 3, 8, 10, tzinfo=UTC)


@pytest.mark.parametrize(("zone", "local", "instant"), ZONES)
def test_time_of_day_is_that_of_the_customer(survey, noon, zone, local, instant):
    """The event is at nine of one day, the question at nine of the next."""
    (customer,) = make_customers(1, time_zone=zone)
    happened = datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(zone))
    factories.make_event(customer, kind="repair_done", occurred_at=happened)
    rule = make_rule(survey, days_after=1, sends_at=time(9))
    due = datetime.fromisoformat(instant).replace(tzinfo=UTC)

    look(noon, due - MINUTE)
    assert not rule.invitations.exists()
    look(noon, due)
    assert rule.invitations.count() == 1


def test_customer_without_a_zone_lives_in_that_of_the_survey(noon):
    survey = factories.make_published_survey(time_zone="Asia/Taipei")
    make_rule(survey, days_after=1, sends_at=time(10))
    (customer,) = make_customers(1)
    late_evening = datetime(2026, 3, 1, 17, tzinfo=UTC)  # 01:00 of 2 March there
    factories.make_event(customer, kind="repair_done", occurred_at=late_evening)

    look(noon, datetime(2026, 3, 2, 2, tzinfo=UTC))
    assert not survey.invitations.exists()
    look(noon, datetime(2026, 3, 3, 2, tzinfo=UTC))
    assert survey.invitations.count() == 1


def test_two_rules_of_a_survey_ask_once_about_an_event(survey, customer, noon):
    set_policy(person_days=0)
    factories.make_event(customer, kind="repair_done", occurred_at=REPAIRED)
    for _rule in range(2):
        make_rule(survey)

    look(noon, REPAIRED + 8 * DAY)

    assert survey.invitations.count() == 1


def test_only_this_kind_and_this_unit_and_those_below(survey, noon):
    north = factories.make_unit("North")
    shop, south = factories.make_unit("Shop", parent=north), factories.make_unit("South")
    customers = make_customers(3)
    for customer, unit, kind in zip(
        customers, (shop, south, shop), ("repair_done", "repair_done", "purchase"), strict=True
    ):
        factories.make_event(customer, kind=kind, unit=unit, occurred_at=REPAIRED)
    rule = make_rule(survey, unit=north)

    look(noon, REPAIRED + 8 * DAY)

    assert [one.customer for one in rule.invitations.all()] == [customers[0]]


@pytest.mark.parametrize(("days_late", "is_asked"), [(7, True), (8, False), (200, False)])
def test_event_that_became_known_too_late_is_skipped(survey, customer, noon, days_late, is_asked):
    rule = make_rule(survey, days_after=7, latest_days=7, sends_at=time(10))
    due = datetime(2026, 3, 8, 10, tzinfo=UTC)
    look(noon, due)
    factories.make_event(customer, kind="repair_done", occurred_at=REPAIRED)  # imported only now

    look(noon, due + days_late * DAY)

    assert rule.invitations.exists() is is_asked
    assert reasons() == ([] if is_asked else [SkipReason.TOO_LATE])


def test_event_before_the_first_day_of_the_rule_is_left_alone(survey, customer, noon):
    factories.make_event(customer, kind="repair_done", occurred_at=REPAIRED)
    make_rule(survey, events_from=date(2026, 3, 2))

    look(noon, REPAIRED + 8 * DAY)

    assert not survey.invitations.exists()
    assert reasons() == []


def test_late_event_is_found_among_many_old_ones(survey, noon):
    """The thorough look of every hour finds what the look of every minute leaves out."""
    rule = make_rule(survey)
    look(noon, REPAIRED + 100 * DAY)
    (customer,) = make_customers(1)
    factories.make_event(customer, kind="repair_done", occurred_at=REPAIRED)

    look(noon, REPAIRED + 100 * DAY + MINUTE)
    assert reasons() == []
    look(noon, REPAIRED + 100 * DAY + HOUR)

    assert reasons() == [SkipReason.TOO_LATE]
    assert not rule.invitations.exists()


def test_contact_rule_holds_for_events_too(survey, customer, noon):
    factories.make_event(customer, kind="repair_done", occurred_at=REPAIRED)
    factories.make_event(customer, kind="repair_done", occurred_at=REPAIRED + HOUR)
    make_rule(survey)

    look(noon, REPAIRED + 8 * DAY)

    assert survey.invitations.count() == 1
    assert reasons() == [SkipReason.ASKED_RECENTLY]


def test_more_events_than_one_piece_are_all_decided(survey, noon, monkeypatch):
    monkeypatch.setattr("surveys.services.event_rules.PIECE", 2)
    for customer in make_customers(5):
        factories.make_event(customer, kind="repair_done", occurred_at=REPAIRED)
    rule = make_rule(survey)

    look(noon, REPAIRED + 8 * DAY)

    assert rule.invitations.count() == 5


def test_paused_rule_and_closed_survey_ask_nobody(survey, customer, noon):
    factories.make_event(customer, kind="repair_done", occurred_at=REPAIRED)
    rule = make_rule(survey, is_active=False)
    look(noon, REPAIRED + 8 * DAY)
    rule.is_active = True
    rule.save()
    survey.versions.update(state=VersionState.CLOSED, closed_at=REPAIRED + 365 * DAY)
    look(noon, REPAIRED + 8 * DAY + MINUTE)

    assert not survey.invitations.exists()


def test_rule_of_an_anonymous_survey_is_refused(db):
    survey = factories.make_published_survey(mode="anonymous")

    with pytest.raises(SurveyError, match="personal links"):
        save_event_rule(rule=make_rule(survey))
