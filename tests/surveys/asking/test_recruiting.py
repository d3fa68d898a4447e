"""Waves: everybody of the population is asked or skipped with a reason, and nobody twice."""

from collections import Counter

from surveys.enums import (
    Channel,
    DeliveryState,
    Population,
    SkipReason,
)
from surveys.models import Account, Customer, CustomerFilter, Delivery, Panel
from surveys.selectors.populations import lot_of
from surveys.services.recruiting import (
    recruit_next_wave,
    start_wave,
)
from surveys.tokens import hash_token, token_of
from tests import factories
from tests.deliveries import set_policy

from .builders import (
    DAY,
    HOUR,
    MINUTE,
    NOON,
    asked,
    make_customers,
    make_text,
    make_wave,
    recruit,
)


def reasons(wave):
    """How many were skipped, by reason."""
    return Counter(wave.skipped_customers.values_list("reason", flat=True))


def test_everybody_is_asked_with_one_message_that_is_due_now(survey):
    customers = make_customers(3)
    wave = recruit(make_wave(survey))

    assert asked(wave) == set(customers)
    assert set(Delivery.objects.values_list("number", "state", "due_at", "text")) == {
        (0, DeliveryState.QUEUED, NOON, wave.text_id)
    }
    assert (wave.to_recruit, wave.recruited_at) == (3, NOON)


def test_link_follows_from_the_seed_and_the_secret_key(survey):
    make_customers(1)
    invitation = recruit(make_wave(survey)).invitations.get()

    assert hash_token(token_of(invitation.token_seed)) == invitation.token_hash


def test_who_is_not_asked_stands_in_the_list_with_the_reason(survey):
    closed = factories.make_unit()
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    make_customers(1)
    make_customers(1, opted_out_at=NOON)
    make_customers(1, asked_at=NOON - 29 * DAY)
    make_customers(1, email_bounced_at=NOON)
    make_customers(1, unit=closed)
    factories.make_customer(phone="123")
    factories.make_customer(email="twin@example.org")
    factories.make_customer(email="Twin@Example.org")

    wave = recruit(make_wave(survey))

    assert reasons(wave) == dict.fromkeys(
        [
            SkipReason.OPTED_OUT,
            SkipReason.ASKED_RECENTLY,
            SkipReason.BOUNCED,
            SkipReason.UNIT_CLOSED,
            SkipReason.NO_ADDRESS,
            SkipReason.SAME_ADDRESS,
        ],
        1,
    )
    assert len(asked(wave)) == 2


def test_text_message_needs_a_number_and_not_a_mail_address(survey):
    make_customers(1)
    factories.make_customer(phone="0912 345 678", email_bounced_at=NOON)

    wave = recruit(make_wave(survey, channel=Channel.SMS))

    assert len(asked(wave)) == 1
    assert reasons(wave) == {SkipReason.NO_ADDRESS: 1}
    assert Delivery.objects.get().channel == Channel.SMS


def test_who_was_asked_long_enough_ago_is_asked(survey):
    set_policy(person_days=30)
    make_customers(1, asked_at=NOON - 30 * DAY)

    assert len(asked(recruit(make_wave(survey)))) == 1


def test_one_survey_keeps_the_next_from_asking_the_same_people(survey):
    make_customers(2)
    other = factories.make_published_survey()
    recruit(make_wave(survey))

    assert reasons(recruit(make_wave(other))) == {SkipReason.ASKED_RECENTLY: 2}


def test_zero_days_are_no_limit(survey):
    set_policy(person_days=0)
    make_customers(2)
    recruit(make_wave(survey))

    assert len(asked(recruit(make_wave(survey)))) == 2


def test_one_of_an_account_is_asked_and_nobody_is_marked_in_vain(survey):
    set_policy(account_days=10)
    household = Account.objects.create(external_id="H-1")
    first, second = make_customers(2, account=household)

    wave = recruit(make_wave(survey))

    assert asked(wave) == {first}
    assert reasons(wave) == {SkipReason.ACCOUNT_RECENTLY: 1}
    second.refresh_from_db()
    assert second.asked_at is None


