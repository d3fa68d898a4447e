"""What the tests of the respondent's pages share: filling in a page as a browser would."""

import re
from dataclasses import dataclass
from html import unescape

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client

from tests import factories

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@dataclass
class Door:
    """A survey with one way in."""

    survey: object
    address: str
    invitation: object = None
    link: object = None


@pytest.fixture
def public(survey):
    """A named survey behind a public link."""
    link = factories.make_public_link(survey)
    return Door(survey, f"/s/{link.slug}/", link=link)


@pytest.fixture
def personal(survey):
    """The same survey behind a personal link."""
    invitation, token = factories.make_invitation(survey)
    return Door(survey, f"/r/{token}/", invitation=invitation)


@pytest.fixture(params=["public", "personal"])
def door(request):
    """Both ways in."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def draft(db):
    """A draft in two languages."""
    return factories.make_draft(factories.make_survey(languages=["en", "zh-hans"]))


@pytest.fixture
def single_page(db):
    """A survey that asks everything on one page."""
    survey = factories.make_survey()
    version = factories.make_draft(survey)
    version.page_layout = "single"
    factories.publish(version)
    return survey


def hidden_fields(response):
    """What the form on a page carries along."""
    return {name: unescape(value) for name, value in HIDDEN.findall(response.content.decode())}


def send(client, address, answers, **fields):
    """Open a page, fill it in and send it."""
    page = client.get(address)
    return client.post(address, hidden_fields(page) | answers | fields)


def answer_all(client, address, *, first=None, second=None):
    """Send both pages of the survey; gives the last reply."""
    kept = send(client, address, first or {"overall": "5", "again": "4", "recommend": "9"})
    return send(client, kept["Location"], second or {"staff": "na", "comment": "Good."})


@pytest.fixture
def new_browser():
    """A browser without cookies."""
    return Client


def database_fingerprint():
    """Every row of every table."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found[model._meta.db_table] = sorted(map(repr, cursor.fetchall()))
    return found
