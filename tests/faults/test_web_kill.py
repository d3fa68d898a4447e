"""R1: the web server is killed under load, and no acknowledged answer is lost or stored twice."""

import random
import time
from collections import Counter

import pytest

from .load import start_sending, submissions
from .processes import wait_until

SHORT, LONG = (10, 3000), (100, 50_000)
RECOVERY_SECONDS = 10


def load_and_kill(site, *, kills, size, **start):
    """Send `size` submissions while the server is killed and started again.

    Gives the tally and the moments at which the server was started again.
    """
    site.prepare(links=size // 2)
    site.start(**start)
    work = submissions(site, public=size - size // 2, personal=size // 2, seed=1)
    dice = random.Random(1)
    tally, finish = start_sending(site, work)
    starts = []
    for number in range(1, kills + 1):
        goal = size * (number - dice.uniform(0.2, 0.8)) / kills
        wait_until(lambda goal=goal: len(tally.acknowledged) >= goal, "answers", site.log)
        site.kill()
        starts.append(time.monotonic())
        site.start(**start)
    return finish(), starts


def slowest_after(tally, starts):
    """The largest 95th percentile of the reply times, each over the seconds after one start."""
    spans = [(start, start + RECOVERY_SECONDS) for start in starts]
    found = [tally.slowest_but_5_percent(*span) for span in spans]
    return max(seconds for seconds in found if seconds is not None)


def damage(site, tally):
    """Acknowledged submissions that are not stored, and those stored more than once."""
    stored = Counter(site.stored_ids())
    lost = set(tally.acknowledged) - set(stored)
    return len(lost), sum(times > 1 for times in stored.values())


@pytest.mark.parametrize(
    ("kills", "size"), [SHORT, pytest.param(*LONG, marks=pytest.mark.long)], ids=["short", "long"]
)
def test_killed_web_server_loses_no_answer(make_site, kills, size):
    site = make_site()

    tally, starts = load_and_kill(site, kills=kills, size=size)

    lost, twice = damage(site, tally)
    assert tally.broken_connections > 0
    assert len(tally.acknowledged) == len(site.stored_ids()) == size
    assert (lost, twice) == (0, 0)
    print(
        f"R1: {kills} kills, {size} acknowledged, lost {lost}, duplicates {twice}, "
        f"{tally.broken_connections} broken connections, p95 in the {RECOVERY_SECONDS} s after a "
        f"start at most {1000 * slowest_after(tally, starts):.0f} ms"
    )


def test_web_server_that_answers_before_it_stores_loses_answers(sqlite_site):
    """Control: the thank-you page comes first and the storing a little later."""
    site = sqlite_site()

    tally, _starts = load_and_kill(site, kills=1, size=100, application="tests.faults.hasty_wsgi")
    site.kill()

    lost, _twice = damage(site, tally)
    assert lost > 0
    print(f"Control of R1: lost {lost} of {len(tally.acknowledged)}")
