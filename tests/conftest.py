"""What every test may ask for."""

import fcntl
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.db import connection
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.test import Client
from django.utils import translation

from reports.dataset import forget_cells
from surveys.enums import Role
from surveys.questionnaire import frozen_questionnaire
from surveys.views.respond.pages import blank_questions, page_with_slots

from . import factories

# The same examples in every run, and no example fails because the machine is busy.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=True)
hypothesis.settings.load_profile("suite")

ROOT = Path(__file__).parents[1]
NEEDS_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}
READY_LISTS = ("0002_ready_lists", "0015_ask_customers")


def pytest_collection_modifyitems(items):
    """A test that touches no database need not be run again on another one."""
    for item in items:
        asked = NEEDS_DATABASE.intersection(getattr(item, "fixturenames", ()))
        if not asked and not item.get_closest_marker("django_db"):
            item.add_marker(pytest.mark.once)


@receiver(post_migrate)
def ready_lists_are_there_again(sender, **_):
    """A test with transactions of its own empties every table; an installation never is so bare."""
    if sender.label == "surveys":
        for migration in READY_LISTS:
            import_module(f"surveys.migrations.{migration}").add_lists(apps, None)


@pytest.fixture(scope="session")
def migrated_sqlite(tmp_path_factory, worker_id):
    """A SQLite file with every table, to be copied; all workers of a run share one."""
    folder = tmp_path_factory.getbasetemp()
    if worker_id != "master":
        folder = folder.parent
    file = folder / "migrated.sqlite3"
    with (folder / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not file.exists():
            migrate(folder / "migrating.sqlite3").rename(file)
    return file


def migrate(file):
    """Make every table in a new SQLite file, as an operator would."""
    subprocess.run(
        [sys.executable, "manage.py", "migrate", "-v0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{file}"},
        check=True,
    )
    return file


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb):
    """Whether a database is there already: on SQLite a copy, thrown away with its folder."""
    return django_db_keepdb or connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, request):
    """Begin with the tables that were made once for all workers."""
    if connection.vendor == "sqlite":
        migrated = request.getfixturevalue("migrated_sqlite")
        shutil.copy(migrated, connection.settings_dict["TEST"]["NAME"])


@pytest.fixture(autouse=True)
def english():
    """Begin in the first language, whichever one a page of another test was shown in."""
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def forgotten_questionnaires():
    """Begin without cached versions: after a rollback the next test uses the same ids anew."""
    frozen_questionnaire.cache_clear()
    blank_questions.cache_clear()
    page_with_slots.cache_clear()
    forget_cells()


@pytest.fixture
def survey(db):
    """A published named survey with the questions of the curve."""
    return factories.make_published_survey()


@pytest.fixture
def administrator(db):
    """Somebody who may do everything."""
    return factories.make_user(Role.ADMINISTRATOR)


@pytest.fixture
def staff_client(administrator):
    """A browser in which an administrator is signed in."""
    client = Client()
    client.force_login(administrator)
    return client
