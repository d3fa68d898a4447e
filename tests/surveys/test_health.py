"""The pages that say how we are."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.urls import reverse
from django.utils import timezone

from surveys.models import WorkerHeartbeat
from surveys.services.heartbeat import beat


@pytest.fixture
def parts(client):
    """Asks for the state of the parts."""

    def ask():
        answer = client.get("/readyz")
        return answer.status_code, answer.json()["parts"]

    return ask


def test_process_answers_without_the_database(client):
    assert client.get("/healthz").content == b"ok\n"


def test_addresses_have_their_names():
    assert (reverse("surveys:healthz"), reverse("surveys:readyz")) == ("/healthz", "/readyz")


def test_ready_when_every_part_works(db, parts):
    beat()

    assert parts() == (200, {"database": "ok", "migrations": "ok", "worker": "ok"})


def test_silent_worker_is_named(db, parts):
    beat()
    WorkerHeartbeat.objects.update(beat_at=timezone.now() - timedelta(seconds=61))

    assert parts() == (503, {"database": "ok", "migrations": "ok", "worker": "failing"})


def test_missing_migration_is_named(db, parts):
    beat()
    newest = MigrationRecorder.Migration.objects.filter(app="surveys").order_by("-name").first()
    newest.delete()

    assert parts()[1]["migrations"] == "failing"


def test_database_that_is_away_is_named(db, parts):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("server closed the connection; password=secret")

    with connection.execute_wrapper(refuse):
        status, named = parts()

    assert (status, named["database"]) == (503, "failing")


def test_nobody_posts_here(client):
    assert client.post("/readyz").status_code == 405
