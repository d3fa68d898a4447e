"""Promises about every address of the project: reading never writes, and no form goes unasked."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from surveys.enums import Role
from surveys.models import Unit
from tests import factories

from .every_url import addresses, things_to_show

pytestmark = pytest.mark.django_db

# Signing in begins a session, and django-allauth counts how often somebody opens the page for
# a new password; nothing of a survey is in either table.
OF_SIGNING_IN = {"django_session", "shared_cache"}
# The one thing that a staff page writes when it is opened: who looked at which customer.
LOG_OF_WHO_LOOKED = {"surveys_accessrecord"}
NOT_COMPARED = OF_SIGNING_IN | LOG_OF_WHO_LOOKED
RESPONDENT = ("/s/", "/r/", "/c/", "/u/")


def writing_view(request):
    """What must not happen: opening this page makes a row."""
    factories.make_customer()
    return HttpResponse("Shown.")


urlpatterns = [path("", include("config.urls")), path("writes/", writing_view, name="writes")]


def fingerprint():
    """Every row of every table, models or not, without when somebody was last here."""
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - NOT_COMPARED):
            cursor.execute(f'SELECT * FROM "{table}"')
            columns = [
                column.name if hasattr(column, "name") else column[0]
                for column in cursor.description
            ]
            kept = [number for number, name in enumerate(columns) if name != "last_login"]
            found[table] = sorted(repr([row[number] for number in kept]) for row in cursor)
    return found


@pytest.fixture
def every_address(settings, tmp_path, administrator):
    """The address of every pattern, for a survey in which everything is there once."""
    settings.MEDIA_ROOT = tmp_path
    return addresses(things_to_show(tmp_path, administrator))


def visitor(role):
    """A browser: nobody's, that of somebody without a role, or of somebody with one."""
    client = Client(raise_request_exception=False)
    if role != "nobody":
        unit = Unit.objects.first() if role == Role.MANAGER else None
        client.force_login(factories.make_user(None if role == "no role" else role, unit=unit))
    return client


def tables_written_by_looking(client, every_address):
    """Which tables differ after every page was opened, and after which page they did."""
    before = fingerprint()
    for _ in range(2):
        for address in every_address.values():
            for look in (client.get, client.head):
                reply = look(address)
                assert reply.status_code < 500, f"{address} broke"
                if hasattr(reply, "streaming_content"):
                    b"".join(reply.streaming_content)  # which closes the file
    after = fingerprint()
    return sorted(table for table in before if before[table] != after[table])


@pytest.mark.parametrize("role", ["nobody", "no role", *Role.values])
def test_reading_writes_nothing(every_address, role):
    assert tables_written_by_looking(visitor(role), every_address) == []


@pytest.mark.urls(__name__)
def test_page_that_writes_is_caught(every_address):
    """The control: one page among all of them writes."""
    assert tables_written_by_looking(visitor("nobody"), every_address) == ["surveys_customer"]


def test_form_without_its_token_is_refused_everywhere(every_address, administrator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    staff = {one for one in every_address.values() if not one.startswith(RESPONDENT)}

    taken = {
        address: reply.status_code
        for address in sorted(staff)
        for send in (client.post, client.put, client.delete)
        if (reply := send(address)).status_code != 403
    }

    assert len(staff) > 60
    assert taken == {}


def test_nothing_was_written_by_forms_without_a_token(every_address, administrator):
    client = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    before = fingerprint()

    for address in every_address.values():
        if not address.startswith(RESPONDENT):
            client.post(address, {"state": "closed", "name": "x"})

    assert fingerprint() == before
