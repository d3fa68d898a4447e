"""R8: a link that takes so many answers takes exactly so many; and a reward code is given once."""

import random

import pytest

from .load import Submission, answers, send_all

MAXIMUM, THREADS = 5, 25
CODES, CUSTOMERS = 40, 30


def rush(site):
    """Ten times as many customers as a link takes, all at once, one link after the other."""
    dice = random.Random(8)
    return [
        send_all(
            site,
            [Submission(f"/s/{slug}/", answers(dice)) for _ in range(10 * MAXIMUM)],
            threads=THREADS,
        )
        for slug in site.slugs
    ]


def stored_by_link(site):
    """How many answers each limited link has."""
    query = (
        "SELECT count(*) FROM surveys_response r JOIN surveys_publiclink l"
        " ON l.id = r.public_link_id WHERE l.maximum_answers IS NOT NULL GROUP BY l.id"
    )
    return [number for (number,) in site.rows(query)]


@pytest.mark.parametrize("links", [6, pytest.param(20, marks=pytest.mark.long)])
def test_link_takes_exactly_its_maximum_of_ten_times_as_many(make_site, links):
    site = make_site()
    site.prepare(links=0, limited=links, maximum=MAXIMUM)
    site.start()

    tallies = rush(site)

    assert stored_by_link(site) == [MAXIMUM] * links
    assert {len(tally.acknowledged) for tally in tallies} == {MAXIMUM}
    assert {len(tally.with_status(410)) for tally in tallies} == {9 * MAXIMUM}
    print(f"R8: {links} times exactly {MAXIMUM} of {10 * MAXIMUM} at once")


def test_maximum_is_exceeded_when_nothing_is_held(make_site):
    """Control: places are counted before the transaction only."""
    site = make_site()
    site.prepare(links=0, limited=4, maximum=MAXIMUM)
    site.start(application="tests.faults.uncounted_wsgi")

    rush(site)

    assert max(stored_by_link(site)) > MAXIMUM
    print(f"Control of R8: {stored_by_link(site)} of {MAXIMUM}")


def reward(site):
    """Customers at once, each of whom presses "send" three times; how many codes were given."""
    dice = random.Random(3)
    pressed = [Submission(f"/s/{site.slug}/", answers(dice)) for _ in range(CUSTOMERS)] * 3
    dice.shuffle(pressed)
    send_all(site, pressed, threads=THREADS)
    assert site.count("surveys_response") == CUSTOMERS
    return site.rows("SELECT count(*) FROM surveys_rewardcode WHERE claim IS NOT NULL")[0][0]


def test_each_customer_of_many_at_once_gets_one_code(make_site):
    site = make_site()
    site.prepare(links=0, codes=CODES)
    site.start()

    assert reward(site) == CUSTOMERS


def test_codes_are_given_twice_when_nothing_is_held(make_site):
    """Control: each thread chooses from a list of its own."""
    site = make_site()
    site.prepare(links=0, codes=CODES)
    site.start(application="tests.faults.uncounted_wsgi")

    assert reward(site) < CUSTOMERS
