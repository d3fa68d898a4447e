"""P1: in the tables as they are declared, nothing leads from an anonymous answer to a person."""

import uuid
from datetime import UTC, date, datetime

import pytest
from django.apps import apps
from django.db import models

from surveys.enums import SurveyMode
from surveys.models import Customer, Event, Invitation, Response
from tests import factories

from .builders import answer_all, invited_survey

PEOPLE = {Customer, Invitation, Event}
# A constraint of the database keeps these empty on an anonymous response.
EMPTY_WHEN_ANONYMOUS = {"customer", "invitation", "event"}
PERSONAL = ("address", "email", "phone", "agent", "session", "cookie", "token", "ip")


def leads_to(model, *, without=(), seen=frozenset()):
    """Every table that can be reached by foreign keys, from their owner to what they name."""
    found = set()
    for field in model._meta.concrete_fields:
        if field.remote_field and field.name not in without and field.related_model not in seen:
            found |= {field.related_model}
            found |= leads_to(field.related_model, seen=seen | found | {model})
    return found


def tables_about(model):
    """Tables with a column that names a row of `model`."""
    return [
        (other, field)
        for other in apps.get_models(include_auto_created=True)
        for field in other._meta.concrete_fields
        if field.remote_field and field.related_model is model
    ]


def test_no_foreign_key_leads_to_a_person():
    assert not leads_to(Response, without=EMPTY_WHEN_ANONYMOUS) & PEOPLE
    assert leads_to(Response) >= PEOPLE  # control: the named ones do lead there


def test_no_third_table_joins_answers_and_people():
    assert [
        other.__name__
        for other, field in tables_about(Response)
        if leads_to(other, without={field.name}) & PEOPLE
    ] == []


def test_ids_are_random():
    assert isinstance(Response._meta.pk, models.UUIDField)
    assert Response._meta.pk.default is uuid.uuid4


def test_columns_hold_nothing_of_a_device():
    names = {part for field in Response._meta.concrete_fields for part in field.name.split("_")}

    assert not names & set(PERSONAL)


@pytest.mark.django_db
@pytest.mark.parametrize("mode", [SurveyMode.ANONYMOUS, SurveyMode.ANONYMOUS_INVITED])
def test_times_are_stored_as_days(mode):
    survey, doors = invited_survey(3)
    if mode == SurveyMode.ANONYMOUS:
        survey = factories.make_published_survey(mode=mode)
        doors = [{"public_link": factories.make_public_link(survey)}]
    answer_all(survey, doors)

    for response in Response.objects.values():
        assert not [value for value in response.values() if isinstance(value, datetime)]
        assert type(response["submitted_on"]) is date
    assert not Invitation.objects.exclude(answered_at=None).exists()


@pytest.mark.django_db
def test_nothing_else_is_stored_about_an_anonymous_answer_or_with_its_invitation():
    survey, doors = invited_survey(3)
    answer_all(survey, doors)

    for table in (Response, Invitation):
        for other, field in tables_about(table):
            assert not other._base_manager.exclude(**{field.name: None}).exists(), other


@pytest.mark.django_db
def test_control_a_named_answer_is_found_by_the_same_search():
    survey = factories.make_published_survey(sends_thanks=True)
    factories.make_response(
        survey, {"overall": "5"}, customer=factories.make_customer(email="ada@example.org")
    )

    response = Response.objects.values().get()
    assert response["submitted_at"] <= datetime.now(UTC)
    assert [
        other.__name__
        for table in (Response, Invitation)
        for other, field in tables_about(table)
        if other._base_manager.exclude(**{field.name: None}).exists()
    ]
