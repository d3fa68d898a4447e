"""How long the results take to read: ``python -m bench.results``.

Fills SQLite, and PostgreSQL where ``--postgres`` names a server, with invented
answers, counts the days that are over as the worker does, and prints for each page
a first view, of a process that has read nothing yet, and a second one: wall
time, processor time and queries; then what each bulletin costs. The short form
takes 100,000 responses; ``--long`` takes 1,000,000 as well.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
import uuid
from datetime import UTC, datetime, timedelta

SIZES = (100_000, 1_000_000)
DAYS = 700
START = datetime(2024, 11, 1, 12, tzinfo=UTC)
SLUG = "bench-results"
FIRST_GOAL, AGAIN_GOAL, QUERIES_GOAL = 1000, 100, 25
COLUMNS = (
    "id",
    "survey_id",
    "version_id",
    "submission_id",
    "fingerprint",
    "answers",
    "language",
    "channel",
    "is_anonymous",
    "submitted_at",
    "submitted_on",
    "customer_id",
    "placement_id",
    "segment_id",
    "satisfaction",
    "repurchase",
    "recommendation",
)
PAGES = {
    "home": "/reports/",
    "overview": f"/reports/{SLUG}/",
    "questions": f"/reports/{SLUG}/questions/",
    "trend": f"/reports/{SLUG}/trend/",
    "loyalty": f"/reports/{SLUG}/loyalty/",
    "curve, stated": f"/reports/{SLUG}/curve/",
    "curve, observed": f"/reports/{SLUG}/curve/?loyalty=observed",
    "curve of a unit": f"/reports/{SLUG}/curve/?unit=shop-3",
    "curve of a segment": f"/reports/{SLUG}/curve/?segment=segment-1",
    "breakdown by unit": f"/reports/{SLUG}/breakdown/?by=unit-2",
    "breakdown of a segment": f"/reports/{SLUG}/breakdown/?by=unit-2&segment=segment-1",
    "breakdown by two": f"/reports/{SLUG}/breakdown/?by=unit-2&and_by=segment",
}


def main():
    """Measure each size on each database, in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--long", action="store_true", help="1,000,000 responses too")
    parser.add_argument(
        "--postgres", help="address of an empty database; with --long also one ending in _long"
    )
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--keep", help="a folder in which the SQLite files stay for the next time")
    given = parser.parse_args()
    if given.size:
        measure(given.size)
        return
    for size in SIZES[: 1 + given.long]:
        with tempfile.TemporaryDirectory() as folder:
            file = f"{given.keep or folder}/results-{size}.sqlite3"
            addresses = [f"sqlite:///{file}"]
            if given.postgres:
                addresses.append(given.postgres + ("_long" if size == SIZES[-1] else ""))
            for address in addresses:
                environment = os.environ | {
                    "DATABASE_URL": address,
                    "DATA_DIR": folder,
                    "DEBUG": "1",
                    "DJANGO_SETTINGS_MODULE": "config.settings",
                }
                subprocess.run(
                    [sys.executable, "-m", "bench.results", "--size", str(size)],
                    env=environment,
                    check=True,
                )


def measure(size):
    """Fill the database where it is empty, let the worker count, and time the pages."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, transaction

    from bench.bulletins import measure_bulletins
    from surveys.models import Survey

    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    with transaction.atomic():
        fill(size)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(f"\n{connection.vendor}, {size:,} responses", flush=True)
    count_as_the_worker()
    client = staff_client()
    print(
        f"{'':28}{'first: ms':>12}{'cpu':>7}{'queries':>9}{'again: ms':>12}{'cpu':>7}{'queries':>9}"
    )
    for name, address in PAGES.items():
        forget_what_was_read()
        figures = [*timed(client, address), *timed(client, address)]
        verdict = "" if meets(name, figures) else "  over the goal"
        first, cpu, queries, again, cpu_again, later = figures
        print(
            f"{name:28}{first:12.0f}{cpu:7.0f}{queries:9}{again:12.0f}{cpu_again:7.0f}{later:9}"
            f"{verdict}",
            flush=True,
        )
    print(f"goals: first {FIRST_GOAL} ms, again {AGAIN_GOAL} ms, {QUERIES_GOAL} queries")
    measure_bulletins(Survey.objects.get(slug=SLUG))


def meets(name, figures):
    """Whether a page is as fast as it should be; those that are no filters answer again at once."""
    first, _cpu, queries, again, _cpu_again, later = figures
    return first <= FIRST_GOAL and again <= AGAIN_GOAL and max(queries, later) <= QUERIES_GOAL


def count_as_the_worker():
    """Count the days that are over, and what else the worker keeps ready for these pages."""
    from reports.follow_ups import follow_up_next
    from reports.rollups import roll_up_next

    for sweep in (roll_up_next, follow_up_next):
        begun, spent, pieces = time.perf_counter(), time.process_time(), 0
        while sweep():
            pieces += 1
        seconds, cpu = time.perf_counter() - begun, time.process_time() - spent
        print(f"{sweep.__name__}: {seconds:.1f} s, {cpu:.1f} s cpu, {pieces} pieces of work")


def forget_what_was_read():
    """The state of a process that has shown no figure yet."""
    from reports.dataset import forget_cells

    forget_cells()


def timed(client, address):
    """Milliseconds, milliseconds of processor and queries of one view."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        begun, spent = time.perf_counter(), time.process_time()
        response = client.get(address, follow=True)
        seconds, cpu = time.perf_counter() - begun, time.process_time() - spent
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}.")
    return seconds * 1000, cpu * 1000, len(queries)


