"""What a file of many answers costs: ``python -m bench.exports [--responses 200000]``.

Fills a database of its own, then writes each format in a fresh process, as the
worker does, and prints its time and the most memory that it ever held, beside
those of a process that reads the answers and writes nothing. Files for SPSS and
Stata are written by a process of their own, whose memory stands apart.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta

FORMATS = ("reading", "csv", "xlsx", "sav", "dta")
PIECE = 5000
SELF, WRITER = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
STEP = """
import sys, django
django.setup()
from bench import exports
getattr(exports, sys.argv[1])(sys.argv[2])
"""
WORDS = "The people were friendly but the wait was long; nobody said why. 等了很久"


def main():
    """Fill, then measure each format in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--responses", type=int, default=200_000)
    parser.add_argument("--database", help="an empty database instead of SQLite")
    size = parser.parse_args().responses
    with tempfile.TemporaryDirectory() as folder:
        database = parser.parse_args().database or f"sqlite:///{folder}/bench.sqlite3"
        surroundings = os.environ | {
            "DATABASE_URL": database,
            "DATA_DIR": folder,
            "SECRET_KEY": "only-for-the-bench-and-longer-than-thirty-two-signs",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "BASE_URL": "http://127.0.0.1",
        }
        for step in (("manage.py", "migrate", "-v0"), ("-c", STEP, "fill", size)):
            run(surroundings, *step)
        print(f"{size:,} responses: seconds, of processor, MB at most, MB of the writer, of file")
        for form in FORMATS:
            run(surroundings, "-c", STEP, "write", form)


def run(surroundings, *words):
    """One step in a process of its own."""
    subprocess.run([sys.executable, *map(str, words)], env=surroundings, check=True)


def fill(size):
    """Answers to the ready survey, in pieces."""
    from tests import factories

    generator = random.Random(1)
    survey = factories.make_published_survey()
    unit = factories.make_unit("Shop")
    factories.make_user("administrator")  # here, for hashing a password takes 100 MB
    size = int(size)
    for start in range(0, size, PIECE):
        rows = [answer(generator, unit, n) for n in range(start, min(size, start + PIECE))]
        factories.make_responses(survey, rows)


def answer(generator, unit, number):
    """One row: four ratings and a comment by every second customer."""
    words = f"{generator.random():.6f} {WORDS} {WORDS[: generator.randrange(70)]}"
    comment = words if number % 2 else None
    return {
        "answers": {
            "overall": generator.choice("12345"),
            "again": generator.choice("12345"),
            "recommend": str(generator.randrange(11)),
            "staff": generator.choice([*"12345", "na", None]),
            "comment": comment,
        },
        "placement": unit.placement,
        "submitted_at": datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=number),
    }


def write(form):
    """Write one format through the worker's own function, and print what it cost."""
    from reports.answer_files.exports import request_export
    from reports.models import AnswerExport
    from reports.tasks import write_export
    from surveys.models import Survey, User

    survey = Survey.objects.get()
    begun, spent = time.perf_counter(), time.process_time()
    length = 0
    if form == "reading":
        read_only(survey)
    else:
        user = User.objects.get()
        wishes = {"format": form, "cells": "words", "language": "en"}
        export = request_export(user=user, survey=survey, **wishes)
        write_export(export.pk)
        export = AnswerExport.objects.get(pk=export.pk)
        if export.state != "done":
            raise SystemExit(f"{form}: {export.last_error}")
        length = export.size / 1e6
    own, writer = (resource.getrusage(who) for who in (SELF, WRITER))
    seconds, processor = time.perf_counter() - begun, time.process_time() - spent
    processor += writer.ru_utime + writer.ru_stime
    memory = "".join(f"{one.ru_maxrss / 1024:8.0f}" for one in (own, writer))
    print(f"{form:8}{seconds:8.1f}{processor:8.1f}{memory}{length:8.1f}", flush=True)


def read_only(survey):
    """Read every row and keep none."""
    from reports.answer_files.table import answer_table
    from reports.dataset import Selection

    table = answer_table(Selection(survey), cells="words", language="en")
    for _row in table.rows():
        pass


if __name__ == "__main__":
    main()
