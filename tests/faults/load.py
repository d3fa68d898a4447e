"""Many customers at once who do not give up: each repeats its submission until it is answered."""

import http.client
import random
import threading
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from urllib.parse import urlencode

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PATIENCE_SECONDS = 90


@dataclass(frozen=True)
class Submission:
    """What one customer sends."""

    path: str
    form: dict

    @property
    def id(self):
        """The id that the page carried."""
        return uuid.UUID(self.form["_id"])


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    location: str
    retry_after: str
    text: str
    sent_at: float
    seconds: float


@dataclass
class Tally:
    """What all customers have seen so far."""

    acknowledged: list = field(default_factory=list)
    replies: list = field(default_factory=list)
    broken_connections: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, submission, reply):
        """Note a reply; only a redirection to the thank-you page is a promise."""
        with self.lock:
            self.replies.append(reply)
            if reply.status == 303:
                self.acknowledged.append(submission.id)

    def count_break(self):
        """Note a connection that broke."""
        with self.lock:
            self.broken_connections += 1

    def with_status(self, status):
        """The replies of this status."""
        return [reply for reply in self.replies if reply.status == status]

    def slowest_but_5_percent(self, begin, end):
        """The 95th percentile of the seconds of what was sent in a span of time, or None."""
        taken = sorted(one.seconds for one in self.replies if begin <= one.sent_at < end)
        return taken[int(0.95 * len(taken))] if taken else None


def submissions(site, *, public=0, personal=0, seed):
    """Different submissions, by the public link and by personal links not used so far."""
    dice = random.Random(seed)
    paths = [f"/s/{site.slug}/"] * public + [f"/r/{site.tokens.pop()}/" for _ in range(personal)]
    made = [Submission(path, answers(dice)) for path in paths]
    dice.shuffle(made)
    return made


def answers(dice):
    """A filled page."""
    return {
        "_id": str(uuid.UUID(int=dice.getrandbits(128), version=4)),
        "_version": "1",
        "_lang": "en",
        "overall": str(dice.randint(1, 5)),
        "recommend": str(dice.randint(0, 10)),
        "comment": f"Words of customer {dice.random()}",
    }


class Customer:
    """A browser that keeps its connection open."""

    def __init__(self, port):
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)

    def send(self, submission):
        """Send once; raises OSError or HTTPException when the connection breaks."""
        sent_at = time.monotonic()
        try:
            self.connection.request("POST", submission.path, urlencode(submission.form), FORM)
            answer = self.connection.getresponse()
            text = answer.read().decode()
        except (OSError, http.client.HTTPException):
            self.connection.close()  # the next request opens it again
            raise
        return Reply(
            status=answer.status,
            location=answer.getheader("Location", ""),
            retry_after=answer.getheader("Retry-After"),
            text=text,
            sent_at=sent_at,
            seconds=time.monotonic() - sent_at,
        )


def start_sending(site, work, *, threads=8, seed=1):
    """Send `work` in the background; gives the tally and a function that waits for the end."""
    tally, dice = Tally(), random.Random(seed)
    pool = ThreadPoolExecutor(threads)
    shares = [work[number::threads] for number in range(threads)]
    jobs = [pool.submit(_send_share, site.port, one, tally, dice.random()) for one in shares]

    def finish():
        pool.shutdown()
        for job in jobs:
            job.result()
        return tally

    return tally, finish


def send_all(site, work, *, threads=8):
    """Send everything; gives the tally."""
    return start_sending(site, work, threads=threads)[1]()


def _send_share(port, work, tally, seed):
    """One thread: its customers one after the other over one connection."""
    customer, dice = Customer(port), random.Random(seed)
    with closing(customer.connection):
        for submission in work:
            _send_until_answered(customer, submission, tally, dice)


def _send_until_answered(customer, submission, tally, dice):
    """Repeat one submission after each broken connection and each 5xx."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        try:
            reply = customer.send(submission)
        except (OSError, http.client.HTTPException):
            tally.count_break()
        else:
            tally.count(submission, reply)
            if reply.status < 500:
                return
        time.sleep(dice.uniform(0.05, 0.4))
    raise TimeoutError(f"No answer to {submission} in {PATIENCE_SECONDS} s.")
