"""Attempts on the table of files that are brought in."""

from datetime import UTC, datetime

from surveys.enums import ImportKind, ImportState
from surveys.models import ImportRun
from tests import factories

from .forbidden import refused

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


def make_run(**fields):
    return ImportRun.objects.create(**{"kind": ImportKind.CUSTOMERS, "folder": "one"} | fields)


@refused("import_kind_is_known")
def import_of_an_unknown_kind():
    make_run(kind="hats")


@refused("import_state_is_known")
def import_in_an_unknown_state():
    make_run(state="lost")


@refused("only_responses_are_of_a_survey")
def customers_of_a_survey():
    make_run(survey=factories.make_survey())


@refused("only_responses_are_of_a_survey")
def responses_of_no_survey():
    make_run(kind=ImportKind.RESPONSES)


@refused("an_import_that_is_done_was_confirmed")
def import_that_nobody_confirmed():
    make_run(state=ImportState.DONE, finished_at=NOON)
