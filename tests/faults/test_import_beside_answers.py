"""Customers answer while a long file is checked: on SQLite too nobody waits for the importer."""

import random
import subprocess
import sys
from contextlib import closing

import pytest

from .load import Customer, Submission, answers
from .processes import wait_until
from .site import ROOT

ROWS, ANSWERS = 2000, 5


@pytest.fixture
def replies_beside_import(tmp_path):
    """Sends answers while an import is in the midst of its check; gives what came back."""

    def send(site, *control):
        file, ready, go = tmp_path / "list.csv", tmp_path / "ready", tmp_path / "go"
        lines = "".join(f"X{number}\n" for number in range(ROWS))
        file.write_text(f"external_id\n{lines}", encoding="utf-8")
        words = ("-m", "tests.faults.import_beside", str(file), str(ready), str(go), *control)
        child = subprocess.Popen(
            [sys.executable, *words],
            cwd=ROOT,
            env=site.environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        wait_until(ready.exists, "the import to be in its check", site.log)
        dice, customer = random.Random(6), Customer(site.port)
        work = [Submission(f"/s/{site.slug}/", answers(dice)) for _ in range(ANSWERS)]
        with closing(customer.connection):
            replies = [customer.send(submission).status for submission in work]
        go.touch()
        output, _nothing = child.communicate(timeout=120)
        assert output.strip() == str(ROWS)
        return replies

    return send


def test_every_answer_is_stored_while_a_file_is_checked(make_site, replies_beside_import):
    site = make_site(SQLITE_BUSY_SECONDS="1")
    site.prepare(links=1)
    site.start()

    replies = replies_beside_import(site)

    assert replies == [303] * ANSWERS
    assert site.count("surveys_response") == ANSWERS
    assert site.count("surveys_customer") >= ROWS


def test_answers_are_turned_away_when_one_transaction_spans_the_import(
    sqlite_site, replies_beside_import
):
    """Control: the lock of SQLite is held from the first row on."""
    site = sqlite_site(SQLITE_BUSY_SECONDS="1")
    site.prepare(links=1)
    site.start()

    replies = replies_beside_import(site, "one_transaction")

    assert set(replies) == {503}
