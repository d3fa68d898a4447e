"""R30: of two designers who save one draft, the second is told; nothing is overwritten silently."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from .draft_race import race
from .site import copy_sqlite

ROOT = Path(__file__).parents[2]


@pytest.fixture
def race_on_sqlite(migrated_sqlite, tmp_path):
    """The race in a process of its own, on a SQLite file as in production."""
    address = copy_sqlite(migrated_sqlite, tmp_path)
    return lambda rounds, *words: raced(address, rounds, *words)


def raced(address, rounds, *words):
    run = subprocess.run(
        [sys.executable, "-m", "tests.faults.draft_race", str(rounds), *words],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": address},
        capture_output=True,
        text=True,
        timeout=120,
        check=True,
    )
    return json.loads(run.stdout.splitlines()[-1])


def test_second_editor_is_told_on_sqlite(race_on_sqlite):
    assert race_on_sqlite(20) == {"saved": 20, "told": 20, "lost": 0}


def test_edits_get_lost_on_sqlite_without_the_revision(race_on_sqlite):
    """Control: the race does lose edits when nothing looks at the revision."""
    assert race_on_sqlite(5, "unprotected")["lost"] > 0


needs_postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="needs DATABASE_URL of a PostgreSQL server"
)


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_second_editor_is_told_on_postgresql():
    assert race(20) == {"saved": 20, "told": 20, "lost": 0}


@needs_postgresql
@pytest.mark.django_db(transaction=True)
def test_edits_get_lost_on_postgresql_without_the_revision():
    """Control: the race does lose edits when nothing looks at the revision."""
    assert race(5, protected=False)["lost"] > 0