def staff_client():
    """A client signed in as an analyst; the home page is warmed by a survey without answers."""
    from django.test import Client

    from surveys.enums import Role
    from surveys.models import User
    from tests.factories import make_user

    user = User.objects.filter(username="bench").first()
    user = user or make_user(Role.ANALYST, username="bench")
    client = Client()
    client.force_login(user)
    client.get("/account/login/")
    return client


def fill(size):
    """Invented answers over ten shops, three segments and two years, and purchases after them."""
    from surveys.demo.rows import insert_rows, keys_by
    from surveys.models import Customer, Event, EventKind, Response, Segment, Survey
    from surveys.questionnaire import questionnaire_of
    from tests import factories

    if Survey.objects.filter(slug=SLUG).exists():
        return
    dice = random.Random(7)
    survey = factories.make_published_survey(slug=SLUG)
    version = questionnaire_of(survey.versions.get())
    region = factories.make_unit("Region")
    shops = [factories.make_unit(f"Shop {place}", parent=region) for place in range(10)]
    for place, shop in enumerate(shops):
        type(shop).objects.filter(pk=shop.pk).update(code=f"shop-{place}")
    segments = [
        Segment.objects.create(code=f"segment-{place}", name={"en": f"Segment {place}"})
        for place in range(3)
    ]
    begun = time.perf_counter()
    names = ((f"B{place}", START) for place in range(size * 2 // 5))
    insert_rows(Customer, ("external_id", "created_at"), names)
    customers = list(keys_by(Customer, "external_id", "B").values())
    circumstances = {
        "survey": survey.pk,
        "version": version.version_id,
        "customers": customers,
        "shops": [shop.placement.pk for shop in shops],
        "segments": [segment.pk for segment in segments],
    }
    insert_rows(Response, COLUMNS, (row(dice, **circumstances) for _ in range(size)))
    kind = EventKind.objects.get(code="purchase")
    insert_rows(
        Event,
        ("external_id", "customer_id", "kind_id", "occurred_at"),
        (
            (
                f"B{place}",
                dice.choice(customers),
                kind.pk,
                START + timedelta(days=dice.randrange(DAYS + 200)),
            )
            for place in range(size // 2)
        ),
    )
    print(f"filled in {time.perf_counter() - begun:.0f} s", flush=True)


def row(dice, *, survey, version, customers, shops, segments):
    """One invented answer."""
    score = dice.choices((1, 2, 3, 4, 5), (4, 8, 18, 42, 28))[0]
    again, recommend = dice.randint(max(1, score - 2), 5), dice.randint(score, 10)
    moment = START + timedelta(seconds=dice.randrange(DAYS * 86_400))
    answers = {
        "overall": str(score),
        "again": str(again),
        "recommend": str(recommend),
        "staff": dice.choice(("na", "3", "4", "5")),
        "comment": None,
    }
    return (
        uuid.UUID(int=dice.getrandbits(128), version=4),
        survey,
        version,
        uuid.UUID(int=dice.getrandbits(128)),
        f"{dice.getrandbits(256):064x}",
        answers,
        dice.choice(("en", "zh-hans", "zh-hant")),
        dice.choice(("link", "qr")),
        False,
        moment,
        moment.date(),
        dice.choice(customers),
        dice.choice(shops),
        dice.choice(segments),
        score,
        again,
        recommend,
    )


if __name__ == "__main__":
    main()