def test_panel_and_filter_bound_the_population(survey):
    north = factories.make_unit("North")
    below = factories.make_unit("Shop", parent=north)
    (inside,), (outside,) = make_customers(1, unit=below), make_customers(1)
    panel = Panel.objects.create(name="Voices")
    panel.customers.add(outside)
    saved = CustomerFilter.objects.create(
        name="In the north", conditions={"all": [{"field": "unit", "is": north.code}]}
    )

    by_filter = make_wave(survey, population=Population.FILTER, filter=saved)
    by_panel = make_wave(survey, population=Population.PANEL, panel=panel)

    assert asked(recruit(by_filter)) == {inside}
    assert asked(recruit(by_panel)) == {outside}


def test_wave_keeps_the_conditions_of_its_start(survey):
    north, south = factories.make_unit("North"), factories.make_unit("South")
    (inside,), _others = make_customers(1, unit=north), make_customers(1, unit=south)
    saved = CustomerFilter.objects.create(
        name="Ours", conditions={"all": [{"field": "unit", "is": north.code}]}
    )
    wave = start_wave(wave=make_wave(survey, population=Population.FILTER, filter=saved))
    saved.conditions = {"all": [{"field": "unit", "is": south.code}]}
    saved.save()

    while recruit_next_wave():
        pass

    assert asked(wave) == {inside}


def test_same_seed_and_list_draw_the_same_people_in_any_order(survey):
    set_policy(person_days=0)
    numbers = [f"K-{number}" for number in range(60)]
    drawn = []
    for order in (numbers, numbers[::-1]):
        Customer.objects.all().update(email="")
        Customer.objects.filter(external_id__startswith="K-").delete()
        Customer.objects.bulk_create(
            Customer(external_id=number, email=f"{number}@example.org") for number in order
        )
        wave = recruit(make_wave(survey, sample_size=10, sample_seed=7))
        drawn.append({customer.external_id for customer in asked(wave)})

    assert len(drawn[0]) == 10
    assert drawn[0] == drawn[1]
    other = recruit(make_wave(survey, sample_size=10, sample_seed=8))
    assert {customer.external_id for customer in asked(other)} != drawn[0]


def test_a_selection_is_the_lowest_lots(survey):
    customers = make_customers(30)

    wave = recruit(make_wave(survey, sample_size=5, sample_seed=1))

    lowest = sorted(customers, key=lambda one: lot_of(1, one.external_id))[:5]
    assert asked(wave) == set(lowest)
    assert wave.to_recruit == 5


def test_selection_larger_than_the_list_is_the_list(survey):
    make_customers(3)

    assert len(asked(recruit(make_wave(survey, sample_size=50)))) == 3


def test_every_customer_has_about_the_same_chance(survey):
    """Two hundred seeds over a list of fifty: each customer is drawn 40 times, give or take."""
    numbers = [f"K-{number}" for number in range(50)]
    drawn = Counter()
    for seed in range(200):
        drawn.update(sorted(numbers, key=lambda number: lot_of(seed, number))[:10])

    chi_square = sum((drawn[number] - 40) ** 2 / (40 * 0.8) for number in numbers)
    assert chi_square < 85.4  # 49 degrees of freedom, p = 0.001


def test_customers_who_come_later_do_not_belong_to_the_wave(survey, noon):
    make_customers(1)
    wave = start_wave(wave=make_wave(survey))
    noon.shift(MINUTE)
    make_customers(1)

    while recruit_next_wave():
        pass

    assert len(asked(wave)) == 1


def test_customer_who_appears_behind_the_worker_is_not_left_out(survey):
    """Another transaction took a lower key and was committed later."""
    make_customers(3)
    wave = start_wave(wave=make_wave(survey))
    recruit_next_wave()
    Customer.objects.create(
        external_id="late", email="late@example.org", pk=Customer.objects.first().pk - 1 or 10**6
    )

    while recruit_next_wave():
        pass

    assert len(asked(wave)) == 4


def test_newest_wording_is_sent(survey):
    make_customers(1)
    old, new = make_text(survey), make_text(survey)
    old.replaced_by = new
    old.save()

    recruit(make_wave(survey, text=old))

    assert Delivery.objects.get().text == new


def test_more_messages_than_a_minute_takes_are_due_minute_by_minute(survey):
    set_policy(sends_per_minute=10, quiet_from="12:02", quiet_until="15:00")
    make_customers(40)
    recruit(make_wave(survey))

    due = sorted(Delivery.objects.values_list("due_at", flat=True))
    assert due[0] == NOON
    assert all(moment < NOON + 2 * MINUTE or moment >= NOON + 3 * HOUR for moment in due)
    assert len({moment.replace(second=0, microsecond=0) for moment in due}) >= 2
