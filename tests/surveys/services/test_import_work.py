"""What a worker does with a file: holds it, is stopped at it, gives it up, forgets it."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from surveys.enums import ImportKind, ImportState
from surveys.models import Customer, ImportRun
from surveys.services.import_files import folder_of
from surveys.services.import_runs import (
    bring_in,
    cancel_import,
    confirm_import,
    match_columns,
    purge_imports,
)
from surveys.services.import_work import MOST_ATTEMPTS, work_on_import, work_on_next_import
from tests.surveys.imports.conftest import nothing_written

ROWS = 6000


@pytest.fixture
def run(db, settings, tmp_path, administrator):
    """A long file whose columns were matched."""
    settings.MEDIA_ROOT = tmp_path
    content = ("number\n" + "".join(f"X{at}\n" for at in range(ROWS))).encode()
    made = bring_in(
        user=administrator,
        kind=ImportKind.CUSTOMERS,
        name="list.csv",
        chunks=[content],
        size=len(content),
    )
    match_columns(run=made, places={"external_id": 0}, constants={})
    return made


def state_of(run):
    """The state that is stored."""
    return ImportRun.objects.get(pk=run.pk).state


def test_progress_can_be_watched(run):
    seen = []

    work_on_import(run.pk, after_piece=lambda: seen.append(ImportRun.objects.get().rows_done))

    assert seen == [2500, 5000]
    assert (state_of(run), ImportRun.objects.get().rows_total) == (ImportState.CHECKED, ROWS)


def test_check_writes_nothing(run):
    with nothing_written(Customer):
        work_on_next_import()


def test_import_that_is_cancelled_while_it_runs_writes_nothing(run):
    work_on_next_import()
    confirm_import(run=run, good_rows_only=False)

    with nothing_written(Customer):
        work_on_import(run.pk, after_piece=lambda: cancel_import(run=run))

    assert state_of(run) == ImportState.CANCELLED
    assert not folder_of(run).exists()


def test_two_workers_import_once(run):
    work_on_next_import()
    confirm_import(run=run, good_rows_only=False)
    tried = []

    work_on_import(run.pk, after_piece=lambda: tried.append(work_on_import(run.pk)))

    assert tried == [False, False]
    assert Customer.objects.count() == ROWS


def test_worker_whose_lease_was_over_gives_way_to_the_next(run):
    """The first is slow: while it checks, its lease ends and another one imports everything."""
    work_on_next_import()
    confirm_import(run=run, good_rows_only=False)

    def overtake():
        if ImportRun.objects.filter(attempts=1, state=ImportState.RUNNING).update(
            lease_until=timezone.now() - timedelta(seconds=1)
        ):
            assert work_on_import(run.pk)

    assert work_on_import(run.pk, after_piece=overtake)

    run.refresh_from_db()
    assert run.state == ImportState.DONE
    assert run.counts == {"new": ROWS, "changed": 0, "unchanged": 0, "refused": 0}


def test_file_at_which_workers_die_is_given_up(run):
    ImportRun.objects.update(
        state=ImportState.RUNNING,
        attempts=MOST_ATTEMPTS,
        lease_until=timezone.now() - timedelta(seconds=1),
    )

    work_on_next_import()

    assert state_of(run) == ImportState.FAILED
    assert "again and again" in ImportRun.objects.get().last_error


def test_file_that_was_lost_is_said(run):
    (folder_of(run) / "source").unlink()

    while work_on_next_import():
        pass

    assert state_of(run) == ImportState.FAILED
    assert "list.csv cannot be opened" in ImportRun.objects.get().last_error


@pytest.mark.parametrize(("days", "is_there"), [(6, True), (8, False)])
def test_file_is_forgotten_after_some_days(run, days, is_there):
    ImportRun.objects.update(
        state=ImportState.CHECKED, requested_at=timezone.now() - timedelta(days=days)
    )

    purge_imports()

    assert ImportRun.objects.exists() == is_there
    assert folder_of(run).exists() == is_there


def test_file_that_is_worked_on_is_not_forgotten(run):
    ImportRun.objects.update(requested_at=timezone.now() - timedelta(days=30))

    assert not purge_imports()
    assert folder_of(run).exists()


def test_folder_that_an_upload_left_is_removed_after_some_days(run):
    lost, new = folder_of(run).with_name("lost"), folder_of(run).with_name("new")
    lost.mkdir()
    new.mkdir()
    long_ago = (timezone.now() - timedelta(days=8)).timestamp()
    os.utime(lost, (long_ago, long_ago))
    os.utime(folder_of(run), (long_ago, long_ago))

    assert purge_imports()
    assert not purge_imports()
    assert [lost.exists(), new.exists(), folder_of(run).exists()] == [False, True, True]
