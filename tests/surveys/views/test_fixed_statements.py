"""The statements of every answer: planned once for a connection, and never blind to a change."""

import pytest
from django.db import connection

from tests import factories

ONLY_POSTGRES = "SQLite compiles a statement once by itself."


@pytest.fixture
def address(db, client, single_page):
    """A link that this connection has opened often enough to keep the plan."""
    if connection.vendor != "postgresql":
        pytest.skip(ONLY_POSTGRES)
    address = f"/s/{factories.make_public_link(single_page).slug}/"
    for _ in range(8):
        client.get(address)
    return address


def kept_plans():
    """What this connection has planned and keeps."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements")
        return [statement for (statement,) in cursor.fetchall()]


def test_plan_for_opening_a_page_is_kept(address):
    assert any("surveys_publiclink" in statement for statement in kept_plans())


def test_kept_plan_goes_on_when_a_migration_adds_a_column(client, address):
    connection.check_constraints()  # PostgreSQL changes no table that still has some to check
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE surveys_survey ADD COLUMN later integer")

    assert client.get(address).status_code == 200
