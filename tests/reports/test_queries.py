"""How many queries a page of results takes: few, and no more for more of everything."""

import random

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reports.dataset import forget_cells
from reports.rollups import roll_up_next
from surveys.enums import MeasureRole, Role
from surveys.models import Wave
from tests import factories
from tests.reports.rows import make_rows

PAGES = {  # at most so many, of a process that has read no figure yet
    "reports:home": 20,
    "reports:curve": 20,
    "reports:trend": 20,
    "reports:breakdown": 22,
    "reports:questions": 22,
    "reports:who_answered": 20,
    "reports:drivers": 14,
    "reports:comments": 20,
    "reports:edition_list": 14,
    "reports:export_list": 28,
    "reports:results": 30,
    "reports:loyalty": 30,
}


def make_more(survey, seed):
    """Answers from another region with shops, and another wave; the worker counts all days."""
    make_rows(survey, random.Random(seed), 80)
    day = timezone.localdate()
    Wave.objects.create(survey=survey, name=f"Wave {seed}", starts_on=day, ends_on=day)
    while roll_up_next():
        pass


@pytest.fixture
def answered(db):
    """A survey with several attributes that many customers of several shops have answered."""
    survey = factories.make_survey()
    version = factories.make_draft(survey)
    section = version.sections.last()
    for place in range(6):
        factories.make_rating(
            section, f"attribute{place}", role=MeasureRole.ATTRIBUTE, position=10 + place
        )
    factories.publish(version)
    make_more(survey, 1)
    return survey


def first_view(client, name, survey):
    address = reverse(name) if name == "reports:home" else reverse(name, args=[survey.slug])
    forget_cells()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in queries]


@pytest.mark.parametrize("role", [Role.ANALYST, Role.MANAGER])
def test_pages_take_few_queries_and_no_more_for_more_of_everything(answered, role):
    unit = factories.make_unit("Head office") if role == Role.MANAGER else None
    client = Client()
    client.force_login(factories.make_user(role, unit=unit))
    for name in PAGES:
        first_view(client, name, answered)  # frozen questionnaires are read once for a process

    few = {name: first_view(client, name, answered) for name in PAGES}
    make_more(answered, 2)
    many = {name: first_view(client, name, answered) for name in PAGES}

    assert {name: len(few[name]) for name in PAGES if len(few[name]) > PAGES[name]} == {}
    assert {name: len(many[name]) for name in PAGES if len(many[name]) > PAGES[name]} == {}
