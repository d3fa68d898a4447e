"""R12: five schedulers at once ask nobody twice; killed ones leave nobody out."""

import random
import time
from datetime import timedelta

import pytest
from django.db.models import Count
from django.utils import timezone

from surveys.models import Customer, Invitation, SkippedCustomer, Wave
from surveys.services.recruiting import start_wave
from tests import factories
from tests.deliveries import set_policy
from tests.surveys.asking.builders import make_rule, make_series, make_wave

SCHEDULERS = 5
WAVES = 4
PEOPLE = 60


@pytest.fixture
def people(own_database):
    """Customers who live nowhere in particular and sleep never."""
    set_policy(person_days=30)
    return Customer.objects.bulk_create(
        Customer(external_id=f"P-{number}", email=f"p{number}@example.org")
        for number in range(PEOPLE)
    )


def start_waves():
    """Waves of as many surveys, which all want everybody at once."""
    today = timezone.now().date()
    days = {"starts_on": today, "ends_on": today + timedelta(days=30)}
    return [
        start_wave(wave=make_wave(factories.make_published_survey(), **days))
        for _number in range(WAVES)
    ]


def run_at_once(start_process):
    """Start schedulers, let them all go at the same moment, and wait for them."""
    schedulers = start_schedulers(start_process, SCHEDULERS)
    tell_all(schedulers)
    wait_for_end(schedulers)


def start_schedulers(start_process, number, *arguments):
    schedulers = [
        start_process("-m", "tests.jobs.recruiting_race", *arguments) for _one in range(number)
    ]
    wait_for_all(schedulers, "ready")
    return schedulers


def wait_for_all(schedulers, word):
    for one in schedulers:
        assert one.stdout.readline() == f"{word}\n"


def tell_all(schedulers):
    for one in schedulers:
        one.stdin.write("go\n")
        one.stdin.flush()


def wait_for_end(schedulers):
    for one in schedulers:
        output, _nothing = one.communicate(timeout=120)
        assert one.returncode == 0, output


def asked_twice():
    """Customers with more than one invitation."""
    found = Invitation.objects.values("customer").annotate(n=Count("pk")).filter(n__gt=1)
    return found.count()


def decisions(wave):
    """Customers of a wave by whether they were asked or skipped; with repetitions."""
    tables = (Invitation, SkippedCustomer)
    return [
        list(one.objects.filter(wave=wave).values_list("customer", flat=True)) for one in tables
    ]


def test_four_waves_and_five_schedulers_ask_everybody_once(people, start_process):
    waves = start_waves()

    run_at_once(start_process)

    assert Invitation.objects.count() == PEOPLE
    assert asked_twice() == 0
    for wave in waves:
        asked, skipped = decisions(wave)
        assert sorted(asked + skipped) == sorted(one.pk for one in people)


def test_customers_are_asked_twice_without_the_claim(people, start_process):
    """Control: looking first and noting afterwards, when all have looked before one notes."""
    start_waves()
    schedulers = start_schedulers(start_process, WAVES, "unclaimed")
    tell_all(schedulers)
    wait_for_all(schedulers, "read")

    tell_all(schedulers)
    wait_for_end(schedulers)

    print(asked_twice(), "customers asked more than once")
    assert asked_twice() > 0


def test_series_and_events_are_begun_once(people, start_process):
    today = timezone.now().date()
    series = make_series(factories.make_published_survey(), next_on=today)
    survey = factories.make_published_survey()
    rule = make_rule(survey, days_after=0, sends_at="00:00", events_from=today - timedelta(9))
    set_policy(person_days=0)
    for one in people[:20]:
        factories.make_event(
            one, kind="repair_done", occurred_at=timezone.now() - timedelta(days=1)
        )

    run_at_once(start_process)

    assert series.waves.count() == 1
    assert series.waves.get().invitations.count() == PEOPLE
    assert rule.invitations.count() == 20


def test_killed_workers_leave_nobody_out_and_ask_nobody_twice(people, start_process):
    (wave, *_others) = start_waves()
    Wave.objects.exclude(pk=wave.pk).delete()
    chance = random.Random(6)
    kills = 0
    while Wave.objects.get(pk=wave.pk).recruited_at is None:
        (worker,) = start_schedulers(start_process, 1)
        tell_all([worker])
        before = sum(map(len, decisions(wave)))
        while worker.poll() is None and sum(map(len, decisions(wave))) < before + chance.randint(
            3, 20
        ):
            time.sleep(0.001)
        if worker.poll() is None:
            worker.kill()
            worker.wait()
            kills += 1
        assert_nobody_twice(wave)
        Wave.objects.filter(pk=wave.pk).update(lease_until=None)  # the lease has run out

    asked, skipped = decisions(wave)
    print(f"{kills} kills, {len(asked)} asked, {len(skipped)} skipped of {len(people)}")
    assert kills >= 2
    assert sorted(asked + skipped) == sorted(one.pk for one in people)


def assert_nobody_twice(wave):
    """At no moment anybody has two decisions, nor an invitation without its message."""
    asked, skipped = decisions(wave)
    assert len(set(asked + skipped)) == len(asked + skipped)
    assert not wave.invitations.filter(deliveries=None).exists()
