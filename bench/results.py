"""How long the results take to read: ``python -m bench.results``.

Fills SQLite, and PostgreSQL where ``--postgres`` names a server, with invented
answers and prints for each page the first view, a second view of the same
figures and a view of a filter, with the number of queries. The short form
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
BATCH = 20_000
DAYS = 700
START = datetime(2024, 11, 1, 12, tzinfo=UTC)
SLUG = "bench-results"
PAGES = {
    "home": "/reports/",
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
    parser.add_argument("--postgres", help="address of an empty database, filled and left so")
    parser.add_argument("--size", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--keep", help="a SQLite file to fill or to use again")
    given = parser.parse_args()
    if given.size:
        measure(given.size)
        return
    for size in SIZES[: 1 + given.long]:
        with tempfile.TemporaryDirectory() as folder:
            file = given.keep or f"{folder}/bench.sqlite3"
            addresses = [f"sqlite:///{file}", *filter(None, [given.postgres])]
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
    """Fill the database where it is empty and time the pages."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    settings.DEBUG = False
    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    fill(size)
    print(f"\n{connection.vendor}, {size:,} responses")
    print(f"{'':28}{'first, ms':>12}{'again, ms':>12}{'queries':>9}{'again':>7}")
    client = staff_client()
    for name, address in PAGES.items():
        first, queries = timed(client, address)
        again, later = timed(client, address)
        print(f"{name:28}{first:12.0f}{again:12.0f}{queries:9}{later:7}", flush=True)


def timed(client, address):
    """Milliseconds and queries of one view."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        begun = time.perf_counter()
        response = client.get(address, follow=True)
        spent = (time.perf_counter() - begun) * 1000
    if response.status_code != 200:
        raise SystemExit(f"{address} answered {response.status_code}.")
    return spent, len(queries)


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
    from django.db import connection

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
    customers = Customer.objects.bulk_create(
        (Customer(external_id=f"B{place}") for place in range(size * 2 // 5)), batch_size=BATCH
    )
    circumstances = {
        "survey": survey,
        "version": version,
        "customers": customers,
        "shops": shops,
        "segments": segments,
    }
    begun = time.perf_counter()
    for first in range(0, size, BATCH):
        rows = [row(dice, model=Response, **circumstances) for _ in range(min(BATCH, size - first))]
        Response.objects.bulk_create(rows, batch_size=1_000)
    kind = EventKind.objects.get(code="purchase")
    Event.objects.bulk_create(
        (
            Event(
                external_id=f"B{place}",
                customer=dice.choice(customers),
                kind=kind,
                occurred_at=START + timedelta(days=dice.randrange(DAYS + 200)),
            )
            for place in range(size // 2)
        ),
        batch_size=BATCH,
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    print(f"filled in {time.perf_counter() - begun:.0f} s", flush=True)


def row(dice, *, model, survey, version, customers, shops, segments):
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
    return model(
        survey=survey,
        version_id=version.version_id,
        submission_id=uuid.UUID(int=dice.getrandbits(128)),
        fingerprint=f"{dice.getrandbits(256):064x}",
        answers=answers,
        language=dice.choice(("en", "zh-hans", "zh-hant")),
        channel=dice.choice(("link", "qr")),
        is_anonymous=False,
        submitted_at=moment,
        submitted_on=moment.date(),
        customer=dice.choice(customers),
        placement=dice.choice(shops).placement,
        segment=dice.choice(segments),
        satisfaction=score,
        repurchase=again,
        recommendation=recommend,
    )


if __name__ == "__main__":
    main()
