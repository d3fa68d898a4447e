"""The few statements that every answer runs, always in the same words.

PostgreSQL plans a statement anew each time when its values are written into it, as
Django does; for these that took longer than running them. Here the values go
beside the statement, so that a connection plans it once and keeps the plan.
"""

from django.db import DEFAULT_DB_ALIAS, connection, connections


def whole_row(table):
    """All columns of a table or its alias, to be compared; in PostgreSQL as one text.

    The text does not change its type when a migration adds a column, so that kept plans go on.
    """
    return f"{table}::text" if connection.vendor == "postgresql" else f"{table}.*"


def fixed_cursor():
    """A cursor for such statements."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "postgresql":
        return database.cursor()
    database.ensure_connection()
    driver = database.connection
    usual, driver.cursor_factory = driver.cursor_factory, database.Database.Cursor
    try:
        return database.cursor()
    finally:
        driver.cursor_factory = usual
