"""R3: the reply leaves only after the answer is on the disk, as the kernel saw it.

`strace` writes down what the processes ask the kernel for. Between two
replies something must be written to the database, and the last thing before
the reply must be the order to put it on the disk. A connection of its own
for each request keeps SQLite's closing checkpoint, which syncs at any
setting, behind the reply.
"""

import re
import shutil
import subprocess
from contextlib import closing

import pytest

from .load import send_all, submissions
from .site import Site

REPLIES = 20
CALL = re.compile(r"(?P<process>\d+) +(?P<name>\w+)\(\d+<(?P<file>[^>]*)>(?P<rest>.*)")


@pytest.fixture(scope="module", autouse=True)
def strace():
    """Skip where processes may not be watched."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed.")
    tried = subprocess.run(["strace", "-f", "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"strace may not watch processes here: {tried.stderr.strip()[-200:]}")


def durable_replies(trace, *, database, reply):
    """For each reply, whether a sync was the last that its process did to the database's files.

    Only what the process did itself since its last reply counts: somebody
    else's sync may come in time by luck.
    """
    last, found = {}, []
    for line in trace.read_text(errors="replace").splitlines():
        call = CALL.match(line)
        if call is None:
            continue
        if call["name"] == "sendto" and reply in call["rest"]:
            found.append(last.pop(call["process"], None) == "sync")
        elif database in call["file"]:
            last[call["process"]] = "write" if call["name"] == "pwrite64" else "sync"
    return found


def watch_sqlite(site, trace):
    """Send twenty answers to a watched web server; gives which replies were durable."""
    site.prepare(links=0)
    site.start(workers=1, threads=1, trace=trace)
    tally = send_all(site, submissions(site, public=REPLIES, seed=3), threads=1)
    assert len(tally.acknowledged) == REPLIES
    site.close()
    return durable_replies(trace, database="topbox.sqlite3", reply='"HTTP/1.1 303')


@pytest.mark.parametrize(
    ("synchronous", "expected"), [("FULL", REPLIES), ("NORMAL", 0), ("OFF", 0)]
)
def test_sqlite_syncs_before_each_reply(sqlite_site, tmp_path, synchronous, expected):
    """FULL is what we run; NORMAL and OFF are the controls, which only DEBUG lets start."""
    debug = {} if synchronous == "FULL" else {"DEBUG": "1"}
    site = sqlite_site(DATABASE_CONN_MAX_AGE="0", SQLITE_SYNCHRONOUS=synchronous, **debug)

    durable = watch_sqlite(site, tmp_path / "trace")

    assert len(durable) == REPLIES
    assert sum(durable) == expected
    print(f"R3: SQLite {synchronous}: synced before {sum(durable)} of {len(durable)} replies")


LAZY = {"synchronous_commit": "off", "wal_writer_delay": "10s"}


@pytest.mark.parametrize(
    ("own_postgres", "expected"),
    [({"synchronous_commit": "on"}, REPLIES), (LAZY, 0)],
    indirect=["own_postgres"],
    ids=["on", "off"],
)
def test_postgresql_syncs_before_each_commit_is_told(own_postgres, tmp_path, expected):
    """The server is watched: the web server waits for its word before it replies."""
    site = Site(tmp_path, own_postgres.address("topbox"), DEBUG="1")
    site.prepare(links=0)
    own_postgres.shut_down()
    own_postgres.trace = own_postgres.folder / "trace"
    own_postgres.start()

    with closing(site):
        site.start(workers=1, threads=1)
        tally = send_all(site, submissions(site, public=REPLIES, seed=3), threads=1)

    durable = durable_replies(own_postgres.trace, database="/pg_wal/", reply="COMMIT")
    assert len(tally.acknowledged) == len(durable) == REPLIES
    assert sum(durable) == expected
    print(
        f"R3: PostgreSQL, synchronous_commit={own_postgres.settings['synchronous_commit']}: "
        f"synced before {sum(durable)} of {len(durable)} commits"
    )
