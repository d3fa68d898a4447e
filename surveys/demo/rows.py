"""Inserting many rows with their times as given.

`bulk_create` makes an object and several calls for each value and overwrites
the times of creation, which are history here; this takes a third of its time.
"""

from django.db import connection, models

PREPARED = (
    models.DateField,
    models.DecimalField,
    models.JSONField,
    models.UUIDField,
)


def insert_rows(model, columns, rows):
    """Insert tuples of values in the order of `columns`; other columns get their default."""
    fields = {field.attname: field for field in model._meta.concrete_fields}
    others = [name for name in fields if name not in columns and not fields[name].primary_key]
    defaults = tuple(prepared(fields[name], fields[name].get_default()) for name in others)
    quoted = ", ".join(
        connection.ops.quote_name(fields[name].column) for name in [*columns, *others]
    )
    places = ", ".join(["%s"] * (len(columns) + len(others)))
    table = connection.ops.quote_name(model._meta.db_table)
    to_prepare = [isinstance(fields[name], PREPARED) for name in columns]
    listed = [fields[name] for name in columns]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({quoted}) VALUES ({places})",
            (
                tuple(
                    prepared(field, value) if wanted else value
                    for field, wanted, value in zip(listed, to_prepare, row, strict=True)
                )
                + defaults
                for row in rows
            ),
        )


def prepared(field, value):
    """A value as the database wants it."""
    return field.get_db_prep_save(value, connection)


def keys_by(model, name, prefix=""):
    """The primary keys of rows by a unique text that begins with `prefix`."""
    return dict(
        model.objects.filter(**{f"{name}__startswith": prefix}).values_list(name, "pk").iterator()
    )
