"""Guessing personal links: ``python -m bench.guessing``.

Sends random tokens, and real ones with one sign changed, to a server with many
open invitations and prints how many opened a survey; then whether a token that
never was, one that nearly is, and one that was withdrawn are told apart by the
answer, its length or its time. The brake against guessing is switched off, so
that this is what an attacker from many addresses sees.
"""

import argparse
import random
import secrets
import subprocess
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

from scipy.stats import mannwhitneyu

from surveys.tokens import TOKEN_BYTES
from tests.faults.site import Site

SIGNS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
INVITATIONS = 2000
WITHDRAWN = 200
CLIENTS = 4
WITHDRAW = """
import django; django.setup()
from surveys.models import Invitation
first = Invitation.objects.order_by("pk").values("pk")[:{number}]
Invitation.objects.filter(pk__in=list(first.values_list("pk", flat=True))).update(state="revoked")
"""


def main():
    """Guess and compare on a server of its own over SQLite."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--guesses", type=int, default=100_000)
    parser.add_argument("--timed", type=int, default=4000, help="requests of each kind")
    wanted = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = start(Path(folder))
        try:
            tell_hits(site, wanted.guesses)
            tell_differences(site, wanted.timed)
        finally:
            site.close()


def start(folder):
    """A server with invitations, of which the first are withdrawn."""
    site = Site(
        folder,
        f"sqlite:///{folder}/guessing.sqlite3",
        DJANGO_SETTINGS_MODULE="config.settings",
        UNKNOWN_LINKS_PER_MINUTE="0",
        LOG_LEVEL="ERROR",
    )
    site.run("manage.py", "migrate", "-v0")
    site.run("manage.py", "collectstatic", "--noinput", "-v0")
    site.prepare(links=INVITATIONS)
    site.run("-c", WITHDRAW.format(number=WITHDRAWN))
    site.start(workers=2, threads=2)
    return site


def tell_hits(site, number):
    """Guess with several clients at once and print what came back."""
    dice = random.Random(7)
    makers = [lambda: secrets.token_urlsafe(TOKEN_BYTES), lambda: near_miss(dice, site.tokens)]
    tokens = [makers[place % 2]() for place in range(number)]
    with ThreadPoolExecutor(CLIENTS) as pool:
        found = pool.map(lambda part: guess(site.port, part), parts_of(tokens))
    seen = sum(found, Counter())
    hits = sum(count for (status, _length), count in seen.items() if status == 200)
    print(f"{number} guesses against {INVITATIONS} invitations: {hits} hits")
    print(f"status and bytes of the answers: {dict(seen)}")


def parts_of(tokens):
    """The tokens shared out among the clients."""
    return [tokens[number::CLIENTS] for number in range(CLIENTS)]


def guess(port, tokens):
    """How often each (status, length) came back."""
    with closing(HTTPConnection("127.0.0.1", port)) as connection:
        return Counter(asked(connection, token)[:2] for token in tokens)


def asked(connection, token):
    """Status, length and seconds of one answer."""
    begun = time.perf_counter()
    connection.request("GET", f"/r/{token}/")
    reply = connection.getresponse()
    return reply.status, len(reply.read()), time.perf_counter() - begun


def tell_differences(site, number):
    """Ask for three kinds of tokens in turn and print whether their answers differ."""
    dice = random.Random(8)
    kinds = {
        "never was": lambda: secrets.token_urlsafe(TOKEN_BYTES),
        "one sign off": lambda: near_miss(dice, site.tokens),
        "withdrawn": lambda: dice.choice(site.tokens[:WITHDRAWN]),
    }
    answers = {kind: [] for kind in kinds}
    with closing(HTTPConnection("127.0.0.1", site.port)) as connection:
        for _round in range(number):
            for kind in dice.sample(list(kinds), len(kinds)):
                answers[kind].append(asked(connection, kinds[kind]()))
    times = {kind: [one[2] for one in answers[kind]] for kind in kinds}
    for kind in kinds:
        looks = {one[:2] for one in answers[kind]}
        p = mannwhitneyu(times[kind], times["never was"]).pvalue
        middle = sorted(times[kind])[number // 2] * 1000
        print(f"{kind:14}{looks}  median {middle:.3f} ms  rank test against the first: p = {p:.3f}")


def near_miss(dice, tokens):
    """A real token with one sign changed."""
    token, place = dice.choice(tokens), dice.randrange(27)
    other = dice.choice([sign for sign in SIGNS if sign != token[place]])
    return token[:place] + other + token[place + 1 :]


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        raise SystemExit(error.stderr.decode()) from error
