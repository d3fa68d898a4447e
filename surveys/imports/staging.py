"""What is to be written, kept on disk until every row of the file is checked.

Checking and looking up takes most of the time and needs no lock. Only when it
is known that the file is to be written are the statements run, many rows at a
time in one short transaction: on SQLite nobody who answers a survey meanwhile
waits longer than that.
"""

import json
import tempfile
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection, models


class Staging:
    """Statements with their parameters, in the order in which they are to be run."""

    def __init__(self):
        self._statements = []
        self._file = None

    def __enter__(self):
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8")
        return self

    def __exit__(self, *_problem):
        self._file.close()

    def add(self, statement, rows):
        """Run this statement once for each row of parameters."""
        if not rows:
            return
        if statement not in self._statements:
            self._statements.append(statement)
        json.dump([self._statements.index(statement), rows], self._file, ensure_ascii=False)
        self._file.write("\n")

    def insert(self, instances):
        """Insert these rows of one model."""
        if instances:
            model = type(instances[0])
            fields = [
                field
                for field in model._meta.concrete_fields
                if not isinstance(field, models.AutoField)
            ]
            for instance in instances:
                for field in fields:
                    field.pre_save(instance, add=True)  # sets the time of making
            self.add(_insert(model, fields), [_row(instance, fields) for instance in instances])

    def update(self, instances, columns):
        """Write these columns of rows that are there."""
        if instances and columns:
            model = type(instances[0])
            fields = [model._meta.get_field(name) for name in columns]
            rows = [[*_row(instance, fields), _plain(instance.pk)] for instance in instances]
            self.add(_update(model, fields), rows)

    def write(self):
        """Run every statement; call it inside a transaction."""
        self._file.seek(0)
        with connection.cursor() as cursor:
            for line in self._file:
                at, rows = json.loads(line)
                cursor.executemany(self._statements[at], rows)


def table_of(model):
    """The name of a model's table, quoted."""
    return connection.ops.quote_name(model._meta.db_table)


def _insert(model, fields):
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {table_of(model)} ({columns}) VALUES ({places})"


def _update(model, fields):
    changes = ", ".join(f"{connection.ops.quote_name(field.column)} = %s" for field in fields)
    key = connection.ops.quote_name(model._meta.pk.column)
    return f"UPDATE {table_of(model)} SET {changes} WHERE {key} = %s"


def _row(instance, fields):
    return [_parameter(field, instance) for field in fields]


def _parameter(field, instance):
    value = field.value_from_object(instance)
    if isinstance(field, models.JSONField):
        return None if value is None else json.dumps(value, ensure_ascii=False)
    return _plain(field.get_db_prep_save(value, connection))


def _plain(value):
    """A parameter in a form that JSON can hold and both databases understand."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal | UUID) else value
