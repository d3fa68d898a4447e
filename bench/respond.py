"""What a customer's request costs, beside a bare Django: ``python -m bench.respond``.

Prints, for SQLite and for a PostgreSQL server of its own, the CPU time of the
web server for opening a page and for sending it, how many complete
responses 1, 8, 32 and 200 customers get through, and how long a page and a
sending take while 50 of each come in a second (U3: 95 % within 100 and 200 ms).
Both servers run side by side and are asked in turns, so that the ratios count
and not the milliseconds.
"""

import argparse
import os
import random
import statistics
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from tests.faults.load import FORM, answers
from tests.faults.postgres import PostgresServer, children_of
from tests.faults.site import Site

CLIENTS = (1, 8, 32, 200)
PACE = 50  # customers in a second who come whether the others are done or not
TURNS = 10
TICKS = os.sysconf("SC_CLK_TCK")


def main():
    """Measure on both databases."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--requests", type=int, default=600, help="requests of each kind")
    size = parser.parse_args().requests
    with tempfile.TemporaryDirectory() as folder:
        compare("SQLite", f"sqlite:///{folder}/bench.sqlite3", Path(folder), size)
    server = PostgresServer()
    try:
        server.start()
        server.create("bench")
        with tempfile.TemporaryDirectory() as folder:
            compare("PostgreSQL", server.address("bench"), Path(folder), size)
    finally:
        server.stop()


def compare(name, database_url, folder, size):
    """Measure the floor and Topbox on one database and print both."""
    servers = start_both(database_url, folder)
    try:
        topbox, floor = measure(servers, size)
    finally:
        for site, _path in servers:
            site.close()
    print(f"\n{name}: {size} requests of each kind, 2 workers")
    print(f"{'':34}{'Topbox':>10}{'floor':>10}{'ratio':>8}")
    for key, value in topbox.items():
        print(f"{key:34}{value:10.1f}{floor[key]:10.1f}{value / floor[key]:8.2f}")


def start_both(database_url, folder):
    """Topbox and the floor over one database: their sites and the paths of their pages."""
    topbox, floor = (
        Site(folder, database_url, DJANGO_SETTINGS_MODULE="config.settings") for _ in range(2)
    )
    topbox.run("manage.py", "migrate", "-v0")
    topbox.run("manage.py", "collectstatic", "--noinput", "-v0")
    topbox.prepare(links=0)
    floor.run("-m", "bench.floor")
    topbox.start(workers=2, threads=1)
    floor.start(application="bench.floor", workers=2, threads=1)
    return [(topbox, f"/s/{topbox.slug}/"), (floor, "/s/floor/")]


def measure(servers, size):
    """Figures of each server, taken in turns so that both meet the same machine."""
    spent = {(kind, n): 0.0 for kind in KINDS for n in range(2)}
    for turn in range(TURNS + 1):
        for kind, number in spent:
            seconds = cpu_of_batch(*servers[number], kind, size // TURNS, seed=turn)
            spent[kind, number] += seconds if turn else 0  # the first turn warms up
    found = []
    for number, (site, path) in enumerate(servers):
        figures = {f"{kind}, ms of server CPU": spent[kind, number] / size * 1000 for kind in KINDS}
        for clients in CLIENTS:
            rate, slow = complete(site.port, path, size=size, clients=clients)
            figures[f"complete responses/s, {clients} clients"] = rate
            figures[f"p95 of one, ms, {clients} clients"] = slow
        for kind, slow in at_steady_pace(site.port, path, size).items():
            figures[f"p95 of {kind}, ms, {PACE} a second"] = slow
        found.append(figures)
    return found


def cpu_of_batch(site, path, kind, size, *, seed):
    """CPU seconds that a server spends on a batch of requests."""
    before = cpu_seconds(site.process.pid)
    with closing(HTTPConnection("127.0.0.1", site.port)) as connection:
        for number in range(size):
            KINDS[kind](connection, path, random.Random(f"{kind} {seed} {number}"))
    return cpu_seconds(site.process.pid) - before


def complete(port, path, *, size, clients):
    """Open and send `size` times; gives responses per second and the 95th percentile in ms."""

    def share(number):
        dice, times = random.Random(f"{clients} {size} {number}"), []
        with closing(HTTPConnection("127.0.0.1", port)) as connection:
            for _ in range(max(size // clients, 2)):
                begun = time.perf_counter()
                open_page(connection, path, dice)
                send_page(connection, path, dice)
                times.append((time.perf_counter() - begun) * 1000)
        return times

    begun = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        times = [one for found in pool.map(share, range(clients)) for one in found]
    return len(times) / (time.perf_counter() - begun), statistics.quantiles(times, n=20)[-1]


def at_steady_pace(port, path, size):
    """Open and send `size` times, `PACE` a second; gives the 95th percentile of each in ms.

    Counted from when a request was due, so that waiting for the ones before is part of it.
    """
    begun = time.perf_counter()

    def customer(number):
        due, taken = begun + number / PACE, {}
        with closing(HTTPConnection("127.0.0.1", port)) as connection:
            for kind, ask in KINDS.items():
                time.sleep(max(due - time.perf_counter(), 0))
                ask(connection, path, random.Random(f"pace {size} {number}"))
                taken[kind] = (time.perf_counter() - due) * 1000
                due = time.perf_counter()
        return taken

    with ThreadPoolExecutor(PACE) as pool:
        times = list(pool.map(customer, range(size)))
    return {kind: statistics.quantiles([one[kind] for one in times], n=20)[-1] for kind in KINDS}


def open_page(connection, path, _dice):
    """GET the page."""
    connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
    expect(connection.getresponse(), 200)


def send_page(connection, path, dice):
    """POST a filled page."""
    connection.request("POST", path, urlencode(answers(dice)), FORM)
    expect(connection.getresponse(), 303)


def expect(response, status):
    """Read the answer, which must be the usual one."""
    response.read()
    if response.status != status:
        raise SystemExit(f"The server answered {response.status} instead of {status}.")


KINDS = {"opening": open_page, "sending": send_page}


def cpu_seconds(pid):
    """CPU time of a process and its children."""
    total = 0
    for one in [pid, *children_of(pid)]:
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as error:
        raise SystemExit(error.stderr.decode()) from error
