"""R6 and R7: one answer however often it is sent, and one answer for each personal link."""

import random

import pytest

from .load import Submission, answers, send_all

THREADS = 32


def repeat(site, path, times, seed=6):
    """The same page sent many times."""
    one = Submission(path, answers(random.Random(seed)))
    return send_all(site, [one] * times, threads=THREADS)


def compete(site, path, times, seed=7):
    """Different pages, all sent by the same link."""
    dice = random.Random(seed)
    return send_all(site, [Submission(path, answers(dice)) for _ in range(times)], threads=THREADS)


def test_same_submission_a_thousand_times_is_one_response(make_site):
    site = make_site()
    site.prepare(links=1)
    site.start()
    doors = {"personal": (f"/r/{site.tokens[0]}/", 1), "public": (f"/s/{site.slug}/", 0)}

    for stored, (kind, (path, mails)) in enumerate(doors.items(), start=1):
        owed = site.count("surveys_outboxmessage")
        tally = repeat(site, path, 1000, seed=stored)
        assert len(tally.acknowledged) == 1000
        assert len({(reply.status, reply.location) for reply in tally.replies}) == 1
        assert site.count("surveys_response") == stored
        assert site.count("surveys_outboxmessage") - owed == mails
        print(f"R6 {kind}: 1 response, {len(tally.acknowledged)} identical answers, mails {mails}")


def test_one_personal_link_takes_one_of_a_thousand(make_site):
    site = make_site()
    site.prepare(links=1)
    site.start()

    tally = compete(site, f"/r/{site.tokens[0]}/", 1000)

    refused = tally.with_status(409)
    assert len(tally.acknowledged) == site.count("surveys_response") == 1
    assert len(refused) == 999
    assert all("already answered" in reply.text for reply in refused)
    print(f"R7: accepted {len(tally.acknowledged)}, already answered {len(refused)}, 5xx 0")


@pytest.mark.parametrize("send", [repeat, compete], ids=["R6", "R7"])
def test_duplicates_appear_without_the_protections(make_site, send):
    """Control: the constraints are dropped and the link is never taken."""
    site = make_site()
    site.prepare(links=1, unprotected=True)
    site.start(application="tests.faults.unprotected_wsgi")

    send(site, f"/r/{site.tokens[0]}/", 100)

    assert site.count("surveys_response") > 1
    print(f"Control: {site.count('surveys_response')} responses of 1 by one link")
