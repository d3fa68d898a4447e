"""R5: the disk is full while customers answer and bulletins are drawn.

Nothing acknowledged is lost. The customer is asked to wait, with the answers
in the page; when there is room again, the same web server goes on.
"""

import time
from collections import Counter
from contextlib import closing

import pytest
from django.core.management import call_command
from django.utils import timezone

from reports.editions.bulletins import request_edition
from reports.tasks import render_edition
from surveys.enums import JobState, Role
from tests import factories

from .conftest import running_postgres
from .load import send_all, start_sending, submissions
from .processes import wait_until
from .site import Site, copy_sqlite
from .small_disk import small_disk

SIZE = 600
SMALL_WAL = {"max_wal_size": "64MB", "min_wal_size": "32MB"}


@pytest.fixture
def disk():
    """A disk for the database."""
    with small_disk(megabytes=160) as disk:
        yield disk


@pytest.fixture
def sqlite_on_disk(migrated_sqlite, disk, tmp_path):
    """A site with its SQLite file on the small disk."""
    with closing(Site(tmp_path, copy_sqlite(migrated_sqlite, disk.folder))) as site:
        yield site


@pytest.fixture
def postgres_on_disk(migrated_cluster, disk, tmp_path):
    """A site with its PostgreSQL server on the small disk."""
    with (
        running_postgres(migrated_cluster, SMALL_WAL, parent=disk.folder) as server,
        closing(Site(tmp_path, server.address("topbox"))) as site,
    ):
        yield site


def load_and_fill(site, disk, *, size=SIZE, **start):
    """Send `size` submissions, the disk being full for a while.

    Gives the tally and the seconds from the first free block until everything was answered.
    """
    site.prepare(links=0)
    site.start(**start)
    tally, finish = start_sending(site, submissions(site, public=size, seed=5))
    wait_until(lambda: len(tally.acknowledged) >= size / 4, "answers", site.log)
    disk.fill()
    wait_until(lambda: len(tally.with_status(503)) >= 20, "a full disk", site.log)
    freed_at = time.monotonic()
    disk.free()
    return finish(), time.monotonic() - freed_at


@pytest.mark.parametrize("place", ["sqlite_on_disk", "postgres_on_disk"])
def test_full_disk_loses_no_answer(request, disk, place):
    site = request.getfixturevalue(place)

    tally, seconds = load_and_fill(site, disk)

    stored = Counter(site.stored_ids())
    waiting = tally.with_status(503)
    assert site.process.poll() is None
    assert len(tally.acknowledged) == SIZE
    assert (len(set(tally.acknowledged) - set(stored)), max(stored.values())) == (0, 1)
    assert not tally.with_status(500)
    assert all("Words of customer" in reply.text for reply in waiting)
    print(
        f"R5 {place}: {SIZE} acknowledged, lost 0, duplicates 0, {len(waiting)} times 503 with "
        f"the answers in the page, {seconds:.1f} s from the first free block to all answers"
    )


def test_server_that_answers_before_it_stores_loses_answers(sqlite_on_disk, disk):
    """Control: the thank-you page comes first, and the disk has no room for the storing."""
    sqlite_on_disk.prepare(links=0)
    sqlite_on_disk.start(application="tests.faults.hasty_wsgi")
    disk.fill()

    tally = send_all(sqlite_on_disk, submissions(sqlite_on_disk, public=300, seed=5))

    lost = set(tally.acknowledged) - set(sqlite_on_disk.stored_ids())
    assert lost
    print(f"Control of R5: lost {len(lost)} of {len(tally.acknowledged)}")


@pytest.fixture
def media(settings):
    """A small disk for files."""
    with small_disk(megabytes=4) as disk:
        settings.MEDIA_ROOT = disk.folder / "media"
        yield disk


def answered_survey():
    """A survey with enough answers for a figure."""
    survey = factories.make_published_survey()
    row = {"answers": {"overall": "5"}, "submitted_at": timezone.now()}
    factories.make_responses(survey, [row] * 10)
    return survey


def files_of(disk):
    return [path for path in disk.folder.glob("media/**/*") if path.is_file()]


@pytest.mark.django_db
def test_bulletin_on_a_full_disk_leaves_no_half_file_and_comes_later(media):
    survey = answered_survey()
    edition = request_edition(
        survey=survey,
        unit=None,
        level="manager",
        language="en",
        user=factories.make_user(Role.ADMINISTRATOR),
    )

    media.fill()
    render_edition(edition.pk)
    edition.refresh_from_db()
    assert edition.state == JobState.QUEUED
    assert "could not be stored" in edition.last_error
    assert files_of(media) == []
    media.free()
    render_edition(edition.pk)

    edition.refresh_from_db()
    assert edition.state == JobState.DONE
    assert [path.read_bytes()[:5] for path in files_of(media)] == [b"%PDF-"]


@pytest.mark.django_db
def test_report_command_on_a_full_disk_leaves_no_half_file(media, capsys):
    survey = answered_survey()
    out = media.folder / "report.pdf"
    media.fill()

    with pytest.raises(SystemExit):
        call_command("report", survey.slug, out=str(out))

    assert (
        capsys.readouterr().err.strip().endswith("could not be written: No space left on device.")
    )
    assert [path.name for path in media.folder.iterdir()] == ["filler"]
