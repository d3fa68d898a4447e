"""What bringing in a long file costs: ``python -m bench.imports [--rows 200000]``.

Makes a file of customers and one of events, then imports each in a fresh
process as a worker does: the check, the import, and the same import again.
Prints the seconds, the most memory held, and how long somebody who wrote a
row every tenth of a second beside it had to wait at most.
"""

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

STEP = """
import sys, django
django.setup()
from bench import imports
getattr(imports, sys.argv[1])(*sys.argv[2:])
"""


def main():
    """Make the files, then measure each import in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--database", help="an empty database instead of SQLite")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        surroundings = os.environ | {
            "DATABASE_URL": options.database or f"sqlite:///{folder}/bench.sqlite3",
            "DATA_DIR": folder,
            "SECRET_KEY": "only-for-the-bench-and-longer-than-thirty-two-signs",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "BASE_URL": "http://127.0.0.1",
            "LOG_LEVEL": "WARNING",
        }
        run(surroundings, "manage.py", "migrate", "-v0")
        print(f"{options.rows:,} rows: seconds, MB at most, longest wait of another writer")
        for kind in ("customers", "events"):
            write_file(kind, options.rows, Path(folder) / f"{kind}.csv")
            for step in ("check", "import", "again"):
                run(surroundings, "-c", STEP, "measure", kind, f"{folder}/{kind}.csv", step)


def run(surroundings, *words):
    """One step in a process of its own."""
    subprocess.run([sys.executable, *map(str, words)], env=surroundings, check=True)


def write_file(kind, rows, path):
    """A file with every column that people commonly have."""
    with path.open("w", encoding="utf-8") as file:
        if kind == "customers":
            file.write("external_id,name,email,phone,language,segment,stage\n")
            for at in range(rows):
                file.write(
                    f"C{at},王芳 {at},c{at}@example.org,+886 9{at:08},zh-hant,prime,growth\n"
                )
        else:
            file.write("external_id,customer,kind,occurred_at,amount,staff\n")
            for at in range(rows):
                file.write(
                    f"E{at},C{at},purchase,2026-01-{at % 28 + 1:02} 10:00,{at % 900}.50,Lee\n"
                )


def measure(kind, path, step):
    """Import one file, with somebody else writing beside it."""
    from surveys.imports.kinds import importer_of
    from surveys.imports.running import run_import

    waits, ended = [0.0], threading.Event()
    writer = threading.Thread(target=write_beside, args=(waits, ended))
    writer.start()
    began = time.perf_counter()
    outcome = run_import(importer_of(kind), path, dry_run=step == "check")
    seconds = time.perf_counter() - began
    ended.set()
    writer.join()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{kind} {step}: {seconds:.1f} s, {peak} MB, {max(waits):.2f} s"
        f" ({outcome.new} new, {outcome.unchanged} unchanged, {outcome.refused} refused)",
        flush=True,
    )


def write_beside(waits, ended):
    """Write a row again and again, as customers do who answer; note how long each took."""
    from django.db import connection

    from surveys.services.heartbeat import beat

    while not ended.wait(0.1):
        began = time.perf_counter()
        beat()
        waits.append(time.perf_counter() - began)
    connection.close()


if __name__ == "__main__":
    main()
