"""What a wave says before its start is what it does."""

from surveys.enums import Channel
from surveys.models import Account, Customer, Invitation
from surveys.selectors.forecasts import forecast
from surveys.selectors.waves import reasons_of
from tests import factories
from tests.deliveries import set_policy

from .builders import DAY, NOON, make_customers, make_wave, recruit


def people():
    """Some of every kind."""
    set_policy(person_days=30, account_days=10)
    closed = factories.make_unit()
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)
    household = Account.objects.create(external_id="H-1")
    company = Account.objects.create(external_id="C-1", asked_at=NOON - 5 * DAY)
    make_customers(10)
    make_customers(2, opted_out_at=NOON)
    make_customers(3, asked_at=NOON - 29 * DAY)
    make_customers(1, email_bounced_at=NOON)
    make_customers(1, unit=closed)
    make_customers(4, account=household)
    make_customers(1, account=company)
    factories.make_customer(phone="0912 345 678")
    for _twin in range(2):
        factories.make_customer(email="twin@example.org")


def told(wave):
    found = forecast(wave)
    return found.drawn, found.asked, dict(found.skipped)


def done(wave):
    recruit(wave)
    return wave.to_recruit, wave.invitations.count(), dict(reasons_of(wave))


def test_forecast_is_what_happens(survey):
    people()
    wave = make_wave(survey)

    expected = told(wave)

    assert expected[1] == 12
    assert done(wave) == expected


def test_forecast_of_a_selection_with_a_seed_is_what_happens(survey):
    people()
    wave = make_wave(survey, sample_size=9, sample_seed=3)

    expected = told(wave)

    assert forecast(wave).population == Customer.objects.count()
    assert expected[0] == 9
    assert done(wave) == expected


def test_forecast_knows_the_channel(survey):
    people()

    assert told(make_wave(survey, channel=Channel.SMS))[1] == 1


def test_forecast_writes_nothing(survey):
    people()
    before = list(Customer.objects.values_list("pk", "asked_at"))

    forecast(make_wave(survey))

    assert list(Customer.objects.values_list("pk", "asked_at")) == before
    assert not Invitation.objects.exists()
