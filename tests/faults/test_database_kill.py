"""R2: PostgreSQL is killed under load; customers keep their answers in the page and none is lost.

For SQLite the database is part of the web server, so that killing it is R1.
A killed process cannot take back what the kernel holds, whatever SQLite's
`synchronous` says: that the answer is on the disk itself is shown by R3.
"""

import time
from collections import Counter

import pytest

from .load import start_sending, submissions
from .processes import wait_until
from .site import Site

SHORT, LONG = (5, 2000), (50, 20_000)
LAZY = {"synchronous_commit": "off", "wal_writer_delay": "10s"}
AWAY_SECONDS = 1.5
LONG_AWAY_SECONDS = 60


@pytest.fixture
def site(own_postgres, tmp_path):
    """A site over the server that will be killed.

    DEBUG lets it start on the unsafe settings of the control, which
    production refuses (R4).
    """
    site = Site(tmp_path, own_postgres.address("topbox"), DEBUG="1")
    yield site
    site.close()


def load_and_stop(site, server, *, stops, size, stop, away=AWAY_SECONDS):
    """Send `size` submissions while the database is stopped and started; gives the tally."""
    site.prepare(links=size // 2)
    site.start()
    work = submissions(site, public=size - size // 2, personal=size // 2, seed=2)
    tally, finish = start_sending(site, work)
    for number in range(1, stops + 1):
        goal = size * (number - 0.5) / stops
        wait_until(lambda goal=goal: len(tally.acknowledged) >= goal, "answers", site.log)
        stop()
        time.sleep(away)  # the fault itself: so long is the database away
        server.start()
    return finish()


@pytest.mark.parametrize(
    ("kills", "size"), [SHORT, pytest.param(*LONG, marks=pytest.mark.long)], ids=["short", "long"]
)
def test_killed_database_loses_no_answer(site, own_postgres, kills, size):
    tally = load_and_stop(site, own_postgres, stops=kills, size=size, stop=own_postgres.kill)
    own_postgres.kill()
    own_postgres.start()

    waiting = assert_nothing_lost(site, tally, size)
    print(
        f"R2: {kills} kills, {size} acknowledged, lost 0, duplicates 0, "
        f"{waiting} times 503 with the answers in the page, 0 times 500"
    )


@pytest.mark.parametrize(
    "away",
    [AWAY_SECONDS, pytest.param(LONG_AWAY_SECONDS, marks=pytest.mark.long)],
    ids=["a moment", "a minute"],
)
def test_database_restarted_in_good_order_loses_no_answer(site, own_postgres, away):
    size = 400
    tally = load_and_stop(
        site, own_postgres, stops=2, size=size, stop=own_postgres.shut_down, away=away
    )

    waiting = assert_nothing_lost(site, tally, size)
    print(
        f"R2: 2 restarts with {away} s between, {size} acknowledged, lost 0, duplicates 0, "
        f"{waiting} times 503 with the answers in the page, 0 times 500"
    )


def assert_nothing_lost(site, tally, size):
    """Everything is acknowledged and stored once; gives how often customers had to wait."""
    stored = Counter(site.stored_ids())
    lost = set(tally.acknowledged) - set(stored)
    waiting = tally.with_status(503)
    assert len(tally.acknowledged) == size
    assert (len(lost), max(stored.values())) == (0, 1)
    assert waiting
    assert not tally.with_status(500)
    assert all(int(reply.retry_after) > 0 for reply in waiting)
    assert all("Words of customer" in reply.text for reply in waiting)
    return len(waiting)


@pytest.mark.parametrize("own_postgres", [LAZY], indirect=True, ids=["lazy"])
def test_database_that_writes_late_loses_answers(site, own_postgres):
    """Control: `synchronous_commit=off`, and a kill right after the last acknowledgement."""
    tally = load_and_stop(site, own_postgres, stops=0, size=40, stop=own_postgres.kill)
    own_postgres.kill()
    own_postgres.start()

    lost = set(tally.acknowledged) - set(site.stored_ids())
    assert lost
    print(f"Control of R2: lost {len(lost)} of {len(tally.acknowledged)}")
