"""What every test may ask for."""

from importlib import import_module

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.db.models.signals import post_migrate
from django.dispatch import receiver
from django.test import Client
from django.utils import translation

from reports.dataset import forget_cells
from surveys.enums import Role
from surveys.questionnaire import frozen_questionnaire
from surveys.views.respond_pages import blank_questions, page_with_slots

from . import factories

# The same examples in every run, and no example fails because the machine is busy.
hypothesis.settings.register_profile("suite", deadline=None, derandomize=True)
hypothesis.settings.load_profile("suite")

READY_LISTS = ("0002_ready_lists", "0015_ask_customers")


@receiver(post_migrate)
def ready_lists_are_there_again(sender, **_):
    """A test with transactions of its own empties every table; an installation never is so bare."""
    if sender.label == "surveys":
        for migration in READY_LISTS:
            import_module(f"surveys.migrations.{migration}").add_lists(apps, None)


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
