"""R4: the web server does not start with settings that could lose an answer or show a secret."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.faults.postgres import PostgresServer

ROOT = Path(__file__).parents[2]
SAFE = {
    "SECRET_KEY": "a-long-and-random-text-of-more-than-thirty-two-signs",
    "BASE_URL": "https://survey.example.org",
}


@pytest.fixture(scope="module")
def postgres():
    """A PostgreSQL server whose settings may be spoilt."""
    server = PostgresServer()
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture
def spoil(postgres):
    """A function that switches a setting of the server off until the end of the test."""

    def alter(*commands):
        with psycopg.connect(postgres.address("postgres"), autocommit=True) as connection:
            for command in [*commands, "SELECT pg_reload_conf()"]:
                connection.execute(command)

    yield lambda name: alter(f"ALTER SYSTEM SET {name} = off")
    alter("ALTER SYSTEM RESET ALL")


def start(folder, **environment):
    """Load the entry point of the web server; gives the exit code and the last line it said."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    done = subprocess.run(
        [sys.executable, "-c", "import config.wsgi"],
        cwd=ROOT,
        env=kept | SAFE | {"DATA_DIR": str(folder)} | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr.strip().rpartition("\n")[2]


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"SQLITE_SYNCHRONOUS": "NORMAL"}, "synchronous = NORMAL"),
        ({"SQLITE_SYNCHRONOUS": "OFF"}, "synchronous = OFF"),
        ({"DEBUG": "1"}, "DEBUG is on although BASE_URL is https://survey.example.org"),
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing, known"),
        ({"SECRET_KEY": "development-only-never-in-production"}, "SECRET_KEY is missing, known"),
        ({"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}, "database does not answer"),
    ],
    ids=["normal", "off", "debug", "no key", "known key", "no database"],
)
def test_unsafe_start_is_refused_in_one_line(tmp_path, environment, reason):
    code, line = start(tmp_path, **environment)

    assert code != 0
    assert line.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert reason in line
    print(f"R4: refused: {line.partition(': ')[2]}")


@pytest.mark.parametrize("name", ["fsync", "full_page_writes", "synchronous_commit"])
def test_postgresql_that_may_lose_answers_is_refused(tmp_path, postgres, spoil, name):
    spoil(name)

    code, line = start(tmp_path, DATABASE_URL=postgres.address("postgres"))

    assert code != 0
    assert f"The database runs with {name} = off" in line


def test_postgresql_that_one_database_weakens_is_refused(tmp_path, postgres):
    url = postgres.address("postgres") + "?options=-c%20synchronous_commit%3Doff"

    code, line = start(tmp_path, DATABASE_URL=url)

    assert code != 0
    assert "synchronous_commit = off" in line


def test_safe_start_passes(tmp_path):
    """Control: nothing is refused that is well."""
    code, _line = start(tmp_path)

    assert code == 0


def test_safe_start_on_postgresql_passes(tmp_path, postgres):
    code, _line = start(tmp_path, DATABASE_URL=postgres.address("postgres"))

    assert code == 0
