"""Whether the parts that we need are there."""

from functools import lru_cache

from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from surveys.services.heartbeat import is_worker_alive


def state_of_parts():
    """Each part and whether it works; without a database nothing else can be known."""
    try:
        applied = set(MigrationRecorder(connection).applied_migrations())
        is_migrated = expected_migrations() <= applied
        return {
            "database": True,
            "migrations": is_migrated,
            "worker": is_migrated and is_worker_alive(),
        }
    except Error:
        return {"database": False, "migrations": False, "worker": False}


@lru_cache(maxsize=1)
def expected_migrations():
    """The last migration of each application, as they stand in the code of this process."""
    return frozenset(MigrationLoader(None).graph.leaf_nodes())
