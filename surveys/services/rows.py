"""Checking rows before they are stored, and storing one whose key is known."""

from functools import lru_cache

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DEFAULT_DB_ALIAS, connection, connections

from surveys.errors import SurveyError
from surveys.fixed_statements import fixed_cursor


def checked(row, *, exclude=()):
    """The row, when every rule of its model holds; else `SurveyError` with the sentences."""
    try:
        row.full_clean(exclude=set(exclude))
    except ValidationError as error:
        raise SurveyError(" ".join(_sentences(row, error.message_dict))) from error
    return row


def insert_row(row):
    """Insert a row that brings its key along, by a statement that is put together only once.

    No signal is sent. What the database refuses is raised as by `save`.
    """
    fields = row._meta.concrete_fields
    database = connections[DEFAULT_DB_ALIAS]  # looked up once, and not for every field
    values = [field.pre_save(row, add=True) for field in fields]
    values = [
        None if value is None else field.get_db_prep_save(value, database)
        for field, value in zip(fields, values, strict=True)
    ]
    with fixed_cursor() as cursor:
        cursor.execute(_insertion(type(row)), values)
    row._state.adding, row._state.db = False, database.alias


@lru_cache
def _insertion(model):
    quote = connection.ops.quote_name
    columns = [quote(field.column) for field in model._meta.concrete_fields]
    marks = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(columns)}) VALUES ({marks})"


def _sentences(row, messages):
    for name, sentences in messages.items():
        for sentence in sentences:
            if name == NON_FIELD_ERRORS:
                yield sentence
            else:
                yield f"{row._meta.get_field(name).verbose_name}: {sentence}"
