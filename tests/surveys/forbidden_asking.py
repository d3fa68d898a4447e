"""Attempts on the tables of asking: waves, rules, messages, panels, attributes."""

from datetime import UTC, date, datetime

from surveys.enums import AttributeKind, Interval, MessageKind, SkipReason
from surveys.models import (
    AccessRecord,
    Account,
    AttributeChoice,
    ContactPolicy,
    Customer,
    CustomerAlias,
    CustomerAttribute,
    Delivery,
    DeliveryDecision,
    Erasure,
    MessageText,
    Panel,
    PanelMember,
    RetentionRule,
    SkippedCustomer,
    Wave,
    WaveSeries,
)
from tests import factories

from .forbidden import refused

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@refused("account_has_an_external_id")
def account_without_number():
    Account.objects.create(external_id="")


@refused("a_role_is_one_in_an_account")
def role_without_an_account():
    Customer.objects.create(external_id="C-1", account_role="buyer")


@refused("attribute_kind_is_known")
def attribute_of_an_unknown_kind():
    CustomerAttribute.objects.create(code="hat", name={"en": "Hat"}, kind="felt")


@refused("a_choice_is_listed_once_per_attribute")
def choice_listed_twice():
    attribute = CustomerAttribute.objects.create(
        code="hat", name={"en": "Hat"}, kind=AttributeKind.CHOICE
    )
    for _time in range(2):
        AttributeChoice.objects.create(attribute=attribute, code="felt", name={"en": "Felt"})


@refused("one_contact_policy")
def second_contact_policy():
    ContactPolicy.objects.create(pk=2)


@refused("a_customer_is_in_a_panel_once")
def member_twice():
    panel, customer = Panel.objects.create(name="Voices"), factories.make_customer()
    for _time in range(2):
        PanelMember.objects.create(panel=panel, customer=customer)


@refused("an_address_is_asked_once_per_wave")
def one_address_of_two_customers():
    survey = factories.make_survey()
    wave = make_wave(survey)
    for _time in range(2):
        factories.make_invitation(survey, factories.make_customer(), wave=wave)
    wave.invitations.update(recipient_key="a")


@refused("a_message_of_an_invitation_is_sent_once")
def message_twice():
    for _time in range(2):
        make_delivery()


@refused("delivery_state_is_known")
def delivery_in_an_unknown_state():
    make_delivery(state="in the air")


@refused("delivery_choice_is_known")
def unknown_decision_about_a_delivery():
    DeliveryDecision.objects.create(delivery=make_delivery(), choice="pray", state_before="failed")


@refused("a_customer_is_skipped_once_per_wave")
def skipped_twice_in_a_wave():
    survey = factories.make_survey()
    wave, customer = make_wave(survey), factories.make_customer()
    for _time in range(2):
        make_skip(survey, customer, wave=wave)


@refused("a_customer_is_skipped_once_per_event")
def skipped_twice_for_an_event():
    survey, customer = factories.make_survey(), factories.make_customer()
    event = factories.make_event(customer)
    for _time in range(2):
        make_skip(survey, customer, event=event)


@refused("skip_reason_is_known")
def skipped_for_an_unknown_reason():
    make_skip(factories.make_survey(), factories.make_customer(), reason="rude")


@refused("a_series_goes_on")
def series_of_no_weeks():
    make_series(every=0)


@refused("a_series_has_one_wave_a_day")
def two_waves_of_a_series_on_a_day():
    series = make_series()
    make_wave(series.survey, series=series)
    make_wave(series.survey, series=series, name="again")


@refused("wave_state_is_known")
def wave_in_an_unknown_state():
    make_wave(factories.make_survey(), state="asleep")


def make_wave(survey, **fields):
    """The wave of January."""
    values = {"name": "2026-01", "starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 31)}
    return Wave.objects.create(survey=survey, **values | fields)


def make_series(**fields):
    """A wave each month."""
    values = {"name": "Monthly", "interval": Interval.MONTHS, "next_on": date(2026, 1, 1)}
    return WaveSeries.objects.create(survey=factories.make_survey(), **values | fields)


def make_skip(survey, customer, reason=SkipReason.OPTED_OUT, **why):
    return SkippedCustomer.objects.create(survey=survey, customer=customer, reason=reason, **why)


def make_delivery(**fields):
    """The first message of the one invitation there is."""
    survey = factories.make_survey() if not Wave.objects.exists() else Wave.objects.get().survey
    wave = Wave.objects.first() or make_wave(survey)
    invitation = wave.invitations.first() or factories.make_invitation(survey, wave=wave)[0]
    text = MessageText.objects.create(survey=survey, name="Ask", kind=MessageKind.INVITATION)
    return Delivery.objects.create(
        invitation=invitation, channel="email", text=text, due_at=NOON, **fields
    )


@refused("alias_has_an_external_id")
def alias_without_a_number():
    CustomerAlias.objects.create(external_id="", customer=factories.make_customer())


@refused("an_access_is_of_a_known_kind")
def look_through_the_keyhole():
    AccessRecord.objects.create(what="keyhole")


@refused("one_retention_rule")
def second_retention_rule():
    RetentionRule.objects.create(pk=2)


@refused("customers_are_kept_for_a_month_at_least")
def customers_kept_for_no_time():
    RetentionRule.objects.create(pk=1, months=0)


@refused("who_looked_is_kept_for_a_month_at_least")
def looks_kept_for_no_month():
    RetentionRule.objects.create(pk=1, access_months=0)


@refused("a_finished_erasure_names_nobody")
def finished_erasure_of_somebody():
    Erasure.objects.create(customer=factories.make_customer(), state="done")
